package ui

func (s doctorScene) opens(_ stage, x, y int) bool {
	r := s.detail.table
	return !s.naming && !s.list.typing && r.contains(x, y) && s.list.table.opens(y-r.y)
}

func (s doctorScene) click(_ stage, x, y int) (scene, intent) {
	switch {
	case s.detail.table.contains(x, y):
		s.detail.reading = false
		s.list = s.list.click(x, y-s.detail.table.y)
	case s.detail.room.contains(x, y):
		s.detail.reading = true
	}
	return s, nil
}

func (s doctorScene) wheel(_ stage, x, y, step int) scene {
	if s.detail.room.contains(x, y) {
		s.detail.window = s.detail.window.Wheel(step)
	} else {
		s.list.table.window = s.list.table.window.Wheel(step)
	}
	return s
}
