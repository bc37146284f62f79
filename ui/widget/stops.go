package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
)

// Stops are the lines of a text that lead somewhere, and which of them is selected.
type Stops struct {
	Lines []Block
	At    int
}

// Add makes a stop of lines.
func (c *Stops) Add(first, end int) { c.Lines = append(c.Lines, Block{first, end}) }

// Move walks from stop to stop, and scrolls the text where the next one is out of sight. It reports whether the key was
// for that.
func (c Stops) Move(keys keymap.Map, k tea.KeyPressMsg, w rows.Window) (Stops, rows.Window, bool) {
	var step int
	switch {
	case key.Matches(k, keys.Down):
		step = 1
	case key.Matches(k, keys.Up):
		step = -1
	default:
		return c, w, false
	}
	from, to := w.Visible()
	next := c.At + step
	if c.At >= 0 && c.At < len(c.Lines) && (c.Lines[c.At].First < from || c.Lines[c.At].First >= to) {
		next = c.inSight(from, to, step)
	}
	if next < 0 || next >= len(c.Lines) || c.Lines[next].First < from-1 || c.Lines[next].First > to {
		return c, w.Wheel(step), true
	}
	c.At = next
	return c, w.To(c.Lines[next].End - 1).To(c.Lines[next].First), true
}

// inSight is the first stop that is seen, or the last one on the way up; -1 where none is.
func (c Stops) inSight(from, to, step int) int {
	found := -1
	for i, b := range c.Lines {
		if b.First >= from && b.First < to && (found < 0 || step < 0) {
			found = i
		}
	}
	return found
}

// Selects reports whether a row of the text is the first of the selected stop.
func (c Stops) Selects(row int) bool {
	return c.At >= 0 && c.At < len(c.Lines) && c.Lines[c.At].First == row
}

// Row is the row of the text that the selected stop begins on.
func (c Stops) Row() int {
	if c.At < 0 || c.At >= len(c.Lines) {
		return 0
	}
	return c.Lines[c.At].First
}

// Hit is the stop with a row of the text, -1 if there is none.
func (c Stops) Hit(row int) int {
	for i, b := range c.Lines {
		if row >= b.First && row < b.End {
			return i
		}
	}
	return -1
}

// Block is the rows of one check in the ladder, from first up to but not including end.
type Block struct{ First, End int }
