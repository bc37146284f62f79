package doctor

import (
	"bytes"
	"encoding/json"

	"github.com/attestree/attestree/model"
)

// maxStatement is how large a statement may be that policies are evaluated over, in bytes: what registries' policy
// engines read, and some.
const maxStatement = 16 << 20

// subject is one attestation that a policy can be held against.
type subject struct {
	entry   *model.Entry
	trusted bool
	signed  bool   // its own signature holds, whoever made it
	kind    string // the predicate type that was signed
	nested  bool   // its predicate is a whole statement
	payload []byte
	problem string // why it cannot be evaluated over
}

// id is the node's.
func (s subject) id() string { return s.entry.Node.ID }

// statement is the payload decoded, numbers as they are written.
func (s subject) statement() map[string]any { return decode(s.payload, true) }

// floats is the payload decoded as Kyverno decodes it.
func (s subject) floats() map[string]any { return decode(s.payload, false) }

func decode(payload []byte, exact bool) map[string]any {
	decoder := json.NewDecoder(bytes.NewReader(payload))
	if exact {
		decoder.UseNumber()
	}
	var statement map[string]any
	if decoder.Decode(&statement) != nil {
		return nil
	}
	return statement
}

// subjects are the attestations of a tree whose bytes are what they should be, in the order of the tree. What is invalid,
// or was not verified, is evidence of nothing.
func subjects(t *model.Tree) []subject {
	var list []subject
	t.Walk(func(e *model.Entry) {
		a := e.Attestation
		if a == nil || a.Statement == nil || model.FamilyOf(a.Statement.PredicateType) == model.FamilySignature {
			return
		}
		s := subject{entry: e, kind: a.Statement.PredicateType, nested: a.Nested != nil, payload: a.Payload}
		switch e.Standing.Verdict {
		case model.Trusted:
			s.signed = true
			s.trusted = e.Report != nil && e.Report.Check(model.CheckSubject).Status == model.CheckPassed
		case model.Valid, model.Untrusted:
			s.signed = true
		case model.Covered, model.Unsigned:
		case model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
			return
		}
		s.problem = unfit(a)
		list = append(list, s)
	})
	return list
}

// unfit is why no policy is evaluated over an attestation, "" if one is.
func unfit(a *model.Attestation) string {
	if len(a.Payload) > maxStatement {
		return "the statement is larger than is evaluated here"
	}
	if twice(a.Payload) != "" {
		return "it has a key twice, so that programs disagree about what it says"
	}
	return ""
}
