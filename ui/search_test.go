package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

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
			p := app.detail.payload
			got := string(p.payload.view.Document().Value(p.at()))
			if !strings.HasPrefix(got, c.at) {
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
	if app.focus != paneDetail || app.detail.raw.hunt.query != "" {
		t.Error("esc does not end the search before it leaves the pane")
	}
}

// A result that comes after something else was typed belongs to nobody.
func TestAResultOfAnotherSearchIsDropped(t *testing.T) {
	app := full(t, "120x40", "/ S L S A enter 4 / u r i")
	before := app.detail.payload.at()
	key := app.detail.payload.key.anyWidth()
	for _, stale := range []huntEndedMsg{
		{key: key, query: "ur", found: []int{1}},
		{key: contentKey{id: "another"}, query: "uri", found: []int{1}},
	} {
		if app = feed(t, app, stale); app.detail.payload.at() != before {
			t.Errorf("%+v moved the cursor", stale)
		}
	}
}

func TestFindText(t *testing.T) {
	long := strings.Repeat("x", 64<<10-2)
	for _, c := range []struct {
		name, text, query string
		limit             int
		want              []int
	}{
		{"nothing finds nothing", "abc", "", 9, nil},
		{"either case", "aBcAbC", "bc", 9, []int{1, 4}},
		{"a capital is meant", "aBcAbC", "bC", 9, []int{4}},
		{"matches may overlap", "aaa", "aa", 9, []int{0, 1}},
		{"no more than asked for", "aaaa", "a", 2, []int{0, 1}},
		{"across a stretch, once", long + "needle" + long, "needle", 9, []int{len(long)}},
		{"bytes that are no text", "\xff\x00\xff", "\x00", 9, []int{1}},
		{"longer than the bytes", "a", "ab", 9, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := findText([]byte(c.text), c.query, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
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
