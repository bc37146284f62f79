package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/safe"
)

// learnCheck is the page about one check, with what it found out about this node.
func (s *sheet) learnCheck(t *learnTab, e *model.Entry) {
	p := lesson.AboutCheck(t.about, e.Node.Format)
	if p.Title == "" { // a check that this version has no page for
		p.Title = string(t.about)
	}
	s.put(s.styles.Heading, safe.LineMax(p.Title, s.width))
	s.sentence(p.Asks, s.styles.Text, 0)
	if e.Report != nil {
		s.heading(safe.Const("On this node"))
		s.outcome(e.Report.Check(t.about))
	}
	s.heading(safe.Const("How it is done"))
	s.sentence(p.How, s.styles.Text, 0)
	s.heading(safe.Const("What it proves"))
	s.points(s.styles.Glyphs.Check, s.styles.Good, []string{p.Proves})
	s.heading(safe.Const("What it does not prove"))
	s.points(s.styles.Glyphs.Dash, s.styles.Warning, []string{p.Not})
	s.heading(safe.Const("When it fails"))
	s.sentence(p.Fails, s.styles.Text, 0)
	s.readOn(t, p.Links)
	s.gap()
	first := len(s.lines)
	s.put(s.styles.Link, safe.Concat(s.styles.Glyphs.Left, safe.Const(" more about this node")))
	t.stop(first, len(s.lines), learnStop{whole: true})
}

// outcome is how the check ended here, and what it compared.
func (s *sheet) outcome(c model.Check) {
	mark := s.styles.Check(c.Status)
	var l line
	l.add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1), mark.Word))
	if !c.Required {
		l.add(s.styles.Quiet, safe.Const("  not required for this material"))
	}
	s.add(l)
	s.entry(safe.Const("expected"), c.Expected, "", s.styles.Text, 2, 10)
	actual := s.styles.Text
	if c.Status == model.CheckFailed {
		actual = mark.Style
	}
	s.entry(safe.Const("actual"), c.Actual, "", actual, 2, 10)
	s.entry(safe.Const("detail"), c.Detail, "", s.styles.Text, 2, 10)
	s.entry(safe.Const("spec"), c.Spec, "", s.styles.Quiet, 2, 10)
}
