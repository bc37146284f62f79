package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
)

// calm is a cursor that marks a row and does not blink.
func calm(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

// inSight is the row of a window's cursor, counted from the first visible one; -1 where there is none.
func inSight(w rows.Window) int {
	if w.Count() == 0 {
		return -1
	}
	return w.Cursor() - w.Offset()
}
