package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/coverage"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/signers"
)

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

// onGlobalKey handles the keys that mean the same wherever the focus is.
func (a App) onGlobalKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	keys := a.keys
	switch {
	case key.Matches(k, keys.Quit):
		a, cmd = a.quit()
	case key.Matches(k, keys.Suspend):
		cmd = tea.Suspend
	case key.Matches(k, keys.Redraw):
		cmd = tea.ClearScreen
	case key.Matches(k, keys.Help):
		a = a.open(overlayHelp)
	case key.Matches(k, keys.Coverage):
		a = a.openScene(coverage.New(keys))
	case key.Matches(k, keys.BySigner):
		a = a.openScene(signers.New(keys))
	case key.Matches(k, keys.Break) && !a.showsRaw():
		a = a.openBreaking()
	case key.Matches(k, keys.Palette):
		a = a.openPalette()
	case key.Matches(k, keys.Back):
		if !a.steppedIn() {
			if !a.below {
				return a, screen.Leave(), true
			}
			a, cmd = a.leave(screen.Leave(), keys.Back, safe.Const("leaves"))
			return a, cmd, true
		}
		a = a.back()
	case key.Matches(k, keys.Jump):
		a = a.jump()
	case key.Matches(k, keys.Backward):
		a = a.travel(-1)
	case key.Matches(k, keys.Forward):
		a = a.travel(1)
	case key.Matches(k, keys.NextPane):
		a.focus = a.neighbour(1)
	case key.Matches(k, keys.PrevPane):
		a.focus = a.neighbour(-1)
	case key.Matches(k, keys.Zoom):
		a.zoom = !a.zoom
	case key.Matches(k, keys.Narrow):
		a = a.resize(-sizeStep)
	case key.Matches(k, keys.Widen):
		a = a.resize(sizeStep)
	case key.Matches(k, keys.Start):
		a, cmd = a.leave(screen.Begin(), keys.Start, safe.Const("opens another source"))
	case key.Matches(k, keys.Tour):
		a = a.toggleTour()
	case key.Matches(k, keys.Mouse):
		a = a.toggleMouse()
	case key.Matches(k, keys.Search):
		a = a.beginSearch()
	case key.Matches(k, keys.NextMatch):
		a = a.nextMatch(1)
	case key.Matches(k, keys.PrevMatch):
		a = a.nextMatch(-1)
	case key.Matches(k, keys.Copy):
		a = a.openCopy()
	case key.Matches(k, keys.Export):
		a = a.openExport()
	case key.Matches(k, keys.Pager):
		a, cmd = a.openPager()
	case key.Matches(k, keys.Verify):
		if a.aimed() != nil {
			a, cmd = a.do(a.verifyThese())
		}
	case key.Matches(k, keys.VerifyAll):
		a, cmd = a.do(scene.VerifyAgain{})
	case key.Matches(k, keys.Trust):
		a, cmd = a.do(scene.TrustSigner{})
	case key.Matches(k, keys.Audit):
		a = a.openAudit()
	case key.Matches(k, keys.Packages):
		a = a.openPackages()
	case key.Matches(k, keys.Compare):
		a = a.openDiff()
	case key.Matches(k, keys.Doctor):
		a = a.openDoctor()
	case key.Matches(k, keys.Signers):
		a = a.open(overlaySigners)
	case key.Matches(k, keys.Policy):
		a = a.open(overlayPolicy)
	case key.Matches(k, keys.Root):
		a = a.open(overlayRoot)
	default:
		return a.onTabKey(k)
	}
	return a, cmd, true
}

// onTabKey handles the keys that show one tab of the detail.
func (a App) onTabKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	for t, binding := range a.keys.Tabs() {
		if key.Matches(k, binding) {
			a.focus, a.detail = paneDetail, a.detail.Turn(scene.Tab(t))
			return a, nil, true
		}
	}
	switch {
	case key.Matches(k, a.keys.NextTab):
		a.detail = a.detail.TurnBy(1)
	case key.Matches(k, a.keys.PrevTab):
		a.detail = a.detail.TurnBy(-1)
	default:
		return a, nil, false
	}
	return a, nil, true
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
