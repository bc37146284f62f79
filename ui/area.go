package ui

// area is a rectangle of cells.
type area struct{ x, y, w, h int }

func (a area) empty() bool { return a.w <= 0 || a.h <= 0 }

func (a area) contains(x, y int) bool {
	return x >= a.x && x < a.x+a.w && y >= a.y && y < a.y+a.h
}
