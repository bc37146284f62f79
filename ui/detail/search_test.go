package detail

import (
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

// A result that comes after something else was typed belongs to nobody.
func TestAResultOfAnotherSearchIsDropped(t *testing.T) {
	d := drive(t, uitest.Rich(), string(uitest.Digest("provenance")), "4")
	d.pane = d.pane.BeginSearch()
	next, cmd := d.pane.Search("uri")
	d.pane = next
	d.obey(cmd)
	before, key := d.pane.payload.at(), d.pane.payload.key.anyWidth()
	if before <= 0 {
		t.Fatalf("the search went to %d", before)
	}
	for _, stale := range []huntEndedMsg{
		{key: key, query: "ur", found: []int{1}},
		{key: contentKey{id: "another"}, query: "uri", found: []int{1}},
	} {
		if d.receive(stale); d.pane.payload.at() != before {
			t.Errorf("%+v moved the cursor", stale)
		}
	}
}
