package output

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// cardSize is how many lines of each section the text shows; the rest is counted. Everything is in the tree below, or in
// the JSON.
var cardSize = map[card.Section]int{card.Builder: 1, card.Source: 2, card.Time: 2, card.Voucher: 2, card.Missing: 3, card.Wrong: 3}

// cardWidth is how many cells of one sentence a line of the card takes.
const cardWidth = 150

// card writes the answer for a triager above the tree.
func (p *printer) card() {
	c, ok := card.Make(p.tree, card.Facts{JudgedAt: p.facts.JudgedAt, Policy: &p.facts.Policy})
	if !ok || !p.facts.Verified {
		return
	}
	p.triage(c, "", "What publishers promise, and the evidence on this image")
	if p.facts.Platform == "" {
		return
	}
	for _, id := range p.tree.Root().Children { // those that were asked for alone
		e := p.tree.Entry(id)
		if c, ok := card.Of(p.tree, id, card.Facts{JudgedAt: p.facts.JudgedAt}); ok {
			p.triage(c, Clean(e.Node.Platform)+"  ", "What publishers promise, and the evidence on this platform")
		}
	}
}

// triage writes one card. lead is what it is about, where that is not the image at the root.
func (p *printer) triage(c card.Card, lead, promises string) {
	p.line("")
	mark := p.styles.Verdict(c.Verdict, model.Unchecked)
	p.line(lead + mark.Style.Render(mark.Text()) + "  " + Clean(c.Answer))
	for _, section := range card.Sections {
		p.section(section, c.In(section))
	}
	p.line("")
	p.line(p.styles.Heading.Render(safe.Line(promises)))
	for _, g := range c.Guarantees {
		p.guarantee(g)
	}
}

func (p *printer) section(section card.Section, lines []card.Line) {
	lead := section.Title()
	lines = p.gathered(lines)
	for i, l := range lines {
		if i == cardSize[section] {
			if section != card.Builder { // where the run follows
				p.line(p.label("", "") + p.styles.Quiet.Render(safe.Line(fmt.Sprintf("and %d more", len(lines)-i))))
			}
			return
		}
		p.line(p.label(lead, p.basis(l)) + p.sentence(l))
		lead = ""
	}
	if len(lines) == 0 {
		nothing := safe.Const("nothing that was noticed")
		if section == card.Missing {
			nothing = safe.Const("nothing that is looked for")
		}
		p.line(p.label(lead, "") + p.styles.Quiet.Render(nothing))
	}
}

// gathered are lines of which those about invalid nodes are one: how many there are says more than the first few.
func (p *printer) gathered(lines []card.Line) (out []card.Line) {
	first, n := -1, 0
	for _, l := range lines {
		if l.ID == model.FindingNameMismatch { // which the header says
			continue
		}
		if l.ID != "invalid" {
			out = append(out, p.named(l))
			continue
		}
		if n++; n == 1 {
			first = len(out)
			out = append(out, l)
			continue
		}
		out[first].Text += "; " + l.Text
		out[first].Note = ""
	}
	switch {
	case n == 1:
		out[first].Text += " is invalid"
	case n > 1:
		out[first].Text = fmt.Sprintf("%d are invalid: %s", n, out[first].Text)
	}
	return out
}

// named says first which node a finding is about, before a long sentence leaves no room for that.
func (p *printer) named(l card.Line) card.Line {
	e := p.tree.Entry(l.Node)
	if l.Section == card.Wrong && e != nil && l.Note == model.EntryTitle(e) {
		l.Text, l.Note = l.Note+": "+l.Text, ""
	}
	return l
}

// digests finds digests, of which a reader recognises the beginning.
var digests = regexp.MustCompile(`(sha256:[0-9a-f]{12})[0-9a-f]{52}`)

// leastNote is how many cells a remark needs to say anything.
const leastNote = 20

// sentence is a line of the card: its text, then quieter what is to be said of it.
func (p *printer) sentence(l card.Line) string {
	text := safe.LineMax(digests.ReplaceAllString(l.Text, "$1"), cardWidth)
	room := cardWidth - text.Width()
	note := safe.LineMax(l.Note, max(1, room))
	if l.Note == "" || room < leastNote && note.Width() >= room {
		return text.String()
	}
	return text.String() + "  " + p.styles.Quiet.Render(note)
}

// label is the left of a line: to what it belongs, and how far it can be relied on.
func (p *printer) label(name, basis string) string {
	return "  " + p.styles.Label.Render(safe.Line(name).Fit(11)) + " " + basis + strings.Repeat(" ", max(0, 10-safe.Line(basis).Width()))
}

// basis is how far a line can be relied on, in a word.
func (p *printer) basis(l card.Line) string {
	if l.Severity != "" {
		return string(l.Severity)
	}
	return string(l.Basis)
}

func (p *printer) guarantee(g card.Guarantee) {
	m := support(p.styles, g)
	text := safe.LineMax(g.Text, cardWidth)
	p.line("  " + m.Style.Render(safe.Concat(m.Glyph, safe.Const(" "), m.Word.Fit(13))) + safe.Line(g.ID.Title()).Fit(30).String() + text.String())
}

// support is how much evidence carries a guarantee, by the standing of that evidence: what is held by a signer whom
// nobody pinned looks like that.
func support(s *theme.Styles, g card.Guarantee) theme.Mark {
	m := theme.Mark{Word: safe.Line(strings.ReplaceAll(string(g.Support), "-", " ")), Style: s.Quiet, Glyph: s.Glyphs.Dash}
	switch g.Support {
	case card.Held:
		m.Glyph, m.Style = s.Glyphs.Check, s.Verdict(g.Verdict, model.Unchecked).Style
	case card.Partly, card.ClaimedOnly:
		m.Glyph, m.Style = s.Glyphs.Bullet, s.Warning
	case card.Contradicted:
		m.Glyph, m.Style = s.Glyphs.Error, s.Bad
	case card.NotKnown:
		m.Glyph, m.Style = s.Glyphs.Warning, s.Warning
	case card.NoEvidence:
	}
	return m
}
