package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

func TestWhatKeysDoInBySigner(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		holds      func(App) bool
	}{
		{"enter goes to a node", "b j j enter", func(a App) bool { return a.nodes.selected == string(uitest.Digest("other")) && len(a.scenes) == 0 }},
		{"t proposes to trust the signer of the selected node", "b j j j j j t", func(a App) bool {
			return a.overlay == overlayPin && strings.Contains(plain(a), "VSA PASSED")
		}},
		{"t on a signer proposes the same", "b t", func(a App) bool { return a.overlay == overlayPin }},
		{"a claim cannot be trusted", "b j j j j j j j t", func(a App) bool { return strings.Contains(plain(a), "only claimed") }},
		{"enter closes a signer", "b enter", func(a App) bool { return !strings.Contains(plain(a), "SCAI") }},
		{"right opens it again", "b enter l", func(a App) bool { return strings.Contains(plain(a), "SCAI") }},
		{"left on a node goes to its signer", "b j j h enter", func(a App) bool { return !strings.Contains(plain(a), "SCAI") }},
		{"b again closes it", "b b", func(a App) bool { return len(a.scenes) == 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if app := full(t, "120x40", c.keys); !c.holds(app) {
				t.Errorf("overlay %d, selected %s:\n%s", app.overlay, app.nodes.selected, plain(app))
			}
		})
	}
}

func TestALargeTreeIsSortedBySignerInTheBackground(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3 * survey.Many)}, fakeInfo, Options{}), "120x40", "b")
	if got := plain(app); !strings.Contains(got, "no signature of its own") || !strings.Contains(got, "6001") {
		t.Errorf("\n%s", got)
	}
}
