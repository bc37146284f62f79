// Package diagnosis says what became of the rules of somebody's policy files on one image: how each rule ended, on which
// node, what it read there, and what is wrong with it. It is what crosses from the verifier, which evaluates policies, to
// the screen, the text and the JSON.
//
// It knows values only. It must not know any policy language.
package diagnosis

import "github.com/attestree/attestree/model"

// Result is how a rule ended. Only Met is good; the zero value is no result.
type Result string

// The results. Values may be added, never changed.
const (
	Met         Result = "met"
	NotMet      Result = "not-met"
	Undefined   Result = "undefined"   // it could not be told: something that it reads is not there
	Unsupported Result = "unsupported" // it asks for something that is not evaluated here
)

// Kind is which sort of policy a file is.
type Kind string

// The kinds. Values may be added, never changed.
const (
	KindUnknown Kind = "unknown"
	KindSigning Kind = "signing-policy" // the reader's own, docs/policy.md
	KindRego    Kind = "rego"
	KindKyverno Kind = "kyverno"
)

// Rule is one rule of one file, judged on one node. All texts may quote the file or attested text.
type Rule struct {
	File string
	Kind Kind
	Rule string // its name in the policy's own language, "data.signature.allow"
	Line int    // in the file, from 1; 0 where there is none

	Result Result
	// WouldBe is true where Result is NotMet only because nobody whom the reader trusts signed the node.
	WouldBe bool

	Expression string // the text that decided
	Node       string // ID of the node that it was judged on, "" for none
	Trusted    bool   // the reader trusts that node
	Path       string // what the expression read, as the policy writes it; "" for nothing
	Found      string // the JSON that is there, shortened
	Missing    bool   // nothing is there; Found is then ""
	Reads      []Read // everything that it read, Path included

	Message   string // one sentence: by what it is met, or why it is not
	Diagnosis []Finding
}

// Read is one place in the statement that a rule read.
type Read struct {
	Path    string
	Found   string // JSON, shortened
	Missing bool
}

// Finding is one thing that is wrong with a rule, or that a reader ought to know of it.
type Finding struct {
	model.Finding
	Correction *Correction // nil where none is known that holds
}

// Correction is a changed policy file. It was evaluated, on this image and on copies: where it lets one pass, it refuses it
// tampered with.
type Correction struct {
	Result  Result   // on this image: Met, or NotMet for a reason that it could tell
	WouldBe bool     // Result is NotMet only because the reader does not trust who signed
	Changes []Change // in the order of the file
	Text    string   // the whole file
	// Passing is what a copy of this image says that it lets pass, where it refuses the image itself; "" where it does not, or
	// where no such copy was found.
	Passing string
	// Tampered is what the copies said that it was evaluated on and refused, in a few words each: copies of the image, or of
	// the one that Passing describes. It is empty where it lets neither pass, for then it refuses everything.
	Tampered []string
}

// Change is one line of a file before and after. An added line has no Old, a removed one no New.
type Change struct {
	Line     int // in the old file, from 1; for an added line the one that it follows
	Old, New string
}

// Examination is everything that was asked about one image.
type Examination struct {
	Rules []Rule
}

// Satisfied reports whether every rule of every file is met on a node that the reader trusts. Nothing asked is nothing
// satisfied.
func (e Examination) Satisfied() bool {
	for _, r := range e.Rules {
		if r.Result != Met {
			return false
		}
	}
	return len(e.Rules) > 0
}
