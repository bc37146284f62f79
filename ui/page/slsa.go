package page

import (
	"strconv"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// slsa is at which level something was built: what is claimed, what is verified, and why that is believed.
func (s writer) slsa(e *model.Entry) {
	level := model.EntrySLSA(e)
	if level == nil {
		return
	}
	s.Heading(safe.Const("SLSA"))
	s.Put(s.Styles.Strong, safe.Line("build level "+strconv.Itoa(level.Level)))
	s.Sentence(level.Reason, s.Styles.Text, 2)
	s.Sentence(level.Hint, s.Styles.Quiet, 2)
	for _, l := range level.Lines {
		if l.Label != "Subject" || l.Status != model.CheckPassed { // that it is about this digest is said below
			s.slsaLine(l)
		}
	}
}

// slsaLine shows one value where claim and proof agree, both where they differ.
func (s writer) slsaLine(l model.SLSALine) {
	mark := s.Styles.Check(l.Status)
	label := safe.Concat(mark.Glyph.PadRight(2), safe.Line(l.Label))
	switch {
	case l.Claimed == l.Verified, l.Claimed == "" && l.Status != model.CheckFailed:
		s.Entry(label, l.Verified, l.Because, s.Styles.Text, 0, widget.LabelWidth)
	case l.Verified == "":
		s.Entry(label, l.Claimed, l.Because, s.Styles.Claim, 0, widget.LabelWidth)
	default:
		claimed := l.Claimed
		if claimed == "" {
			claimed = "nothing"
		}
		s.Entry(label, claimed, "claimed", mark.Style, 0, widget.LabelWidth)
		s.Entry(safe.Text{}, l.Verified, "verified: "+l.Because, s.Styles.Text, 0, widget.LabelWidth)
	}
}
