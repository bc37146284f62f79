package coverage

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Gap is why there is nothing in a cell.
type Gap int

// The reasons.
const (
	Absent    Gap = iota // it was looked for wherever there is to look, and is not there
	Looking              // it may still come
	Unseen               // it may be there and was not seen
	NotLooked            // nobody looked under this digest
)

// GapOf is why cells of a digest with these look-ups are empty.
func GapOf(tree *model.Tree, lookups []model.Lookup) Gap {
	switch {
	case !tree.Found:
		return Looking
	case tree.Err != nil, slices.ContainsFunc(lookups, func(l model.Lookup) bool { return l.Status.Incomplete() }):
		return Unseen
	case len(lookups) == 0:
		return NotLooked
	}
	return Absent
}
