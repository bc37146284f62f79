package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/widget"
)

// onClick gives the focus to the pane under the mouse and selects what is there.
func (a App) onClick(m tea.Mouse) (App, tea.Cmd) {
	a.note = note{}
	if b, open := a.board(); open {
		before := b.At
		b, inside := b.Click(m.X, m.Y)
		a = a.withBoard(b)
		if inside && a.overlay == overlayPalette && b.At == before && m.Y > b.Room.Y {
			return a.choose()
		}
		if inside && b.At == before && m.Y > b.Room.Y {
			switch a.overlay {
			case overlayCopy:
				return a.chooseCopy()
			case overlayExport:
				a.export = a.export.Choose()
			default:
			}
		}
		if !inside {
			a.overlay = overlayNone
		}
		return a, nil
	}
	if m.Button != tea.MouseLeft {
		return a, nil
	}
	at := widget.Clicked{Any: true, X: m.X, Y: m.Y}
	if s, open := a.top(); open {
		at.On = s.number
	}
	if a.clicked.Again(at) {
		if next, cmd, taken := a.twice(m); taken {
			next.clicked = widget.Clicked{}
			return next, cmd
		}
	}
	a.clicked = at
	for _, t := range a.trustTargets() {
		if m.Y == a.regions.header.H-1 && m.X >= t.from && m.X < t.to {
			return a.open(t.opens), nil
		}
	}
	if s, open := a.top(); open {
		return a.clickScene(s, m)
	}
	p, found := a.paneAt(m.X, m.Y)
	if !found {
		a.dragging = a.onLine(m.X, m.Y)
		return a, nil
	}
	a.overlay = overlayNone
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
	a.focus = p
	return a, nil
}

// onWheel scrolls the pane under the mouse without giving it the focus.
func (a App) onWheel(m tea.Mouse) App {
	step := widget.WheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		step = -step
	case tea.MouseWheelDown:
	default:
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
