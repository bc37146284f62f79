package rego

import (
	"context"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// FuzzJudge: a policy that refuses or could look at nothing over an empty predicate is never met there, whatever it says,
// unless it reads something that is there; every decision has an outcome with a known result.
func FuzzJudge(f *testing.F) {
	for _, seed := range []string{
		"package signature\nallow if input.predicate.x", "package x\ndeny[m] { input.predicate.a[_].b != 1; m := \"m\" }",
		"package sigstore\nisCompliant if every a in input.a { a }", "package x\ndeny if not input.predicate",
		"package signature\nallow if object.union({\"a\": 1}, input.predicate).a == 1", "package signature\nf(o, k) := o[k]\nallow if not f(input, \"x\")",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := Parse(context.Background(), "p.rego", []byte(source))
		if err != nil {
			return
		}
		for _, d := range p.Decisions() {
			list := p.Judge(context.Background(), d, map[string]any{"predicate": map[string]any{}}, now)
			if len(list) == 0 {
				t.Fatal("a decision without an outcome")
			}
			for _, o := range list {
				switch o.Result {
				case diagnosis.NotMet, diagnosis.Undefined, diagnosis.Unsupported:
				case diagnosis.Met:
					if !present(o.Reads) {
						t.Errorf("met without having read anything: %q", source)
					}
				default:
					t.Errorf("result %q", o.Result)
				}
			}
		}
	})
}
