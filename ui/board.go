package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// board is a frame over the panes with lines in it, of which some may be selected. It is what the overlays are made of:
// they say what stands on it, it scrolls, selects and draws.
type board struct {
	room   area
	title  safe.Text
	lines  []line
	stops  []block // what can be selected, in the order of the lines; empty for a text
	at     int     // which of them is
	window rows.Window
	hints  []hint // keys that work here, the most useful first
}

// margins of a board: the frame, the marker and a blank at the left, a blank at the right.
const boardMargin = 5

// boardWidth is how wide a board of an overlay would like to be, frame and all.
const boardWidth = 92

// boardRoom is how wide what stands on a board of a screen may be.
func boardRoom(screen int) int { return max(min(boardWidth, screen-2)-boardMargin, 1) }

// set puts lines on the board and finds its place on a screen of that size.
func (b board) set(title safe.Text, lines []line, stops []block, w, h, wide int) board {
	b.title, b.lines, b.stops = title, lines, stops
	width, height := min(wide, w-2), min(len(lines)+2, h-2)
	b.room = area{(w - width) / 2, max((h-height)/2, 0), width, height}
	b.window = b.window.SetCount(len(lines)).Resize(height - 2)
	if n := len(stops); b.at >= n {
		b = b.to(n - 1)
	}
	return b
}

// to selects a stop and scrolls to it. What stands above the first one is shown as far as there is room.
func (b board) to(stop int) board {
	b.at = max(0, min(stop, len(b.stops)-1))
	if len(b.stops) == 0 {
		return b
	}
	s := b.stops[b.at]
	if b.at == 0 {
		b.window = b.window.Top()
	}
	b.window = b.window.To(s.end - 1).To(s.first)
	return b
}

// key moves the selection, or the text where there is nothing to select.
func (b board) key(keys keyMap, k tea.KeyPressMsg) board {
	if len(b.stops) > 0 {
		switch {
		case key.Matches(k, keys.Up):
			return b.to(b.at - 1)
		case key.Matches(k, keys.Down):
			return b.to(b.at + 1)
		case key.Matches(k, keys.Top):
			return b.to(0)
		case key.Matches(k, keys.Bottom):
			return b.to(len(b.stops) - 1)
		}
	}
	b.window, _ = keys.scroll(b.window, k)
	return b
}

func (b board) wheel(step int) board {
	b.window = b.window.Wheel(step)
	return b
}

// click selects what is under a cell of the screen. inside is whether the cell is on the board at all.
func (b board) click(x, y int) (next board, inside bool) {
	if !b.room.contains(x, y) {
		return b, false
	}
	line := b.window.Offset() + y - b.room.y - 1
	for i, s := range b.stops {
		if line >= s.first && line < s.end {
			b.at = i
		}
	}
	return b, true
}

// shown reports whether there is room for the board.
func (b board) shown() bool { return b.room.w >= 24 && b.room.h >= 3 }

// selectedRow is the row of the screen that is selected, or the first that is read where that is out of sight.
func (b board) selectedRow() int {
	row := 0
	if b.at < len(b.stops) {
		row = b.stops[b.at].first - b.window.Offset()
	}
	if row < 0 || row >= b.window.Height() {
		row = 0
	}
	return b.room.y + 1 + row
}

// over lays the board over the rows of the screen.
func (b board) over(screen []string, s *theme.Styles) []string {
	if !b.shown() {
		return screen
	}
	side := s.BorderFocused.Render(s.Glyphs.Vertical)
	box := []string{b.top(s)}
	draw := drawer(b.room.w-2, s)
	from, to := b.window.Visible()
	for i := from; i < to; i++ {
		marker, row := safe.Spaces(2), theme.Style{}
		if b.at < len(b.stops) && i >= b.stops[b.at].first && i < b.stops[b.at].end {
			row = s.SelectionParked
			if i == b.stops[b.at].first {
				marker, row = s.Glyphs.Cursor.PadRight(2), s.Selection
			}
		}
		l := line{left: append([]rows.Part{{Style: s.Marker, Text: marker}}, b.lines[i].left...), right: b.lines[i].right}
		end := side
		if thumbOf(b.window, 0).covers(i - from) {
			end = s.ScrollThumb.Render(s.Glyphs.Thumb)
		}
		box = append(box, side+l.draw(draw, row)+end)
	}
	box = append(box, b.bottom(s))
	out := append([]string(nil), screen...)
	for i, row := range box {
		if y := b.room.y + i; y < len(out) {
			out[y] = lay(out[y], row, b.room.x, b.room.x+b.room.w)
		}
	}
	return out
}

func (b board) top(s *theme.Styles) string {
	g, edge := s.Glyphs, s.BorderFocused
	title := b.title.Truncate(b.room.w - 6)
	return edge.Render(safe.Concat(g.TopLeft, g.TeeRight, safe.Spaces(1))) + marked(s.TitleFocused, title, s) +
		edge.Render(safe.Concat(safe.Spaces(1), g.TeeLeft, repeat(g.Horizontal, b.room.w-6-title.Width()), g.TopRight))
}

// bottom is the lower edge with as many of the keys as there is room for.
func (b board) bottom(s *theme.Styles) string {
	g, edge := s.Glyphs, s.BorderFocused
	said, used := "", 0
	for _, h := range b.hints {
		w := h.keys.Width() + h.does.Width() + 3
		if used+w > b.room.w-4 {
			break
		}
		said += s.Key.Render(safe.Format(" %s ", h.keys)) + s.KeyHelp.Render(safe.Format("%s ", h.does))
		used += w
	}
	return edge.Render(safe.Concat(g.BottomLeft, repeat(g.Horizontal, b.room.w-3-used))) + said +
		edge.Render(safe.Concat(g.Horizontal, g.BottomRight))
}

// lay puts a piece over the cells from…to of a row. The row is one of ours: bounded, and with no sequence but colours.
func lay(row, piece string, from, to int) string {
	// A character of two cells that lies across an edge is given up, and a blank stands for the half that would show.
	left, right := ansi.Truncate(row, from, ""), ansi.TruncateLeft(row, to, "")
	if ansi.StringWidth(right) > ansi.StringWidth(row)-to {
		right = " " + ansi.TruncateLeft(row, to+1, "")
	}
	return left + strings.Repeat(" ", from-ansi.StringWidth(left)) + piece + right
}
