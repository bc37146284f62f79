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

// examined is the doctor on top of the screen.
func examined(t testing.TB, app App) doctorScene {
	t.Helper()
	s, open := app.top()
	if !open {
		t.Fatal("no scene is open")
	}
	return s.scene.(doctorScene)
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

func TestAPolicyFileIsNamedExaminedAndLeftOut(t *testing.T) {
	b := doctoring()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "D s c a n . r e g o enter")
	if s := examined(t, app); len(s.rules) != 4 || s.naming || len(b.doctor.asked) != 1 {
		t.Fatalf("%d rules, asked %v:\n%s", len(s.rules), b.doctor.asked, plain(app))
	}
	app = feed(t, app, press("i"))
	app = feed(t, app, tea.PasteMsg{Content: "kyverno.yaml\n"})
	app = feed(t, app, press("enter"))
	if s := examined(t, app); len(s.rules) != 5 || len(s.list.order) != 5 {
		t.Fatalf("%d rules, %d shown", len(s.rules), len(s.list.order))
	}
	for _, k := range []string{"G", "k", "x"} {
		app = feed(t, app, press(k))
	}
	if s := examined(t, app); len(s.rules) != 4 || strings.Join(s.files, " ") != "scan.rego" {
		t.Errorf("%d rules of %v", len(s.rules), s.files)
	}
	if app = feed(t, app, press("x")); !examined(t, app).naming {
		t.Errorf("without files none is asked for:\n%s", plain(app))
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

func TestAnAnswerAboutOtherFilesIsDropped(t *testing.T) {
	app := drive(t, fakeApp(doctoring("scan.rego"), fakeInfo, Options{}), "120x40", "D")
	s, number := examined(t, app), app.scenes[0].number
	stale := s.asked
	stale.wanted--
	app = feed(t, app, sceneReportedMsg{number, doctorAnswered{asked: stale}})
	app = feed(t, app, sceneReportedMsg{number, doctorSifted{by: listedBy{number: s.number - 1}}})
	if now := examined(t, app); len(now.rules) != 4 || len(now.list.order) != 4 {
		t.Errorf("%d rules, %d shown", len(now.rules), len(now.list.order))
	}
}

func TestACorrectedFileIsCopiedWhole(t *testing.T) {
	app := drive(t, fakeApp(doctoring("scan.rego"), fakeInfo, Options{}), "120x40", "D")
	if got := examined(t, app).copied().(copyText); !strings.Contains(got.text, "input.predicate.predicate") || got.what != "corrected scan.rego" {
		t.Errorf("%+v", got)
	}
	app = feed(t, app, press("G"))
	if got := examined(t, app).copied().(copyText); got.text != "data.scans.allow: It is true." {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsNotMetIsSeenFirstWithItsRemedy(t *testing.T) {
	app := drive(t, fakeApp(doctoring("kyverno.yaml", "scan.rego"), fakeInfo, Options{}), "80x24", "D")
	s := examined(t, app)
	met := false
	for _, at := range s.list.order {
		if good := resultWord(s.rules[at]) == "met"; met && !good {
			t.Errorf("%s stands below what is met", s.rules[at].Rule)
		} else {
			met = good
		}
	}
	got := plain(feed(t, app, press("j")))
	why, judged := strings.Index(got, "nested-statement: "), strings.Index(got, "Judged on")
	if why < 0 || why > judged || !strings.Contains(got, "Mended: y copies a corrected file") {
		t.Errorf("got:\n%s", got)
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
