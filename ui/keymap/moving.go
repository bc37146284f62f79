package keymap

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
)

// Move moves a cursor by the keys that mean the same in every list.
func (m Map) Move(w rows.Window, k tea.KeyPressMsg) (rows.Window, bool) {
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

// Scroll moves a text that has no cursor: what moves is what is visible.
func (m Map) Scroll(w rows.Window, k tea.KeyPressMsg) (rows.Window, bool) {
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
