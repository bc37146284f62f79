// Package learn is the tab that teaches: what a node is, what it proves and does not, its bytes followed from the tag to what
// was said, each check, and the same with other programs.
//
// What it teaches is in model/lesson. It must not know the pane around it.
package learn

import (
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/widget"
)

// writer writes on a sheet, for somebody who has these keys.
type writer struct {
	*widget.Sheet
	keys keymap.Map
}
