package doctor

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
)

// File is one policy file.
type File struct {
	Name string // as the person gave it
	Data []byte
}

// Options say what files are examined by.
type Options struct {
	// Now is the only clock that policies have.
	Now time.Time
	// Type is the predicate type whose attestations Rego is judged on; "" for those that the policy reads.
	Type string
	// Names are further forms of the image's name, as with its tag. What the tree knows need not be among them.
	Names []string
	// Own is the name of the file that is the reader's own signing policy, "" for none, and Answer what it says of the
	// tree.
	Own    string
	Answer model.PolicyAnswer
}

// Examine holds every file against the tree, which must have been judged (Tree.Judge) by whom the reader trusts. Every
// file has at least one rule in the answer.
func Examine(ctx context.Context, files []File, t *model.Tree, o Options) diagnosis.Examination {
	e := &examiner{options: o, tree: t, subjects: subjects(t)}
	var out diagnosis.Examination
	for _, f := range files {
		var rules []diagnosis.Rule
		kind := KindOf(f)
		switch kind {
		case diagnosis.KindRego:
			rules = e.rego(ctx, f)
		case diagnosis.KindKyverno:
			rules = e.kyverno(f)
		case diagnosis.KindSigning:
			rules = e.signing(f)
		case diagnosis.KindUnknown:
			rules = []diagnosis.Rule{unknown(f)}
		}
		for i := range rules {
			rules[i].File, rules[i].Kind = f.Name, kind
		}
		out.Rules = append(out.Rules, rules...)
	}
	return out
}

// examiner is one run of Examine.
type examiner struct {
	options  Options
	tree     *model.Tree
	subjects []subject
}

// KindOf tells the kinds of policy apart: by the file's name where that is clear, else by what is in it.
func KindOf(f File) diagnosis.Kind {
	switch ext := filepath.Ext(f.Name); {
	case ext == ".rego":
		return diagnosis.KindRego
	case ext == ".cue":
		return diagnosis.KindUnknown
	case bytes.Contains(f.Data, []byte("kyverno.io/")) && kyverno.Looks(f.Data):
		return diagnosis.KindKyverno
	case slices.ContainsFunc(lines(f.Data), func(l []byte) bool { return bytes.HasPrefix(l, []byte("signing_policy:")) }):
		return diagnosis.KindSigning
	case slices.ContainsFunc(lines(f.Data), func(l []byte) bool { return bytes.HasPrefix(l, []byte("package ")) }):
		return diagnosis.KindRego
	}
	return diagnosis.KindUnknown
}

func lines(data []byte) [][]byte { return bytes.Split(data, []byte("\n")) }

// unknown is the answer to a file that is no policy of a known kind.
func unknown(f File) diagnosis.Rule {
	r := diagnosis.Rule{
		Rule: "file", Result: diagnosis.Unsupported,
		Message: "It is no policy of a known kind: a signing policy (docs/policy.md), Rego, or a Kyverno ClusterPolicy.",
	}
	switch {
	case filepath.Ext(f.Name) == ".cue":
		r.Message = "CUE is not evaluated here."
	case bytes.Contains(f.Data, []byte("policy.sigstore.dev/")):
		r.Message = "A ClusterImagePolicy of policy-controller is not evaluated here; the Rego in its policy.data is, as a file of its own."
	case bytes.Contains(f.Data, []byte("kyverno.io/")):
		r.Message = "It names kyverno.io, but none of its documents is a policy of Kyverno's itself: take the policies out of the List, or whatever holds them, each as a document of its own."
	}
	if ext := filepath.Ext(f.Name); ext == ".yaml" || ext == ".yml" || ext == ".json" {
		r.Diagnosis = append(r.Diagnosis, refusedByCosign(ext))
	}
	return r
}

// refusedByCosign is said of a file that cosign's --policy does not take.
func refusedByCosign(ext string) diagnosis.Finding {
	return warning("cosign-refuses-file", "cosign verify-attestation --policy takes files that end in .cue or .rego, and refuses "+
		orNone(ext)+"; for Kyverno and attestree the ending does not matter")
}

func orNone(ext string) string {
	if ext == "" {
		return "one without an ending"
	}
	return ext
}

func warning(id, message string) diagnosis.Finding {
	return diagnosis.Finding{Finding: model.Finding{ID: id, Severity: model.SeverityWarning, Message: message}}
}

func mistake(id, message string) diagnosis.Finding {
	return diagnosis.Finding{Finding: model.Finding{ID: id, Severity: model.SeverityError, Message: message}}
}

func remark(id, message string) diagnosis.Finding {
	return diagnosis.Finding{Finding: model.Finding{ID: id, Severity: model.SeverityInfo, Message: message}}
}
