package ui

import (
	"strings"
	"testing"
)

// examining is the doctor with policy files, after some keys.
func examining(t testing.TB, b fakeBackend, size, keys string) *show {
	t.Helper()
	return showing(t, newDoctor(b), b.open, size, keys)
}

// examined is the doctor that is shown.
func examined(v *show) doctorScene { return v.top().(doctorScene) }

func TestAPolicyFileIsNamedExaminedAndLeftOut(t *testing.T) {
	b := doctoring()
	v := examining(t, b, "118x35", "s c a n . r e g o enter")
	if s := examined(v); len(s.rules) != 4 || s.naming || len(b.doctor.asked) != 1 {
		t.Fatalf("%d rules, asked %v:\n%s", len(s.rules), b.doctor.asked, v.text())
	}
	v.press("i")
	v.paste("kyverno.yaml\n")
	v.press("enter")
	if s := examined(v); len(s.rules) != 5 || len(s.list.order) != 5 {
		t.Fatalf("%d rules, %d shown", len(s.rules), len(s.list.order))
	}
	v.press("G k x")
	if s := examined(v); len(s.rules) != 4 || strings.Join(s.files, " ") != "scan.rego" {
		t.Errorf("%d rules of %v", len(s.rules), s.files)
	}
	if v.press("x"); !examined(v).naming {
		t.Errorf("without files none is asked for:\n%s", v.text())
	}
}

func TestAnAnswerAboutOtherFilesIsDropped(t *testing.T) {
	v := examining(t, doctoring("scan.rego"), "118x35", "")
	s := examined(v)
	stale := s.asked
	stale.wanted--
	v.receive(doctorAnswered{asked: stale})
	v.receive(doctorSifted{by: listedBy{number: s.number - 1}})
	if now := examined(v); len(now.rules) != 4 || len(now.list.order) != 4 {
		t.Errorf("%d rules, %d shown", len(now.rules), len(now.list.order))
	}
}

func TestACorrectedFileIsCopiedWhole(t *testing.T) {
	v := examining(t, doctoring("scan.rego"), "118x35", "y")
	if got := v.copies(); !strings.Contains(got.text, "input.predicate.predicate") || got.what != "corrected scan.rego" {
		t.Errorf("%+v", got)
	}
	v.press("G y")
	if got := v.copies(); got.text != "data.scans.allow: It is true." {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsNotMetIsSeenFirstWithItsRemedy(t *testing.T) {
	v := examining(t, doctoring("kyverno.yaml", "scan.rego"), "78x19", "")
	s := examined(v)
	met := false
	for _, at := range s.list.order {
		if good := resultWord(s.rules[at]) == "met"; met && !good {
			t.Errorf("%s stands below what is met", s.rules[at].Rule)
		} else {
			met = good
		}
	}
	v.press("j")
	got := v.text()
	why, judged := strings.Index(got, "nested-statement: "), strings.Index(got, "Judged on")
	if why < 0 || why > judged || !strings.Contains(got, "Mended: y copies a corrected file") {
		t.Errorf("got:\n%s", got)
	}
}
