package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/uitest"
)

func diffShots() []shot {
	full := uitest.Trusting()
	return []shot{
		{"diff-ask", full, fakeInfo, Options{}, "d"},
		{"diff-typed", full, fakeInfo, Options{}, "d 2 . 0"},
		{"diff", full, fakeInfo, Options{}, "d 2 . 0 . 0 enter"},
		{"diff-reading", full, fakeInfo, Options{}, "d 2 . 0 . 0 enter j j j tab"},
		{"diff-filter", full, fakeInfo, Options{}, "d 2 . 0 . 0 enter f i s : w o r"},
		{"diff-packages", full, fakeInfo, Options{}, "d 2 . 0 . 0 enter . s j"},
		{"diff-failed", full, fakeInfo, Options{}, "d n o p e enter"},
		{"diff-platforms", full, fakeInfo, Options{}, "d l i n u x down enter"},
		{"diff-marked", full, fakeInfo, Options{}, "/ S P D X enter space / S L S A enter space d"},
		{"evil-diff", full, fakeInfo, Options{}, "d h o s t i l e enter"},
		{"evil-diff-packages", full, fakeInfo, Options{}, "d h o s t i l e enter ."},
	}
}

func TestEnterOnAChangeShowsTheNodeOfTheOpenImage(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter j j enter")
	if _, open := app.top(); open || app.nodes.selected != string(uitest.Digest("provenance")) || app.focus != paneDetail {
		t.Errorf("selected %s, focus %v", app.nodes.selected, app.focus)
	}
	app = drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter j j j j enter")
	if _, open := app.top(); !open {
		t.Error("a change of which only the other side has the node left the comparison")
	}
}

// What is attached here has to be known first: before that it would seem to be lost.
func TestAComparisonWaitsForTheImageThatIsOpen(t *testing.T) {
	events := uitest.Rich()
	app := drive(t, fakeApp(uitest.Backend{Events: events[:2]}, fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	if !strings.Contains(plain(app), "waiting until everything") {
		t.Fatalf("it did not wait:\n%s", plain(app))
	}
	app, _ = app.startVerify(nil)
	app = feed(t, app, eventsArrivedMsg{app.last, events[2], uitest.Played(nil)})
	if !strings.Contains(plain(app), "policy") || strings.Contains(plain(app), "waiting until") {
		t.Errorf("it never began:\n%s", plain(app))
	}
}

func TestAChangeOfTrustIsSaidOfAComparison(t *testing.T) {
	b := uitest.Trusting()
	b.Again = again()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	if strings.Contains(plain(app), "judged anew") {
		t.Fatal("it is said before it is so")
	}
	app = feed(t, app, trustChangedMsg{changed: true})
	if !strings.Contains(plain(app), "v compares again") {
		t.Errorf("got:\n%s", plain(app))
	}
	if app = feed(t, app, uitest.Press("v")); !strings.Contains(plain(app), "left-pad") && !strings.Contains(plain(app), "policy") || strings.Contains(plain(app), "judged anew") {
		t.Errorf("it was not compared again:\n%s", plain(app))
	}
}

func BenchmarkKeyInAComparisonOf100000Packages(b *testing.B) {
	app := drive(b, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "200x60", "d m a n y 1 0 0 0 0 0 enter .")
	if got := plain(app); !strings.Contains(got, "package-0000") {
		b.Fatalf("no packages are listed:\n%s", got)
	}
	for name, keys := range map[string][]tea.KeyPressMsg{
		"move":  {uitest.Press("j"), uitest.Press("ctrl+d"), uitest.Press("G"), uitest.Press("g")},
		"turn":  {uitest.Press("."), uitest.Press(",")},
		"typed": {uitest.Press("f"), uitest.Press("a"), uitest.Press("backspace"), uitest.Press("enter")}, // the rows follow in the background
	} {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				next, _ := app.Update(keys[i%len(keys)])
				app = next.(App)
				_ = app.View()
				i++
			}
		})
	}
}
