package doctor

import "github.com/attestree/attestree/ui/scene"

// Opens implements scene.RowOpener.
func (s View) Opens(_ scene.Stage, x, y int) bool {
	r := s.detail.Table
	return !s.naming && !s.list.Typing && r.Contains(x, y) && s.list.Table.Opens(y-r.Y)
}

// Click implements scene.Scene.
func (s View) Click(_ scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	switch {
	case s.detail.Table.Contains(x, y):
		s.detail.Reading = false
		s.list = s.list.Click(x, y-s.detail.Table.Y)
	case s.detail.Room.Contains(x, y):
		s.detail.Reading = true
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(_ scene.Stage, x, y, step int) scene.Scene {
	if s.detail.Room.Contains(x, y) {
		s.detail.Window = s.detail.Window.Wheel(step)
	} else {
		s.list.Table.Window = s.list.Table.Window.Wheel(step)
	}
	return s
}
