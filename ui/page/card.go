package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Stops are the lines of an image's card that lead somewhere, and which of them is selected.
type Stops struct {
	widget.Stops
	Nodes []string // what each leads to
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
func (s writer) brief(text string, cells, most int) []safe.Text {
	return rows.Wrap(safe.Line(longDigest.ReplaceAllString(widget.Bounded(text), "$1")), max(cells, 1), most)
}

// card is the answer for a triager, at the head of the summary of the image, or of a platform of it.
func (s writer) card(tree *model.Tree, e *model.Entry, trust Trust, now time.Time) (stops Stops) {
	facts, whole := card.Facts{JudgedAt: now}, e == tree.Root()
	if trust.Judged {
		facts.Policy = &trust.Policy
	}
	c, is := card.Of(tree, e.Node.ID, facts)
	if !is {
		return stops
	}
	stops.made = true
	if s.Low {
		s.inShort(e, c, &stops)
	} else {
		mark := s.Styles.Standing(e.Standing)
		s.Put(mark.Style, mark.Text())
		s.Sentence(c.Answer, s.Styles.Strong, 2)
	}
	if whole {
		p := trust.Mark(s.Styles)
		s.Put(p.Style, safe.Concat(safe.Spaces(2), p.Text()))
	}
	if !c.Settled {
		s.Sentence("Still looking: what is missing may yet come.", s.Styles.Quiet, 2)
	}
	if n := phrase.MissedIn(tree); n.Any() && whole {
		s.Put(s.Styles.Warning.Bold(), safe.Format("  %s Incomplete: look-ups %s", s.Styles.Glyphs.Warning, n.Text()))
	}
	s.Gap()
	for _, section := range card.Sections {
		s.cardSection(section, c.In(section), &stops)
	}
	s.Heading(safe.Const("What publishers promise, and the evidence on this image"))
	said := ""
	for _, g := range c.Guarantees {
		s.guarantee(g, g.Text != said, &stops)
		said = g.Text
	}
	return stops
}

// cardSection is what is known of one question.
func (s writer) cardSection(section card.Section, lines []card.Line, stops *Stops) {
	label := section.Title()
	switch {
	case len(lines) > 0:
	case section == card.Missing:
		s.Field(label, "nothing that is looked for", "", s.Styles.Quiet)
	default:
		s.Field(label, "nothing that was noticed", "", s.Styles.Quiet)
	}
	for i, l := range lines {
		if i == cardLines(section) {
			s.Field("", "and "+strconv.Itoa(len(lines)-i)+" more", "", s.Styles.Quiet)
			return
		}
		s.cardLine(label, l, stops)
		label = ""
	}
}

// cardLine is one line of the card: a sign for how far it can be relied on, what it says, and quieter what is to be said of
// that.
func (s writer) cardLine(label string, l card.Line, stops *Stops) {
	first, style, mark := len(s.Lines), s.Styles.Text, s.basis(l)
	if l.Basis == card.Claimed {
		style = s.Styles.Claim
	}
	note := l.Note
	if l.Severity == "" {
		note = strings.TrimSuffix(string(l.Basis)+": "+l.Note, ": ")
	}
	indent := widget.LabelWidth + 2
	lead := safe.LineMax(label, widget.LabelWidth).PadRight(widget.LabelWidth)
	texts := s.brief(l.Text, s.Width-indent-2, 2)
	for i, t := range texts {
		var row widget.Line
		row.Add(s.Styles.Label, lead)
		row.Add(mark.Style, mark.Glyph.PadRight(2))
		row.Add(style, t)
		if n := safe.LineMax(note, s.Width); i == len(texts)-1 && widget.Width(row.Left)+2+n.Width()+2 <= s.Width {
			row.Add(s.Styles.Quiet, safe.Concat(safe.Spaces(2), n))
			note = ""
		}
		if i == len(texts)-1 && l.Node != "" {
			row.Add(s.Styles.Quiet, safe.Format(" %s", s.Styles.Glyphs.Enter))
		}
		s.Add(row)
		lead, mark.Glyph = safe.Spaces(widget.LabelWidth), safe.Spaces(1)
	}
	if l.Node != "" && len(s.Lines) > first {
		stops.to(first, len(s.Lines), l.Node)
	}
	for _, t := range s.brief(note, s.Width-indent, 1) {
		if !t.Empty() {
			s.Put(s.Styles.Quiet, safe.Concat(safe.Spaces(indent), t))
		}
	}
}

// basis is the sign for how far a line of the card can be relied on, or for how bad it is.
func (s writer) basis(l card.Line) theme.Mark {
	if l.Severity != "" {
		return s.Styles.Severity(l.Severity)
	}
	m := theme.Mark{Style: s.Styles.Quiet, Glyph: s.Styles.Glyphs.Dash}
	switch l.Basis {
	case card.Proven:
		m.Glyph, m.Style = s.Styles.Glyphs.Check, s.Styles.Verdict(l.Verdict, model.Unchecked).Style
	case card.Checked:
		m.Glyph = s.Styles.Glyphs.Check
	case card.Claimed:
		m.Glyph = s.Styles.Glyphs.Bullet
	case card.Unknown:
		m.Glyph, m.Style = s.Styles.Glyphs.Warning, s.Styles.Warning
	case card.Absent:
	}
	return m
}

// guarantee is one of the promises, with the evidence on this image and how to see for oneself. What was said of the one
// before is not repeated.
func (s writer) guarantee(g card.Guarantee, says bool, stops *Stops) {
	m := theme.Mark{Style: s.Styles.Quiet, Glyph: s.Styles.Glyphs.Dash}
	switch g.Support {
	case card.Held:
		m.Glyph, m.Style = s.Styles.Glyphs.Check, s.Styles.Verdict(g.Verdict, model.Unchecked).Style
	case card.Partly, card.ClaimedOnly:
		m.Glyph, m.Style = s.Styles.Glyphs.Bullet, s.Styles.Warning
	case card.Contradicted:
		m.Glyph, m.Style = s.Styles.Glyphs.Error, s.Styles.Bad
	case card.NotKnown:
		m.Glyph, m.Style = s.Styles.Glyphs.Warning, s.Styles.Warning
	case card.NoEvidence:
	}
	first := len(s.Lines)
	var l widget.Line
	l.Add(m.Style, safe.Concat(m.Glyph, safe.Spaces(1)))
	l.Add(s.Styles.Strong, safe.LineMax(g.ID.Title(), s.Width))
	l.Add(m.Style, safe.Format("  %s", safe.Line(strings.ReplaceAll(string(g.Support), "-", " "))))
	if len(g.Nodes) > 0 {
		l.Add(s.Styles.Quiet, safe.Format(" %s", s.Styles.Glyphs.Enter))
	}
	s.Add(l)
	if says {
		for _, t := range s.brief(g.Text, s.Width-2, 2) {
			s.Put(s.Styles.Text, safe.Concat(safe.Spaces(2), t))
		}
	}
	if len(g.Nodes) > 0 {
		stops.to(first, len(s.Lines), g.Nodes[0])
	}
	if g.Support != card.Held {
		for _, t := range s.brief("see "+g.Check, s.Width-2, 1) {
			s.Put(s.Styles.Quiet, safe.Concat(safe.Spaces(2), t))
		}
	}
}

// to adds lines that lead to a node.
func (c *Stops) to(first, end int, node string) {
	c.Add(first, end)
	c.Nodes = append(c.Nodes, node)
}

// Node is where the selected line leads, "" for nowhere.
func (c Stops) Node() string {
	if c.At < 0 || c.At >= len(c.Nodes) {
		return ""
	}
	return c.Nodes[c.At]
}

// Click selects the line under a row of the text.
func (c Stops) Click(row int) Stops {
	if at := c.Hit(row); at >= 0 {
		c.At = at
	}
	return c
}
