package widget

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
)

// CalmCursor is a cursor that marks a row and does not blink.
func CalmCursor(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

// InSight is the row of a window's cursor, counted from the first visible one; -1 where there is none.
func InSight(w rows.Window) int {
	if w.Count() == 0 {
		return -1
	}
	return w.Cursor() - w.Offset()
}
