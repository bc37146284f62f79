package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// cursor is where the terminal's own cursor belongs, nil for nowhere: on what is typed, else on the selected row.
// Screen readers and magnifiers follow it.
func (a App) cursor() *tea.Cursor {
	if a.regions.tooSmall {
		return nil
	}
	if a.overlay == overlaySearch {
		x := a.prompt().Width() + safe.Line(a.query(a.search.place)).Width()
		return tea.NewCursor(min(x, a.Width-1), a.regions.status.Y)
	}
	if b, open := a.board(); open {
		if !b.Shown() {
			return nil
		}
		if a.overlay == overlayPalette {
			return a.palette.cursor()
		}
		if a.overlay == overlayExport && a.export.Typing() {
			return a.export.Cursor()
		}
		return widget.CalmCursor(b.Room.X+1, b.SelectedRow())
	}
	if s, open := a.top(); open {
		return a.sceneCursor(s)
	}
	room := a.regions.panes[a.focus]
	x, row := room.X, a.selectedRow()
	if row < 0 || row >= room.H {
		return nil
	}
	return widget.CalmCursor(x, room.Y+row)
}

// selectedRow is the row of the pane with the focus that is selected, or the first of a text; -1 where there is none.
func (a App) selectedRow() int {
	switch a.focus {
	case paneTree:
		if a.tree.Root() == nil {
			return -1
		}
		return widget.InSight(a.nodes.window)
	case paneLedger:
		return a.ledger.selectedRow(a.regions.panes[paneLedger], a.look(paneLedger))
	case paneDetail:
	}
	return a.detail.SelectedRow(a.regions.panes[paneDetail])
}

// selectedRow is the row that is selected where the pane has the focus, -1 where there is none.
func (p ledgerPane) selectedRow(room widget.Area, look widget.Look) int {
	for i, l := range p.lines(room, look) {
		if look.Marks(l) {
			return i
		}
	}
	return -1
}
