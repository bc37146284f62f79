package ui

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// cardStops are the lines of an image's card that lead somewhere, and which of them is selected.
type cardStops struct {
	stops
	nodes []string // what each leads to
	made  bool     // there is a card
}

// cardLines is how many lines of a section the card shows, so that all of it can be seen at once. The first ones are those
// that matter most; the nodes say the rest.
func cardLines(s card.Section) int {
	switch s {
	case card.Missing, card.Wrong:
		return 3
	case card.Builder, card.Source, card.Time, card.Voucher:
	}
	return 2
}

// longDigest finds digests, of which a reader recognises the beginning.
var longDigest = regexp.MustCompile(`(sha256:[0-9a-f]{12})[0-9a-f]{52}`)

// brief is a text of the card in at most that many lines.
func (s *sheet) brief(text string, cells, most int) []safe.Text {
	return rows.Wrap(safe.Line(longDigest.ReplaceAllString(bounded(text), "$1")), max(cells, 1), most)
}

// card is the answer for a triager, at the head of the summary of the image, or of a platform of it.
func (s *sheet) card(tree *model.Tree, e *model.Entry, trust trustState, now time.Time) (stops cardStops) {
	facts, whole := card.Facts{JudgedAt: now}, e == tree.Root()
	if trust.judged {
		facts.Policy = &trust.policy
	}
	c, is := card.Of(tree, e.Node.ID, facts)
	if !is {
		return stops
	}
	stops.made = true
	if s.low {
		s.inShort(e, c, &stops)
	} else {
		mark := s.styles.Standing(e.Standing)
		s.put(mark.Style, mark.Text())
		s.sentence(c.Answer, s.styles.Strong, 2)
	}
	if whole {
		p := trust.mark(s.styles)
		s.put(p.Style, safe.Concat(safe.Spaces(2), p.Text()))
	}
	if !c.Settled {
		s.sentence("Still looking: what is missing may yet come.", s.styles.Quiet, 2)
	}
	if n := missedIn(tree); n.any() && whole {
		s.put(s.styles.Warning.Bold(), safe.Format("  %s Incomplete: look-ups %s", s.styles.Glyphs.Warning, n.text()))
	}
	s.gap()
	for _, section := range card.Sections {
		s.cardSection(section, c.In(section), &stops)
	}
	s.heading(safe.Const("What publishers promise, and the evidence on this image"))
	said := ""
	for _, g := range c.Guarantees {
		s.guarantee(g, g.Text != said, &stops)
		said = g.Text
	}
	return stops
}

// cardSection is what is known of one question.
func (s *sheet) cardSection(section card.Section, lines []card.Line, stops *cardStops) {
	label := section.Title()
	switch {
	case len(lines) > 0:
	case section == card.Missing:
		s.field(label, "nothing that is looked for", "", s.styles.Quiet)
	default:
		s.field(label, "nothing that was noticed", "", s.styles.Quiet)
	}
	for i, l := range lines {
		if i == cardLines(section) {
			s.field("", "and "+strconv.Itoa(len(lines)-i)+" more", "", s.styles.Quiet)
			return
		}
		s.cardLine(label, l, stops)
		label = ""
	}
}

// cardLine is one line of the card: a sign for how far it can be relied on, what it says, and quieter what is to be said of
// that.
func (s *sheet) cardLine(label string, l card.Line, stops *cardStops) {
	first, style, mark := len(s.lines), s.styles.Text, s.basis(l)
	if l.Basis == card.Claimed {
		style = s.styles.Claim
	}
	note := l.Note
	if l.Severity == "" {
		note = strings.TrimSuffix(string(l.Basis)+": "+l.Note, ": ")
	}
	indent := labelWidth + 2
	lead := safe.LineMax(label, labelWidth).PadRight(labelWidth)
	texts := s.brief(l.Text, s.width-indent-2, 2)
	for i, t := range texts {
		var row line
		row.add(s.styles.Label, lead)
		row.add(mark.Style, mark.Glyph.PadRight(2))
		row.add(style, t)
		if n := safe.LineMax(note, s.width); i == len(texts)-1 && width(row.left)+2+n.Width()+2 <= s.width {
			row.add(s.styles.Quiet, safe.Concat(safe.Spaces(2), n))
			note = ""
		}
		if i == len(texts)-1 && l.Node != "" {
			row.add(s.styles.Quiet, safe.Format(" %s", s.styles.Glyphs.Enter))
		}
		s.add(row)
		lead, mark.Glyph = safe.Spaces(labelWidth), safe.Spaces(1)
	}
	if l.Node != "" && len(s.lines) > first {
		stops.to(first, len(s.lines), l.Node)
	}
	for _, t := range s.brief(note, s.width-indent, 1) {
		if !t.Empty() {
			s.put(s.styles.Quiet, safe.Concat(safe.Spaces(indent), t))
		}
	}
}

