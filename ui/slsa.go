package ui

import (
	"strconv"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// slsa is at which level something was built: what is claimed, what is verified, and why that is believed.
func (s *sheet) slsa(e *model.Entry) {
	level := model.EntrySLSA(e)
	if level == nil {
		return
	}
	s.heading(safe.Const("SLSA"))
	s.field("Level", "Build L"+strconv.Itoa(level.Level), "", s.styles.Heading)
	s.field("", level.Reason, "", s.styles.Text)
	s.field("", level.Hint, "", s.styles.Quiet)
	for _, l := range level.Lines {
		s.slsaLine(l)
	}
}

// slsaLine shows one value where claim and proof agree, both where they differ.
func (s *sheet) slsaLine(l model.SLSALine) {
	mark := s.styles.Check(l.Status)
	label := safe.Concat(mark.Glyph.PadRight(2), safe.Line(l.Label))
	because := l.Because
	if l.Tenant {
		because += " (the project's own word)"
	}
	switch {
	case l.Claimed == l.Verified, l.Claimed == "" && l.Status != model.CheckFailed:
		s.entry(label, l.Verified, because, s.styles.Text, 0, labelWidth)
	case l.Verified == "":
		s.entry(label, l.Claimed, because, s.styles.Claim, 0, labelWidth)
	default:
		claimed := l.Claimed
		if claimed == "" {
			claimed = "nothing"
		}
		s.entry(label, claimed, "claimed", mark.Style, 0, labelWidth)
		s.entry(safe.Text{}, l.Verified, "verified: "+because, s.styles.Text, 0, labelWidth)
	}
}
