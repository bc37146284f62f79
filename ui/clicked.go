package ui

// clicked is where the mouse was pressed last, with nothing else done since: pressed there once more, it opens what is
// there. How long the two are apart does not matter, so nobody has to be quick.
type clicked struct {
	any  bool
	x, y int
	on   int // the scene, 0 for the panes
}

// again reports whether a press is a second one at the same place, a few cells beside the first at most.
func (c clicked) again(next clicked) bool {
	const near = 2
	return c.any && c.on == next.on && c.y == next.y && next.x >= c.x-near && next.x <= c.x+near
}
