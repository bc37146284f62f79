package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/uitest"
)

func TestWhatIsExported(t *testing.T) {
	short := uitest.Digest("provenance").Hex()[:12]
	for _, c := range []struct{ name, keys, want string }{
		{"the payload, to the proposed file", "/ S L S A enter e enter enter", "payload of 1 to slsa-provenance-" + short + "-payload.json"},
		{"the raw bytes", "/ S L S A enter e j enter enter", "raw of 1 to slsa-provenance-" + short + "-raw.json"},
		{"the manifest", "/ S L S A enter e j j enter enter", "manifest of 1 to slsa-provenance-" + short + "-manifest.json"},
		{"the certificate", "/ S L S A enter e j j j enter enter", "certificate of 1 to slsa-provenance-" + short + "-certificate.pem"},
		{"what is known of it", "/ S L S A enter e j j j j enter enter", "nodes of 16: 1 to slsa-provenance-" + short + "-node.json"},
		{"what is known of several", "j space space e G k enter enter", "nodes of 16: 2 to nodes.json"},
		{"a pack of all", "/ S L S A enter e G enter enter", "pack of " + uitest.Digest("root").Short() + " to evidence-" + uitest.Digest("root").Hex()[:12]},
		{"to a path that is typed", "/ S L S A enter e enter ctrl+u q . j s o n enter", "payload of 1 to q.json"},
		{"what is marked, into a folder", "j space space e j enter enter", "raw of 2 to raw"},
		{"of one that is marked", "j space e enter enter", "payload of 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Handing()
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", c.keys)
			if len(b.Hands.Wrote) != 1 || !strings.HasPrefix(b.Hands.Wrote[0], c.want) {
				t.Fatalf("%q, want %q:\n%s", b.Hands.Wrote, c.want, plain(app))
			}
			if got := plain(app); app.overlay != overlayNone || !strings.Contains(got, "written: /home/ann/") {
				t.Errorf("it does not say where:\n%s", got)
			}
		})
	}
}

func TestAnExportThatIsRefusedSaysWhyAndCanBeTriedAgain(t *testing.T) {
	b := uitest.Handing()
	b.Hands.Refuse = errors.New("it exists already, and nothing is overwritten")
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "80x24", "/ S L S A enter e enter enter")
	if got := plain(app); !strings.Contains(got, "it exists already") {
		t.Fatalf("it does not say why:\n%s", got)
	}
	b.Hands.Refuse = nil
	feed(t, feed(t, app, uitest.Press("2")), uitest.Press("enter"))
	if want := "payload of 1 to slsa-provenance-" + uitest.Digest("provenance").Hex()[:12] + "-payload.json2"; !slices.Equal(b.Hands.Wrote, []string{want}) {
		t.Errorf("%q, want %q", b.Hands.Wrote, want)
	}
}

func TestKeysOfTheExport(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		open       bool
		typing     bool
	}{
		{"esc leaves the path for the list", "e enter esc", true, false},
		{"esc leaves the list", "e esc", false, false},
		{"e closes the list again", "e e", false, false},
		{"q is typed and does not quit", "e enter q", true, true},
		{"a path that is empty writes nothing", "e enter ctrl+u enter", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Handing()
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "80x24", c.keys)
			if open := app.overlay == overlayExport; open != c.open || open && app.export.Typing() != c.typing {
				t.Errorf("open %v, typing %v:\n%s", open, app.export.Typing(), plain(app))
			}
			if len(b.Hands.Wrote) != 0 || app.ctx.Err() != nil {
				t.Errorf("%v was written", b.Hands.Wrote)
			}
		})
	}
	app := drive(t, fakeApp(uitest.Handing(), fakeInfo, Options{}), "80x24", "e enter ctrl+u")
	if app = feed(t, app, tea.PasteMsg{Content: "a/b\n\x1b.json"}); !strings.Contains(plain(app), "to  a/b.json ") {
		t.Errorf("pasted:\n%s", plain(app))
	}
	if c := app.View().Cursor; c == nil || c.X != app.export.Board.Room.X+3+len("to  a/b.json") {
		t.Errorf("the cursor is at %+v", c)
	}
}
