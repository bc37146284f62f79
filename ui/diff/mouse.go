package diff

import (
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// Opens implements scene.RowOpener.
func (s View) Opens(_ scene.Stage, x, y int) bool {
	r, l := s.detail.Table, s.lists[s.tab]
	switch {
	case s.asking():
		return s.ask.table.Opens(y - s.ask.top)
	case s.report == nil:
		return false
	}
	return !l.Typing && r.Contains(x, y) && l.Table.Opens(y-r.Y)
}

// Click implements scene.Scene.
func (s View) Click(on scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask = s.ask.click(x, y)
	case s.report == nil:
	case s.detail.Table.Contains(x, y):
		s.detail.Reading = false
		*l = l.Click(x, y-s.detail.Table.Y)
	case s.detail.Room.Contains(x, y):
		s.detail.Reading = true
	case y == len(s.head(on))-1 && x >= widget.TableMargin && x < listsEnd(s.report):
		s = s.turnTo(1 - s.tab)
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(_ scene.Stage, x, y, step int) scene.Scene {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask.table.Window = s.ask.table.Window.Wheel(step)
	case s.detail.Room.Contains(x, y):
		s.detail.Window = s.detail.Window.Wheel(step)
	default:
		l.Table.Window = l.Table.Window.Wheel(step)
	}
	return s
}
