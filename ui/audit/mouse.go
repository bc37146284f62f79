package audit

import "github.com/attestree/attestree/ui/scene"

// Opens implements scene.RowOpener.
func (s View) Opens(on scene.Stage, x, y int) bool {
	r := s.layout(on).table
	return s.form == nil && !s.Typing && r.Contains(x, y) && s.table.Opens(y-r.Y)
}

// Click implements scene.Scene.
func (s View) Click(on scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	r := s.layout(on)
	switch {
	case s.form != nil:
		f := *s.form
		f.Form = f.Click(y)
		s.form = &f
	case r.table.Contains(x, y):
		s.reading = false
		var head int
		if s.table, head = s.table.Click(x-r.table.X, y-r.table.Y); head >= 0 {
			s.table = s.table.By(head)
		}
	case r.page.Contains(x, y):
		s.reading = true
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(on scene.Stage, x, y, step int) scene.Scene {
	if s.layout(on).page.Contains(x, y) {
		s.page.window = s.page.window.Wheel(step)
	} else {
		s.table.Window = s.table.Window.Wheel(step)
	}
	return s
}
