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
	s.put(s.styles.Strong, safe.Line("build level "+strconv.Itoa(level.Level)))
	s.sentence(level.Reason, s.styles.Text, 2)
	s.sentence(level.Hint, s.styles.Quiet, 2)
	for _, l := range level.Lines {
		if l.Label != "Subject" || l.Status != model.CheckPassed { // that it is about this digest is said below
			s.slsaLine(l)
		}
	}
}

// slsaLine shows one value where claim and proof agree, both where they differ.
func (s *sheet) slsaLine(l model.SLSALine) {
	mark := s.styles.Check(l.Status)
	label := safe.Concat(mark.Glyph.PadRight(2), safe.Line(l.Label))
	switch {
	case l.Claimed == l.Verified, l.Claimed == "" && l.Status != model.CheckFailed:
		s.entry(label, l.Verified, l.Because, s.styles.Text, 0, labelWidth)
	case l.Verified == "":
		s.entry(label, l.Claimed, l.Because, s.styles.Claim, 0, labelWidth)
	default:
		claimed := l.Claimed
		if claimed == "" {
			claimed = "nothing"
		}
		s.entry(label, claimed, "claimed", mark.Style, 0, labelWidth)
		s.entry(safe.Text{}, l.Verified, "verified: "+l.Because, s.styles.Text, 0, labelWidth)
	}
}
