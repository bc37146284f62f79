package packages

import "github.com/attestree/attestree/ui/scene"

// Opens implements scene.RowOpener.
func (s View) Opens(on scene.Stage, x, y int) bool {
	if p, open := s.page(); open {
		return p.stops.Hit(p.window.Offset()+y) >= 0
	}
	r := s.tableRoom(on)
	return !s.Typing && r.Contains(x, y) && s.table.Opens(y-r.Y)
}

// Click implements scene.Scene.
func (s View) Click(on scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	if p, open := s.page(); open {
		return s.withPage(p.click(y)), nil
	}
	room := s.tableRoom(on)
	if !room.Contains(x, y) {
		return s, nil
	}
	var head int
	if s.table, head = s.table.Click(x, y-room.Y); head >= 0 {
		s.table = s.table.By(head)
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(_ scene.Stage, _, _, step int) scene.Scene {
	if p, open := s.page(); open {
		p.window = p.window.Wheel(step)
		return s.withPage(p)
	}
	s.table.Window = s.table.Window.Wheel(step)
	return s
}
