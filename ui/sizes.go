package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// Sizes is how the panes share the screen: the tree's part in percent, 0 for as it is by default.
type Sizes struct {
	Beside int // of the width, beside the detail
	Above  int // of the height, above it
}

// By how much a key moves the line between tree and detail, and how far it goes, in percent.
const sizeStep, leastSize, mostSize = 5, 20, 80

// The shares by default, in percent; beside the detail a tree makes no use of more than so many cells.
const (
	defaultBeside, defaultAbove = 45, 40
	mostTree                    = 84
)

// beside is how many cells of a width the tree has, frame and all.
func (s Sizes) beside(width int) int {
	if s.Beside == 0 {
		return min(width*defaultBeside/100, mostTree)
	}
	return width * between(s.Beside) / 100
}

// above is how many rows of a height the tree has.
func (s Sizes) above(height int) int {
	if s.Above == 0 {
		return height * defaultAbove / 100
	}
	return min(max(height*between(s.Above)/100, 2), height-2)
}

func between(percent int) int { return min(max(percent, leastSize), mostSize) }

// resize moves the line between tree and detail, where there is one.
func (a App) resize(step int) App {
	tree := a.regions.panes[paneTree]
	switch {
	case a.zoom || tree.Empty() || len(a.regions.columns) == 1 && len(a.regions.columns[0].panes) == 1:
		a.note = note{text: safe.Const("one pane has the whole screen: there is no line to move")}
	case len(a.regions.columns) > 1:
		now := a.sizes.Beside
		if now == 0 {
			now = (tree.W + 2) * 100 / a.Width
		}
		a.sizes.Beside = between(now + step)
		a.note = note{text: safe.Format("the tree has %s%% of the width", safe.Int(a.sizes.Beside))}
	default:
		now := a.sizes.Above
		if now == 0 {
			now = defaultAbove
		}
		a.sizes.Above = between(now + step)
		a.note = note{text: safe.Format("the tree has %s%% of the height", safe.Int(a.sizes.Above))}
	}
	return a
}

// keepSizes has the sizes at the end of a run be kept, where a person changed them.
func keepSizes(last tea.Model, began Shell) error {
	if g, ok := last.(guarded); ok {
		last = g.Model
	}
	at, ok := last.(Shell)
	if !ok || at.sizes == began.sizes || began.options.KeepSizes == nil {
		return nil
	}
	return began.options.KeepSizes(at.sizes)
}
