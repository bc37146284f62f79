package rows

// Window is a view of Height consecutive rows out of Count, with a cursor in it. It is a value: every method that
// moves something returns another Window, whose cursor is on a row and visible. The zero value shows nothing.
type Window struct {
	cursor, offset, height, count int
}

// NewWindow is a window at the top of that many rows.
func NewWindow(count, height int) Window { return Window{count: count, height: height}.settled() }

// Cursor is the row that is selected, 0 if there is none.
func (w Window) Cursor() int { return w.cursor }

// Offset is the first visible row.
func (w Window) Offset() int { return w.offset }

// Height is how many rows there is room for.
func (w Window) Height() int { return w.height }

// Count is how many rows there are.
func (w Window) Count() int { return w.count }

// Visible is the range of rows that are on screen: from, up to but not including to.
func (w Window) Visible() (from, to int) { return w.offset, min(w.offset+w.height, w.count) }

// Move moves the cursor by that many rows, up if negative.
func (w Window) Move(rows int) Window { return w.To(add(w.cursor, rows)) }

// Page moves the cursor and what is visible by that many pages, keeping one row in sight.
func (w Window) Page(pages int) Window { return w.by(pages * max(w.height-1, 1)) }

// HalfPage moves the cursor and what is visible by that many half pages.
func (w Window) HalfPage(halves int) Window { return w.by(halves * max(w.height/2, 1)) }

// by moves cursor and offset together, so that the cursor stays where it is on the screen.
func (w Window) by(rows int) Window {
	w.offset = add(w.offset, rows)
	return w.Move(rows)
}

// Top moves the cursor to the first row.
func (w Window) Top() Window { return w.To(0) }

// Bottom moves the cursor to the last row.
func (w Window) Bottom() Window { return w.To(w.count - 1) }

// To moves the cursor to that row, or the nearest there is.
func (w Window) To(row int) Window {
	w.cursor = row
	return w.settled()
}

// Resize changes the room.
func (w Window) Resize(height int) Window {
	w.height = height
	return w.settled()
}

// SetCount changes how many rows there are.
func (w Window) SetCount(count int) Window {
	w.count = count
	return w.settled()
}

// Click moves the cursor to the row at that line of the window, counted from 0. It reports false, and moves nothing,
// where there is no row.
func (w Window) Click(line int) (Window, bool) {
	if line < 0 || line >= w.height || w.offset+line >= w.count {
		return w, false
	}
	return w.To(w.offset + line), true
}

// Wheel scrolls by that many rows, up if negative. The cursor stays on its row as long as that is visible.
func (w Window) Wheel(rows int) Window {
	w.offset = clamp(add(w.offset, rows), 0, w.count-w.height)
	w.cursor = clamp(w.cursor, w.offset, w.offset+w.height-1)
	return w.settled()
}

// Scrollbar is where a thumb lies in a bar that many cells high: its first cell and its size. The size is 0 where
// everything is visible and no bar is needed.
func (w Window) Scrollbar(cells int) (start, size int) {
	if cells <= 0 || w.height <= 0 || w.count <= w.height {
		return 0, 0
	}
	size = clamp(cells*w.height/w.count, 1, cells)
	// Only the very top and the very bottom put the thumb at an end.
	start = clamp(w.offset*(cells-size)/(w.count-w.height), 0, cells-size)
	if start == 0 && w.offset > 0 && size < cells {
		start = 1
	}
	return start, size
}

// settled puts cursor and offset where they must be.
func (w Window) settled() Window {
	w.count, w.height = max(w.count, 0), max(w.height, 0)
	w.cursor = clamp(w.cursor, 0, w.count-1)
	if w.cursor >= add(w.offset, w.height) {
		w.offset = w.cursor - w.height + 1
	}
	w.offset = clamp(min(w.offset, w.cursor), 0, w.count-w.height)
	return w
}

// clamp is the number nearest to n in lo…hi, and lo where there is none.
func clamp(n, lo, hi int) int { return max(lo, min(n, hi)) }

// add is a sum that does not wrap around.
func add(a, b int) int {
	const limit = 1 << 40
	return clamp(a, -limit, limit) + clamp(b, -limit, limit)
}
