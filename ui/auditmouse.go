package ui

func (s auditScene) opens(on stage, x, y int) bool {
	r := s.layout(on).table
	return s.form == nil && !s.typing && r.contains(x, y) && s.table.opens(y-r.y)
}

func (s auditScene) click(on stage, x, y int) (scene, intent) {
	r := s.layout(on)
	switch {
	case s.form != nil:
		f := *s.form
		f.form = f.click(y)
		s.form = &f
	case r.table.contains(x, y):
		s.reading = false
		var head int
		if s.table, head = s.table.click(x-r.table.x, y-r.table.y); head >= 0 {
			s.table = s.table.by(head)
		}
	case r.page.contains(x, y):
		s.reading = true
	}
	return s, nil
}

func (s auditScene) wheel(on stage, x, y, step int) scene {
	if s.layout(on).page.contains(x, y) {
		s.page.window = s.page.window.Wheel(step)
	} else {
		s.table.window = s.table.window.Wheel(step)
	}
	return s
}
