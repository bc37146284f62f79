package ui

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// rule is everything that is known about one rule: how it ended and why, what is wrong with it and how that is mended, and
// only then what it was judged on.
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
	mistakes, remarks := sortDiagnosis(r.Diagnosis)
	for _, d := range mistakes {
		s.diagnosis(d)
	}
	mended := correctionOf(r)
	if mended != nil {
		s.sentence(mendedWords(*mended), s.styles.Good, 2)
	}
	s.judgedOn(r, t)
	if len(remarks) > 0 {
		s.gap()
	}
	for _, d := range remarks {
		s.diagnosis(d)
	}
	if mended != nil {
		s.correction(*mended)
	}
}

// judgedOn is the node, the expression, and what it read there.
func (s *sheet) judgedOn(r diagnosis.Rule, t *model.Tree) {
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
}

// sortDiagnosis tells mistakes from what is only worth knowing. That a rule fails open comes last: the message says so
// already, and the others say why.
func sortDiagnosis(list []diagnosis.Finding) (mistakes, remarks []diagnosis.Finding) {
	var open []diagnosis.Finding
	for _, d := range list {
		switch {
		case d.Severity != model.SeverityError:
			remarks = append(remarks, d)
		case d.ID == "fails-open":
			open = append(open, d)
		default:
			mistakes = append(mistakes, d)
		}
	}
	return append(mistakes, open...), remarks
}

// correctionOf is the correction that is shown with a rule, nil if none is known.
func correctionOf(r diagnosis.Rule) *diagnosis.Correction {
	for _, d := range r.Diagnosis {
		if d.Correction != nil {
			return d.Correction
		}
	}
	return nil
}

// diagnosis is one thing that is wrong with a rule.
func (s *sheet) diagnosis(d diagnosis.Finding) {
	mark := s.styles.Severity(d.Severity)
	lead := safe.Format("%s ", mark.Glyph)
	for _, t := range paragraph(d.ID+": "+d.Message, s.width-2) {
		var l line
		l.add(mark.Style, lead.PadRight(2))
		l.add(s.styles.Text, t)
		s.add(l)
		lead = safe.Text{}
	}
}

// mendedWords says in a sentence that a corrected file is at hand, and what it was tried on.
func mendedWords(c diagnosis.Correction) string {
	is := "It is met on this image"
	switch {
	case c.WouldBe:
		is = "It would be met on this image if you trusted who signed"
	case c.Result != diagnosis.Met:
		is = "It is not met on this image, for what is there"
	}
	return "Mended: y copies a corrected file, shown below. " + is + ", and tampered copies of it are refused."
}

// correction is the lines that change, and on what the whole was tried.
func (s *sheet) correction(c diagnosis.Correction) {
	s.heading(safe.Const("Corrected file"))
	for _, change := range c.Changes {
		if change.Old != "" {
			s.fileLine(change.Line, "-", change.Old, s.styles.Bad)
		}
		if change.New != "" {
			s.fileLine(change.Line, "+", change.New, s.styles.Good)
		}
	}
	s.sentence("It refuses copies of this image in which "+strings.Join(c.Tampered, ", ")+".", s.styles.Quiet, 2)
}

// fileLine is a line of a file that goes or comes. Blanks at its beginning matter there.
func (s *sheet) fileLine(at int, sign, text string, style theme.Style) {
	lead := fmt.Sprintf("  %4d %s ", at, sign)
	for _, t := range paragraph(text, s.width-len(lead)) {
		s.put(style, safe.Concat(safe.Line(lead), t))
		lead = strings.Repeat(" ", len(lead))
	}
}
