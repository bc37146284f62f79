package diff

import (
	"cmp"

	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// diffChange is one change in full. node is where enter, a key, leads in the open image, "" for nowhere.
func (s writer) diffChange(c diff.Change, node, enter string) {
	glyph, style := weightMark(s.Styles, c.Weight)
	var l widget.Line
	l.Add(style, glyph)
	l.Add(s.Styles.Strong, safe.Format(" %s: %s", safe.Line(areaName(c.Area)), safe.Line(string(c.Way))))
	s.Add(l)
	s.Sentence(weightSaid(c), s.Styles.Quiet, 2)
	s.Gap()
	s.Field("Before", cmp.Or(c.Before, "nothing"), "", s.Styles.Text)
	s.Field("After", cmp.Or(c.After, "nothing"), "", s.Styles.Text)
	s.Gap()
	switch {
	case c.Proven:
		s.Field("Rests on", "certificates, on both sides", "", s.Styles.Text)
	case factArea(c):
		s.Field("Rests on", "what the attestations say", "", s.Styles.Claim)
	}
	switch {
	case node != "":
		s.Field(enter, "shows it in the tree", "", s.Styles.Link)
	case c.BeforeID+c.AfterID != "":
		s.Field("Node", "only the other side has it", "", s.Styles.Quiet)
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
func (s writer) diffPackage(c diff.PackageChange) {
	s.Field("How", string(c.Way), packageWaySaid(c.Way), s.Styles.Strong)
	label := ""
	if c.Way == diff.Relicensed {
		label = "licences"
	}
	s.Field("Before", cmp.Or(c.Before, "not there"), label, s.Styles.Text)
	s.Field("After", cmp.Or(c.After, "not there"), label, s.Styles.Text)
	s.Field("Type", c.Type, "", s.Styles.Text)
	s.Field("Package URL", c.PURL, "", s.Styles.Text)
	s.Sentence("As SBOMs of the two sides say.", s.Styles.Quiet, 0)
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

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
