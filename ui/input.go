package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/widget"
)

// onPress hears a key, and forgets what holds only until the next one: a click that could become two, and a key that leaves
// when it is pressed once more.
func (a App) onPress(k tea.KeyPressMsg) (App, tea.Cmd) {
	step, leaving := a.isStep(k), a.leaving
	a.clicked = widget.Clicked{}
	a, cmd := a.remember(true).onKey(k)
	if a.leaving == leaving {
		a.leaving = safe.Text{}
	}
	return a.remember(step), cmd
}

// onKey gives a key to what lies over the panes, else to the screen, else to the pane with the focus.
func (a App) onKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	a.note, a.written = note{}, safe.Text{}
	if k.String() == "ctrl+c" {
		return a.quit()
	}
	if a.overlay == overlaySearch {
		return a.onSearchKey(k)
	}
	if _, open := a.board(); open {
		return a.onBoardKey(k)
	}
	if s, open := a.top(); open {
		return a.onSceneKey(s, k)
	}
	if next, taken := a.early(k); taken {
		return next, nil
	}
	if next, cmd, taken := a.onGlobalKey(k); taken {
		return next, cmd
	}
	if !a.keys.Means(k, a.keysGo()) {
		return a.useless(k), nil
	}
	var i scene.Intent
	switch a.focus {
	case paneTree:
		if key.Matches(k, a.keys.Sieve) {
			return a.beginFilter(), nil
		}
		a.nodes, i = a.nodes.key(a.tree, k)
	case paneLedger:
		a.ledger, i = a.ledger.key(k)
	case paneDetail:
		a.detail, i = a.detail.Key(k)
	}
	return a.do(i)
}

// onBack undoes the last step inward. Where there is none, it leaves this screen.
func (a App) onBack() (App, tea.Cmd) {
	switch {
	case a.steppedIn():
		return a.back(), nil
	case a.below:
		return a.leave(screen.Leave(), a.keys.Back, safe.Const("leaves"))
	}
	return a, screen.Leave()
}

// leave goes where another screen takes the place of this one, and says first whose trust would be forgotten with it: the
// key has to be pressed once more then. does is what the key does, in a word.
func (a App) leave(to tea.Cmd, by key.Binding, does safe.Text) (App, tea.Cmd) {
	n, name := 0, keymap.FirstKey(by)
	for _, s := range a.trust.Signers {
		if s.Enabled && s.Origin == model.OriginThisRun {
			n++
		}
	}
	if n == 0 || a.leaving == name {
		return a, to
	}
	a.leaving = name
	who := safe.Const("1 signer that you trust")
	if n > 1 {
		who = safe.Format("%s signers that you trust", safe.Int(n))
	}
	a.note = note{text: safe.Format("%s would be forgotten: %s once more %s, %s shows them to be kept", who, name, does, keymap.FirstKey(a.keys.Signers))}
	return a, nil
}

// steppedIn reports whether there is a step inward that back would undo.
func (a App) steppedIn() bool {
	return a.zoom || a.focus != paneTree || a.search.query != "" || a.nodes.sieve.text != "" || len(a.nodes.marks) > 0 || a.tour.Shown
}

// back undoes the last step inward: zoom, focus, search.
func (a App) back() App {
	switch {
	case a.zoom:
		a.zoom = false
	case a.focus == paneDetail && a.detail.ShowsAnswer():
		a = a.endSearch(searchQuery)
	case a.hunting() != searchTree && a.query(a.hunting()) != "":
		a = a.endSearch(a.hunting())
	case a.focus != paneTree:
		a.focus = paneTree
	case a.search.query != "":
		a = a.endSearch(searchTree)
	case a.nodes.sieve.text != "":
		a = a.endFilter()
	case len(a.nodes.marks) > 0:
		a = a.unmark()
	case a.tour.Shown:
		a = a.leaveTour()
	}
	return a
}

// neighbour is the pane that many steps on from the one with the focus.
func (a App) neighbour(step int) pane {
	order := []pane{paneTree, paneDetail, paneLedger}
	for i, p := range order {
		if p == a.focus {
			return order[(i+step+len(order))%len(order)]
		}
	}
	return paneTree
}

func (a App) toggleMouse() App {
	a.mouse = !a.mouse
	a.note = note{text: safe.Const("mouse off: the terminal selects text again")}
	if a.mouse {
		a.note = note{text: safe.Const("mouse on: click selects, the wheel scrolls")}
	}
	return a
}
