package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func doctorShots() []shot {
	return []shot{
		{"doctor", doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D"},
		{"doctor-reading", doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D tab j j j"},
		{"doctor-would-be", doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D G s"},
		{"doctor-filter", doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D f i s : u n"},
		{"doctor-ask", trusting(), fakeInfo, Options{}, "D"},
		{"doctor-naming", doctoring("scan.rego"), fakeInfo, Options{}, "D i g o n e . r e g o"},
		{"doctor-gone", doctoring("gone.rego"), fakeInfo, Options{}, "D"},
		{"evil-doctor", doctoring("hostile"), fakeInfo, Options{}, "D"},
		{"evil-doctor-reading", doctoring("hostile"), fakeInfo, Options{}, "D tab ctrl+d"},
	}
}

func TestEnterOnARuleShowsTheNodeThatItWasJudgedOn(t *testing.T) {
	app := drive(t, fakeApp(doctoring("scan.rego"), fakeInfo, Options{}), "120x40", "D enter")
	if _, open := app.top(); open || app.nodes.selected != string(digest("scai")) || app.detail.tab != tabPayload {
		t.Errorf("selected %s, tab %v", app.nodes.selected, app.detail.tab)
	}
	app = drive(t, fakeApp(doctoring("gone.rego"), fakeInfo, Options{}), "120x40", "D enter")
	if _, open := app.top(); !open {
		t.Error("a rule without a node left the scene")
	}
}

func TestPoliciesAreExaminedAgainWhenTrustChanges(t *testing.T) {
	b := doctoring("kyverno.yaml")
	b.verify = again()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "D")
	before := len(b.doctor.asked)
	app = feed(t, app, trustChangedMsg{changed: true})
	if after := len(b.doctor.asked); after <= before {
		t.Errorf("asked %d times before, %d after", before, after)
	}
	before = len(b.doctor.asked)
	app = feed(t, app, press("j"))
	if len(b.doctor.asked) != before {
		t.Error("a key has everything examined again")
	}
	if feed(t, app, press("v")); len(b.doctor.asked) != before+1 {
		t.Error("v does not examine again")
	}
}

func TestOnlyRulesThatAreMetAreGood(t *testing.T) {
	app := drive(t, fakeApp(doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}), "120x40", "D")
	got := plain(app)
	for _, want := range []string{"? undefined", "✓ met", "✘ not met", "! unsupported", "⚠ would be met", "policies: not satisfied"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
	app = drive(t, fakeApp(doctoring("many3"), fakeInfo, Options{}), "120x40", "D")
	if got := plain(app); !strings.Contains(got, "policies: met, but not all was seen") {
		t.Errorf("of an image of which not everything was seen:\n%s", got)
	}
	b := doctoring("many3")
	b.open = good()
	app = drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "D")
	if got := plain(app); !strings.Contains(got, "policies: satisfied") {
		t.Errorf("got:\n%s", got)
	}
}

func BenchmarkKeyAmong10000Rules(b *testing.B) {
	app := drive(b, fakeApp(doctoring("many10000"), fakeInfo, Options{}), "200x60", "D")
	keys := []tea.KeyPressMsg{press("j"), press("ctrl+d"), press("G"), press("g")}
	i := 0
	for b.Loop() {
		next, _ := app.Update(keys[i%len(keys)])
		app = next.(App)
		_ = app.View()
		i++
	}
}
