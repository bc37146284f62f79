package uitest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// Doctor is what policy files make of a tree.
type Doctor struct {
	files []string
	Asked [][]string // the files of each examination
}

// PolicyFiles implements doctor.Backend.
func (f Backend) PolicyFiles() []string {
	if f.Doctor == nil {
		return nil
	}
	return f.Doctor.files
}

// Examine implements doctor.Backend.
func (f Backend) Examine(_ context.Context, t *model.Tree, files []string) (e diagnosis.Examination) {
	if f.Doctor != nil {
		f.Doctor.Asked = append(f.Doctor.Asked, slices.Clone(files))
	}
	for _, file := range files {
		var n int
		switch {
		case strings.HasPrefix(file, "many"):
			_, _ = fmt.Sscanf(file, "many%d", &n)
			for i := range n {
				e.Rules = append(e.Rules, diagnosis.Rule{File: file, Rule: fmt.Sprint("rule ", i), Result: diagnosis.Met, Message: "it is met"})
			}
		case file == "hostile":
			e.Rules = append(e.Rules, hostileRule())
		case file == "scan.rego":
			e.Rules = append(e.Rules, regoRules(t)...)
		case file == "kyverno.yaml":
			e.Rules = append(e.Rules, diagnosis.Rule{
				File: file, Kind: diagnosis.KindKyverno, Rule: "check-scan", Line: 12, Result: diagnosis.NotMet, WouldBe: true, Node: string(Digest("valid")),
				Expression: "{{ result }} Equals PASSED", Path: "result", Found: `"PASSED"`, Reads: []diagnosis.Read{{Path: "result", Found: `"PASSED"`}},
				Message: "It would be met, but nobody whom you trust signed the node.",
			})
		default:
			e.Rules = append(e.Rules, diagnosis.Rule{File: file, Rule: "file", Result: diagnosis.Unsupported, Message: "It could not be read: it does not exist."})
		}
	}
	return e
}

func regoRules(*model.Tree) []diagnosis.Rule {
	correction := &diagnosis.Correction{
		Result: diagnosis.Met, Text: "package scans\n\ndeny contains reason if input.predicate.predicate.attributes[_]\n",
		Changes:  []diagnosis.Change{{Line: 4, Old: "  entry := input.predicate.attributes[_]", New: "  entry := input.predicate.predicate.attributes[_]"}},
		Tampered: []string{"the attribute is another", "there is no statement"},
	}
	return []diagnosis.Rule{
		{
			File: "scan.rego", Kind: diagnosis.KindRego, Rule: "data.scans.deny", Line: 3, Result: diagnosis.Undefined, Node: string(Digest("scai")), Trusted: true,
			Expression: "entry := input.predicate.attributes[_]", Path: "input.predicate.attributes[_]", Missing: true,
			Reads: []diagnosis.Read{{Path: "input.predicate.attributes[_]", Missing: true}}, Message: "It reads something that is not there, so it denies nothing, whatever was scanned.",
			Diagnosis: []diagnosis.Finding{{
				Finding:    model.Finding{ID: "nested-statement", Severity: model.SeverityError, Message: "The statement is inside a statement: input.predicate.predicate.attributes[_] is there."},
				Correction: correction,
			}},
		},
		{
			File: "scan.rego", Kind: diagnosis.KindRego, Rule: "data.scans.allow", Line: 9, Result: diagnosis.Met, Node: string(Digest("scai")), Trusted: true,
			Expression: "input.predicateType == type", Path: "input.predicateType", Found: `"https://example.org/scai"`,
			Reads: []diagnosis.Read{{Path: "input.predicateType", Found: `"https://example.org/scai"`}}, Message: "It is true.",
		},
		{File: "scan.rego", Kind: diagnosis.KindRego, Rule: "data.scans.fresh", Line: 14, Result: diagnosis.NotMet, Node: string(Digest("scai")), Trusted: true, Message: "It is false."},
		{File: "scan.rego", Kind: diagnosis.KindRego, Rule: "data.scans.online", Line: 20, Result: diagnosis.Unsupported, Expression: "http.send({})", Message: "http.send is off: policies are evaluated without network."},
	}
}

func hostileRule() diagnosis.Rule {
	return diagnosis.Rule{
		File: Hostile, Kind: Hostile, Rule: Hostile, Line: 1, Result: Hostile, Node: Hostile, Expression: Hostile, Path: Hostile, Found: strings.Repeat(Hostile, 100),
		Reads: []diagnosis.Read{{Path: Hostile, Found: Hostile}}, Message: Hostile, Diagnosis: []diagnosis.Finding{{
			Finding:    model.Finding{ID: Hostile, Severity: Hostile, Message: Hostile},
			Correction: &diagnosis.Correction{Result: Hostile, Text: Hostile, Changes: []diagnosis.Change{{Line: 1 << 40, Old: Hostile, New: Hostile}}, Tampered: []string{Hostile}},
		}},
	}
}

// Doctoring is a backend on the rich tree with policy files.
func Doctoring(files ...string) Backend {
	b := Trusting()
	b.Doctor = &Doctor{files: files}
	return b
}
