package ui

func (s diffScene) opens(_ stage, x, y int) bool {
	r, l := s.detail.table, s.lists[s.tab]
	switch {
	case s.asking():
		return s.ask.table.opens(y - s.ask.top)
	case s.report == nil:
		return false
	}
	return !l.typing && r.contains(x, y) && l.table.opens(y-r.y)
}

func (s diffScene) click(on stage, x, y int) (scene, intent) {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask = s.ask.click(x, y)
	case s.report == nil:
	case s.detail.table.contains(x, y):
		s.detail.reading = false
		*l = l.click(x, y-s.detail.table.y)
	case s.detail.room.contains(x, y):
		s.detail.reading = true
	case y == len(s.head(on))-1 && x >= tableMargin && x < listsEnd(s.report):
		s = s.turnTo(1 - s.tab)
	}
	return s, nil
}

func (s diffScene) wheel(_ stage, x, y, step int) scene {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask.table.window = s.ask.table.window.Wheel(step)
	case s.detail.room.contains(x, y):
		s.detail.window = s.detail.window.Wheel(step)
	default:
		l.table.window = l.table.window.Wheel(step)
	}
	return s
}
