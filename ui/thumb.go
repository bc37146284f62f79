package ui

import "github.com/attestree/attestree/ui/rows"

// thumb is the part of a frame's side that says where in a long list a pane is.
type thumb struct{ from, size int }

func (t thumb) covers(y int) bool { return y >= t.from && y < t.from+t.size }

// thumbOf is the thumb of a window whose first row is that many rows down its pane.
func thumbOf(w rows.Window, top int) thumb {
	start, size := w.Scrollbar(w.Height())
	return thumb{top + start, size}
}
