package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// menu is what stands in the copy menu: each key with what it copies.
func menu(app App) []string {
	var out []string
	for _, i := range app.copying.Items {
		out = append(out, i.Key+" "+i.What)
	}
	return out
}

func TestWhatCanBeCopied(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"of the image", "g y", []string{"d digest", "r reference", "c command", "w raw manifest"}},
		{"of an attestation", "/ S L S A enter esc y", []string{"d digest", "r reference", "c command", "w raw blob"}},
		{"of a check", "/ S L S A enter 2 y", []string{"v actual value", "d digest", "r reference", "c command", "w raw actual value"}},
		{"of a signer", "/ S L S A enter 3 y", []string{"v signer", "d digest", "r reference", "c command", "w raw signer"}},
		{"of a value in the payload", "/ S L S A enter 4 j y", []string{"v value", "p path", "n key", "d digest", "r reference", "c command", "w raw value"}},
		{"of marked nodes", "j space space y", []string{"d 2 digests", "r reference", "c command"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := menu(full(t, "120x40", c.keys))
			if c.name == "of marked nodes" { // the raw bytes are those of the node under the cursor
				got = got[:min(len(got), 3)]
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// sentTo is what a command sends to the terminal's clipboard.
func sentTo(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			if got := sentTo(c); got != "" {
				return got
			}
		}
	case nil:
	default:
		return fmt.Sprint(msg)
	}
	return ""
}

func TestWhatTheCopyMenuSends(t *testing.T) {
	reference := "ghcr.io/stacklok/dockyard/npx/context7@" + string(uitest.Digest("provenance"))
	for _, c := range []struct{ name, keys, last, want, says string }{
		{"y y is what is under the cursor", "/ S L S A enter esc y", "y", string(uitest.Digest("provenance")), "clipboard: digest"},
		{"enter is the first too", "/ S L S A enter esc y", "enter", string(uitest.Digest("provenance")), "clipboard: digest"},
		{"a letter is that one", "/ S L S A enter esc y", "r", reference, "clipboard: reference"},
		{"what is gone to", "/ S L S A enter esc y j", "enter", reference, "clipboard: reference"},
		{"a command is one for a shell", "/ S L S A enter esc y", "c", "cosign verify-attestation", "clipboard: command"},
		{"a value", "/ S L S A enter 4 j y", "y", "https://in-toto.io/Statement/v1", "clipboard: value"},
		{"its path", "/ S L S A enter 4 j y", "p", "_type", "clipboard: path"},
		{"its key", "/ S L S A enter 4 j y", "n", "_type", "clipboard: key"},
		{"raw bytes with line ends only after they were named", "g y w", "w", "{\n  \"schemaVersion\"", "as it is: raw manifest"},
		{"raw bytes without anything hidden at once", "/ S L S A enter esc y", "w", `{"payload":"provenance"}`, "as it is: raw blob"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			next, cmd := app.Update(uitest.Press(c.last))
			if got := sentTo(cmd); !strings.Contains(got, c.want) {
				t.Errorf("%q is sent, want %q", got, c.want)
			}
			if got := plain(next.(App)); !strings.Contains(got, c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, got)
			}
		})
	}
}

// Whatever is not asked for as it is goes out as it is shown: a paste can execute what a terminal would have displayed.
func TestNothingHiddenIsCopiedUnasked(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Evil()}, fakeInfo, Options{}), "120x40", "j 4 j y")
	for _, item := range app.copying.Items {
		if item.Raw {
			continue
		}
		next, cmd := app.Update(uitest.Press(item.Key))
		if got := sentTo(cmd); strings.ContainsAny(got, "\x1b\u009b\u202e\n\x00\x07") {
			t.Errorf("%s: %q is sent", item.What, got)
		}
		fits(t, next.(App), 120, 40)
	}
	app = feed(t, app, uitest.Press("w"))
	if app.overlay != overlayCopy || !strings.Contains(plain(app), "may obey them when they are pasted") {
		t.Errorf("hidden characters are copied before anybody was told of them:\n%s", plain(app))
	}
}

func TestWhatIsTooLongForAClipboardIsNotOffered(t *testing.T) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindArtifact, Digest: root, Raw: []byte(strings.Repeat("x", mostCopied))}}, model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "120x40", "y")
	for _, i := range app.copying.Items {
		if i.Raw || i.Key == "r" {
			t.Errorf("%s is offered", i.What)
		}
	}
}

func TestTheMouseInTheCopyMenu(t *testing.T) {
	app := full(t, "120x40", "/ S L S A enter esc y")
	b := app.copying.Board
	click := tea.MouseClickMsg{X: b.Room.X + 5, Y: b.Room.Y + 2, Button: tea.MouseLeft}
	app = feed(t, app, click)
	if app.copying.Board.At != 1 || app.overlay != overlayCopy {
		t.Errorf("a click selects %d", app.copying.Board.At)
	}
	if app = feed(t, app, click); app.overlay != overlayNone {
		t.Error("a second click copies nothing")
	}
}
