package ui

import tea "charm.land/bubbletea/v2"

// onLine reports whether a cell is on the line between the tree and the detail, which can be moved with the mouse: both
// sides of it where they stand beside each other, the title of the lower one where they stand above each other.
func (a App) onLine(x, y int) bool {
	tree := a.regions.panes[paneTree]
	if tree.Empty() || a.regions.tooSmall {
		return false
	}
	if len(a.regions.columns) > 1 {
		left := a.regions.columns[0].area
		return y >= left.Y && y < left.Y+left.H && (x == left.X+left.W-1 || x == left.X+left.W)
	}
	return len(a.regions.columns) == 1 && len(a.regions.columns[0].panes) > 1 && y == tree.Y+tree.H
}

// onDrag moves that line to where the mouse is.
func (a App) onDrag(m tea.Mouse) App {
	if !a.dragging || a.regions.tooSmall {
		return a
	}
	tree := a.regions.panes[paneTree]
	if len(a.regions.columns) > 1 {
		a.sizes.Beside = between(percent(m.X+1, a.Width))
	} else {
		a.sizes.Above = between(percent(m.Y-tree.Y, a.regions.columns[0].area.H-3))
	}
	return a
}

// percent is how much of a whole a part is, rounded up: a share of it then has at least that part.
func percent(part, whole int) int { return (100*part + max(whole, 1) - 1) / max(whole, 1) }
