package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// Tour is whether the screen begins with a tour of the demo, or offers one.
type Tour struct {
	Begin bool // at once
	// Remember has it not be offered again. It is nil where it was offered before, or where nothing can be remembered: what
	// could not be remembered would be offered again and again, so it is not offered at all.
	Remember func() error
}

// tour is how far somebody is. It can be left and taken up again.
type tour struct {
	shown   bool
	offered bool // in this run, and neither begun nor refused
	at      int  // the step; as many as there are when it is over
	passed  bool // the step before this one was just done
}

// tourOfferedMsg says that the tour may be offered, because that will not happen again.
type tourOfferedMsg struct{}

// offerTour has the offer remembered, and then made.
func offerTour(remember func() error) tea.Cmd {
	return func() tea.Msg {
		if remember() != nil {
			return nil
		}
		return tourOfferedMsg{}
	}
}

// beginTour is what there is to do about a tour when the screen opens.
func (a App) beginTour() tea.Cmd {
	if a.options.Tour.Remember == nil {
		return nil
	}
	return offerTour(a.options.Tour.Remember)
}

// onTourOffered offers it, unless it has begun.
func (a App) onTourOffered() App {
	a.tour.offered = !a.tour.shown
	return a
}

// toggleTour begins the tour, takes it up again or leaves it.
func (a App) toggleTour() App {
	a.tour.offered = false
	switch {
	case !a.info.Demo:
		a.note = note{text: safe.Const("the tour goes through the demo: attestree demo --tour")}
		return a
	case a.tour.shown:
		return a.leaveTour()
	}
	if a.tour.at >= len(tourSteps) {
		a.tour.at = 0
	}
	a.tour.shown, a.tour.passed = true, false
	if a.tourRows() == 0 && a.tall > 0 {
		a.note = note{text: safe.Const("there is no room for the tour: make the window larger")}
	}
	return a
}

// leaveTour hides the tour. Where it was is kept for this run.
func (a App) leaveTour() App {
	a.tour.shown, a.tour.offered = false, false
	a.note = note{text: safe.Format("tour left: %s goes on with it", safe.Line(a.keys.Tour.Keys()[0]))}
	return a
}

// followTour goes on as soon as what a step asks for is so.
func (a App) followTour() App {
	if !a.tour.shown || a.tree.Root() == nil {
		return a
	}
	for a.tour.at < len(tourSteps) {
		done := tourSteps[a.tour.at].done
		if done == nil || !done(a) {
			return a
		}
		a.tour.at, a.tour.passed = a.tour.at+1, true
	}
	return a
}
