package screen

import (
	"errors"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/ui"
)

// errNoTour is where a tour cannot be shown.
var errNoTour = errors.New("--tour needs a terminal to show the tour in")

// tourOf is whether the screen begins with the tour, or offers it: to somebody who was never offered it in another run. Where
// nothing can be remembered it is not offered, since it would be offered every time.
func tourOf(a *run.App) ui.Tour {
	kept := remembered(a)
	t := ui.Tour{Begin: a.Touring}
	if known, err := kept.TourOffered(); err == nil && !known && kept.Remembers() {
		t.Remember = kept.RememberTour
	}
	return t
}
