package doctor

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// examining is the doctor with policy files, after some keys.
func examining(t testing.TB, b uitest.Backend, size, keys string) *uitest.Show {
	t.Helper()
	return uitest.Showing(t, New(b), b.Events, size, keys)
}

// examined is the doctor that is shown.
func examined(v *uitest.Show) View { return v.Top().(View) }

func TestAPolicyFileIsNamedExaminedAndLeftOut(t *testing.T) {
	b := uitest.Doctoring()
	v := examining(t, b, "118x35", "s c a n . r e g o enter")
	if s := examined(v); len(s.rules) != 4 || s.naming || len(b.Doctor.Asked) != 1 {
		t.Fatalf("%d rules, asked %v:\n%s", len(s.rules), b.Doctor.Asked, v.Text())
	}
	v.Press("i")
	v.Paste("kyverno.yaml\n")
	v.Press("enter")
	if s := examined(v); len(s.rules) != 5 || len(s.list.Order) != 5 {
		t.Fatalf("%d rules, %d shown", len(s.rules), len(s.list.Order))
	}
	v.Press("G k x")
	if s := examined(v); len(s.rules) != 4 || strings.Join(s.files, " ") != "scan.rego" {
		t.Errorf("%d rules of %v", len(s.rules), s.files)
	}
	if v.Press("x"); !examined(v).naming {
		t.Errorf("without files none is asked for:\n%s", v.Text())
	}
}

func TestAnAnswerAboutOtherFilesIsDropped(t *testing.T) {
	v := examining(t, uitest.Doctoring("scan.rego"), "118x35", "")
	s := examined(v)
	stale := s.asked
	stale.wanted--
	v.Receive(answered{asked: stale})
	v.Receive(sifted{by: widget.ListedBy{Number: s.number - 1}})
	if now := examined(v); len(now.rules) != 4 || len(now.list.Order) != 4 {
		t.Errorf("%d rules, %d shown", len(now.rules), len(now.list.Order))
	}
}

func TestACorrectedFileIsCopiedWhole(t *testing.T) {
	v := examining(t, uitest.Doctoring("scan.rego"), "118x35", "y")
	if got := v.Copies(); !strings.Contains(got.Text, "input.predicate.predicate") || got.What != "corrected scan.rego" {
		t.Errorf("%+v", got)
	}
	v.Press("G y")
	if got := v.Copies(); got.Text != "data.scans.allow: It is true." {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsNotMetIsSeenFirstWithItsRemedy(t *testing.T) {
	v := examining(t, uitest.Doctoring("kyverno.yaml", "scan.rego"), "78x19", "")
	s := examined(v)
	met := false
	for _, at := range s.list.Order {
		if good := resultWord(s.rules[at]) == "met"; met && !good {
			t.Errorf("%s stands below what is met", s.rules[at].Rule)
		} else {
			met = good
		}
	}
	v.Press("j")
	got := v.Text()
	why, judged := strings.Index(got, "nested-statement: "), strings.Index(got, "Judged on")
	if why < 0 || why > judged || !strings.Contains(got, "Mended: a corrected file can be copied") {
		t.Errorf("got:\n%s", got)
	}
}
