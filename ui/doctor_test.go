package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

func doctorShots() []shot {
	return []shot{
		{"doctor", uitest.Doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D"},
		{"doctor-reading", uitest.Doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D tab j j j"},
		{"doctor-would-be", uitest.Doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D G s"},
		{"doctor-filter", uitest.Doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}, "D f i s : u n"},
		{"doctor-ask", uitest.Trusting(), fakeInfo, Options{}, "D"},
		{"doctor-naming", uitest.Doctoring("scan.rego"), fakeInfo, Options{}, "D i g o n e . r e g o"},
		{"doctor-gone", uitest.Doctoring("gone.rego"), fakeInfo, Options{}, "D"},
		{"evil-doctor", uitest.Doctoring("hostile"), fakeInfo, Options{}, "D"},
		{"evil-doctor-reading", uitest.Doctoring("hostile"), fakeInfo, Options{}, "D tab ctrl+d"},
	}
}

func TestEnterOnARuleShowsTheNodeThatItWasJudgedOn(t *testing.T) {
	app := drive(t, fakeApp(uitest.Doctoring("scan.rego"), fakeInfo, Options{}), "120x40", "D enter")
	if _, open := app.top(); open || app.nodes.selected != string(uitest.Digest("scai")) || app.detail.Tab() != scene.TabPayload {
		t.Errorf("selected %s, tab %v", app.nodes.selected, app.detail.Tab())
	}
	app = drive(t, fakeApp(uitest.Doctoring("gone.rego"), fakeInfo, Options{}), "120x40", "D enter")
	if _, open := app.top(); !open {
		t.Error("a rule without a node left the scene")
	}
}

func TestPoliciesAreExaminedAgainWhenTrustChanges(t *testing.T) {
	b := uitest.Doctoring("kyverno.yaml")
	b.Again = again()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "D")
	before := len(b.Doctor.Asked)
	app = feed(t, app, trustChangedMsg{changed: true})
	if after := len(b.Doctor.Asked); after <= before {
		t.Errorf("asked %d times before, %d after", before, after)
	}
	before = len(b.Doctor.Asked)
	app = feed(t, app, uitest.Press("j"))
	if len(b.Doctor.Asked) != before {
		t.Error("a key has everything examined again")
	}
	if feed(t, app, uitest.Press("v")); len(b.Doctor.Asked) != before+1 {
		t.Error("v does not examine again")
	}
}

func TestOnlyRulesThatAreMetAreGood(t *testing.T) {
	app := drive(t, fakeApp(uitest.Doctoring("scan.rego", "kyverno.yaml"), fakeInfo, Options{}), "120x40", "D")
	got := plain(app)
	for _, want := range []string{"? undefined", "✓ met", "✘ not met", "! unsupported", "⚠ would be met", "policies: not satisfied"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
	app = drive(t, fakeApp(uitest.Doctoring("many3"), fakeInfo, Options{}), "120x40", "D")
	if got := plain(app); !strings.Contains(got, "policies: met, but not all was seen") {
		t.Errorf("of an image of which not everything was seen:\n%s", got)
	}
	b := uitest.Doctoring("many3")
	b.Events = uitest.Good()
	app = drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "D")
	if got := plain(app); !strings.Contains(got, "policies: satisfied") {
		t.Errorf("got:\n%s", got)
	}
}

func BenchmarkKeyAmong10000Rules(b *testing.B) {
	app := drive(b, fakeApp(uitest.Doctoring("many10000"), fakeInfo, Options{}), "200x60", "D")
	keys := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("ctrl+d"), uitest.Press("G"), uitest.Press("g")}
	i := 0
	for b.Loop() {
		next, _ := app.Update(keys[i%len(keys)])
		app = next.(App)
		_ = app.View()
		i++
	}
}
