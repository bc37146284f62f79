package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
)

func diffShots() []shot {
	full := trusting()
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

// compared is the comparison on top of the screen.
func compared(t testing.TB, app App) diffScene {
	t.Helper()
	s, open := app.top()
	if !open {
		t.Fatal("no scene is open")
	}
	return s.scene.(diffScene)
}

func TestEnterOnAChangeShowsTheNodeOfTheOpenImage(t *testing.T) {
	app := drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter j j enter")
	if _, open := app.top(); open || app.nodes.selected != string(digest("provenance")) || app.focus != paneDetail {
		t.Errorf("selected %s, focus %v", app.nodes.selected, app.focus)
	}
	app = drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter j j j j enter")
	if _, open := app.top(); !open {
		t.Error("a change of which only the other side has the node left the comparison")
	}
}

func TestAComparisonTurnsRound(t *testing.T) {
	app := drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", "d l i n u x down enter")
	if r := compared(t, app).report; r.Before.Name != "linux/amd64" || r.After.Name != "linux/arm64" {
		t.Fatalf("%s and %s", r.Before.Name, r.After.Name)
	}
	app = feed(t, app, press("w"))
	s := compared(t, app)
	if r := s.report; !s.turned || r.Before.Name != "linux/arm64" || r.After.Name != "linux/amd64" {
		t.Errorf("%s and %s", r.Before.Name, r.After.Name)
	}
	app = feed(t, app, press("w"))
	if s := compared(t, app); s.turned || s.report.Before.Name != "linux/amd64" {
		t.Error("it does not turn back")
	}
}

// What is attached here has to be known first: before that it would seem to be lost.
func TestAComparisonWaitsForTheImageThatIsOpen(t *testing.T) {
	events := rich()
	app := drive(t, fakeApp(fakeBackend{open: events[:2]}, fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	if s := compared(t, app); s.report != nil || !strings.Contains(plain(app), "waiting until everything") {
		t.Fatalf("it did not wait:\n%s", plain(app))
	}
	app, _ = app.startVerify(nil)
	app = feed(t, app, eventsArrivedMsg{app.last, events[2], played(nil)})
	if s := compared(t, app); s.report == nil {
		t.Errorf("it never began:\n%s", plain(app))
	}
}

func TestWhatIsNoLongerComparedIsDropped(t *testing.T) {
	app := drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	s, number := compared(t, app), app.scenes[0].number
	other := largeDiff(3)
	for name, result := range map[string]any{
		"an answer": diffStep{number: s.run.number - 1, progress: diff.Progress{Report: other}},
		"an error":  diffStep{number: s.run.number - 1, progress: diff.Progress{Err: context.Canceled}},
		"rows":      diffSifted{by: listedBy{number: s.number - 1}, order: nil},
	} {
		next := compared(t, feed(t, app, sceneReportedMsg{number, result}))
		if next.report != s.report || next.run.failed != "" || len(next.lists[0].order) != len(s.lists[0].order) {
			t.Errorf("%s of another comparison is shown", name)
		}
	}
	app = feed(t, app, press("d"))
	if s := compared(t, app); !s.asking() || s.report != nil {
		t.Error("d does not ask again")
	}
}

func TestAComparisonThatFailsSaysWhyAndAsksAgain(t *testing.T) {
	app := drive(t, fakeApp(trusting(), fakeInfo, Options{}), "80x24", "d n o p e enter")
	if got := plain(app); !strings.Contains(got, "could not be compared") || !strings.Contains(got, "says the registry") {
		t.Errorf("got:\n%s", got)
	}
	if app = feed(t, app, press("enter")); !compared(t, app).asking() {
		t.Error("enter does not ask again")
	}
	if app = feed(t, app, press("esc")); len(app.scenes) != 0 {
		t.Error("esc does not leave")
	}
}

func TestAChangeOfTrustIsSaidOfAComparison(t *testing.T) {
	b := trusting()
	b.verify = again()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	if strings.Contains(plain(app), "judged anew") {
		t.Fatal("it is said before it is so")
	}
	app = feed(t, app, trustChangedMsg{changed: true})
	if !strings.Contains(plain(app), "v compares again") {
		t.Errorf("got:\n%s", plain(app))
	}
	if app = feed(t, app, press("v")); compared(t, app).report == nil || strings.Contains(plain(app), "judged anew") {
		t.Errorf("it was not compared again:\n%s", plain(app))
	}
}

func TestTheListsOfAComparisonAreFiltered(t *testing.T) {
	app := drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", "d 2 . 0 . 0 enter")
	for filter, want := range map[string]int{
		"": 10, "is:worse": 4, "area:signer": 2, "way:unseen": 1, "mallory": 1, "is:look signer": 1, "nothing like it": 0,
	} {
		by := listedBy{tab: diffChanges, filter: filter}
		if got := siftDiff(compared(t, app).report, by); len(got) != want {
			t.Errorf("%q: %d changes, want %d", filter, len(got), want)
		}
	}
	for filter, want := range map[string]int{"": 5, "type:npm": 4, "way:upgraded": 1, "SSPL": 1, "name:qs type:npm": 1} {
		by := listedBy{tab: diffPackages, filter: filter}
		if got := siftDiff(compared(t, app).report, by); len(got) != want {
			t.Errorf("%q: %d packages, want %d", filter, len(got), want)
		}
	}
}

func TestEveryColumnOfAComparisonSortsBothWays(t *testing.T) {
	r := fakeDiff(model.NewTree())
	for tab, columns := range diffHeadings {
		for c := range columns {
			up, down := siftDiff(r, listedBy{tab: tab, sorted: c + 1}), siftDiff(r, listedBy{tab: tab, sorted: -c - 1})
			compare := func(a, b int32) int { return compareChanges(r.Changes[a], r.Changes[b], c) }
			if tab == diffPackages {
				compare = func(a, b int32) int { return comparePackageChanges(r.Packages.Changes[a], r.Packages.Changes[b], c) }
			}
			for i := 1; i < len(up); i++ {
				if compare(up[i-1], up[i]) > 0 || compare(down[i-1], down[i]) < 0 {
					t.Errorf("list %d, column %d is not in order", tab, c)
				}
			}
		}
	}
}

func BenchmarkKeyInAComparisonOf100000Packages(b *testing.B) {
	app := drive(b, fakeApp(trusting(), fakeInfo, Options{}), "200x60", "d m a n y 1 0 0 0 0 0 enter .")
	if s := compared(b, app); len(s.lists[diffPackages].order) != 100_000 {
		b.Fatalf("%d rows", len(s.lists[diffPackages].order))
	}
	for name, keys := range map[string][]tea.KeyPressMsg{
		"move":  {press("j"), press("ctrl+d"), press("G"), press("g")},
		"turn":  {press("."), press(",")},
		"typed": {press("f"), press("a"), press("backspace"), press("enter")}, // the rows follow in the background
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

func BenchmarkRowsOfAComparisonFollowAFilter(b *testing.B) {
	r := largeDiff(100_000)
	for b.Loop() {
		siftDiff(r, listedBy{tab: diffPackages, filter: "way:upgraded 99", sorted: packageWhich + 1})
	}
}
