package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// standIn is a scene that does nothing but be there, and takes what it is told.
type standIn struct{ told string }

func (s standIn) title(stage) safe.Text                        { return safe.Line("stand-in " + s.told) }
func (s standIn) hints(stage) []hint                           { return nil }
func (s standIn) prepare(stage) (scene, tea.Cmd)               { return s, nil }
func (s standIn) receive(_ stage, result any) (scene, tea.Cmd) { return standIn{result.(string)}, nil }
func (s standIn) paste(string) scene                           { return s }
func (s standIn) click(stage, int, int) (scene, intent)        { return s, nil }
func (s standIn) wheel(stage, int, int, int) scene             { return s }
func (s standIn) view(stage) []string                          { return nil }
func (s standIn) bar() thumb                                   { return thumb{} }
func (s standIn) cursor(stage) (x, y int, typing bool)         { return 0, 0, false }
func (s standIn) key(_ stage, k tea.KeyPressMsg) (scene, intent, bool) {
	if k.String() == "enter" {
		return s, visitNode{id: string(digest("scai")), detail: true, tab: tabSigner}, true
	}
	return s, nil, false
}

func TestBackAndForward(t *testing.T) {
	root, scai, vuln := string(digest("root")), string(digest("scai")), string(digest("vuln"))
	for _, c := range []struct {
		name, keys string
		node       string
		tab        tab
		focus      pane
	}{
		{"back to the node before a search", "/ S C A I enter [", root, tabSummary, paneTree},
		{"and forward again", "/ S C A I enter [ ]", scai, tabSummary, paneTree},
		{"back through several", "/ S C A I enter / V u l n enter [ [", root, tabSummary, paneTree},
		{"back to a tab", "/ S C A I enter 3 4 [", scai, tabSigner, paneDetail},
		{"steps in the tree are no places of their own", "j j j / V u l n enter [ [", string(digest("other")), tabSummary, paneTree},
		{"going elsewhere forgets what was forward", "/ S C A I enter [ / V u l n enter ] ]", vuln, tabSummary, paneTree},
		{"no further back than the beginning", "/ S C A I enter [ [ [ [", root, tabSummary, paneTree},
		{"what a search only passed over is no place", "/ V u l n enter / S C A I esc [", root, tabSummary, paneTree},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			if app.nodes.selected != c.node || app.detail.tab != c.tab || app.focus != c.focus {
				t.Errorf("on %s, tab %d, focus %d", shownName(app), app.detail.tab, app.focus)
			}
		})
	}
}

func TestBackToASceneAsItWasLeft(t *testing.T) {
	app := full(t, "120x40", "/ V u l n enter")
	app = app.openScene(standIn{"once"}).remember(false)
	app = feed(t, app, sceneReportedMsg{1, "twice"})
	app = feed(t, app, press("enter"))
	if _, open := app.top(); open || app.nodes.selected != string(digest("scai")) {
		t.Fatal("it did not leave")
	}
	app = feed(t, app, sceneReportedMsg{1, "thrice"}) // what was under way goes on
	app = feed(t, app, press("["))
	if got := plain(app); !strings.Contains(got, "stand-in thrice") {
		t.Errorf("the scene is not back:\n%s", got)
	}
	app = feed(t, app, press("["))
	if _, open := app.top(); open || app.nodes.selected != string(digest("vuln")) {
		t.Errorf("not back before the scene, on %s", shownName(app))
	}
	app = feed(t, feed(t, app, press("]")), press("esc"))
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
		app = feed(t, app, press("esc"))
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
