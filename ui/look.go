package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// paneLook is what a pane needs to draw itself beside its own state.
type paneLook struct {
	styles  *theme.Styles
	focused bool
	spin    safe.Text // the spinner's frame
	known   atlas     // which digests lead somewhere
}

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

// move moves a cursor by the keys that mean the same in every list.
func (m keyMap) move(w rows.Window, k tea.KeyPressMsg) (rows.Window, bool) {
	switch {
	case key.Matches(k, m.Up):
		return w.Move(-1), true
	case key.Matches(k, m.Down):
		return w.Move(1), true
	case key.Matches(k, m.HalfUp):
		return w.HalfPage(-1), true
	case key.Matches(k, m.HalfDown):
		return w.HalfPage(1), true
	case key.Matches(k, m.PageUp):
		return w.Page(-1), true
	case key.Matches(k, m.PageDown, m.PageOn):
		return w.Page(1), true
	case key.Matches(k, m.Top):
		return w.Top(), true
	case key.Matches(k, m.Bottom):
		return w.Bottom(), true
	}
	return w, false
}

// scroll moves a text that has no cursor: what moves is what is visible.
func (m keyMap) scroll(w rows.Window, k tea.KeyPressMsg) (rows.Window, bool) {
	switch {
	case key.Matches(k, m.Up):
		return w.Wheel(-1), true
	case key.Matches(k, m.Down):
		return w.Wheel(1), true
	case key.Matches(k, m.HalfUp):
		return w.Wheel(-w.Height() / 2), true
	case key.Matches(k, m.HalfDown):
		return w.Wheel(w.Height() / 2), true
	case key.Matches(k, m.PageUp):
		return w.Wheel(1 - w.Height()), true
	case key.Matches(k, m.PageDown, m.PageOn):
		return w.Wheel(w.Height() - 1), true
	case key.Matches(k, m.Top):
		return w.Wheel(-w.Count()), true
	case key.Matches(k, m.Bottom):
		return w.Wheel(w.Count()), true
	}
	return w, false
}
