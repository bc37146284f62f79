package output

import (
	"maps"
	"slices"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
	"github.com/attestree/attestree/model/fleet"
)

// What docs/json.md says is what is written: every field is named there, and every field that a table names is there.
func TestTheContractNamesEveryFieldAndNoOther(t *testing.T) {
	page := contract.Read(t, "../../../../docs/json.md")
	for _, test := range []struct {
		sections []string

		documents []any
	}{
		{
			[]string{"The document", "policy", "card", "trusted roots", "discovery", "Nodes", "signer", "checks", "findings", "SLSA levels", "Packages"},
			[]any{document{}, coverageDocument{}},
		},
		{[]string{"`commands -o json`"}, []any{commandsDocument{}}},
		{[]string{"`diff -o json`"}, []any{diffDocument{}}},
		{[]string{"`fleet -o json`"}, []any{fleet.Header{}, fleet.Row{}, fleet.Footer{}}},
		{[]string{"`policy -o json`"}, []any{policies{}}},
	} {
		fields := contract.Fields(test.documents...)
		if len(fields) < 3 {
			t.Fatalf("%q: the code has the fields %v only", test.sections, fields)
		}
		named := page.Names(t, test.sections...)
		for _, f := range slices.Sorted(maps.Keys(fields)) {
			if !named[f] {
				t.Errorf("docs/json.md, %q: %q is written and not described", test.sections[0], f)
			}
		}
		for _, f := range slices.Sorted(maps.Keys(page.FieldNames(test.sections...))) {
			if !fields[f] {
				t.Errorf("docs/json.md, %q: %q is described and not written", test.sections[0], f)
			}
		}
	}
}
