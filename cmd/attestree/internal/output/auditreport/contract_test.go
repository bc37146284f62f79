package auditreport

import (
	"maps"
	"slices"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

func TestThePageAboutAuditsNamesEveryField(t *testing.T) {
	page := contract.Read(t, "../../../../../docs/audit.md")
	named := page.Names(t, slices.Collect(maps.Keys(page))...)
	for _, f := range slices.Sorted(maps.Keys(contract.Fields(auditDocument{}, auditImage{}))) {
		if !named[f] {
			t.Errorf("docs/audit.md: %q is written and not described", f)
		}
	}
}
