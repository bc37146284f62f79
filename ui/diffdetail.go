package ui

import (
	"cmp"

	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/safe"
)

// diffChange is one change in full. node is where it leads in the open image, "" for nowhere.
func (s *sheet) diffChange(c diff.Change, node string) {
	glyph, style := weightMark(s.styles, c.Weight)
	var l line
	l.add(style, glyph)
	l.add(s.styles.Strong, safe.Format(" %s: %s", safe.Line(areaName(c.Area)), safe.Line(string(c.Way))))
	s.add(l)
	s.sentence(weightSaid(c), s.styles.Quiet, 2)
	s.gap()
	s.field("Before", cmp.Or(c.Before, "nothing"), "", s.styles.Text)
	s.field("After", cmp.Or(c.After, "nothing"), "", s.styles.Text)
	s.gap()
	switch {
	case c.Proven:
		s.field("Rests on", "certificates, on both sides", "", s.styles.Text)
	case factArea(c):
		s.field("Rests on", "what the attestations say", "", s.styles.Claim)
	}
	switch {
	case node != "":
		s.field("Enter", "shows it in the tree", "", s.styles.Link)
	case c.BeforeID+c.AfterID != "":
		s.field("Node", "only the other side has it", "", s.styles.Quiet)
	}
}

// factArea reports whether a change is of something that a predicate says.
func factArea(c diff.Change) bool {
	switch c.Area {
	case diff.AreaBuilder, diff.AreaSource, diff.AreaPackage, diff.AreaOther:
		return true
	case diff.AreaVerdict, diff.AreaSigner, diff.AreaAttachment, diff.AreaLevel, diff.AreaAllowance, diff.AreaVulnerability,
		diff.AreaLicence, diff.AreaFinding, diff.AreaImage:
	}
	return false
}

// weightSaid is what a change means for whoever decides.
func weightSaid(c diff.Change) string {
	switch {
	case c.Way == diff.Unseen:
		return "One side could not be looked at completely: it may be there and was not seen."
	case c.Weight == diff.Worse:
		return "This is worse than before."
	case c.Weight == diff.Better:
		return "This is better than before."
	case c.Weight == diff.Look:
		return "Neither better nor worse by itself: have a look whether you expected it."
	}
	return "Nothing to worry about by itself."
}

// diffPackage is one package that is different.
func (s *sheet) diffPackage(c diff.PackageChange) {
	s.field("How", string(c.Way), packageWaySaid(c.Way), s.styles.Strong)
	label := ""
	if c.Way == diff.Relicensed {
		label = "licences"
	}
	s.field("Before", cmp.Or(c.Before, "not there"), label, s.styles.Text)
	s.field("After", cmp.Or(c.After, "not there"), label, s.styles.Text)
	s.field("Type", c.Type, "", s.styles.Text)
	s.field("Package URL", c.PURL, "", s.styles.Text)
	s.sentence("As SBOMs of the two sides say.", s.styles.Quiet, 0)
}

func packageWaySaid(w diff.PackageWay) string {
	switch w {
	case diff.Downgraded:
		return "to an earlier version"
	case diff.Upgraded:
		return "to a later version"
	case diff.Reversed:
		return "nobody can say which version is later"
	case diff.Removed, diff.Added, diff.Relicensed:
	}
	return ""
}
