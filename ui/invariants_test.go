package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestEverySceneFitsEverySize(t *testing.T) {
	for _, s := range shots() {
		t.Run(s.name, func(t *testing.T) {
			app := drive(t, fakeApp(s.backend, s.info, s.opts), "80x24", s.keys)
			selected := app.nodes.selected
			uitest.EverySize(func(w, h int) {
				app = feed(t, app, tea.WindowSizeMsg{Width: w, Height: h})
				if app.nodes.selected != selected {
					t.Fatalf("%dx%d: the selection moved from %s to %s", w, h, selected, app.nodes.selected)
				}
				fits(t, app, w, h)
			})
		})
	}
}

// fits checks what must hold of every screen.
func fits(t *testing.T, app App, w, h int) {
	t.Helper()
	content := app.View().Content
	uitest.FitsScreen(t, content, w, h, app.regions.tooSmall)
	if app.tree.Root() != nil && !app.regions.panes[paneTree].Empty() && !app.regions.tooSmall {
		if _, covered := app.board(); !covered && !strings.Contains(ansi.Strip(content), app.Styles.Glyphs.Cursor.String()) {
			t.Errorf("%dx%d: the selected row is not marked", w, h)
		}
		if from, to := app.nodes.window.Visible(); app.nodes.window.Cursor() < from || app.nodes.window.Cursor() >= to {
			t.Errorf("%dx%d: the selected row is out of sight", w, h)
		}
	}
}

func TestHostileTextReachesNoOverlayUnsanitised(t *testing.T) {
	backend := uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}
	for _, keys := range []string{"s", "s enter j enter", "s w", "s w enter", "s x", "s space", "p", "u", "u enter", "j t", "j t w", "j t enter", "j t w enter"} {
		for _, open := range [][][]model.Event{uitest.Evil(), uitest.Good()} {
			backend.Events, backend.Trust = open, uitest.HostileTrust()
			app := drive(t, fakeApp(backend, Info{Source: uitest.Hostile, TrustNote: uitest.Hostile}, Options{}), "120x40", keys)
			fits(t, app, 120, 40)
			for range 10 {
				app = feed(t, app, uitest.Press("ctrl+d"))
				fits(t, app, 120, 40)
			}
		}
	}
}

func TestHostileTextReachesNoTabUnsanitised(t *testing.T) {
	for _, keys := range []string{"j 1", "j 2", "j 2 j j", "j 3", "j 4", "j 4 e G", "j 5", "j 5 x", "g 1", "g 5", "shift+tab", "/ e v", "y", "j 4 y", "j 2 y", "j 3 y", "y y", "j 4 y y", "j 2 y y", "j 3 y y", "j y w", "e", "e enter"} {
		app := drive(t, fakeApp(uitest.Backend{Events: uitest.Evil()}, Info{Source: uitest.Hostile}, Options{}), "120x40", keys)
		fits(t, app, 120, 40)
		for range 20 {
			app = feed(t, app, uitest.Press("ctrl+d"))
			fits(t, app, 120, 40)
		}
	}
}

// The renderer of Bubble Tea parses what it is given into cells. What it makes of a screen must be what we meant.
func TestTheRendererShowsWhatWasDrawn(t *testing.T) {
	for _, s := range shots() {
		app := drive(t, fakeApp(s.backend, s.info, s.opts), "120x40", s.keys)
		screen := uv.NewScreenBuffer(120, 40)
		uv.NewStyledString(app.View().Content).Draw(screen, screen.Bounds())
		for y, want := range strings.Split(ansi.Strip(app.View().Content), "\n") {
			var got strings.Builder
			for x := range 120 {
				if c := screen.CellAt(x, y); c != nil {
					got.WriteString(c.Content)
				}
			}
			if got.String() != want {
				t.Errorf("%s: line %d\n got %q\nwant %q", s.name, y, got.String(), want)
			}
		}
	}
}

func FuzzNoKeyBreaksTheScreen(f *testing.F) {
	f.Add("jjl24xz?/ab\n", uint8(80), uint8(24))
	f.Add("e5xGzVvy\tmN[]HLE", uint8(44), uint8(12))
	f.Add("jjjjjjt j wspx bw 4/ab", uint8(60), uint8(20))
	f.Add("jjjj4fpredicate|@keys\rju\rY\x1bf\t\t\r", uint8(100), uint8(30))
	f.Fuzz(func(t *testing.T, keys string, w, h uint8) {
		app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), fmt.Sprintf("%dx%d", w, h), "")
		for _, r := range keys[:min(len(keys), 64)] {
			if r == 'q' {
				continue
			}
			app = feed(t, app, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if w > 0 && h > 0 {
			fits(t, app, int(w), int(h))
		}
	})
}
