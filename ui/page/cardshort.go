package page

import (
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// LowCard is the number of rows below which a card begins with an answer in short: a row for each question. The whole
// card follows.
const LowCard = 20

// inShort is the answer, then the first thing to know of each question, in one row.
func (s writer) inShort(e *model.Entry, c card.Card, stops *Stops) {
	mark := s.Styles.Standing(e.Standing)
	lead := mark.Text()
	for _, t := range s.brief(c.Answer, s.Width-lead.Width()-2, 2) {
		var l widget.Line
		l.Add(mark.Style, lead)
		l.Add(s.Styles.Strong, safe.Concat(safe.Spaces(2), t))
		s.Add(l)
		lead = safe.Spaces(lead.Width())
	}
	for _, section := range card.Sections {
		if lines := c.In(section); len(lines) > 0 {
			s.shortLine(section, lines, stops)
		} else {
			s.Field(section.Title(), "nothing", "", s.Styles.Quiet)
		}
	}
	s.Gap()
}

// shortLine is what is known of one question: what is missing or wrong with how much there is of it.
func (s writer) shortLine(section card.Section, lines []card.Line, stops *Stops) {
	first := lines[0]
	style, mark, text := s.Styles.Text, s.basis(first), first.Text
	if first.Basis == card.Claimed {
		style = s.Styles.Claim
	}
	switch section {
	case card.Missing, card.Wrong:
		if len(lines) > 1 {
			text = s.tally(lines) + ": " + joined(lines)
		}
	case card.Builder, card.Source, card.Time, card.Voucher:
	}
	var l widget.Line
	l.Add(s.Styles.Label, safe.LineMax(section.Title(), widget.LabelWidth).PadRight(widget.LabelWidth))
	l.Add(mark.Style, mark.Glyph.PadRight(2))
	var leads safe.Text
	if first.Node != "" {
		leads = safe.Format(" %s", s.Styles.Glyphs.Enter)
	}
	text = longDigest.ReplaceAllString(widget.Bounded(widget.OneLine(text)), "$1")
	l.Add(style, safe.LineMax(text, max(s.Width, 1)).Truncate(max(s.Width-widget.LabelWidth-2-leads.Width(), 1)))
	l.Add(s.Styles.Quiet, leads)
	if s.Add(l); first.Node != "" {
		stops.to(len(s.Lines)-1, len(s.Lines), first.Node)
	}
}

// tally is how many lines are as grave as the first one, whose mark stands before it; then of each other gravity its mark
// and how many.
func (s writer) tally(lines []card.Line) string {
	var order []model.Severity
	counts, marks := map[model.Severity]int{}, map[model.Severity]string{}
	for _, l := range lines {
		if counts[l.Severity]++; counts[l.Severity] == 1 {
			order = append(order, l.Severity)
			marks[l.Severity] = s.basis(l).Glyph.String()
		}
	}
	text := strconv.Itoa(counts[order[0]])
	for _, severity := range order[1:] {
		text += " " + marks[severity] + strconv.Itoa(counts[severity])
	}
	return text
}

// joined is the texts of lines, one after the other.
func joined(lines []card.Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.Text
	}
	return strings.Join(texts, "; ")
}
