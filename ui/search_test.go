package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

func TestSearchInAPayload(t *testing.T) {
	const open = "/ S L S A enter 4 "
	for _, c := range []struct{ name, keys, at string }{
		{"goes to the first match while it is typed", "/ u r i", `"a"`},
		{"finds keys and values", "/ p r e d i c a t e t", `"https://example.org/provenance"`},
		{"n goes to the next match", "/ u r i enter n", `"b"`},
		{"n goes round the end", "/ u r i enter n n", `"a"`},
		{"N goes back round the beginning", "/ u r i enter N", `"b"`},
		{"a capital asks for exactly that", "/ U R I", `{`},
		{"esc goes back to where it began", "/ u r i esc", `{`},
		{"deleting all goes back to where it began", "/ u r i ctrl+u", `{`},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", open+c.keys)
			if got := valueOf(app); !strings.HasPrefix(got, c.at) {
				t.Errorf("the cursor is on %.40s, want %s", got, c.at)
			}
			if app.nodes.current().Node.ID != string(uitest.Digest("provenance")) {
				t.Error("the tree was searched")
			}
		})
	}
}

func TestSearchInRawBytes(t *testing.T) {
	app := full(t, "120x40", "g 5 / m a n i")
	if got := plain(app); !strings.Contains(got, "1 match") {
		t.Errorf("it does not say what it found:\n%s", got)
	}
	app = full(t, "120x40", "g 5 / z z z enter")
	if got := plain(app); !strings.Contains(got, "0 matches") {
		t.Errorf("it does not say that there is nothing:\n%s", got)
	}
	app = feed(t, app, uitest.Press("esc"))
	if app.focus != paneDetail || app.detail.Searched() != "" {
		t.Error("esc does not end the search before it leaves the pane")
	}
}

func TestTheTerminalsCursorIsOnTheSelectedRow(t *testing.T) {
	for _, keys := range []string{"", "j j j", "G", "j 2 j j", "/ S L S A enter 4 j j", "shift+tab j", "G h h", "s", "s j j", "p j", "/ V S A enter t j j"} {
		for _, size := range []string{"60x16", "80x24", "120x40"} {
			app := full(t, size, keys)
			c := app.View().Cursor
			if c == nil {
				t.Fatalf("%s after %q: no cursor", size, keys)
			}
			row := []rune(strings.Split(plain(app), "\n")[c.Y])
			if got := string(row[c.X]); got != app.Styles.Glyphs.Cursor.String() {
				t.Errorf("%s after %q: the cursor at %d,%d is on %q of %q", size, keys, c.X, c.Y, got, string(row))
			}
		}
	}
	for keys, where := range map[string]string{"/ a b": "/ab", "/ S L S A enter 4 / b u": "/bu"} {
		app := full(t, "80x24", keys)
		c := app.View().Cursor
		if want := (tea.Position{X: 1 + len(where), Y: 23}); c == nil || c.Position != want {
			t.Errorf("after %q: the cursor is at %+v, want %v", keys, c, want)
		}
	}
}

// valueOf is the value under the payload's cursor, as it was written.
func valueOf(app App) string { return copies(app, "y") }

// pathOf is where in the payload it is.
func pathOf(app App) string { return copies(app, "Y") }

// copies is what a key of the detail copies.
func copies(app App, key string) string {
	_, i := app.detail.Key(uitest.Press(key))
	c, _ := i.(scene.CopyText)
	return c.Text
}
