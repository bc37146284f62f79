package ui

import "github.com/attestree/attestree/ui/safe"

// Sentences of the screen that are said in more than one place.
var (
	noteStillLooking = safe.Const("still looking: everything found is verified as it comes")
	noteNoSearch     = safe.Const("nothing to look for yet: / searches")
	noteFilterEnded  = safe.Const("the filter has ended: it hid this node")
)

// note is a sentence in the status line.
type note struct {
	text   safe.Text
	counts bool // how much is left to judge again is said after it
}
