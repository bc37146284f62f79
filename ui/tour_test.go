package ui

import (
	"errors"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

func touring() App {
	info := fakeInfo
	info.Demo = true
	return fakeApp(uitest.Trusting(), info, Options{Tour: Tour{Begin: true}})
}

func TestTheTourFitsASmallTerminalBelowTheTree(t *testing.T) {
	app := drive(t, touring(), "80x24", "")
	if n := app.tall - app.Height; n != 4 {
		t.Errorf("the tour takes %d rows of 24, which leaves no room for two panes", n)
	}
}

func TestTheTourCanBeLeftAndTakenUpAgain(t *testing.T) {
	app := drive(t, touring(), "80x24", "j")
	says(t, app, "Tour 2 of 10")
	app = feed(t, app, uitest.Press("esc"))
	if app.tour.Shown || app.Height != 24 {
		t.Fatalf("esc does not leave it:\n%s", plain(app))
	}
	says(t, app, "tour left: T goes on with it")
	app = feed(t, feed(t, app, uitest.Press("j")), uitest.Press("T"))
	says(t, app, "Tour 2 of 10")
	says(t, feed(t, app, uitest.Press("T")), "tour left")
}

func TestEscGoesBackBeforeItLeavesTheTour(t *testing.T) {
	app := drive(t, touring(), "80x24", "j 2 esc")
	if !app.tour.Shown || app.focus != paneTree {
		t.Errorf("esc out of the checks leaves the tour:\n%s", plain(app))
	}
	if app = drive(t, touring(), "80x24", "c esc"); !app.tour.Shown {
		t.Error("esc out of a view leaves the tour")
	}
	if app = drive(t, touring(), "80x24", "? esc"); !app.tour.Shown {
		t.Error("esc out of the help leaves the tour")
	}
}

func TestTheTourBelongsToTheDemo(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{Tour: Tour{Begin: true}}), "80x24", "T")
	if app.tour.Shown {
		t.Error("there is a tour of another image")
	}
	says(t, app, "attestree demo --tour")
}

func TestTheTourIsOfferedOnceAndOnlyIfThatIsRemembered(t *testing.T) {
	asked := 0
	offer := func(err error) App {
		info := fakeInfo
		info.Demo = true
		return fakeApp(uitest.Trusting(), info, Options{Tour: Tour{Remember: func() error { asked++; return err }}})
	}
	app := drive(t, offer(nil), "120x40", "")
	says(t, app, "T first time? a tour")
	if asked != 1 {
		t.Errorf("it was remembered %d times", asked)
	}
	if app = feed(t, app, uitest.Press("T")); app.tour.Offered || !app.tour.Shown {
		t.Error("it is offered while it is shown")
	}
	if app = drive(t, offer(errors.New("read-only")), "120x40", ""); app.tour.Offered {
		t.Error("it is offered although it would be offered again and again")
	}
	if app = drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", ""); app.tour.Offered {
		t.Error("it is offered to somebody who had it before")
	}
}

func TestTheTourHidesWhereThereIsNoRoom(t *testing.T) {
	for _, size := range []string{"80x13", "40x10", "39x30", "20x5"} {
		app := drive(t, touring(), size, "j")
		if n := app.tall - app.Height; n != 0 {
			t.Errorf("%s: it takes %d rows", size, n)
		}
	}
}
