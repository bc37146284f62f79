package ui

// The sizes, in cells, at which every screen changes its shape.
const (
	leastWidth, leastHeight = 40, 10
	stackWidth              = 60 // below this, there is room for one column of things only
	tallHeight              = 20 // from here, the header has its second line
)

// area is a rectangle of cells.
type area struct{ x, y, w, h int }

func (a area) empty() bool { return a.w <= 0 || a.h <= 0 }

func (a area) contains(x, y int) bool {
	return x >= a.x && x < a.x+a.w && y >= a.y && y < a.y+a.h
}

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3
