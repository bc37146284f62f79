package ui

import (
	"maps"

	"github.com/attestree/attestree/ui/survey"
)

// nodeList is the tree flattened to its visible rows.
type nodeList struct {
	rows   []survey.Row
	closed map[string]bool // IDs of closed branches; never changed in place, copies of a pane share it
}

// opened is the set of closed branches with the named ones opened or closed.
func opened(closed map[string]bool, open bool, ids ...string) map[string]bool {
	next := maps.Clone(closed)
	if next == nil {
		next = map[string]bool{}
	}
	for _, id := range ids {
		if open {
			delete(next, id)
		} else {
			next[id] = true
		}
	}
	return next
}
