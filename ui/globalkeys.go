package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/coverage"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/signers"
)

// onGlobalKey handles the keys that mean the same wherever the focus is, in the groups that the help has them in. A key
// is in one of them only: keymap refuses two meanings in one place.
func (a App) onGlobalKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	groups := []func(App, tea.KeyPressMsg) (App, tea.Cmd, bool){App.onFindKey, App.onPaneKey, App.onTabKey, App.onViewKey, App.onTrustKey, App.onDoKey}
	for _, group := range groups {
		if next, cmd, taken = group(a, k); taken {
			return next, cmd, true
		}
	}
	return a, nil, false
}

// onFindKey handles the keys that search.
func (a App) onFindKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	switch keys := a.keys; {
	case key.Matches(k, keys.Search):
		a = a.beginSearch()
	case key.Matches(k, keys.NextMatch):
		a = a.nextMatch(1)
	case key.Matches(k, keys.PrevMatch):
		a = a.nextMatch(-1)
	default:
		return a, nil, false
	}
	return a, nil, true
}

// onPaneKey handles the keys that go from place to place, and those that give a pane its room.
func (a App) onPaneKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	switch keys := a.keys; {
	case key.Matches(k, keys.NextPane):
		a.focus = a.neighbour(1)
	case key.Matches(k, keys.PrevPane):
		a.focus = a.neighbour(-1)
	case key.Matches(k, keys.Jump):
		a = a.jump()
	case key.Matches(k, keys.Backward):
		a = a.travel(-1)
	case key.Matches(k, keys.Forward):
		a = a.travel(1)
	case key.Matches(k, keys.Zoom):
		a.zoom = !a.zoom
	case key.Matches(k, keys.Narrow):
		a = a.resize(-sizeStep)
	case key.Matches(k, keys.Widen):
		a = a.resize(sizeStep)
	case key.Matches(k, keys.Back):
		a, cmd = a.onBack()
	default:
		return a, nil, false
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

// onViewKey handles the keys that open a view in place of the panes.
func (a App) onViewKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	switch keys := a.keys; {
	case key.Matches(k, keys.Audit):
		a = a.openAudit()
	case key.Matches(k, keys.Coverage):
		a = a.openScene(coverage.New(keys))
	case key.Matches(k, keys.BySigner):
		a = a.openScene(signers.New(keys))
	case key.Matches(k, keys.Break) && !a.showsRaw():
		a = a.openBreaking()
	case key.Matches(k, keys.Packages):
		a = a.openPackages()
	case key.Matches(k, keys.Compare):
		a = a.openDiff()
	case key.Matches(k, keys.Doctor):
		a = a.openDoctor()
	default:
		return a, nil, false
	}
	return a, nil, true
}

// onTrustKey handles the keys about whom and what is trusted.
func (a App) onTrustKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	switch keys := a.keys; {
	case key.Matches(k, keys.Trust):
		a, cmd = a.do(scene.TrustSigner{})
	case key.Matches(k, keys.Signers):
		a = a.open(overlaySigners)
	case key.Matches(k, keys.Policy):
		a = a.open(overlayPolicy)
	case key.Matches(k, keys.Root):
		a = a.open(overlayRoot)
	default:
		return a, nil, false
	}
	return a, cmd, true
}

// onDoKey handles the keys that do something with what is selected, or with the program.
func (a App) onDoKey(k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	switch keys := a.keys; {
	case key.Matches(k, keys.Verify):
		if a.aimed() != nil {
			a, cmd = a.do(a.verifyThese())
		}
	case key.Matches(k, keys.VerifyAll):
		a, cmd = a.do(scene.VerifyAgain{})
	case key.Matches(k, keys.Copy):
		a = a.openCopy()
	case key.Matches(k, keys.Export):
		a = a.openExport()
	case key.Matches(k, keys.Pager):
		a, cmd = a.openPager()
	case key.Matches(k, keys.Palette):
		a = a.openPalette()
	case key.Matches(k, keys.Start):
		a, cmd = a.leave(screen.Begin(), keys.Start, safe.Const("opens another source"))
	case key.Matches(k, keys.Tour):
		a = a.toggleTour()
	case key.Matches(k, keys.Mouse):
		a = a.toggleMouse()
	case key.Matches(k, keys.Redraw):
		cmd = tea.ClearScreen
	case key.Matches(k, keys.Help):
		a = a.open(overlayHelp)
	case key.Matches(k, keys.Suspend):
		cmd = tea.Suspend
	case key.Matches(k, keys.Quit):
		a, cmd = a.quit()
	default:
		return a, nil, false
	}
	return a, cmd, true
}
