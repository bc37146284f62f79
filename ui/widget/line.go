package widget

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Line is a row of the screen before it is drawn: what stands at its left, and at its right end. Only safe text gets in.
type Line struct {
	Left, Right []rows.Part
}

// Add appends a part on the left.
func (l *Line) Add(style theme.Style, text safe.Text) {
	if !text.Empty() {
		l.Left = append(l.Left, rows.Part{Style: style, Text: text})
	}
}

// End appends a part at the right end.
func (l *Line) End(style theme.Style, text safe.Text) {
	if !text.Empty() {
		l.Right = append(l.Right, rows.Part{Style: style, Text: text})
	}
}

// Drawer draws rows of that many cells. What stands for a hidden character looks like nothing else on the screen.
func Drawer(cells int, s *theme.Styles) *rows.Builder {
	return rows.NewBuilder(cells).MarkHidden(s.Hidden)
}

// Marked is a text in a style, with what stands for hidden characters marked.
func Marked(style theme.Style, text safe.Text, s *theme.Styles) string {
	return Drawer(text.Width(), s).Add(style, text).String()
}

// Draw is the line in exactly as many cells as the builder's rows have. row is the whole row's style.
func (l Line) Draw(b *rows.Builder, row theme.Style) string {
	b.Start(row)
	for _, p := range l.Right {
		b.Right(p.Style, p.Text)
	}
	for _, p := range l.Left {
		b.Add(p.Style, p.Text)
	}
	return b.String()
}

// Spread puts parts at the right end of a row of that many cells, as long as there is room for them behind what is
// there; at least one cell stays between. It reports whether there was.
func (l *Line) Spread(cells int, parts ...rows.Part) bool {
	gap := cells - Width(l.Left) - Width(parts)
	if gap < 1 {
		return false
	}
	l.Left = append(append(l.Left, rows.Part{Text: safe.Spaces(gap)}), parts...)
	return true
}

// Width is how many cells parts take.
func Width(parts []rows.Part) int {
	w := 0
	for _, p := range parts {
		w += p.Text.Width()
	}
	return w
}
