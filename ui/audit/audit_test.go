package audit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
)

// codes are the rows on screen by their codes and where they were found.
func codes(v *uitest.Show) (out []string) {
	s := v.Top().(View)
	for _, at := range s.order {
		out = append(out, strings.TrimSpace(s.rows[at].code+" "+s.rows[at].where))
	}
	return out
}

func TestTheAuditShowsWhatAFilterAsksFor(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		want        []string
	}{
		{"by a flag", "f l a g : n o - r e a s o n", []string{"AITech-9.1 run"}},
		{"by the severity of the finding", "s e v e r i t y : m e d", []string{"AITech-8.2 resolve"}},
		{"by any text of the reason", "t w i c e", []string{"AISubtech-1.1.1 delete_notes", "AISubtech-1.1.1 search_notes"}},
		{"by two words, both of which must be there", "t w i c e space t o o l : d e l", []string{"AISubtech-1.1.1 delete_notes"}},
		{"by what is not there", "n o w h e r e", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := uitest.Showing(t, New(uitest.Auditing()), uitest.Scanned(), "118x35", "f "+c.typed+" enter")
			if diff := cmp.Diff(c.want, codes(v)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSortingTheAuditKeepsTheScanAtItsHead(t *testing.T) {
	v := uitest.Showing(t, New(uitest.Auditing()), uitest.Scanned(), "118x35", "s s")
	want := []string{
		"MCP scan", "Specification", "AITech-9.1 run", "AISubtech-1.1.1 delete_notes", "AISubtech-1.1.1 search_notes",
		"AITech-8.2 resolve", "W001", "Other scan",
	}
	if diff := cmp.Diff(want, codes(v)); diff != "" {
		t.Errorf("by severity (-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeWrittenIsSaidInTheForm(t *testing.T) {
	v := uitest.Showing(t, New(uitest.Backend{}), uitest.Scanned(), "118x35", "e x enter enter")
	if got := v.Text(); !strings.Contains(got, "permission denied") || v.Top().(View).form == nil {
		t.Errorf("the form is gone or says nothing:\n%s", got)
	}
}

func TestASpecificationThatNobodyAnswersForIsNotSaidToBeWithoutFlags(t *testing.T) {
	v := uitest.Showing(t, New(uitest.Auditing()), uitest.Scanned(), "118x35", "")
	s := v.Top().(View)
	at := -1
	for i, row := range s.rows {
		if row.kind == auditSpec {
			at = i
		}
	}
	if at < 0 {
		t.Fatal("the story has no specification")
	}
	row := s.rows[at]
	row.flags = nil
	st := theme.New(theme.Options{})
	for _, c := range []struct {
		vouched bool
		want    string
	}{{true, "none"}, {false, "none shown, none ruled out"}} {
		file := *s.answer.Report.SpecFile
		file.Vouched = c.vouched
		s.answer.Report.SpecFile = &file
		if got := s.cell(row, flags, &st).Text.String(); got != c.want {
			t.Errorf("vouched for %v: %q, want %q", c.vouched, got, c.want)
		}
	}
}
