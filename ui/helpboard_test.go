package ui

import "testing"

func TestTheHelpIsNotCutShort(t *testing.T) {
	p := helpPane{keys: newKeyMap(Keys{})}.prepare(80, 24, newSkin(Options{}).styles)
	for i, l := range p.board.lines {
		if w := width(l.left); w > helpWidth-4 {
			t.Errorf("line %d is %d cells wide, %d too many", i, w, w-helpWidth+4)
		}
	}
}
