package ui

import (
	"strconv"
	"strings"

	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/safe"
)

// fleetRow is everything that is known of one image.
func (s *sheet) fleetRow(r fleet.Row, columns []fleet.Column) {
	glyph, style := outcomeMark(s.styles, r)
	var l line
	l.add(style, safe.Format("%s %s", glyph, safe.Line(outcomeWord(r))))
	s.add(l)
	if r.Problem != "" {
		s.sentence("It could not be looked at ("+r.ProblemKind+"): "+r.Problem, s.styles.Text, 2)
		s.sentence("So nobody knows what is attached: that is not that nothing is.", s.styles.Quiet, 2)
	} else if !r.Policy.Satisfied {
		for _, why := range r.Policy.Reasons {
			s.sentence(why, s.styles.Text, 2)
		}
	}
	for _, c := range r.Changes {
		change, lead := s.styles.Text, "Changed: "
		if c.Worse {
			change, lead = s.styles.Bad, "Changed for the worse: "
		}
		s.sentence(lead+c.String(), change, 2)
	}
	if r.Outdated {
		s.sentence("As of "+r.AsOf+": what the tag names now is not known.", s.styles.Warning, 2)
	}
	for _, m := range r.Missed {
		s.sentence("Not everything could be looked at: "+m, s.styles.Warning, 2)
	}
	if r.Invalid > 0 {
		s.sentence(invalidSaid(r.Invalid)+".", s.styles.Warning, 2)
	}
	s.gap()
	if r.Problem == "" {
		s.field("Verdict", r.Verdict, r.Reason, s.styles.Text)
		s.field("Resolved", r.Resolved, "", s.styles.Text)
		for _, c := range columns {
			s.fleetCell(c, r.Cell(c.ID))
		}
	}
	s.gap()
	for i, from := range r.Sources {
		label := ""
		if i == 0 {
			label = "Listed in"
		}
		s.field(label, from.String(), "", s.styles.Quiet)
	}
	s.field("Looked at", r.JudgedAt, "", s.styles.Quiet)
}

// fleetCell is one kind of evidence of an image.
func (s *sheet) fleetCell(c fleet.Column, cell fleet.Cell) {
	glyph, style, words := evidence(s.styles, cell)
	text := words
	if state := string(cell.State); state != "" && cell.State.Present() && words != state {
		text = state + ", " + words
		if cell.Coverage != "" {
			text = state + " (" + cell.Coverage + "), " + words
		}
	}
	note := cell.On
	if cell.State == fleet.StatePartial {
		note = ""
	}
	s.field(c.Title, glyph.String()+" "+text, note, style)
	s.field("", cell.Reason, "", s.styles.Quiet)
	s.field("", strings.Join(cell.Signers, ", "), "", s.styles.Quiet)
}

// invalidSaid is how much of what is attached to an image is wrong.
func invalidSaid(n int) string { return "invalid: " + strconv.Itoa(n) + " of what is attached" }
