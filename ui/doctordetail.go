package ui

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// rule is everything that is known about one rule.
func (s *sheet) rule(r diagnosis.Rule, t *model.Tree) {
	glyph, style := resultMark(s.styles, r)
	var l line
	l.add(style, safe.Format("%s %s", glyph, safe.Line(resultWord(r))))
	if r.Line > 0 {
		l.add(s.styles.Quiet, safe.Format("  %s, line %s", safe.LineMax(r.File, s.width), safe.Int(r.Line)))
	} else {
		l.add(s.styles.Quiet, safe.Format("  %s", safe.LineMax(r.File, s.width)))
	}
	s.add(l)
	s.sentence(r.Message, s.styles.Text, 2)
	if r.WouldBe {
		s.sentence("It counts only on what you trust: t on the node trusts who signed.", s.styles.Quiet, 2)
	}
	s.gap()
	if e := t.Entry(r.Node); e != nil {
		mark := s.styles.Standing(e.Standing)
		s.field("Judged on", model.EntryTitle(e), mark.Word.String()+", "+e.Node.Digest.Short(), s.styles.Text)
	}
	s.field("Expression", r.Expression, "", s.styles.Text)
	for i, read := range r.Reads {
		label := ""
		if i == 0 {
			label = "Reads"
		}
		value, style := read.Found, s.styles.Claim
		if read.Missing {
			value, style = "nothing is there", s.styles.Warning
		}
		s.field(label, read.Path, "", s.styles.Text)
		s.entry(safe.Text{}, oneLine(value), "", style, 2, labelWidth)
	}
	for _, d := range r.Diagnosis {
		s.diagnosis(d)
	}
}

// diagnosis is one thing that is wrong with a rule, and what would be right.
func (s *sheet) diagnosis(d diagnosis.Finding) {
	s.gap()
	mark := s.styles.Severity(d.Severity)
	var l line
	l.add(mark.Style, safe.Format("%s ", mark.Glyph))
	l.add(s.styles.Strong, safe.LineMax(d.ID, s.width))
	s.add(l)
	s.sentence(d.Message, s.styles.Text, 2)
	if d.Correction != nil {
		s.correction(*d.Correction)
	}
}

// correction is the lines that change, and on what the whole was tried.
func (s *sheet) correction(c diagnosis.Correction) {
	is := "is met on this image"
	switch {
	case c.WouldBe:
		is = "would be met on this image if you trusted who signed"
	case c.Result != diagnosis.Met:
		is = "is not met on this image, for what is there"
	}
	s.sentence(fmt.Sprintf("Corrected, it %s, and refuses copies of it in which %s. y copies the corrected file.", is, strings.Join(c.Tampered, ", ")), s.styles.Good, 2)
	for _, change := range c.Changes {
		if change.Old != "" {
			s.fileLine(change.Line, "-", change.Old, s.styles.Bad)
		}
		if change.New != "" {
			s.fileLine(change.Line, "+", change.New, s.styles.Good)
		}
	}
}

// fileLine is a line of a file that goes or comes. Blanks at its beginning matter there.
func (s *sheet) fileLine(at int, sign, text string, style theme.Style) {
	lead := fmt.Sprintf("  %4d %s ", at, sign)
	for _, t := range paragraph(text, s.width-len(lead)) {
		s.put(style, safe.Concat(safe.Line(lead), t))
		lead = strings.Repeat(" ", len(lead))
	}
}
