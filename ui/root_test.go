package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestANewerRootIsAskedForOnRequestOnly(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		asked      int
		judged     int
		says       string
	}{
		{"u alone asks nobody", "u", 0, 0, "Ask for the newest trusted root?"},
		{"esc asks nobody", "u esc", 0, 0, "root public-good 2025-09-22"},
		{"enter asks, and all is judged by what came", "u enter", 1, 1, "public-good: version 14, was 13"},
		{"it says by what it was judged before", "u enter", 1, 1, "public-good, embedded, 2025-09-22"},
		{"enter closes the answer", "u enter enter", 1, 1, "root public-good 2026-10-01"},
		{"what is the same judges nothing again", "u enter enter u enter", 2, 1, "nothing is judged again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var verified [][]string
			b := asked(&verified)
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", c.keys)
			if b.Trust.Asked != c.asked || len(verified) != c.judged {
				t.Errorf("asked %d times and judged %d times, want %d and %d", b.Trust.Asked, len(verified), c.asked, c.judged)
			}
			if !strings.Contains(plain(app), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, plain(app))
			}
		})
	}
}

func TestARootThatCannotBeHadChangesNothing(t *testing.T) {
	var verified [][]string
	b := asked(&verified)
	b.Trust.Refuse = errors.New("the mirror did not answer")
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "u enter")
	for _, want := range []string{"stays as it is", "the mirror did not answer"} {
		if !strings.Contains(plain(app), want) {
			t.Errorf("it does not say %q:\n%s", want, plain(app))
		}
	}
	if len(verified) != 0 {
		t.Error("everything was judged again, although nothing changed")
	}
	b.Trust.Refuse = nil
	if app = feed(t, feed(t, feed(t, app, uitest.Press("esc")), uitest.Press("u")), uitest.Press("enter")); !sameRoots(app.trust.Roots, []model.TrustRoot{uitest.NewRoot}) {
		t.Error("it cannot be asked for once more")
	}
}

func TestAskingForARootCanBeStopped(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Waits = true
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "u")
	next, ask := app.Update(uitest.Press("enter"))
	app = next.(App)
	if !strings.Contains(plain(app), "asking…") {
		t.Fatalf("it does not say that it asks:\n%s", plain(app))
	}
	if app = feed(t, app, uitest.Press("enter")); b.Trust.Asked != 0 || !app.root.asking() {
		t.Error("a second enter asked a second time, or ended the first")
	}
	app = obey(t, feed(t, app, uitest.Press("esc")), ask) // ends, as its context has
	if app.root.asking() || app.overlay != overlayNone || !strings.Contains(plain(app), "not asked any further") {
		t.Errorf("it goes on:\n%s", plain(app))
	}
}

// An answer may be on its way when somebody stops: what is shown must be by what the backend trusts by then.
func TestAnAnswerThatCameAllTheSameIsJudgedBy(t *testing.T) {
	var verified [][]string
	b := asked(&verified)
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", "u")
	next, ask := app.Update(uitest.Press("enter"))
	app = obey(t, feed(t, next.(App), uitest.Press("esc")), ask)
	if len(verified) != 1 || !strings.Contains(plain(app), "root public-good 2026-10-01") {
		t.Errorf("judged %d times:\n%s", len(verified), plain(app))
	}
}

func TestWhatAskingForARootCannotDo(t *testing.T) {
	b := uitest.Trusting()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "u")
	app = feed(t, app, tea.WindowSizeMsg{Width: 39, Height: 9})
	if feed(t, app, uitest.Press("enter")); b.Trust.Asked != 0 {
		t.Error("it was confirmed where nobody could see it")
	}
}

func TestWhileAllIsJudgedAgainItIsSaidEverywhere(t *testing.T) {
	b := uitest.Trusting()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", "")
	next, _ := app.Update(trustChangedMsg{what: uitest.NarrowestName})
	app = next.(App)
	all := len(judged(app.tree))
	says := func(what string, texts ...string) {
		t.Helper()
		for _, want := range texts {
			if !strings.Contains(plain(app), want) {
				t.Errorf("%s: it does not say %q:\n%s", what, want, plain(app))
			}
		}
	}
	says("at first", "judging again…", "judging everything again: 13 left")
	if all != 13 {
		t.Errorf("%d nodes have a report", all)
	}
	valid := model.Judged{ID: string(uitest.Digest("valid")), Report: uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "")}
	next, _ = app.Update(eventsArrivedMsg{stream: app.last, events: []model.Event{valid, valid}})
	app = next.(App)
	says("after the first", "12 left")
	next, _ = app.Update(uitest.Press("j"))
	app = next.(App)
	says("after a key", "judging again, 12 left", "judging again…")
	app = feed(t, app, streamEndedMsg{app.last})
	if got := plain(app); strings.Contains(got, "judging again") || !strings.Contains(got, "policy not satisfied") {
		t.Errorf("at the end it still says so:\n%s", got)
	}
}

func TestTheSummaryLeadsToWhatVouches(t *testing.T) {
	for _, c := range []struct{ keys, says string }{
		{"g 1 j enter", "Vouched by   ✓ keyless"},
		{"/ a r m 6 enter 1 enter", "Vouched by   ✓ keyless"},
	} {
		keys, _ := strings.CutSuffix(c.keys, " enter")
		if got := plain(full(t, "120x40", keys)); !strings.Contains(got, c.says) {
			t.Errorf("after %q it does not say %q:\n%s", keys, c.says, got)
		}
		app := full(t, "120x40", c.keys)
		if got := app.nodes.current(); got.Standing.Verdict != model.Trusted || !got.Node.Format.Signed() {
			t.Errorf("after %q the node is %s, %v", c.keys, model.EntryTitle(got), got.Standing.Verdict)
		}
	}
}

func TestWhereNobodyCanBeAskedNothingIsOffered(t *testing.T) {
	for _, info := range []Info{{Demo: true, Offline: true}, {Offline: true}} {
		b := uitest.Trusting()
		app := drive(t, fakeApp(b, info, Options{}), "120x40", "u")
		if got := plain(app); !strings.Contains(got, "Nobody is asked for a newer trusted root.") || strings.Contains(got, "Ask for the newest") {
			t.Errorf("it offers to ask:\n%s", got)
		}
		if app = feed(t, app, uitest.Press("enter")); app.root.asking() || app.overlay != overlayNone {
			t.Error("enter asks")
		}
	}
}
