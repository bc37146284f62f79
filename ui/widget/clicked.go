package widget

// Clicked is where the mouse was pressed last, with nothing else done since: pressed there once more, it opens what is
// there. How long the two are apart does not matter, so nobody has to be quick.
type Clicked struct {
	Any  bool
	X, Y int
	On   int // the scene, 0 for the panes
}

// Again reports whether a press is a second one at the same place, a few cells beside the first at most.
func (c Clicked) Again(next Clicked) bool {
	const near = 2
	return c.Any && c.On == next.On && c.Y == next.Y && next.X >= c.X-near && next.X <= c.X+near
}
