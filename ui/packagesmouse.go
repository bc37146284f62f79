package ui

func (s packagesScene) opens(on stage, x, y int) bool {
	if p, open := s.page(); open {
		return p.stops.hit(p.window.Offset()+y) >= 0
	}
	r := s.tableRoom(on)
	return !s.typing && r.contains(x, y) && s.table.opens(y-r.y)
}

func (s packagesScene) click(on stage, x, y int) (scene, intent) {
	if p, open := s.page(); open {
		return s.withPage(p.click(y)), nil
	}
	room := s.tableRoom(on)
	if !room.contains(x, y) {
		return s, nil
	}
	var head int
	if s.table, head = s.table.click(x, y-room.y); head >= 0 {
		s.table = s.table.by(head)
	}
	return s, nil
}

func (s packagesScene) wheel(_ stage, _, _, step int) scene {
	if p, open := s.page(); open {
		p.window = p.window.Wheel(step)
		return s.withPage(p)
	}
	s.table.window = s.table.window.Wheel(step)
	return s
}
