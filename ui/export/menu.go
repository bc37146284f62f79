package export

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/widget"
)

// Menu is what can be copied where the focus is. What is under the cursor is the first of it, so that the key that opens
// the menu copies that when it is pressed again.
type Menu struct {
	Keys  keymap.Map
	Items []Item
	Board widget.Board
}

// Item is one thing to copy.
type Item struct {
	Key    string // that copies it at once
	What   string
	Text   string
	Note   string // said of it before it is copied
	Raw    bool   // it goes out as it is, and not as it is shown
	Hidden string // which characters nobody sees in it, "" where there is none
}

// Selected is what would be copied.
func (p Menu) Selected() (item Item, any bool) {
	if p.Board.At < 0 || p.Board.At >= len(p.Items) {
		return Item{}, false
	}
	return p.Items[p.Board.At], true
}

// Key chooses; Start asks to copy what is selected.
func (p Menu) Key(k tea.KeyPressMsg) (Menu, Ask) {
	switch {
	case key.Matches(k, p.Keys.Back):
		return p, Close
	case key.Matches(k, p.Keys.Copy, p.Keys.Enter):
		return p, Start
	}
	for i, item := range p.Items {
		if k.String() != item.Key {
			continue
		}
		seen := p.Board.At == i
		p.Board = p.Board.To(i)
		if item.Hidden != "" && !seen {
			return p, Nothing // what is in it is said now; once more, and it is copied
		}
		return p, Start
	}
	p.Board = p.Board.Key(p.Keys, k)
	return p, Nothing
}
