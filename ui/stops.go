package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
)

// stops are the lines of a text that lead somewhere, and which of them is selected.
type stops struct {
	lines []block
	at    int
}

// add makes a stop of lines.
func (c *stops) add(first, end int) { c.lines = append(c.lines, block{first, end}) }

// move walks from stop to stop, and scrolls the text where the next one is out of sight. It reports whether the key was
// for that.
func (c stops) move(keys keyMap, k tea.KeyPressMsg, w rows.Window) (stops, rows.Window, bool) {
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
	next := c.at + step
	if c.at >= 0 && c.at < len(c.lines) && (c.lines[c.at].first < from || c.lines[c.at].first >= to) {
		next = c.inSight(from, to, step)
	}
	if next < 0 || next >= len(c.lines) || c.lines[next].first < from-1 || c.lines[next].first > to {
		return c, w.Wheel(step), true
	}
	c.at = next
	return c, w.To(c.lines[next].end - 1).To(c.lines[next].first), true
}

// inSight is the first stop that is seen, or the last one on the way up; -1 where none is.
func (c stops) inSight(from, to, step int) int {
	found := -1
	for i, b := range c.lines {
		if b.first >= from && b.first < to && (found < 0 || step < 0) {
			found = i
		}
	}
	return found
}

// selects reports whether a row of the text is the first of the selected stop.
func (c stops) selects(row int) bool {
	return c.at >= 0 && c.at < len(c.lines) && c.lines[c.at].first == row
}

// row is the row of the text that the selected stop begins on.
func (c stops) row() int {
	if c.at < 0 || c.at >= len(c.lines) {
		return 0
	}
	return c.lines[c.at].first
}

// hit is the stop with a row of the text, -1 if there is none.
func (c stops) hit(row int) int {
	for i, b := range c.lines {
		if row >= b.first && row < b.end {
			return i
		}
	}
	return -1
}

// block is the rows of one check in the ladder, from first up to but not including end.
type block struct{ first, end int }
