package ui

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// paneLook is what a pane needs to draw itself beside its own state.
type paneLook struct {
	styles  *theme.Styles
	focused bool
	spin    safe.Text // the spinner's frame
	known   links     // where digests lead; may be nil
}

// links says to which nodes a text leads, by the digests that it names.
type links interface{ nodes(text string) []string }

// leadsOn reports whether a text leads anywhere.
func leadsOn(known links, text string) bool { return known != nil && len(known.nodes(text)) > 0 }

// selection is the row style of what is selected.
func (l paneLook) selection() theme.Style {
	if l.focused {
		return l.styles.Selection
	}
	return l.styles.SelectionParked
}

// match is the style of what a search found. A selected row has a background of its own, which wins.
func (l paneLook) match(selected bool) theme.Style {
	if selected {
		return l.styles.Warning.Bold()
	}
	return l.styles.Match
}

// marker is what stands before a row, so that selection is never shown by colour alone.
func (l paneLook) marker(selected bool) safe.Text {
	if selected {
		return l.styles.Glyphs.Cursor
	}
	return safe.Spaces(1)
}

// marks reports whether a row begins with the marker of what is selected.
func (l paneLook) marks(row line) bool {
	return l.focused && len(row.left) > 0 && row.left[0].Text == l.styles.Glyphs.Cursor
}
