package page

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Ladder is the checks in their order, each on a row; the failed ones and the selected one with their evidence.
func Ladder(sheet *widget.Sheet, e *model.Entry, selected int) []widget.Block {
	s := writer{sheet}
	if e.Report == nil || len(e.Report.Checks) == 0 {
		s.Sentence(noChecks(e), s.Styles.Quiet, 0)
		return nil
	}
	var blocks []widget.Block
	for i, c := range e.Report.Checks {
		first := len(s.Lines)
		s.check(c, i == selected)
		if i == selected || c.Status == model.CheckFailed {
			s.evidence(c)
		}
		blocks = append(blocks, widget.Block{First: first, End: len(s.Lines)})
	}
	s.Gap()
	s.Sentence("Every check that is required for this material must pass; the others are marked.", s.Styles.Quiet, 2)
	if by := e.Report.VerifiedBy; by != "" {
		s.Sentence("Judged by "+by+".", s.Styles.Quiet, 2)
	}
	return blocks
}

// Decisive is the check to look at first: the one that decided, where the verdict is not good. Only a check of a report
// can be, so it is -1 as long as there is none.
func Decisive(e *model.Entry) int {
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

func (s writer) check(c model.Check, selected bool) {
	mark := s.Styles.Check(c.Status)
	marker := safe.Text{}
	if selected {
		marker = s.Styles.Glyphs.Cursor
	}
	var l widget.Line
	l.Add(s.Styles.Marker, marker.PadRight(2))
	l.Add(mark.Style, mark.Glyph.PadRight(2))
	l.Add(s.Styles.Text, safe.Line(string(c.ID)).PadRight(widget.LabelWidth))
	l.Add(mark.Style, mark.Word.PadRight(11))
	l.Add(s.Styles.Quiet, safe.LineMax(remark(c), max(s.Width-widget.Width(l.Left), 0)))
	s.Add(l)
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
func (s writer) evidence(c model.Check) {
	const indent, column = 4, 10
	actual := s.Styles.Text
	if c.Status == model.CheckFailed {
		actual = s.Styles.Check(c.Status).Style
	}
	s.Entry(safe.Const("expected"), c.Expected, "", s.Styles.Text, indent, column)
	s.Entry(safe.Const("actual"), c.Actual, "", actual, indent, column)
	s.Entry(safe.Const("detail"), c.Detail, "", s.Styles.Text, indent, column)
	s.Entry(safe.Const("proves"), c.Proves, "", s.Styles.Quiet, indent, column)
	s.Entry(safe.Const("spec"), c.Spec, "", s.Styles.Quiet, indent, column)
	if !c.Required {
		s.Entry(safe.Const("required"), "not for this material", "", s.Styles.Quiet, indent, column)
	}
}
