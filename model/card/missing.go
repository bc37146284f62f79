package card

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// missing says what a triager would look for and not find, and where nothing could be looked for.
func (s *scope) missing() (out []Line) {
	add := func(id string, severity model.Severity, basis Basis, format string, args ...any) {
		l := line(Missing, id, fmt.Sprintf(format, args...), basis, nil)
		l.Severity = severity
		out = append(out, l)
	}
	for _, want := range []struct {
		id, what string
		there    []*model.Entry
	}{
		{"no-provenance", "provenance", s.found(model.FamilyProvenance)},
		{"no-sbom", "SBOM", s.found(model.FamilySBOM)},
	} {
		switch lack := s.without(want.there); {
		case len(want.there) == 0:
			add(want.id, model.SeverityWarning, s.nothing(), "no %s", want.what)
		case len(lack) > 0:
			add(want.id, model.SeverityWarning, s.nothing(), "no %s for %s", want.what, strings.Join(lack, ", "))
		}
	}
	if len(s.found(model.FamilySCAI))+len(s.scans()) == 0 {
		add("no-scan", model.SeverityWarning, s.nothing(), "no scan")
	}
	for _, l := range s.tree.Lookups {
		if l.Status.Incomplete() && s.asked(l) {
			at := ""
			if l.Repository != "" {
				at = " in " + l.Repository
			}
			add("look-up", model.SeverityError, Unknown, "%s%s of %s was %s", l.Mechanism, at, l.Subject.Short(), l.Status)
		}
	}
	s.tree.Walk(func(e *model.Entry) {
		if e.Standing.Verdict == model.Unavailable && e != s.root && s.concerns(e) {
			l := line(Missing, "unavailable", model.EntryTitle(e)+" could not be had", Unknown, e)
			l.Severity, l.Note = model.SeverityWarning, e.Standing.Reason
			out = append(out, l)
		}
	})
	if s.tree.Err != nil {
		add("discovery", model.SeverityError, Unknown, "the search could not finish: %s", s.tree.Err)
	}
	return out
}
