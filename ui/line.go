package ui

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// line is a row of the screen before it is drawn: what stands at its left, and at its right end. Only safe text gets in.
type line struct {
	left, right []rows.Part
}

// add appends a part on the left.
func (l *line) add(style theme.Style, text safe.Text) {
	if !text.Empty() {
		l.left = append(l.left, rows.Part{Style: style, Text: text})
	}
}

// end appends a part at the right end.
func (l *line) end(style theme.Style, text safe.Text) {
	if !text.Empty() {
		l.right = append(l.right, rows.Part{Style: style, Text: text})
	}
}

// drawer draws rows of that many cells. What stands for a hidden character looks like nothing else on the screen.
func drawer(cells int, s *theme.Styles) *rows.Builder {
	return rows.NewBuilder(cells).MarkHidden(s.Hidden)
}

// marked is a text in a style, with what stands for hidden characters marked.
func marked(style theme.Style, text safe.Text, s *theme.Styles) string {
	return drawer(text.Width(), s).Add(style, text).String()
}

// draw is the line in exactly as many cells as the builder's rows have. row is the whole row's style.
func (l line) draw(b *rows.Builder, row theme.Style) string {
	b.Start(row)
	for _, p := range l.right {
		b.Right(p.Style, p.Text)
	}
	for _, p := range l.left {
		b.Add(p.Style, p.Text)
	}
	return b.String()
}

// spread puts parts at the right end of a row of that many cells, as long as there is room for them behind what is
// there; at least one cell stays between. It reports whether there was.
func (l *line) spread(cells int, parts ...rows.Part) bool {
	gap := cells - width(l.left) - width(parts)
	if gap < 1 {
		return false
	}
	l.left = append(append(l.left, rows.Part{Text: safe.Spaces(gap)}), parts...)
	return true
}

func width(parts []rows.Part) int {
	w := 0
	for _, p := range parts {
		w += p.Text.Width()
	}
	return w
}
