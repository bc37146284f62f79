package ui

import (
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
	"github.com/attestree/attestree/ui/safe"
)

// lowCard is the number of rows below which a card begins with an answer in short: a row for each question. The whole
// card follows.
const lowCard = 20

// inShort is the answer, then the first thing to know of each question, in one row.
func (s *sheet) inShort(e *model.Entry, c card.Card, stops *cardStops) {
	mark := s.styles.Standing(e.Standing)
	lead := mark.Text()
	for _, t := range s.brief(c.Answer, s.width-lead.Width()-2, 2) {
		var l line
		l.add(mark.Style, lead)
		l.add(s.styles.Strong, safe.Concat(safe.Spaces(2), t))
		s.add(l)
		lead = safe.Spaces(lead.Width())
	}
	for _, section := range card.Sections {
		if lines := c.In(section); len(lines) > 0 {
			s.shortLine(section, lines, stops)
		} else {
			s.field(section.Title(), "nothing", "", s.styles.Quiet)
		}
	}
	s.gap()
}

// shortLine is what is known of one question: what is missing or wrong with how much there is of it.
func (s *sheet) shortLine(section card.Section, lines []card.Line, stops *cardStops) {
	first := lines[0]
	style, mark, text := s.styles.Text, s.basis(first), first.Text
	if first.Basis == card.Claimed {
		style = s.styles.Claim
	}
	switch section {
	case card.Missing, card.Wrong:
		if len(lines) > 1 {
			text = strconv.Itoa(len(lines)) + ": " + joined(lines)
		}
	case card.Builder, card.Source, card.Time, card.Voucher:
	}
	var l line
	l.add(s.styles.Label, safe.LineMax(section.Title(), labelWidth).PadRight(labelWidth))
	l.add(mark.Style, mark.Glyph.PadRight(2))
	var leads safe.Text
	if first.Node != "" {
		leads = safe.Format(" %s", s.styles.Glyphs.Enter)
	}
	text = longDigest.ReplaceAllString(bounded(oneLine(text)), "$1")
	l.add(style, safe.LineMax(text, max(s.width, 1)).Truncate(max(s.width-labelWidth-2-leads.Width(), 1)))
	l.add(s.styles.Quiet, leads)
	if s.add(l); first.Node != "" {
		stops.to(len(s.lines)-1, len(s.lines), first.Node)
	}
}

// joined is the texts of lines, one after the other.
func joined(lines []card.Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.Text
	}
	return strings.Join(texts, "; ")
}
