package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// bench is the breaking bench on the provenance of a tree, after some keys.
func bench(t testing.TB, b uitest.Backend, size, keys string) App {
	t.Helper()
	return drive(t, fakeApp(b, fakeInfo, Options{}), size, "/ S L S A enter esc x "+keys)
}

func TestTheBreakingBenchTriesWhatIsSelected(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		tried      []string
		says       []string
	}{
		{"the first way at once", "", []string{"content/0"}, []string{"caught by content", "the bytes are not those that the manifest names"}},
		{"the next one when it is gone to", "j", []string{"content/0", "payload/0"}, []string{"variant 1 of 3", "caught by signature"}},
		{"another variant", "j right", []string{"content/0", "payload/0", "payload/1"}, []string{"variant 2 of 3", "byte 212"}},
		{"n is another variant too, and N the one before", "j n n N", []string{"content/0", "payload/0", "payload/1", "payload/2", "payload/1"}, []string{"variant 2 of 3"}},
		{"variants go round", "j left", []string{"content/0", "payload/0", "payload/2"}, []string{"variant 3 of 3"}},
		{"nothing is tried twice", "j k j", []string{"content/0", "payload/0"}, []string{"caught by content"}},
		{"a way without variants has no other", "n", []string{"content/0"}, []string{"caught by content"}},
		{"what catches nothing says why", "G", []string{"content/0", "later/0"}, []string{"not caught", "and that is right"}},
		{"a check that cannot be done any more catches it", "j j j", []string{"content/0", "payload/0", "identity/0", "no-log/0"}, []string{"unverifiable, caught by log"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Breakable()
			got := plain(bench(t, b, "120x40", c.keys))
			if !slices.Equal(b.Bench.Tried, c.tried) {
				t.Errorf("tried %v, want %v", b.Bench.Tried, c.tried)
			}
			for _, want := range append(c.says, "BROKEN ON PURPOSE", "Broken on purpose, in memory only") {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

func TestTheBreakingBenchOpensOnWhatIsSignedOnly(t *testing.T) {
	for _, c := range []struct {
		name, keys, says string
		open             bool
	}{
		{"in the tree", "/ S L S A enter x", "BROKEN ON PURPOSE", true},
		{"in a tab", "/ S L S A enter 3 x", "BROKEN ON PURPOSE", true},
		{"where the raw bytes are it is hex", "/ S L S A enter 5 x", "00000000", false},
		{"an index carries no signature", "x", "nothing is signed here", false},
		{"and neither does what BuildKit wrote", "/ B u i l d K i t enter x", "nothing is signed here", false},
		{"x closes it again", "/ S L S A enter x x", "Attached", false},
		{"from the palette", "/ S L S A enter : b r e a k enter", "BROKEN ON PURPOSE", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := drive(t, fakeApp(uitest.Breakable(), fakeInfo, Options{}), "120x40", c.keys)
			if _, open := app.top(); open != c.open || !strings.Contains(plain(app), c.says) {
				t.Errorf("open %v, want %v; %q:\n%s", open, c.open, c.says, plain(app))
			}
		})
	}
}

// The real tree is none the wiser: verdicts, counts, header and everything else that is shown of it stay.
func TestNothingOfTheBreakingBenchLeaks(t *testing.T) {
	before := drive(t, fakeApp(uitest.Breakable(), fakeInfo, Options{}), "120x40", "/ S L S A enter esc")
	version, counts, shown := before.tree.Version(), before.counts, plain(before)
	verdicts := map[string]model.Standing{}
	reports := map[string]*model.Report{}
	before.tree.Walk(func(e *model.Entry) { verdicts[e.Node.ID], reports[e.Node.ID] = e.Standing, e.Report })
	during := bench(t, uitest.Breakable(), "120x40", "j n n j n j j")
	if got, want := strings.Split(plain(during), "\n")[:2], strings.Split(shown, "\n")[:2]; !slices.Equal(got, want) {
		t.Errorf("the header is another:\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	after := feed(t, during, uitest.Press("esc"))
	if got := plain(after); got != shown {
		t.Errorf("the screen is another afterwards:\n%s", got)
	}
	if after.tree.Version() != version || after.counts != counts {
		t.Error("the tree or its counts are others")
	}
	after.tree.Walk(func(e *model.Entry) {
		if e.Standing != verdicts[e.Node.ID] || (e.Report == nil) != (reports[e.Node.ID] == nil) {
			t.Errorf("%s is %v, was %v", model.EntryTitle(e), e.Standing, verdicts[e.Node.ID])
		}
	})
}

// A verdict that changes meanwhile is what the ways are compared with from then on.
func TestTheBreakingBenchBeginsAgainWhenTheNodeIsJudgedAgain(t *testing.T) {
	b := uitest.Breakable()
	app := bench(t, b, "120x40", "j")
	id := string(uitest.Digest("provenance"))
	again := model.Judged{ID: id, Report: uitest.By(uitest.Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "nobody we know"), "")}
	app.streams = map[int]context.CancelFunc{1: func() {}}
	app = feed(t, app, eventsArrivedMsg{stream: 1, events: []model.Event{again}, from: uitest.Played(nil)})
	if got := plain(app); !strings.Contains(got, "untrusted") || len(b.Bench.Tried) != 3 {
		t.Errorf("tried %v:\n%s", b.Bench.Tried, got)
	}
}

func TestABreakThatCouldNotBeTriedSaysWhy(t *testing.T) {
	b := uitest.Breakable()
	b.Bench.Refuse = errors.New("out of hammers")
	if got := plain(bench(t, b, "120x40", "")); !strings.Contains(got, "It could not be tried: out of hammers") || !strings.Contains(got, "not tried") {
		t.Errorf("it does not say why:\n%s", got)
	}
}

// What is still being tried has no result of another variant beside it.
func TestTheBreakingBenchShowsNoStaleResult(t *testing.T) {
	app := bench(t, uitest.Breakable(), "120x40", "j")
	next, _ := app.Update(uitest.Press("n")) // its command is not carried out
	if got := plain(next.(App)); !strings.Contains(got, "variant 2 of 3") || strings.Contains(got, "byte 112") {
		t.Errorf("it shows what came of another variant:\n%s", got)
	}
}

func BenchmarkBreakingFrame(b *testing.B) {
	app := bench(b, uitest.Breakable(), "200x60", "j j")
	keys := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("k")}
	for i := 0; b.Loop(); i++ {
		next, _ := app.Update(keys[i%2])
		app = next.(App)
		_ = app.View().Content
	}
}
