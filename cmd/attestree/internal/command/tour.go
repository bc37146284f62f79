package command

import (
	"errors"

	"github.com/attestree/attestree/ui"
)

// errNoTour is where a tour cannot be shown.
var errNoTour = errors.New("--tour needs a terminal to show the tour in")

// tour is whether the screen begins with the tour, or offers it: to somebody who was never offered it in another run. Where
// nothing can be remembered it is not offered, since it would be offered every time.
func (a *app) tour() ui.Tour {
	kept := a.remembered()
	t := ui.Tour{Begin: a.touring}
	if known, err := kept.TourOffered(); err == nil && !known && kept.Remembers() {
		t.Remember = kept.RememberTour
	}
	return t
}
