package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
)

func TestTheLineBetweenTreeAndDetailMoves(t *testing.T) {
	for _, test := range []struct {
		size, keys string
		want       Sizes
	}{
		{"120x40", "> >", Sizes{Beside: 55}},
		{"120x40", "<", Sizes{Beside: 40}},
		{"120x40", "ctrl+left ctrl+right", Sizes{Beside: 45}},
		{"120x40", strings.Repeat("> ", 20), Sizes{Beside: mostSize}},
		{"120x40", strings.Repeat("< ", 20), Sizes{Beside: leastSize}},
		{"80x24", ">", Sizes{Above: 45}},
		{"80x24", strings.Repeat("< ", 20), Sizes{Above: leastSize}},
		{"44x14", ">", Sizes{}},    // one pane alone
		{"120x40", "z >", Sizes{}}, // the same
		{"120x40", "c >", Sizes{}}, // a view over both
	} {
		app := full(t, test.size, test.keys)
		if app.sizes != test.want {
			t.Errorf("%s %s: %+v, want %+v", test.size, test.keys, app.sizes, test.want)
		}
		uitest.EverySize(func(w, h int) { fits(t, feed(t, app, tea.WindowSizeMsg{Width: w, Height: h}), w, h) })
	}
}

func TestSizesGoOnToTheNextSourceAndAreKept(t *testing.T) {
	var kept []Sizes
	opts := Options{KeepSizes: func(s Sizes) error {
		kept = append(kept, s)
		return nil
	}}
	s := NewShell(fakeOpener{new([]context.Context)}, opts, fakeApp(uitest.Trusting(), Info{Source: "a"}, opts))
	s = runAll(t, s, s.Init())
	s = run(t, s, tea.WindowSizeMsg{Width: 120, Height: 40})
	began := s
	if err := keepSizes(s, began); err != nil || len(kept) != 0 {
		t.Errorf("nothing changed, and %v was kept: %v", kept, err)
	}
	s = ask(t, run(t, s, uitest.Press(">")), screen.Explore("b"))
	if got := s.top().screen.(App).sizes; got != (Sizes{Beside: 50}) {
		t.Errorf("the next source has %+v", got)
	}
	if err := keepSizes(guard(s), began); err != nil || len(kept) != 1 || kept[0] != (Sizes{Beside: 50}) {
		t.Errorf("kept: %+v %v", kept, err)
	}
}

func TestTheCursorIsOnTheScreenInEveryScene(t *testing.T) {
	for _, shot := range shots() {
		app := drive(t, fakeApp(shot.backend, shot.info, shot.opts), "80x24", shot.keys)
		for _, size := range []tea.WindowSizeMsg{{Width: 40, Height: 10}, {Width: 80, Height: 24}, {Width: 300, Height: 100}} {
			app = feed(t, app, size)
			c := app.View().Cursor
			switch {
			case c == nil && app.tree.Root() == nil: // nothing can be selected
			case c == nil:
				t.Errorf("%s %dx%d: no cursor", shot.name, size.Width, size.Height)
			case c.X < 0 || c.X >= size.Width || c.Y < 0 || c.Y >= size.Height:
				t.Errorf("%s %dx%d: the cursor is at %d, %d", shot.name, size.Width, size.Height, c.X, c.Y)
			}
		}
	}
}
