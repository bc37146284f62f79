package widget

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Frame is how the line around a view and its title look.
type Frame struct{ Edge, Name theme.Style }

// Around draws rows in a frame around a room, row by row.
func (f Frame) Around(room Area, title safe.Text, content []string, bar Thumb, st *theme.Styles) []string {
	edge, name := f.Edge, f.Name
	g, side := st.Glyphs, edge.Render(st.Glyphs.Vertical)
	title = title.Truncate(room.W - 4)
	out := []string{edge.Render(safe.Concat(g.TopLeft, g.TeeRight, safe.Spaces(1))) + Marked(name, title, st) +
		edge.Render(safe.Concat(safe.Spaces(1), g.TeeLeft, Repeat(g.Horizontal, room.W-4-title.Width()), g.TopRight))}
	blank := Line{}.Draw(Drawer(room.W, st), st.Text)
	for y := range room.H {
		row, end := blank, side
		if y < len(content) {
			row = content[y]
		}
		if bar.Covers(y) {
			end = st.ScrollThumb.Render(g.Thumb)
		}
		out = append(out, side+row+end)
	}
	return append(out, edge.Render(safe.Concat(g.BottomLeft, Repeat(g.Horizontal, room.W), g.BottomRight)))
}

// Repeat is a text that many times over.
func Repeat(t safe.Text, n int) safe.Text {
	parts := make([]safe.Text, max(n, 0))
	for i := range parts {
		parts[i] = t
	}
	return safe.Concat(parts...)
}