// basis is the sign for how far a line of the card can be relied on, or for how bad it is.
func (s *sheet) basis(l card.Line) theme.Mark {
	if l.Severity != "" {
		return s.styles.Severity(l.Severity)
	}
	m := theme.Mark{Style: s.styles.Quiet, Glyph: s.styles.Glyphs.Dash}
	switch l.Basis {
	case card.Proven:
		m.Glyph, m.Style = s.styles.Glyphs.Check, s.styles.Verdict(l.Verdict, model.Unchecked).Style
	case card.Checked:
		m.Glyph = s.styles.Glyphs.Check
	case card.Claimed:
		m.Glyph = s.styles.Glyphs.Bullet
	case card.Unknown:
		m.Glyph, m.Style = s.styles.Glyphs.Warning, s.styles.Warning
	case card.Absent:
	}
	return m
}

// guarantee is one of the promises, with the evidence on this image and how to see for oneself. What was said of the one
// before is not repeated.
func (s *sheet) guarantee(g card.Guarantee, says bool, stops *cardStops) {
	m := theme.Mark{Style: s.styles.Quiet, Glyph: s.styles.Glyphs.Dash}
	switch g.Support {
	case card.Held:
		m.Glyph, m.Style = s.styles.Glyphs.Check, s.styles.Verdict(g.Verdict, model.Unchecked).Style
	case card.Partly, card.ClaimedOnly:
		m.Glyph, m.Style = s.styles.Glyphs.Bullet, s.styles.Warning
	case card.Contradicted:
		m.Glyph, m.Style = s.styles.Glyphs.Error, s.styles.Bad
	case card.NotKnown:
		m.Glyph, m.Style = s.styles.Glyphs.Warning, s.styles.Warning
	case card.NoEvidence:
	}
	first := len(s.lines)
	var l line
	l.add(m.Style, safe.Concat(m.Glyph, safe.Spaces(1)))
	l.add(s.styles.Strong, safe.LineMax(g.ID.Title(), s.width))
	l.add(m.Style, safe.Format("  %s", safe.Line(strings.ReplaceAll(string(g.Support), "-", " "))))
	if len(g.Nodes) > 0 {
		l.add(s.styles.Quiet, safe.Format(" %s", s.styles.Glyphs.Enter))
	}
	s.add(l)
	if says {
		for _, t := range s.brief(g.Text, s.width-2, 2) {
			s.put(s.styles.Text, safe.Concat(safe.Spaces(2), t))
		}
	}
	if len(g.Nodes) > 0 {
		stops.to(first, len(s.lines), g.Nodes[0])
	}
	if g.Support != card.Held {
		for _, t := range s.brief("see "+g.Check, s.width-2, 1) {
			s.put(s.styles.Quiet, safe.Concat(safe.Spaces(2), t))
		}
	}
}

// to adds lines that lead to a node.
func (c *cardStops) to(first, end int, node string) {
	c.add(first, end)
	c.nodes = append(c.nodes, node)
}

// node is where the selected line leads, "" for nowhere.
func (c cardStops) node() string {
	if c.at < 0 || c.at >= len(c.nodes) {
		return ""
	}
	return c.nodes[c.at]
}

// click selects the line under a row of the text.
func (c cardStops) click(row int) cardStops {
	if at := c.hit(row); at >= 0 {
		c.at = at
	}
	return c
}
