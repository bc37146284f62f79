package ui

import (
	"errors"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

func touring() App {
	info := fakeInfo
	info.Demo = true
	return fakeApp(uitest.Trusting(), info, Options{Tour: Tour{Begin: true}})
}

func TestTheTourFitsASmallTerminalBelowTheTree(t *testing.T) {
	app := drive(t, touring(), "80x24", "")
	if n := app.tourRows(); n != 4 {
		t.Errorf("the tour takes %d rows of 24, which leaves no room for two panes", n)
	}
	for i := range tourSteps {
		app.tour.at, app.tour.passed = i, true
		if strip := app.tourStrip(app.tourRows()); strings.Contains(strings.Join(strip, ""), "…") {
			t.Errorf("step %d is cut short: %q", i+1, strip)
		}
	}
}

func TestTheTourSaysNothingThatDoesNotFit(t *testing.T) {
	app := drive(t, touring(), "80x24", "")
	for _, s := range tourSteps {
		if s.aside == nil {
			continue
		}
		for _, text := range asides(app, s) {
			if n := len(app.tourText(text)); n > 3 {
				t.Errorf("%s: an aside of %d rows: %s", s.title, n, text)
			}
		}
	}
}

// asides are what a step says on any node and tab.
func asides(app App, s tourStep) []string {
	var out []string
	app.tree.Walk(func(e *model.Entry) {
		at := app
		at.nodes = at.nodes.reveal(at.tree, e.Node.ID)
		for tab := range scene.TabCount {
			at.detail.tab = tab
			if said := s.aside(at); said != "" {
				out = append(out, said)
			}
		}
	})
	return out
}

func TestTheTourCanBeLeftAndTakenUpAgain(t *testing.T) {
	app := drive(t, touring(), "80x24", "j")
	says(t, app, "Tour 2 of 10")
	app = feed(t, app, uitest.Press("esc"))
	if app.tour.shown || app.Height != 24 {
		t.Fatalf("esc does not leave it:\n%s", plain(app))
	}
	says(t, app, "tour left: T goes on with it")
	app = feed(t, feed(t, app, uitest.Press("j")), uitest.Press("T"))
	says(t, app, "Tour 2 of 10")
	says(t, feed(t, app, uitest.Press("T")), "tour left")
}

func TestEscGoesBackBeforeItLeavesTheTour(t *testing.T) {
	app := drive(t, touring(), "80x24", "j 2 esc")
	if !app.tour.shown || app.focus != paneTree {
		t.Errorf("esc out of the checks leaves the tour:\n%s", plain(app))
	}
	if app = drive(t, touring(), "80x24", "c esc"); !app.tour.shown {
		t.Error("esc out of a view leaves the tour")
	}
	if app = drive(t, touring(), "80x24", "? esc"); !app.tour.shown {
		t.Error("esc out of the help leaves the tour")
	}
}

func TestTheTourBelongsToTheDemo(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{Tour: Tour{Begin: true}}), "80x24", "T")
	if app.tour.shown {
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
	if app = feed(t, app, uitest.Press("T")); app.tour.offered || !app.tour.shown {
		t.Error("it is offered while it is shown")
	}
	if app = drive(t, offer(errors.New("read-only")), "120x40", ""); app.tour.offered {
		t.Error("it is offered although it would be offered again and again")
	}
	if app = drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", ""); app.tour.offered {
		t.Error("it is offered to somebody who had it before")
	}
}

func TestTheTourHidesWhereThereIsNoRoom(t *testing.T) {
	for _, size := range []string{"80x13", "40x10", "39x30", "20x5"} {
		app := drive(t, touring(), size, "j")
		if n := app.tourRows(); n != 0 {
			t.Errorf("%s: it takes %d rows", size, n)
		}
	}
}
