package ui

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

// readAll has all of a batch folded into the tree, and nothing else done.
func readAll(app App, events []model.Event) App {
	next, _ := app.Update(eventsArrivedMsg{stream: 1, events: events})
	for app = next.(App); len(app.inbox) > 0; app = next.(App) {
		next, _ = app.Update(treeFreeMsg{})
	}
	return app
}

// ticking is a screen whose spinner moves when a test says so.
func ticking(t testing.TB) App {
	app := New(uitest.Backend{}, fakeInfo, Options{})
	app.tick = func() tea.Cmd { return nil }
	return feed(t, app, tea.WindowSizeMsg{Width: 200, Height: 60})
}

func TestATreeThatACommandReadsIsNotChanged(t *testing.T) {
	for _, n := range []int{10, 2 * survey.Many} {
		app := readAll(ticking(t), uitest.Many(n)[0][:n])
		app = feed(t, app, spinnerTickedMsg{})
		app.shared.RLock()
		before := app.tree.Version()
		next, cmd := app.Update(eventsArrivedMsg{stream: 1, events: uitest.Many(n)[0][n:]})
		app = next.(App)
		if app.tree.Version() != before || cmd == nil {
			t.Fatalf("%d nodes: the tree changes while it is read", n)
		}
		for _, k := range []string{"j", "2", "esc"} { // everything else goes on
			next, _ := app.Update(uitest.Press(k))
			app = next.(App)
		}
		app.shared.RUnlock()
		if app = readAll(app, nil); app.tree.Version() == before {
			t.Errorf("%d nodes: what came meanwhile is lost", n)
		}
	}
}

func TestALargeTreeStandsAsASmallOneWould(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3 * survey.Many)}, fakeInfo, Options{}), "120x40", "")
	want := model.NewTree()
	for _, e := range uitest.Many(3 * survey.Many)[0] {
		want.Apply(e)
	}
	want.Judge()
	want.Walk(func(e *model.Entry) {
		if got := app.tree.Entry(e.Node.ID).Standing; got != e.Standing {
			t.Fatalf("%s stands as %+v, want %+v", e.Node.ID, got, e.Standing)
		}
	})
	if app.stale || app.judging.on || len(app.nodes.all) != want.Len() || app.counts != count(want) || !app.trust.Judged {
		t.Errorf("stale %v, judging %v, %d rows, counts %+v, policy asked %v", app.stale, app.judging.on, len(app.nodes.all), app.counts, app.trust.Judged)
	}
}

// Somebody else is trusted while a large tree is shown: what is said of it afterwards counts its verdicts.
func TestALargeTreeIsJudgedAgain(t *testing.T) {
	b := uitest.Trusting()
	b.Events = uitest.Many(3 * survey.Many)
	b.Again = [][]model.Event{{model.VerifyStarted{ID: string(uitest.Digest("node 7"))}, model.Judged{ID: string(uitest.Digest("node 7")), Report: model.Report{Verdict: model.Invalid, Reason: "so"}}}}
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "V")
	if got := app.note.text.String(); got != "verified again · 1 unsigned to invalid" {
		t.Errorf("it says %q", got)
	}
	if app.recheck.stream != 0 || len(app.streams) != 0 {
		t.Error("it goes on")
	}
}

// The race detector sees whether what commands read is changed meanwhile.
func TestKeysAreAnsweredWhileALargeTreeIsJudged(t *testing.T) {
	app := readAll(ticking(t), uitest.Many(3 * survey.Many)[0])
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	messages := make(chan tea.Msg, 64)
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			switch msg := cmd().(type) {
			case tea.BatchMsg:
				for _, c := range msg {
					run(c)
				}
			case nil:
			default:
				select {
				case messages <- msg:
				case <-ctx.Done():
				}
			}
		}()
	}
	next, cmd := app.Update(spinnerTickedMsg{})
	app = next.(App)
	run(cmd)
	keys := []string{"j", "k", "c", "esc", "2", "1", "P", "esc", "f", "esc", "a", "esc", "e", "esc"}
	for i := 0; app.judging.on; i++ {
		var msg tea.Msg
		if i < 5*len(keys) && len(messages) == 0 {
			msg = uitest.Press(keys[i%len(keys)])
		} else {
			msg = <-messages
		}
		next, cmd = app.Update(msg)
		app = next.(App)
		_ = app.View()
		run(cmd)
	}
	if app.tree.Root().Standing.Verdict == model.Unchecked {
		t.Error("it was not judged")
	}
}
