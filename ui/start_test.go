package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/start"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// fakeShelf is what was opened and what lies here; forgotten are those that were asked to be.
type fakeShelf struct {
	opened    []start.Opened
	offers    []start.Offered
	err       error
	forgotten *[]string
}

func (s fakeShelf) Opened() ([]start.Opened, error) {
	if s.forgotten == nil {
		return s.opened, s.err
	}
	return slices.DeleteFunc(slices.Clone(s.opened), func(o start.Opened) bool { return slices.Contains(*s.forgotten, o.Source) }), s.err
}

func (s fakeShelf) Forget(source string) error {
	*s.forgotten = append(*s.forgotten, source)
	return nil
}

func (s fakeShelf) Nearby(context.Context) ([]start.Offered, bool) {
	return s.offers, len(s.offers) < 3
}

var fakeBeginning = start.About{Tool: "attestree 0.1.0", Demo: "demo", Now: uitest.Now}

func stocked() fakeShelf {
	return fakeShelf{
		forgotten: new([]string),
		opened: []start.Opened{
			{Source: "ghcr.io/stacklok/dockyard/npx/context7:2.1.0", At: uitest.Now.Add(-time.Hour)},
			{Source: "ghcr.io/stacklok/dockyard/uvx/mcp-clickhouse:0.1.12", At: uitest.Now.Add(-24 * time.Hour)},
			{Source: "oci:/home/ann/images/server:1.0", At: uitest.Now.Add(-9 * 24 * time.Hour)},
			{Source: "refused", At: uitest.Now.Add(-90 * 24 * time.Hour)},
		},
		offers: []start.Offered{{Source: "oci:/home/ann/build/layout:latest", Name: "layout:latest", What: "OCI layout"}, {Source: "archive:/home/ann/build/a.tar", Name: "a.tar", What: "archive"}},
	}
}

