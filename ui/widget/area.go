package widget

// The sizes, in cells, at which every screen changes its shape.
const (
	LeastWidth  = 40
	LeastHeight = 10
	StackWidth  = 60 // below this, there is room for one column of things only
	TallHeight  = 20 // from here, the header has its second line
)

// Area is a rectangle of cells.
type Area struct{ X, Y, W, H int }

// Empty reports whether there is no cell in it.
func (a Area) Empty() bool { return a.W <= 0 || a.H <= 0 }

// Contains reports whether a cell is in it.
func (a Area) Contains(x, y int) bool {
	return x >= a.X && x < a.X+a.W && y >= a.Y && y < a.Y+a.H
}
