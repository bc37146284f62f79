package fleet

import (
	"strconv"
	"strings"

	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// fleetRow is everything that is known of one image.
func (s writer) fleetRow(r fleet.Row, columns []fleet.Column) {
	glyph, style := outcomeMark(s.Styles, r)
	var l widget.Line
	l.Add(style, safe.Format("%s %s", glyph, safe.Line(outcomeWord(r))))
	s.Add(l)
	for _, name := range r.Lookalikes {
		s.Sentence(lookalikeSaid(name)+".", s.Styles.Warning, 2)
	}
	if r.Problem != "" {
		s.Sentence("It could not be looked at ("+r.ProblemKind+"): "+r.Problem, s.Styles.Text, 2)
		s.Sentence("So nobody knows what is attached: that is not that nothing is.", s.Styles.Quiet, 2)
	} else if !r.Policy.Satisfied {
		for _, why := range r.Policy.Reasons {
			s.Sentence(why, s.Styles.Text, 2)
		}
	}
	for _, c := range r.Changes {
		change, lead := s.Styles.Text, "Changed: "
		if c.Worse {
			change, lead = s.Styles.Bad, "Changed for the worse: "
		}
		s.Sentence(lead+c.String(), change, 2)
	}
	if r.Outdated {
		s.Sentence("As of "+r.AsOf+": what the tag names now is not known.", s.Styles.Warning, 2)
	}
	for _, m := range r.Missed {
		s.Sentence("Not everything could be looked at: "+m, s.Styles.Warning, 2)
	}
	if len(r.SignedAs) > 0 {
		s.Sentence("It was "+signedAsSaid(r.SignedAs)+".", s.Styles.Warning, 2)
	}
	if r.Invalid > 0 {
		s.Sentence(invalidSaid(r.Invalid)+".", s.Styles.Warning, 2)
	}
	s.Gap()
	if r.Problem == "" {
		s.Field("Verdict", r.Verdict, r.Reason, s.Styles.Text)
		s.Field("Resolved", r.Resolved, "", s.Styles.Text)
		for _, c := range columns {
			s.fleetCell(c, r.Cell(c.ID))
		}
	}
	s.Gap()
	for i, from := range r.Sources {
		label := ""
		if i == 0 {
			label = "Listed in"
		}
		s.Field(label, from.String(), "", s.Styles.Quiet)
	}
	s.Field("Looked at", r.JudgedAt, "", s.Styles.Quiet)
}

// fleetCell is one kind of evidence of an image.
func (s writer) fleetCell(c fleet.Column, cell fleet.Cell) {
	glyph, style, words := evidence(s.Styles, cell)
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
	s.Field(c.Title, glyph.String()+" "+text, note, style)
	s.Field("", cell.Reason, "", s.Styles.Quiet)
	s.Field("", strings.Join(cell.Signers, ", "), "", s.Styles.Quiet)
}

// invalidSaid is how much of what is attached to an image is wrong.
func invalidSaid(n int) string { return "invalid: " + strconv.Itoa(n) + " of what is attached" }

// lookalikeSaid warns of a name that may only look like one that the reader knows.
func lookalikeSaid(name string) string { return "may only look like a name that you know: " + name }

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
