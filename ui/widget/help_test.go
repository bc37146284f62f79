package widget

import (
	"testing"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/screen"
)

func TestTheHelpIsNotCutShort(t *testing.T) {
	p := Help{Keys: keymap.New(keymap.Choice{})}.Prepare(80, 24, screen.NewSkin(screen.Drawing{}).Styles)
	for i, l := range p.Board.lines {
		if w := Width(l.Left); w > helpWidth-4 {
			t.Errorf("line %d is %d cells wide, %d too many", i, w, w-helpWidth+4)
		}
	}
}
