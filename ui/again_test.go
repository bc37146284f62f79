package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

// What the policy said by whom was trusted before is never shown as what it says now.

func TestAPolicyAnswerFromBeforeAChangeOfTrustDoesNotCountAfterIt(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Policy.Satisfied = true
	b.Events = uitest.Many(2 * survey.Many)
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "")
	j := app.tree.Judging()
	for j.Look() {
		for j.Settle(mostSettled) {
		}
	}
	app, weigh := app.onLooked(lookedMsg{of: j}) // begins before the change, and ends after it
	next, _ := app.Update(trustChangedMsg{changed: true, what: uitest.NarrowestName})
	next, _ = next.Update(weigh())
	if app = next.(App); !app.trust.Again {
		t.Errorf("while everything is judged again it says %q", app.trust.Mark(app.Styles).Word)
	}
}

func TestAPolicyAnswerFromBeforeDoesNotCountWhilePartsAreStillJudged(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Policy.Satisfied = true
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "")
	next, _ := app.Update(trustChangedMsg{changed: true, what: uitest.NarrowestName})
	app = next.(App)
	all := app.last
	app, _ = app.verify([]string{app.tree.Root().Node.ID})
	one := app.last
	next, _ = app.Update(streamEndedMsg{stream: all})
	if app = next.(App); !app.trust.Again {
		t.Errorf("while a node is judged again it says %q", app.trust.Mark(app.Styles).Word)
	}
	next, _ = app.Update(streamEndedMsg{stream: one})
	if app = next.(App); app.trust.Again || !app.trust.Judged {
		t.Error("it was not asked at the end")
	}
}

func TestWhatCameOfTrustingOthersIsSaidWhenItWasJudged(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "")
	next, _ := app.Update(trustChangedMsg{changed: true, what: uitest.NarrowestName})
	app = next.(App)
	var id string
	app.tree.Walk(func(e *model.Entry) {
		if e.Report != nil {
			id = e.Node.ID
		}
	})
	app = app.apply(app.last, []model.Event{model.Judged{ID: id, Report: model.Report{Verdict: model.Invalid, Reason: "so"}}})
	app.shared.RLock() // a command reads
	next, _ = app.Update(streamEndedMsg{stream: app.last})
	if app = next.(App); !app.trust.Again {
		t.Errorf("it says %q of a tree that was not judged", app.trust.Mark(app.Styles).Word)
	}
	app.shared.RUnlock()
	app = settled(t, app)
	if app.trust.Again || app.recheck.stream != 0 || app.tree.Entry(id).Standing.Verdict != model.Invalid {
		t.Error("it was not judged")
	}
}

func TestThePolicyIsAskedAgainWhereNothingWasJudgedAgain(t *testing.T) {
	b := uitest.Trusting() // no event says that anything was judged
	b.Trust.Policy.Satisfied = true
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "")
	b.Trust.Policy.Satisfied = false
	if app = feed(t, app, trustChangedMsg{changed: true, what: uitest.NarrowestName}); app.trust.Policy.Satisfied || app.trust.Again {
		t.Errorf("it says %q", app.trust.Mark(app.Styles).Word)
	}
}

func TestBesideTheSendersReportNoAnswerFromBeforeIsShown(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Policy.Satisfied = true
	app := drive(t, fakeApp(b, inAPack, Options{}), "120x40", "g 1")
	next, _ := app.Update(trustChangedMsg{changed: true, what: uitest.NarrowestName})
	if got := plain(next.(App)); !strings.Contains(got, "policy    judging again…") {
		t.Errorf("the policy beside the sender's is not said to be judged again:\n%s", got)
	}
}

// settled is a screen to which the tree was given back.
func settled(t *testing.T, app App) App {
	t.Helper()
	next, _ := app.Update(treeFreeMsg{})
	return next.(App)
}
