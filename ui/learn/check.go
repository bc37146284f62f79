package learn

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// check is the page about one check, with what it found out about this node.
func (s writer) check(t *Tab, e *model.Entry) {
	p := lesson.AboutCheck(t.about, e.Node.Format)
	if p.Title == "" { // a check that this version has no page for
		p.Title = string(t.about)
	}
	s.Put(s.Styles.Heading, safe.LineMax(p.Title, s.Width))
	s.Sentence(p.Asks, s.Styles.Text, 0)
	if e.Report != nil {
		s.Heading(safe.Const("On this node"))
		s.outcome(e.Report.Check(t.about))
	}
	s.Heading(safe.Const("How it is done"))
	s.Sentence(p.How, s.Styles.Text, 0)
	s.Heading(safe.Const("What it proves"))
	s.points(s.Styles.Glyphs.Check, s.Styles.Good, []string{p.Proves})
	s.Heading(safe.Const("What it does not prove"))
	s.points(s.Styles.Glyphs.Dash, s.Styles.Warning, []string{p.Not})
	s.Heading(safe.Const("When it fails"))
	s.Sentence(p.Fails, s.Styles.Text, 0)
	s.readOn(t, p.Links)
	s.Gap()
	first := len(s.Lines)
	s.Put(s.Styles.Link, safe.Concat(s.Styles.Glyphs.Left, safe.Const(" more about this node")))
	t.stop(first, len(s.Lines), lead{whole: true})
}

// outcome is how the check ended here, and what it compared.
func (s writer) outcome(c model.Check) {
	mark := s.Styles.Check(c.Status)
	var l widget.Line
	l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1), mark.Word))
	if !c.Required {
		l.Add(s.Styles.Quiet, safe.Const("  not required for this material"))
	}
	s.Add(l)
	s.Entry(safe.Const("expected"), c.Expected, "", s.Styles.Text, 2, 10)
	actual := s.Styles.Text
	if c.Status == model.CheckFailed {
		actual = mark.Style
	}
	s.Entry(safe.Const("actual"), c.Actual, "", actual, 2, 10)
	s.Entry(safe.Const("detail"), c.Detail, "", s.Styles.Text, 2, 10)
	s.Entry(safe.Const("spec"), c.Spec, "", s.Styles.Quiet, 2, 10)
}
