package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/widget"
)

// onMouse routes what is done with the mouse.
func (a App) onMouse(msg tea.MouseMsg) (App, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		next, cmd := a.onClick(msg.Mouse())
		return next.remember(false), cmd
	case tea.MouseMotionMsg:
		return a.onDrag(msg.Mouse()), nil
	case tea.MouseReleaseMsg:
		a.dragging = false
	case tea.MouseWheelMsg:
		a.clicked = widget.Clicked{}
		return a.onWheel(msg.Mouse()), nil
	}
	return a, nil
}

// onClick gives a click to what lies on top where it was made.
func (a App) onClick(m tea.Mouse) (App, tea.Cmd) {
	a.note = note{}
	if b, open := a.board(); open {
		return a.clickBoard(b, m)
	}
	if m.Button != tea.MouseLeft {
		return a, nil
	}
	at := widget.Clicked{Any: true, X: m.X, Y: m.Y}
	s, covered := a.top()
	if covered {
		at.On = s.number
	}
	if a.clicked.Again(at) {
		if next, cmd, taken := a.twice(m); taken {
			next.clicked = widget.Clicked{}
			return next, cmd
		}
	}
	a.clicked = at
	if t, found := a.trustTarget(m.X, m.Y); found {
		return a.open(t.opens), nil
	}
	if covered {
		return a.clickScene(s, m)
	}
	return a.clickPane(m), nil
}

// clickBoard selects what was clicked in an overlay, and chooses what was selected already; beside the overlay, it closes it.
func (a App) clickBoard(b widget.Board, m tea.Mouse) (App, tea.Cmd) {
	before := b.At
	b, inside := b.Click(m.X, m.Y)
	a = a.withBoard(b)
	if !inside {
		a.overlay = overlayNone
		return a, nil
	}
	if b.At != before || m.Y <= b.Room.Y {
		return a, nil
	}
	switch a.overlay {
	case overlayPalette:
		return a.choose()
	case overlayCopy:
		return a.chooseCopy()
	case overlayExport:
		a.export = a.export.Choose()
	default:
	}
	return a, nil
}

// clickPane gives the focus to the pane under the mouse and selects what is there, or takes hold of the line between two.
func (a App) clickPane(m tea.Mouse) App {
	p, found := a.paneAt(m.X, m.Y)
	if !found {
		a.dragging = a.onLine(m.X, m.Y)
		return a
	}
	a.focus, a.overlay = p, overlayNone
	r := a.regions.panes[p]
	x, y := m.X-r.X, m.Y-r.Y
	switch p {
	case paneTree:
		a.nodes = a.nodes.click(y)
	case paneDetail:
		a.detail = a.detail.Click(x, y, r)
	case paneLedger:
		a.ledger = a.ledger.click(y)
	}
	return a
}

// onWheel scrolls the pane under the mouse without giving it the focus.
func (a App) onWheel(m tea.Mouse) App {
	step := widget.WheelStep(m)
	if step == 0 {
		return a
	}
	if b, open := a.board(); open {
		return a.withBoard(b.Wheel(step))
	}
	if s, open := a.top(); open {
		on := a.stage(s)
		return a.withScene(s.number, s.scene.Wheel(on, m.X-on.Room.X, m.Y-on.Room.Y, step))
	}
	switch p, found := a.paneAt(m.X, m.Y); {
	case !found:
	case p == paneTree:
		a.nodes = a.nodes.wheel(step)
	case p == paneLedger:
		a.ledger = a.ledger.wheel(step)
	case p == paneDetail:
		a.detail = a.detail.Wheel(step)
	}
	return a
}

// paneAt is the pane under a cell of the screen.
func (a App) paneAt(x, y int) (pane, bool) {
	for p, r := range a.regions.panes {
		if !r.Empty() && r.Contains(x, y) {
			return pane(p), true
		}
	}
	return paneTree, false
}
