package ui

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// frame is how the line around a view and its title look.
type frame struct{ edge, name theme.Style }

// around draws rows in a frame around a room, row by row.
func (f frame) around(room area, title safe.Text, content []string, bar thumb, st *theme.Styles) []string {
	edge, name := f.edge, f.name
	g, side := st.Glyphs, edge.Render(st.Glyphs.Vertical)
	title = title.Truncate(room.w - 4)
	out := []string{edge.Render(safe.Concat(g.TopLeft, g.TeeRight, safe.Spaces(1))) + marked(name, title, st) +
		edge.Render(safe.Concat(safe.Spaces(1), g.TeeLeft, repeat(g.Horizontal, room.w-4-title.Width()), g.TopRight))}
	blank := line{}.draw(drawer(room.w, st), st.Text)
	for y := range room.h {
		row, end := blank, side
		if y < len(content) {
			row = content[y]
		}
		if bar.covers(y) {
			end = st.ScrollThumb.Render(g.Thumb)
		}
		out = append(out, side+row+end)
	}
	return append(out, edge.Render(safe.Concat(g.BottomLeft, repeat(g.Horizontal, room.w), g.BottomRight)))
}

func repeat(t safe.Text, n int) safe.Text {
	parts := make([]safe.Text, max(n, 0))
	for i := range parts {
		parts[i] = t
	}
	return safe.Concat(parts...)
}
