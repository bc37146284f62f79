package detail

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestTheChecksBeginWithTheOneThatDecided(t *testing.T) {
	for node, want := range map[string]model.CheckID{
		"other":      model.CheckSubject,   // failed
		"keyed":      model.CheckSignature, // required and skipped
		"provenance": model.CheckContent,   // all passed: the first
	} {
		d := drive(t, uitest.Rich(), string(uitest.Digest(node)), "2")
		if got := d.pane.entry.Report.Checks[d.pane.check].ID; got != want {
			t.Errorf("of %s the check is %s, want %s", node, got, want)
		}
	}
}
