package page

import (
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/widget"
)

// Roots lists trusted roots.
func Roots(sheet *widget.Sheet, roots []model.TrustRoot) {
	s := writer{sheet}
	for _, r := range roots {
		s.Field("Root", rootEdition(r), "", s.Styles.Text)
		s.Field("", r.SHA256, "", s.Styles.Quiet)
	}
	if len(roots) == 0 {
		s.Sentence("There is no trusted root.", s.Styles.Quiet, 0)
	}
}

// rootEdition is which root it is, on one line.
func rootEdition(r model.TrustRoot) string {
	parts := []string{r.Name, r.Source, r.Date}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

// rootAge remarks on a root that has not changed for over a year, "" for any other. That is not wrong, but what signs
// today may need a newer one.
func rootAge(r model.TrustRoot, about About) string {
	changed, err := time.Parse(time.DateOnly, r.Date)
	if err != nil || about.Now.IsZero() || about.Now.Before(changed.AddDate(1, 0, 1)) {
		return ""
	}
	return "over a year old; " + about.Newer + " asks for a newer one"
}
