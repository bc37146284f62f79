package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// cursor is where the terminal's own cursor belongs, nil for nowhere: on what is typed, else on the selected row.
// Screen readers and magnifiers follow it.
func (a App) cursor() *tea.Cursor {
	if a.regions.tooSmall {
		return nil
	}
	if a.overlay == overlaySearch {
		x := a.prompt().Width() + safe.Line(a.query(a.search.place)).Width()
		return tea.NewCursor(min(x, a.width-1), a.regions.status.y)
	}
	if b, open := a.board(); open {
		if !b.shown() {
			return nil
		}
		if a.overlay == overlayPalette {
			return a.palette.cursor()
		}
		if a.overlay == overlayExport && a.export.typing() {
			return a.export.cursor()
		}
		return calm(b.room.x+1, b.selectedRow())
	}
	if s, open := a.top(); open {
		return a.sceneCursor(s)
	}
	room := a.regions.panes[a.focus]
	x, row := room.x, a.selectedRow()
	if row < 0 || row >= room.h {
		return nil
	}
	return calm(x, room.y+row)
}

// selectedRow is the row of the pane with the focus that is selected, or the first of a text; -1 where there is none.
func (a App) selectedRow() int {
	switch a.focus {
	case paneTree:
		if a.tree.Root() == nil {
			return -1
		}
		return inSight(a.nodes.window)
	case paneLedger:
		return a.ledger.selectedRow(a.regions.panes[paneLedger], a.look(paneLedger))
	case paneDetail:
	}
	return a.detail.selectedRow(a.regions.panes[paneDetail])
}

// selectedRow is the row that is selected, or the first of a text.
func (p detailPane) selectedRow(room area) int {
	top := tabRows(room.h)
	switch p.tab {
	case tabPayload:
		return top + 1 + inSight(p.payload.window)
	case tabRaw:
		return top + 1 + inSight(p.raw.window)
	case tabChecks:
		if p.check >= 0 && p.check < len(p.blocks) {
			return top + p.blocks[p.check].first - p.scroll.Offset()
		}
	case tabSummary:
		if row := p.card.row() - p.scroll.Offset(); row >= 0 && row < p.scroll.Height() {
			return top + row
		}
	case tabLearn:
		if row := p.learn.row() - p.scroll.Offset(); row >= 0 && row < p.scroll.Height() {
			return top + row
		}
	case tabSigner, tabCount:
	}
	return top
}

// selectedRow is the row that is selected where the pane has the focus, -1 where there is none.
func (p ledgerPane) selectedRow(room area, look paneLook) int {
	for i, l := range p.lines(room, look) {
		if look.marks(l) {
			return i
		}
	}
	return -1
}
