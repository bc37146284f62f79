package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
)

// Filtering is a filter over the rows of a table, and whether it is being typed.
type Filtering struct {
	Filter Edit
	Typing bool // it has the keys
}

// TypeOver types the filter over a table, whose keys that move work meanwhile. It reports whether the key was for either.
func (f Filtering) TypeOver(t Table, keys keymap.Map, k tea.KeyPressMsg) (next Filtering, over Table, taken bool) {
	switch {
	case key.Matches(k, keys.Enter):
		f.Typing = false
	case key.Matches(k, keys.Back):
		f = Filtering{}
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		t, _ = t.Key(keys, k)
	default:
		f.Filter, taken = f.Filter.Key(k)
		return f, t, taken
	}
	return f, t, true
}
