package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// standIn is a scene that does nothing but be there, and takes what it is told.
type standIn struct{ told string }

func (s standIn) Title(scene.Stage) safe.Text                { return safe.Line("stand-in " + s.told) }
func (s standIn) Hints(scene.Stage) []keymap.Hint            { return nil }
func (s standIn) Prepare(scene.Stage) (scene.Scene, tea.Cmd) { return s, nil }
func (s standIn) Receive(_ scene.Stage, result any) (scene.Scene, tea.Cmd) {
	return standIn{result.(string)}, nil
}
func (s standIn) Paste(string) scene.Scene                                { return s }
func (s standIn) Click(scene.Stage, int, int) (scene.Scene, scene.Intent) { return s, nil }
func (s standIn) Wheel(scene.Stage, int, int, int) scene.Scene            { return s }
func (s standIn) View(scene.Stage) []string                               { return nil }
func (s standIn) Bar() widget.Thumb                                       { return widget.Thumb{} }
func (s standIn) Cursor(scene.Stage) (x, y int, typing bool)              { return 0, 0, false }
func (s standIn) Key(_ scene.Stage, k tea.KeyPressMsg) (scene.Scene, scene.Intent, bool) {
	if k.String() == "enter" {
		return s, scene.VisitNode{ID: string(uitest.Digest("scai")), Detail: true, Tab: scene.TabSigner}, true
	}
	return s, nil, false
}

func TestBackAndForward(t *testing.T) {
	root, scai, vuln := string(uitest.Digest("root")), string(uitest.Digest("scai")), string(uitest.Digest("vuln"))
	for _, c := range []struct {
		name, keys string
		node       string
		tab        scene.Tab
		focus      pane
	}{
		{"back to the node before a search", "/ S C A I enter [", root, scene.TabSummary, paneTree},
		{"and forward again", "/ S C A I enter [ ]", scai, scene.TabSummary, paneTree},
		{"back through several", "/ S C A I enter / V u l n enter [ [", root, scene.TabSummary, paneTree},
		{"back to a tab", "/ S C A I enter 3 4 [", scai, scene.TabSigner, paneDetail},
		{"steps in the tree are no places of their own", "j j j / V u l n enter [ [", string(uitest.Digest("other")), scene.TabSummary, paneTree},
		{"going elsewhere forgets what was forward", "/ S C A I enter [ / V u l n enter ] ]", vuln, scene.TabSummary, paneTree},
		{"no further back than the beginning", "/ S C A I enter [ [ [ [", root, scene.TabSummary, paneTree},
		{"what a search only passed over is no place", "/ V u l n enter / S C A I esc [", root, scene.TabSummary, paneTree},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			if app.nodes.selected != c.node || app.detail.Tab() != c.tab || app.focus != c.focus {
				t.Errorf("on %s, tab %d, focus %d", shownName(app), app.detail.Tab(), app.focus)
			}
		})
	}
}

func TestBackToASceneAsItWasLeft(t *testing.T) {
	app := full(t, "120x40", "/ V u l n enter")
	app = app.openScene(standIn{"once"}).remember(false)
	app = feed(t, app, scene.ReportedMsg{Scene: 1, Result: "twice"})
	app = feed(t, app, uitest.Press("enter"))
	if _, open := app.top(); open || app.nodes.selected != string(uitest.Digest("scai")) {
		t.Fatal("it did not leave")
	}
	app = feed(t, app, scene.ReportedMsg{Scene: 1, Result: "thrice"}) // what was under way goes on
	app = feed(t, app, uitest.Press("["))
	if got := plain(app); !strings.Contains(got, "stand-in thrice") {
		t.Errorf("the scene is not back:\n%s", got)
	}
	app = feed(t, app, uitest.Press("["))
	if _, open := app.top(); open || app.nodes.selected != string(uitest.Digest("vuln")) {
		t.Errorf("not back before the scene, on %s", shownName(app))
	}
	app = feed(t, feed(t, app, uitest.Press("]")), uitest.Press("esc"))
	if _, open := app.top(); open {
		t.Error("esc does not close a scene that one came back to")
	}
}

func TestScenesThatNobodyCanComeBackToEnd(t *testing.T) {
	app := full(t, "80x24", "")
	var contexts []context.Context
	for range 2 * mostParked {
		app = app.openScene(standIn{}).remember(false)
		s, _ := app.top()
		contexts = append(contexts, s.ctx)
		app = feed(t, app, uitest.Press("esc"))
	}
	alive := 0
	for _, ctx := range contexts {
		if ctx.Err() == nil {
			alive++
		}
	}
	if alive != mostParked {
		t.Errorf("%d of %d scenes go on", alive, len(contexts))
	}
}
