package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Board is a frame over the panes with lines in it, of which some may be selected. It is what the overlays are made of:
// they say what stands on it, it scrolls, selects and draws.
type Board struct {
	Room   Area
	title  safe.Text
	lines  []Line
	Stops  []Block // what can be selected, in the order of the lines; empty for a text
	At     int     // which of them is
	Window rows.Window
	Hints  []keymap.Hint // keys that work here, the most useful first
}

// BoardMargin is what a board takes beside its text: the frame, the marker and a blank at the left, a blank at the right.
const BoardMargin = 5

// BoardWidth is how wide a board of an overlay would like to be, frame and all.
const BoardWidth = 92

// BoardRoom is how wide what stands on a board of a screen may be.
func BoardRoom(screen int) int { return max(min(BoardWidth, screen-2)-BoardMargin, 1) }

// Set puts lines on the board and finds its place on a screen of that size.
func (b Board) Set(title safe.Text, lines []Line, stops []Block, w, h, wide int) Board {
	b.title, b.lines, b.Stops = title, lines, stops
	width, height := min(wide, w-2), min(len(lines)+2, h-2)
	b.Room = Area{(w - width) / 2, max((h-height)/2, 0), width, height}
	b.Window = b.Window.SetCount(len(lines)).Resize(height - 2)
	if n := len(stops); b.At >= n {
		b = b.To(n - 1)
	}
	return b
}

// To selects a stop and scrolls to it. What stands above the first one is shown as far as there is room.
func (b Board) To(stop int) Board {
	b.At = max(0, min(stop, len(b.Stops)-1))
	if len(b.Stops) == 0 {
		return b
	}
	s := b.Stops[b.At]
	if b.At == 0 {
		b.Window = b.Window.Top()
	}
	b.Window = b.Window.To(s.End - 1).To(s.First)
	return b
}

// Key moves the selection, or the text where there is nothing to select.
func (b Board) Key(keys keymap.Map, k tea.KeyPressMsg) Board {
	if len(b.Stops) > 0 {
		switch {
		case key.Matches(k, keys.Up):
			return b.To(b.At - 1)
		case key.Matches(k, keys.Down):
			return b.To(b.At + 1)
		case key.Matches(k, keys.Top):
			return b.To(0)
		case key.Matches(k, keys.Bottom):
			return b.To(len(b.Stops) - 1)
		}
	}
	b.Window, _ = keys.Scroll(b.Window, k)
	return b
}

// Wheel scrolls what stands on the board.
func (b Board) Wheel(step int) Board {
	b.Window = b.Window.Wheel(step)
	return b
}

// Click selects what is under a cell of the screen. inside is whether the cell is on the board at all.
func (b Board) Click(x, y int) (next Board, inside bool) {
	if !b.Room.Contains(x, y) {
		return b, false
	}
	line := b.Window.Offset() + y - b.Room.Y - 1
	for i, s := range b.Stops {
		if line >= s.First && line < s.End {
			b.At = i
		}
	}
	return b, true
}

// Shown reports whether there is room for the board.
func (b Board) Shown() bool { return b.Room.W >= 24 && b.Room.H >= 3 }

// SelectedRow is the row of the screen that is selected, or the first that is read where that is out of sight.
func (b Board) SelectedRow() int {
	row := 0
	if b.At < len(b.Stops) {
		row = b.Stops[b.At].First - b.Window.Offset()
	}
	if row < 0 || row >= b.Window.Height() {
		row = 0
	}
	return b.Room.Y + 1 + row
}

// Over lays the board over the rows of the screen.
func (b Board) Over(screen []string, s *theme.Styles) []string {
	if !b.Shown() {
		return screen
	}
	side := s.BorderFocused.Render(s.Glyphs.Vertical)
	box := []string{b.top(s)}
	draw := Drawer(b.Room.W-2, s)
	from, to := b.Window.Visible()
	for i := from; i < to; i++ {
		marker, row := safe.Spaces(2), theme.Style{}
		if b.At < len(b.Stops) && i >= b.Stops[b.At].First && i < b.Stops[b.At].End {
			row = s.SelectionParked
			if i == b.Stops[b.At].First {
				marker, row = s.Glyphs.Cursor.PadRight(2), s.Selection
			}
		}
		l := Line{Left: append([]rows.Part{{Style: s.Marker, Text: marker}}, b.lines[i].Left...), Right: b.lines[i].Right}
		end := side
		if ThumbOf(b.Window, 0).Covers(i - from) {
			end = s.ScrollThumb.Render(s.Glyphs.Thumb)
		}
		box = append(box, side+l.Draw(draw, row)+end)
	}
	box = append(box, b.bottom(s))
	out := append([]string(nil), screen...)
	for i, row := range box {
		if y := b.Room.Y + i; y < len(out) {
			out[y] = lay(out[y], row, b.Room.X, b.Room.X+b.Room.W)
		}
	}
	return out
}

func (b Board) top(s *theme.Styles) string {
	g, edge := s.Glyphs, s.BorderFocused
	title := b.title.Truncate(b.Room.W - 6)
	return edge.Render(safe.Concat(g.TopLeft, g.TeeRight, safe.Spaces(1))) + Marked(s.TitleFocused, title, s) +
		edge.Render(safe.Concat(safe.Spaces(1), g.TeeLeft, Repeat(g.Horizontal, b.Room.W-6-title.Width()), g.TopRight))
}

// bottom is the lower edge with as many of the keys as there is room for.
func (b Board) bottom(s *theme.Styles) string {
	g, edge := s.Glyphs, s.BorderFocused
	said, used := "", 0
	for _, h := range b.Hints {
		w := h.Keys.Width() + h.Does.Width() + 3
		if used+w > b.Room.W-4 {
			break
		}
		said += s.Key.Render(safe.Format(" %s ", h.Keys)) + s.KeyHelp.Render(safe.Format("%s ", h.Does))
		used += w
	}
	return edge.Render(safe.Concat(g.BottomLeft, Repeat(g.Horizontal, b.Room.W-3-used))) + said +
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
