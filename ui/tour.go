package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/audit"
	"github.com/attestree/attestree/ui/breaking"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/tour"
)

// Tour is whether the screen begins with a tour of the demo, or offers one.
type Tour struct {
	Begin bool // at once
	// Remember has it not be offered again. It is nil where it was offered before, or where nothing can be remembered: what
	// could not be remembered would be offered again and again, so it is not offered at all.
	Remember func() error
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

// toggleTour begins the tour, takes it up again or leaves it.
func (a App) toggleTour() App {
	a.tour.Offered = false
	switch {
	case !a.info.Demo:
		a.note = note{text: safe.Const("the tour goes through the demo: attestree demo --tour")}
		return a
	case a.tour.Shown:
		return a.leaveTour()
	}
	a.tour = a.tour.Begin()
	if a.tour.Rows(a.Width, a.tall) == 0 && a.tall > 0 {
		a.note = note{text: safe.Const("there is no room for the tour: make the window larger")}
	}
	return a
}

// leaveTour hides the tour. Where it was is kept for this run.
func (a App) leaveTour() App {
	a.tour = a.tour.Leave()
	a.note = note{text: safe.Format("tour left: %s goes on with it", safe.Line(a.keys.Tour.Keys()[0]))}
	return a
}

// followTour goes on as soon as what a step asks for is so.
func (a App) followTour() App {
	if a.tour.Shown && a.tree.Root() != nil {
		a.tour = a.tour.Follow(a.place())
	}
	return a
}

// place is what is on screen, as far as the tour asks for it.
func (a App) place() tour.Place {
	at := tour.Place{
		Node: a.nodes.current(), Root: a.tree.Root(), Tab: a.detail.Tab(), Learning: a.detail.Learning(), Followed: a.detail.Followed(),
		Covered: a.overlay != overlayNone, Trusting: a.overlay == overlayPin,
	}
	if s, open := a.top(); open {
		at.Staged = true
		_, at.Breaking = s.scene.(breaking.View)
		_, at.Auditing = s.scene.(audit.View)
	}
	return at
}