// starting is a start screen in a shell, after some keys.
func starting(t *testing.T, shelf start.Shelf, opts screen.Drawing, size [2]int, keys string) Shell {
	t.Helper()
	s := NewShell(fakeOpener{new([]context.Context)}, Options{Drawing: opts}, start.New(shelf, fakeBeginning, opts))
	s = runAll(t, s, s.Init())
	s = run(t, s, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
	for k := range strings.FieldsSeq(keys) {
		s = run(t, s, uitest.Press(k))
	}
	return s
}

func text(s Shell) string { return uitest.PlainText(s.View().Content) }

var startShots = []struct {
	name  string
	shelf start.Shelf
	opts  screen.Drawing
	keys  string
}{
	{"start", stocked(), screen.Drawing{}, "j"},
	{"start-first", fakeShelf{}, screen.Drawing{}, ""},
	{"start-typing", stocked(), screen.Drawing{}, "tab g h c r . i o / s t a c k l o k / d o c k y a r d / u"},
	{"start-forget", stocked(), screen.Drawing{}, "j d"},
	{"start-refused", stocked(), screen.Drawing{}, "j j j enter"},
	{"start-help", stocked(), screen.Drawing{}, "?"},
	{"start-ascii", stocked(), screen.Drawing{ASCII: true}, "j"},
	{"start-unreadable", fakeShelf{err: errors.New("/home/ann/.local/state/attestree/opened.json was not written by attestree; move it away to have sources remembered again")}, screen.Drawing{}, ""},
	{"evil-start", fakeShelf{opened: []start.Opened{{Source: uitest.Hostile, At: uitest.Now}}, offers: []start.Offered{{Source: uitest.Hostile, Name: uitest.Hostile, What: uitest.Hostile}, {Source: "a", Name: uitest.Hostile, What: ""}, {Source: "b", Name: "b", What: "c"}}}, screen.Drawing{}, "tab"},
}

func TestStartScreens(t *testing.T) {
	for _, shot := range startShots {
		for _, size := range []struct {
			name string
			wh   [2]int
		}{{"60x16", [2]int{60, 16}}, {"80x24", [2]int{80, 24}}, {"120x40", [2]int{120, 40}}} {
			t.Run(shot.name+"-"+size.name, func(t *testing.T) {
				uitest.Golden(t, shot.name+"-"+size.name, text(starting(t, shot.shelf, shot.opts, size.wh, shot.keys)))
			})
		}
	}
}

func TestTheStartScreenFitsEverySize(t *testing.T) {
	for _, shot := range startShots {
		s := starting(t, shot.shelf, shot.opts, [2]int{80, 24}, shot.keys)
		uitest.EverySize(func(w, h int) {
			s = run(t, s, tea.WindowSizeMsg{Width: w, Height: h})
			tooSmall := w < widget.LeastWidth || h < widget.LeastHeight
			uitest.FitsScreen(t, s.View().Content, w, h, tooSmall)
			if c := s.View().Cursor; !tooSmall && (c == nil || c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
				t.Errorf("%s %dx%d: no cursor on the screen: %v", shot.name, w, h, c)
			}
		})
	}
}

func TestEnterOpensAndEscComesBackToTheStart(t *testing.T) {
	s := starting(t, stocked(), screen.Drawing{}, [2]int{80, 24}, "j enter")
	if got := sources(s); got != "ghcr.io/stacklok/dockyard/uvx/mcp-clickhouse:0.1.12" {
		t.Fatalf("the shell shows %q", got)
	}
	s = run(t, s, uitest.Press("esc"))
	if _, is := s.top().screen.(start.Screen); !is || strings.Contains(text(s), "opening") || !strings.Contains(text(s), "> ghcr.io/stacklok/dockyard/uvx/mcp-clickhouse") {
		t.Errorf("esc does not come back to where it was: %+v", s.top().screen)
	}
	if s = run(t, s, uitest.Press("esc")); len(s.screens) != 1 {
		t.Error("esc on the first screen leaves it")
	}
}

func TestAnotherSourceTakesThePlaceOfTheOneBelow(t *testing.T) {
	s, opened := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s = run(t, s, uitest.Press("O"))
	if !strings.Contains(text(s), "Open an image") {
		t.Fatalf("O shows:\n%s", text(s))
	}
	back := run(t, s, uitest.Press("esc"))
	if got := sources(back); got != "a" || len(back.screens) != 1 {
		t.Errorf("esc comes back to %q", got)
	}
	for _, k := range []string{"tab", "b", "enter"} {
		s = run(t, s, uitest.Press(k))
	}
	if got := sources(s); got != "b" || len(s.screens) != 1 || (*opened)[0].Err() != nil {
		t.Errorf("the shell shows %q of %d", got, len(s.screens))
	}
}

func TestForgettingWantsTheKeyTwice(t *testing.T) {
	shelf := stocked()
	s := starting(t, shelf, screen.Drawing{}, [2]int{80, 24}, "j d k d")
	if len(*shelf.forgotten) != 0 {
		t.Fatalf("one press forgets %v", *shelf.forgotten)
	}
	s = run(t, s, uitest.Press("d"))
	if want := []string{"ghcr.io/stacklok/dockyard/npx/context7:2.1.0"}; !slices.Equal(*shelf.forgotten, want) {
		t.Errorf("forgotten: %v", *shelf.forgotten)
	}
	if strings.Contains(text(s), "context7") {
		t.Errorf("it is still listed:\n%s", text(s))
	}
	s = run(t, run(t, s, uitest.Press("G")), uitest.Press("d"))
	if run(t, s, uitest.Press("d")); len(*shelf.forgotten) != 1 {
		t.Error("the demo can be forgotten")
	}
}

func TestTheLineHasAHistoryAndIsCompleted(t *testing.T) {
	for _, test := range []struct{ keys, want string }{
		{"tab up", "ghcr.io/stacklok/dockyard/npx/context7:2.1.0"},
		{"tab x up up down down", "x"},
		{"tab up up up up up up", "refused"},
		{"tab o tab", "oci:/home/ann/images/server:1.0"},
		{"tab o c i : / h o m e / a n n / b right", "oci:/home/ann/build/layout:latest"},
		{"k g backspace q ?", "q?"},
		{"tab up backspace", "ghcr.io/stacklok/dockyard/npx/context7:2.1."},
	} {
		s := starting(t, stocked(), screen.Drawing{}, [2]int{80, 24}, test.keys)
		if got, at := text(s), s.View().Cursor.X; !strings.Contains(got, "Open  "+test.want) || at != len("│  Open  ")-2+len(test.want) {
			t.Errorf("%s: the line is %q, want %q", test.keys, got, test.want)
		}
	}
}

func TestWhatIsBeingOpenedCanBeGivenUp(t *testing.T) {
	s := starting(t, stocked(), screen.Drawing{}, [2]int{80, 24}, "")
	next, _ := s.Update(uitest.Press("enter"))
	s = next.(Shell)
	if !strings.Contains(text(s), "opening ghcr.io/stacklok/dockyard/npx/context7:2.1.0") {
		t.Errorf("nobody says what is going on:\n%s", text(s))
	}
	if s = run(t, s, uitest.Press("esc")); strings.Contains(text(s), "opening") {
		t.Errorf("it goes on:\n%s", text(s))
	}
}

func TestAClickSelectsAndASecondOpens(t *testing.T) {
	s := starting(t, stocked(), screen.Drawing{}, [2]int{80, 24}, "")
	row := slices.IndexFunc(strings.Split(text(s), "\n"), func(l string) bool { return strings.Contains(l, "mcp-clickhouse") })
	click := tea.MouseClickMsg{X: 10, Y: row, Button: tea.MouseLeft}
	if s = run(t, s, click); sources(s) != "" || !strings.Contains(text(s), "> ghcr.io/stacklok/dockyard/uvx/mcp-clickhouse") {
		t.Fatalf("one click opens %q", sources(s))
	}
	if s = run(t, s, click); !strings.Contains(sources(s), "mcp-clickhouse") {
		t.Errorf("the second click opens %q", sources(s))
	}
}

func FuzzNoKeyBreaksTheStartScreen(f *testing.F) {
	f.Add("jjd\tghc\r", uint8(80), uint8(24))
	f.Add("?jk\tO/", uint8(41), uint8(10))
	f.Fuzz(func(t *testing.T, keys string, w, h uint8) {
		s := starting(t, stocked(), screen.Drawing{}, [2]int{int(w), int(h)}, "")
		for _, r := range keys[:min(len(keys), 64)] {
			if r != 'q' {
				s = run(t, s, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
		if _, is := s.top().screen.(start.Screen); is && w > 0 && h > 0 {
			uitest.FitsScreen(t, s.View().Content, int(w), int(h), w < widget.LeastWidth || h < widget.LeastHeight)
		}
	})
}
