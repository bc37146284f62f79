package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

// asKeys is text as keys for drive.
func asKeys(text string) string {
	var keys []string
	for _, r := range text {
		if r == ' ' {
			keys = append(keys, "space")
			continue
		}
		keys = append(keys, string(r))
	}
	return strings.Join(keys, " ")
}

// shownIDs are the nodes of the tree's rows; those that are shown for others are in brackets.
func shownIDs(app App) []string {
	names := map[string]string{}
	for _, n := range []string{"root", "signature", "provenance", "scai", "valid", "vuln", "other", "keyed", "gone", "coverage.html", "linux/amd64", "linux/arm64"} {
		names[string(uitest.Digest(n))] = n
		for i := range 2 {
			names[fmt.Sprintf("%s#%d", uitest.Digest("buildkit "+n), i)] = fmt.Sprint(n, "#", i)
		}
	}
	var out []string
	for _, r := range app.nodes.list.rows {
		name := names[r.Entry.Node.ID]
		if r.Quiet {
			name = "(" + name + ")"
		}
		out = append(out, name)
	}
	return out
}

func TestAFilterShowsWhatMatchesAndWhatThatHangsOn(t *testing.T) {
	for _, c := range []struct {
		name, filter string
		want         []string
		hidden       string
	}{
		{"a verdict", ":invalid", []string{"(root)", "other"}, "14 hidden"},
		{"ancestors stay, shown quiet", "platform:arm64 :sbom", []string{"(root)", "(linux/arm64)", "linux/arm64#0"}, "13 hidden"},
		{"a signer is proven", "signer:dockyard :scai", []string{"(root)", "scai"}, "14 hidden"},
		{"a claim is apart", "claimed:dockyard", []string{"(root)", "keyed"}, "14 hidden"},
		{"what matches nothing leaves the root", "zzzz", []string{"(root)"}, "0 matches, 15 hidden"},
		{"not", "!:signed !:covered", []string{"root", "gone", "coverage.html"}, "13 hidden"},
		{"a word that there is not is said", ":zzz", []string{"(root)"}, "there is no verdict"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", "f "+asKeys(c.filter))
			if got := shownIDs(app); !slices.Equal(got, c.want) {
				t.Errorf("rows %v, want %v", got, c.want)
			}
			if got := plain(app); !strings.Contains(got, c.hidden) {
				t.Errorf("it does not say %q:\n%s", c.hidden, got)
			}
			if app = feed(t, app, uitest.Press("enter")); !strings.Contains(plain(app), "filter hides") {
				t.Errorf("the header does not say that something is hidden:\n%s", plain(app))
			}
		})
	}
}

func TestWhatKeysDoUnderAFilter(t *testing.T) {
	root, sbom := string(uitest.Digest("root")), string(uitest.Digest("buildkit linux/arm64"))+"#0"
	const on = "f p l a t f o r m : a r m space : s b o m "
	for _, c := range []struct {
		name, keys, selected string
		rows                 int
	}{
		{"the first match is selected", on, sbom, 3},
		{"enter keeps the filter", on + "enter", sbom, 3},
		{"esc while it is typed goes back", on + "esc", root, 16},
		{"esc afterwards ends it and stays", on + "enter esc", sbom, 16},
		{"deleting all shows everything", on + "ctrl+u", root, 16},
		{"an ancestor can be selected", on + "enter k k", root, 3},
		{"branches close and open", on + "enter k h", string(uitest.Digest("linux/arm64")), 2},
		{"closing one changes nothing outside of the filter", on + "enter k h esc", string(uitest.Digest("linux/arm64")), 16},
		{"an empty filter is none", "f enter", root, 16},
		{"f again goes on with what was typed", on + "enter f backspace backspace backspace backspace backspace enter", sbom, 4},
		{"a search finds what the filter shows", on + "enter / a r m enter n", string(uitest.Digest("linux/arm64")), 3},
		{"a search finds nothing that it hides", on + "enter / S C A I enter", sbom, 3},
		{"esc ends the search before the filter", on + "enter / a r m enter esc", string(uitest.Digest("linux/arm64")), 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			if app.nodes.selected != c.selected || len(app.nodes.list.rows) != c.rows {
				t.Errorf("selected %s of %v, want %s of %d", app.nodes.selected, shownIDs(app), c.selected, c.rows)
			}
		})
	}
}

func TestGoingToWhatAFilterHidesEndsIt(t *testing.T) {
	app := full(t, "120x40", "f : u n s i g n e d enter")
	next, cmd := app.do(scene.GoToNode{ID: string(uitest.Digest("scai"))})
	app = obey(t, feed(t, next, nil), cmd)
	if app.nodes.selected != string(uitest.Digest("scai")) || len(app.nodes.list.rows) != 16 {
		t.Errorf("selected %s of %v", app.nodes.selected, shownIDs(app))
	}
	if got := plain(app); !strings.Contains(got, noteFilterEnded.String()) {
		t.Errorf("it does not say so:\n%s", got)
	}
}

func TestAFilterStaysWhileNodesCome(t *testing.T) {
	backend := uitest.Backend{Events: uitest.Rich()[:2]}
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "f : i n v a l i d enter")
	if got := shownIDs(app); !slices.Equal(got, []string{"(root)"}) {
		t.Fatalf("at first %v", got)
	}
	app.streams = map[int]context.CancelFunc{1: func() {}}
	next, _ := app.Update(eventsArrivedMsg{stream: 1, events: uitest.Rich()[2]})
	if got := shownIDs(next.(App)); !slices.Equal(got, []string{"(root)", "other"}) {
		t.Errorf("afterwards %v", got)
	}
}

// Whatever is asked for, what is kept is a tree: every row's parent is above it, and every row is a match or above one.
func TestWhatAFilterKeepsIsATree(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(1500)}, fakeInfo, Options{}), "80x24", "")
	for _, query := range []string{"7", "artifact 14", "!9", "zz", ""} {
		app = app.filterFor(query)
		app = feed(t, app, nil)
		parents := map[*model.Entry]bool{}
		for _, r := range app.nodes.list.rows {
			up := app.tree.Entry(r.Entry.Node.Parent)
			if up != nil && !parents[up] {
				t.Fatalf("%q: a row stands without its parent", query)
			}
			parents[r.Entry] = true
		}
		s := app.nodes.sieve
		if s.on() && s.answer.hidden+len(app.nodes.list.rows) != app.tree.Len() {
			t.Errorf("%q: %d hidden and %d shown are not %d", query, s.answer.hidden, len(app.nodes.list.rows), app.tree.Len())
		}
	}
}
