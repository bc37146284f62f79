package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestJumpingToWhatADigestNames(t *testing.T) {
	root := string(uitest.Digest("root"))
	for _, c := range []struct{ name, keys, want string }{
		{"from the tree to what it is about", "/ S C A I enter J", root},
		{"from the summary", "/ S C A I enter 1 J", root},
		{"from a value of the payload", "/ S L S A enter 4 / s h a 2 5 6 enter J", root},
		{"enter on such a value does the same", "/ S L S A enter 4 / s h a 2 5 6 enter enter", root},
		{"enter on another value does nothing", "/ S L S A enter 4 j enter", string(uitest.Digest("provenance"))},
		{"from the ledger", "/ S C A I enter shift+tab J", root},
		{"and back", "/ S C A I enter J [", string(uitest.Digest("scai"))},
		{"where none is named nothing happens", "g 5 J", root},
	} {
		t.Run(c.name, func(t *testing.T) {
			if app := full(t, "120x40", c.keys); app.nodes.selected != c.want {
				t.Errorf("selected %s:\n%s", shownName(app), plain(app))
			}
		})
	}
}

func TestSeveralDigestsAreOffered(t *testing.T) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	raw := `{"manifests":[{"digest":"` + string(uitest.Digest("linux/amd64")) + `"},{"digest":"` + string(uitest.Digest("linux/arm64")) + `"}]}`
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, Raw: []byte(raw)}})
	for _, p := range []string{"linux/amd64", "linux/arm64"} {
		s.Add(model.NodeFound{Node: model.Node{ID: string(uitest.Digest(p)), Parent: string(root), Kind: model.KindImage, Digest: uitest.Digest(p), Platform: p}})
	}
	s.Add(model.DiscoveryDone{}, model.Done{})
	backend := uitest.Backend{Events: [][]model.Event{s.Events}}
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "5 J")
	if got := plain(app); app.overlay != overlayPalette || !strings.Contains(got, "digests that are named here") || strings.Contains(got, "what the policy asks") {
		t.Fatalf("they are not offered:\n%s", got)
	}
	if app = feed(t, feed(t, app, uitest.Press("down")), uitest.Press("enter")); app.nodes.selected != string(uitest.Digest("linux/arm64")) || app.focus != paneDetail {
		t.Errorf("selected %s", app.nodes.selected)
	}
	if app = drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "4 L j j"); !strings.Contains(plain(app), app.Styles.Glyphs.Enter.String()) {
		t.Errorf("no sign that a value leads somewhere:\n%s", plain(app))
	}
}
