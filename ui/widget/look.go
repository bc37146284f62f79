package widget

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Look is what a pane needs to draw itself beside its own state.
type Look struct {
	Styles  *theme.Styles
	Focused bool
	Spin    safe.Text // the spinner's frame
	Known   links     // where digests lead; may be nil
}

// links says to which nodes a text leads, by the digests that it names.
type links interface{ Nodes(text string) []string }

// LeadsOn reports whether a text leads anywhere.
func LeadsOn(known links, text string) bool { return known != nil && len(known.Nodes(text)) > 0 }

// Selection is the row style of what is selected.
func (l Look) Selection() theme.Style {
	if l.Focused {
		return l.Styles.Selection
	}
	return l.Styles.SelectionParked
}

// Match is the style of what a search found. A selected row has a background of its own, which wins.
func (l Look) Match(selected bool) theme.Style {
	if selected {
		return l.Styles.Warning.Bold()
	}
	return l.Styles.Match
}

// Marker is what stands before a row, so that selection is never shown by colour alone.
func (l Look) Marker(selected bool) safe.Text {
	if selected {
		return l.Styles.Glyphs.Cursor
	}
	return safe.Spaces(1)
}

// Marks reports whether a row begins with the marker of what is selected.
func (l Look) Marks(row Line) bool {
	return l.Focused && len(row.Left) > 0 && row.Left[0].Text == l.Styles.Glyphs.Cursor
}
