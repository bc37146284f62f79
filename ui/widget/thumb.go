package widget

import "github.com/attestree/attestree/ui/rows"

// Thumb is the part of a frame's side that says where in a long list a pane is.
type Thumb struct{ from, size int }

// Covers reports whether a row of the pane has the thumb at its side.
func (t Thumb) Covers(y int) bool { return y >= t.from && y < t.from+t.size }

// ThumbOf is the thumb of a window whose first row is that many rows down its pane.
func ThumbOf(w rows.Window, top int) Thumb {
	start, size := w.Scrollbar(w.Height())
	return Thumb{top + start, size}
}
