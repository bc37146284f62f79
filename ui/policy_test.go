package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestAChangeOfThePolicyFileTakesEffect(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		says string
	}{
		{"read", nil, "the policy file changed · 1 valid to trusted"},
		{"not read", errors.New("line 3, column 7: unknown key"), "could not be read: line 3, column 7: unknown key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var verified [][]string
			b := asked(&verified)
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "")
			b.Trust.Changed = make(chan error, 1)
			b.Trust.Changed <- c.err
			close(b.Trust.Changed)
			b.Trust.Signers = b.Trust.Signers[:1]
			app = obey(t, app, awaitPolicy(app.ctx, b))
			if len(verified) != 1 || len(app.trust.Signers) != 1 {
				t.Errorf("judged %d times, by %d signers", len(verified), len(app.trust.Signers))
			}
			if !strings.Contains(plain(app), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, plain(app))
			}
		})
	}
}

func TestAPolicyFileThatCannotBeReadStaysInSight(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "")
	app = feed(t, app, trustChangedMsg{what: uitest.NarrowestName, err: errors.New("line 3"), changed: true, await: true})
	app = feed(t, app, uitest.Press("j"))
	if got := plain(app); !strings.Contains(got, "policy file unreadable") {
		t.Errorf("a key makes it forget:\n%s", got)
	}
	if got := plain(feed(t, app, uitest.Press("p"))); !strings.Contains(got, "by what it said before") {
		t.Errorf("the answer does not say by what it is:\n%s", got)
	}
	app = feed(t, app, trustChangedMsg{what: uitest.NarrowestName, await: true})
	if got := plain(app); strings.Contains(got, "unreadable") {
		t.Errorf("a file that was read is still called unreadable:\n%s", got)
	}
}

func TestOurOwnChangeOfThePolicyFileKeepsItsPathInSight(t *testing.T) {
	for _, keys := range []string{"s w enter", "/ V S A enter esc t w enter"} {
		app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "200x60", keys)
		app = feed(t, app, trustChangedMsg{what: uitest.NarrowestName, await: true, changed: true})
		if got := plain(app); !strings.Contains(got, "written to /home/reader/.config/attestree/policy.yaml · no verdict changed") {
			t.Errorf("after %q:\n%s", keys, got)
		}
	}
}

func TestThePolicysAnswer(t *testing.T) {
	b := uitest.Trusting()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "p j enter")
	if app.nodes.selected != string(uitest.Digest("provenance")) || app.focus != paneTree || app.overlay != overlayNone {
		t.Errorf("enter goes to %s", app.nodes.selected)
	}
	app = drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "p j j enter")
	if app.nodes.selected != string(uitest.Digest("root")) || app.overlay != overlayNone {
		t.Errorf("a requirement that nothing meets leads to %s", app.nodes.selected)
	}
	if got := plain(drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", "g 1 ctrl+d")); !strings.Contains(got, "✘ slsa-level  level 3") {
		t.Errorf("the root's summary does not say what is missing:\n%s", got)
	}
	for _, c := range []struct {
		answer model.PolicyAnswer
		says   string
	}{
		{model.PolicyAnswer{Satisfied: true}, "✓ policy satisfied"},
		{model.PolicyAnswer{}, "✘ policy not satisfied"},
	} {
		b.Trust.Policy = c.answer
		for _, size := range []string{"60x16", "80x24", "120x40"} {
			if got := plain(drive(t, fakeApp(b, fakeInfo, Options{}), size, "")); !strings.Contains(got, c.says) {
				t.Errorf("%s: the header does not say %q:\n%s", size, c.says, got)
			}
		}
	}
	unfinished := feed(t, fakeApp(b, fakeInfo, Options{}), tea.WindowSizeMsg{Width: 120, Height: 40})
	if got := plain(unfinished); !strings.Contains(got, "policy not judged yet") {
		t.Errorf("a policy has an answer before anything was found:\n%s", got)
	}
}
