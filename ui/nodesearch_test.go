package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

func TestASearchLooksThroughEverythingThatIsLoaded(t *testing.T) {
	for _, c := range []struct{ name, query, want, said string }{
		{"titles", "mcp scan", "scai", "1 of 1"},
		{"digests", uitest.Digest("vuln").Hex()[:20], "vuln", "1 of 1"},
		{"digests of payloads", uitest.Digest("x").Hex(), "root", "0 matches"},
		{"signers", "stacklok/dockyard/.github", "signature", "1 of"},
		{"claimed signers", "claimed keyless", "keyed", "1 of 1"},
		{"predicate types", "example.org/provenance", "provenance", "1 of 1"},
		{"what payloads say", "cmVhZCBtZQ", "root", "0 matches"},
		{"what payloads say, and that it is there", "actions/runner", "signature", "in the payload"},
		{"whatever the case", "ACTIONS/RUNNER", "signature", "in the payload"},
		{"verdicts", "unverifiable", "keyed", "1 of 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "200x60", "/ "+asKeys(c.query))
			if got := app.nodes.selected; got != string(uitest.Digest(c.want)) {
				t.Errorf("selected %s, want %s", shownName(app), c.want)
			}
			lines := strings.Split(plain(app), "\n")
			if got := lines[59]; !strings.Contains(got, c.said) {
				t.Errorf("it says %q, want %q", got, c.said)
			}
		})
	}
}

func shownName(app App) string { return shownIDs(app)[app.nodes.window.Cursor()] }

func TestASearchGoesOnInThePayloadThatItFound(t *testing.T) {
	app := full(t, "120x40", "/ "+asKeys("Actions/Runner")+" enter 4")
	if got := valueOf(app); !strings.Contains(got, "actions/runner") {
		t.Errorf("the cursor is on %.60s", got)
	}
	if app = feed(t, app, uitest.Press("esc")); app.detail.Searched() != "" || app.focus != paneDetail {
		t.Error("esc does not end that")
	}
	if app = full(t, "120x40", "/ "+asKeys("scai")+" enter 4"); app.detail.Searched() != "" {
		t.Error("what was found in the title is looked for in the payload")
	}
}

func TestResultsOfAnotherNodeSearchAreDropped(t *testing.T) {
	app := full(t, "120x40", "/ s c a i")
	h := app.search.hits
	before := app.nodes.selected
	for _, stale := range []any{
		nodesFoundMsg{query: "sca", of: h.of, found: []int32{1}},
		payloadsSearchedMsg{number: h.number - 1, pile: pile{rows: []int32{1}, bytes: [][]byte{nil}, end: 2}, hits: []bool{true}},
		payloadsSearchedMsg{number: h.number, pile: pile{rows: []int32{1}, bytes: [][]byte{nil}, end: 2}, hits: []bool{true}}, // nobody asked
	} {
		app = feed(t, app, stale)
		if app.nodes.selected != before || len(app.search.hits.found) != len(h.found) {
			t.Errorf("%+v: selected %s, found %v", stale, shownName(app), app.search.hits.found)
		}
	}
}

func TestASearchReachesNodesThatComeLater(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Rich()[:2]}, fakeInfo, Options{}), "120x40", "/ a c t i o n s / r u n n e r enter")
	if n := len(app.hits()); n != 0 {
		t.Fatalf("%d hits before anything has come", n)
	}
	app.streams = map[int]context.CancelFunc{1: func() {}}
	app = feed(t, app, eventsArrivedMsg{stream: 1, events: uitest.Rich()[2], from: uitest.Played(nil)})
	if n := len(app.hits()); n == 0 {
		t.Error("what came later is not found")
	}
	if app.nodes.selected != string(uitest.Digest("root")) {
		t.Error("the selection moved although nobody typed")
	}
}

// A large tree is read, filtered and searched in stretches; what comes out is the same.
func TestALargeTreeIsSearchedInStretches(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3*survey.Many + 17)}, fakeInfo, Options{}), "120x40", "/ "+asKeys("artifact 6001")+" enter")
	if got := app.nodes.selected; got != string(uitest.Digest("node 6001")) {
		t.Errorf("selected %s", got)
	}
	app = drive(t, app, "120x40", "f "+asKeys(`"artifact 600"`)+" enter")
	if got, want := app.nodes.sieve.said().String(), "11 matches"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
