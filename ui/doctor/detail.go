package doctor

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// rule is everything that is known about one rule: how it ended and why, what is wrong with it and how that is mended, and
// only then what it was judged on.
func (s writer) rule(r diagnosis.Rule, t *model.Tree) {
	glyph, style := resultMark(s.Styles, r)
	var l widget.Line
	l.Add(style, safe.Format("%s %s", glyph, safe.Line(resultWord(r))))
	if r.Line > 0 {
		l.Add(s.Styles.Quiet, safe.Format("  %s, line %s", safe.LineMax(r.File, s.Width), safe.Int(r.Line)))
	} else {
		l.Add(s.Styles.Quiet, safe.Format("  %s", safe.LineMax(r.File, s.Width)))
	}
	s.Add(l)
	s.Sentence(r.Message, s.Styles.Text, 2)
	if r.WouldBe {
		s.Sentence("It counts only on what you trust: say so on the node, of who signed it.", s.Styles.Quiet, 2)
	}
	mended := correctionOf(r)
	if mended != nil { // where a screen ends early it is still seen
		s.Sentence(mendedWords(*mended), s.Styles.Good, 2)
	}
	mistakes, remarks := sortDiagnosis(r.Diagnosis)
	for _, d := range mistakes {
		s.diagnosis(d)
	}
	s.judgedOn(r, t)
	if len(remarks) > 0 {
		s.Gap()
	}
	for _, d := range remarks {
		s.diagnosis(d)
	}
	if mended != nil {
		s.correction(*mended)
	}
}

// judgedOn is the node, the expression, and what it read there.
func (s writer) judgedOn(r diagnosis.Rule, t *model.Tree) {
	s.Gap()
	if e := t.Entry(r.Node); e != nil {
		mark := s.Styles.Standing(e.Standing)
		s.Field("Judged on", model.EntryTitle(e), mark.Word.String()+", "+e.Node.Digest.Short(), s.Styles.Text)
	}
	s.Field("Expression", r.Expression, "", s.Styles.Text)
	for i, read := range r.Reads {
		label := ""
		if i == 0 {
			label = "Reads"
		}
		value, style := read.Found, s.Styles.Claim
		if read.Missing {
			value, style = "nothing is there", s.Styles.Warning
		}
		s.Field(label, read.Path, "", s.Styles.Text)
		s.Entry(safe.Text{}, widget.OneLine(value), "", style, 2, widget.LabelWidth)
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
func (s writer) diagnosis(d diagnosis.Finding) {
	mark := s.Styles.Severity(d.Severity)
	lead := safe.Format("%s ", mark.Glyph)
	for _, t := range widget.Paragraph(d.ID+": "+d.Message, s.Width-2) {
		var l widget.Line
		l.Add(mark.Style, lead.PadRight(2))
		l.Add(s.Styles.Text, t)
		s.Add(l)
		lead = safe.Text{}
	}
}

// mendedWords says in a sentence that a corrected file is at hand, and what it was tried on.
func mendedWords(c diagnosis.Correction) string {
	const copies = "Mended: a corrected file can be copied (below). It is "
	switch {
	case c.WouldBe:
		return copies + "met on this image once you trust who signed, and refuses tampered copies."
	case c.Result == diagnosis.Met:
		return copies + "met on this image, and refuses tampered copies."
	}
	return copies + "not met on this image, for what is there."
}

// correction is the lines that change, and on what the whole was tried.
func (s writer) correction(c diagnosis.Correction) {
	s.Heading(safe.Const("Corrected file"))
	for _, change := range c.Changes {
		if change.Old != "" {
			s.fileLine(change.Line, "-", change.Old, s.Styles.Bad)
		}
		if change.New != "" {
			s.fileLine(change.Line, "+", change.New, s.Styles.Good)
		}
	}
	s.Sentence(triedWords(c), s.Styles.Quiet, 2)
}

// triedWords says what a corrected file was tried on.
func triedWords(c diagnosis.Correction) string {
	refused := strings.Join(c.Tampered, ", ") + "."
	switch {
	case c.Result == diagnosis.Met || c.WouldBe:
		return "It refuses copies of this image in which " + refused
	case c.Passing != "":
		return "It lets pass a copy in which " + c.Passing + ", and refuses that copy where " + refused
	}
	return "Nothing was found that it lets pass."
}

// fileLine is a line of a file that goes or comes. Blanks at its beginning matter there.
func (s writer) fileLine(at int, sign, text string, style theme.Style) {
	lead := fmt.Sprintf("  %4d %s ", at, sign)
	for _, t := range widget.Paragraph(text, s.Width-len(lead)) {
		s.Put(style, safe.Concat(safe.Line(lead), t))
		lead = strings.Repeat(" ", len(lead))
	}
}

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
