package ui

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// ladder is the checks in their order, each on a row; the failed ones and the selected one with their evidence.
func (s *sheet) ladder(e *model.Entry, selected int) []block {
	if e.Report == nil || len(e.Report.Checks) == 0 {
		s.sentence(noChecks(e), s.styles.Quiet, 0)
		return nil
	}
	var blocks []block
	for i, c := range e.Report.Checks {
		first := len(s.lines)
		s.check(c, i == selected)
		if i == selected || c.Status == model.CheckFailed {
			s.evidence(c)
		}
		blocks = append(blocks, block{first, len(s.lines)})
	}
	s.gap()
	s.sentence("Every check that is required for this material must pass; the others are marked.", s.styles.Quiet, 2)
	if by := e.Report.VerifiedBy; by != "" {
		s.sentence("Judged by "+by+".", s.styles.Quiet, 2)
	}
	return blocks
}

// decisive is the check to look at first: the one that decided, where the verdict is not good. Only a check of a report
// can be, so it is -1 as long as there is none.
func decisive(e *model.Entry) int {
	if e.Report == nil || len(e.Report.Checks) == 0 {
		return -1
	}
	decided := e.Report.Decisive().ID
	return max(0, slices.IndexFunc(e.Report.Checks, func(c model.Check) bool { return c.ID == decided }))
}

// noChecks says why there is nothing to show.
func noChecks(e *model.Entry) string {
	switch {
	case e.Verifying:
		return "The checks are running."
	case e.Report == nil && e.Standing.Verdict == model.Unchecked:
		return "Not checked yet."
	case e.Standing.Verdict == model.Covered:
		return "Nothing to check here: it has no signature of its own. What vouches for it is named in the Summary."
	default:
		return "Nothing was checked: this carries no signature of its own. What is attached to it may vouch for it."
	}
}

func (s *sheet) check(c model.Check, selected bool) {
	mark := s.styles.Check(c.Status)
	marker := safe.Text{}
	if selected {
		marker = s.styles.Glyphs.Cursor
	}
	var l line
	l.add(s.styles.Marker, marker.PadRight(2))
	l.add(mark.Style, mark.Glyph.PadRight(2))
	l.add(s.styles.Text, safe.Line(string(c.ID)).PadRight(labelWidth))
	l.add(mark.Style, mark.Word.PadRight(11))
	l.add(s.styles.Quiet, safe.LineMax(remark(c), max(s.width-width(l.left), 0)))
	s.add(l)
}

// remark is the most useful thing to say of a check on its row.
func remark(c model.Check) string {
	switch {
	case c.Status == model.CheckFailed, c.Status == model.CheckSkipped:
		return c.Detail
	case !c.Required:
		return "not required here"
	}
	return c.Proves
}

// evidence is what a check compared, and what passing it proves.
func (s *sheet) evidence(c model.Check) {
	const indent, column = 4, 10
	actual := s.styles.Text
	if c.Status == model.CheckFailed {
		actual = s.styles.Check(c.Status).Style
	}
	s.entry(safe.Const("expected"), c.Expected, "", s.styles.Text, indent, column)
	s.entry(safe.Const("actual"), c.Actual, "", actual, indent, column)
	s.entry(safe.Const("detail"), c.Detail, "", s.styles.Text, indent, column)
	s.entry(safe.Const("proves"), c.Proves, "", s.styles.Quiet, indent, column)
	s.entry(safe.Const("spec"), c.Spec, "", s.styles.Quiet, indent, column)
	if !c.Required {
		s.entry(safe.Const("required"), "not for this material", "", s.styles.Quiet, indent, column)
	}
}
