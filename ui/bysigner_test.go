package ui

import (
	"cmp"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
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

// narrowly proposes each signer for what the node says, as the program does.
type narrowly struct{ uitest.Backend }

// Propose implements Backend.
func (b narrowly) Propose(e *model.Entry) (model.TrustedSigner, error) {
	s, err := b.Backend.Propose(e)
	s.For = []string{cmp.Or(e.PredicateType(), "signature")}
	return s, err
}

func TestAGroupIsTrustedForAllThatItsSignerSigned(t *testing.T) {
	for _, c := range []struct {
		name, keys    string
		says, saysNot []string
	}{
		{"a group", "b t", []string{"for 4 other", "https://example.org/provenance", "https://example.org/vuln"}, []string{"CycloneDX 1.6 · 88 packages,", "trusted already"}},
		{"a node of it", "b j j j t", []string{"https://example.org/provenance"}, []string{"for 4 other", "https://example.org/vuln"}},
	} {
		got := plain(drive(t, fakeApp(narrowly{uitest.Trusting()}, fakeInfo, Options{}), "120x40", c.keys))
		for _, want := range c.says {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not said:\n%s", c.name, want, got)
			}
		}
		for _, not := range c.saysNot {
			if strings.Contains(got, not) {
				t.Errorf("%s: %q is said:\n%s", c.name, not, got)
			}
		}
	}
}

func TestNoKeyIsOfferedThatWouldDoNothing(t *testing.T) {
	for _, c := range []struct{ name, keys, hint string }{
		{"an invalid SBOM is nothing to learn a signer from", "/ C y c l o n e enter esc", "trust signer"},
		{"a search without matches has none to go to", "/ n o w h e r e enter", "n N matches"},
	} {
		if got := plain(full(t, "200x60", c.keys)); strings.Contains(got, c.hint) {
			t.Errorf("%s: %q is offered:\n%s", c.name, c.hint, got)
		}
	}
	for keys, hint := range map[string]string{"/ S C A I enter esc": "trust signer", "/ S C A I enter": "n N matches"} {
		if got := plain(full(t, "200x60", keys)); !strings.Contains(got, hint) {
			t.Errorf("%q is not offered after %s:\n%s", hint, keys, got)
		}
	}
}

func TestALargeTreeIsSortedBySignerInTheBackground(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3 * survey.Many)}, fakeInfo, Options{}), "120x40", "b")
	if got := plain(app); !strings.Contains(got, "no signature of its own") || !strings.Contains(got, "6001") {
		t.Errorf("\n%s", got)
	}
}
