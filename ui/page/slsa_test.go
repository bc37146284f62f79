package page

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

func TestTheSummaryShowsWhatIsClaimedAndWhatIsProven(t *testing.T) {
	e := &model.Entry{Standing: model.Standing{Verdict: model.Valid}, Report: &model.Report{SLSA: &model.SLSA{
		Level: 1, Reason: "the commits differ", Hint: "ask them", Lines: []model.SLSALine{
			{Label: "Source", Claimed: "acme/app", Verified: "acme/app", Because: "the certificate says so", Status: model.CheckPassed},
			{Label: "Commit", Claimed: "1111", Verified: "2222\x1b[31m", Because: "the certificate says so", Status: model.CheckFailed},
			{Label: "Built", Claimed: "today", Because: "only the workflow says so", Status: model.CheckSkipped, Tenant: true},
		},
	}}}
	for _, width := range []int{12, 40, 80} {
		styles := theme.New(theme.Options{Mono: true})
		s := widget.Sheet{Width: width, Styles: &styles}
		writer{&s}.slsa(e)
		shown := textOf(&s)
		if strings.Contains(shown, "\x1b") {
			t.Errorf("at %d cells a terminal obeys what was attested:\n%q", width, shown)
		}
		if width < 40 {
			continue
		}
		for _, want := range []string{"build level 1", "the commits differ", "ask them", "acme/app", "1111", "2222", "claimed", "verified", "says so"} {
			if !strings.Contains(shown, want) {
				t.Errorf("at %d cells it does not show %q:\n%s", width, want, shown)
			}
		}
	}
	styles := theme.New(theme.Options{Mono: true})
	s := widget.Sheet{Width: 40, Styles: &styles}
	writer{&s}.slsa(&model.Entry{})
	if len(s.Lines) > 0 {
		t.Error("a node without a level shows one")
	}
}

// textOf is what stands on a sheet, line by line.
func textOf(s *widget.Sheet) string {
	var lines []string
	for _, l := range s.Lines {
		var line strings.Builder
		for _, part := range l.Left {
			line.WriteString(part.Text.String())
		}
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}
