package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/uitest"
)

func TestAKeyThatDoesNothingSaysSo(t *testing.T) {
	const nothing = "does nothing"
	for _, c := range []struct {
		name, keys string
		says       bool
	}{
		{"a key that no place knows", "Q", true},
		{"a key of a list, in the tree", "w", true},
		{"a key of the payload, in the look-ups", "shift+tab f", true},
		{"the search, where a grid hides what it would find", "c /", true},
		{"the node's keys on the bench, where nothing is the image", "/ S C A I enter x e", true},
		{"a key that no place knows, in a view", "b Q", true},
		{"a key that moves, at the end", "G j", false},
		{"right of the last column", "c l l l l", false},
		{"a key that says something itself", "J", false},
		{"a key that opens something", "c", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "80x24", c.keys)
			if got := strings.Contains(app.note.text.String(), nothing); got != c.says {
				t.Errorf("it says %q", app.note.text)
			}
			if app = feed(t, app, uitest.Press("down")); !app.note.text.Empty() {
				t.Errorf("it is said of the next key too: %q", app.note.text)
			}
		})
	}
}

func TestAKeyThatComesTooEarlySaysSo(t *testing.T) {
	waiting := fakeApp(uitest.Trusting(), fakeInfo, Options{})
	waiting = feed(t, waiting, tea.WindowSizeMsg{Width: 80, Height: 24})
	failed := waiting
	failed.tree = model.NewTree()
	failed.tree.Apply(model.DiscoveryDone{Err: errors.New("gone")})
	for _, k := range strings.Fields("a P d D x y e o v V t J / f n N space") {
		for want, app := range map[string]App{"nothing was found yet": waiting, "there is nothing here: O opens": failed} {
			if got := feed(t, app, uitest.Press(k)).note.text.String(); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %q, want %q", k, got, want)
			}
		}
	}
	if got := feed(t, waiting, uitest.Press("?")); got.overlay != overlayHelp {
		t.Error("there is no help while one waits")
	}
}

func TestHintsOfTheTreeAreTrueForWhatIsSelected(t *testing.T) {
	hinted := func(app App) (out string) {
		for _, h := range app.hints() {
			out += fmt.Sprintf("%s %s, ", h.Keys, h.Does)
		}
		return out
	}
	for keys, want := range map[string]map[string]bool{
		"":                  {"enter close": true, "trust signer": false},
		"enter":             {"enter open": true, "trust signer": false},
		"/ S C A I enter":   {"end search": true},
		"j":                 {"enter read": true, "trust signer": true},
		"/ G O N E enter":   {"trust signer": false},
		"?":                 {"help": false, "trust signer": false}, // which has hints of its own, in its edge
		"j 2":               {"trust signer": true},
		"2":                 {"trust signer": false},
		"/ S C A I enter x": {"trust signer": false},
	} {
		app := full(t, "120x36", keys)
		for text, is := range want {
			if got := hinted(app); strings.Contains(got, text) != is {
				t.Errorf("after %q %q is hinted: %v, want %v: %s", keys, text, !is, is, got)
			}
		}
	}
}

// advised is an error that knows what helps.
type advised struct{ error }

func (advised) Advice() string { return "look into the drawer" }

func TestWhatCannotBeOpenedSaysWhatHelps(t *testing.T) {
	for want, err := range map[string]error{
		"Hint: look into the drawer":    fmt.Errorf("open it: %w", advised{errors.New("gone")}),
		"Check the name and that you m": errors.New("gone"),
	} {
		if got := advice(err); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

func TestEveryPlaceOfTheKeysIsKnown(t *testing.T) {
	m := keymap.New(keymap.Choice{})
	for _, in := range []keymap.Place{keymap.InTree, keymap.InDetail, keymap.InPayload, keymap.InRaw, keymap.InLedger} {
		if !m.Means(uitest.Press("?"), in) || m.Means(uitest.Press("Q"), in) {
			t.Errorf("%s: the help means nothing there, or everything does something", in)
		}
	}
}
