// Package diffreport writes what is different between two images: for a person, as JSON and as Markdown.
//
// It knows a comparison of model/diff and must not compare anything. What came from outside passes through output.Clean
// or output.Inline.
package diffreport

import (
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// mostPackages is how many packages of one way the text lists; the JSON has all.
const mostPackages = 20

// Text writes a comparison for a person: what is about trust first.
func Text(p *output.Page, r diff.Report) error {
	p.Line("before  %s", output.Clean(sideLine(r.Before)))
	p.Line("after   %s", output.Clean(sideLine(r.After)))
	for _, note := range r.Notes {
		p.Line("%s %s", p.Styles().Warning.Render(p.Styles().Glyphs.Warning), output.Clean(note))
	}
	if r.Same() {
		p.Line("\nNothing is different.")
	}
	for _, area := range diff.Areas {
		changes := r.In(area)
		if len(changes) == 0 && (area != diff.AreaPackage || r.Packages == nil) {
			continue
		}
		p.Line("\n%s", areaTitle(area))
		for _, c := range changes {
			writeChange(p, c)
		}
		if area == diff.AreaPackage && r.Packages != nil {
			writePackages(p, r.Packages)
		}
	}
	return p.Flush()
}

// sideLine is which image a side is, and how it stood.
func sideLine(s diff.Side) string {
	parts := []string{s.Name}
	if s.Digest != "" {
		parts = append(parts, string(s.Digest))
	}
	if s.Judged {
		parts = append(parts, s.Verdict)
	}
	if s.Saved {
		parts = append(parts, "as saved "+output.Instant(s.JudgedAt))
	}
	return strings.Join(parts, "  ")
}

// areaTitle is the heading of an area.
func areaTitle(a diff.Area) string {
	switch a {
	case diff.AreaVerdict:
		return "Verdicts"
	case diff.AreaSigner:
		return "Signers"
	case diff.AreaAttachment:
		return "Attached"
	case diff.AreaBuilder:
		return "Built by"
	case diff.AreaSource:
		return "Built from"
	case diff.AreaLevel:
		return "SLSA level"
	case diff.AreaAllowance:
		return "Scans and what they were told to overlook"
	case diff.AreaVulnerability:
		return "Vulnerabilities"
	case diff.AreaPackage:
		return "Packages"
	case diff.AreaLicence:
		return "Licences"
	case diff.AreaFinding:
		return "Findings"
	case diff.AreaImage:
		return "Image"
	case diff.AreaOther:
	}
	return "What else they say"
}

func writeChange(p *output.Page, c diff.Change) {
	glyph, style := weight(p, c.Weight)
	what := c.What
	if c.Detail != "" {
		what += " · " + c.Detail
	}
	if c.Way == diff.Unseen {
		what += " · not seen on a side where not everything could be looked at"
	}
	short := ""
	if c.Before != "" && c.After != "" && len(c.Before)+len(c.After) <= shortChange {
		short = "  " + output.Clean(c.Before) + " → " + output.Clean(c.After)
	}
	p.Line("  %s %s%s", style.Render(safe.Line(glyph)), output.Clean(what), short)
	switch {
	case short != "":
	case c.Before != "" && c.After != "":
		p.Line("      %s", output.Clean(c.Before))
		p.Line("    → %s", output.Clean(c.After))
	case c.Before != "":
		p.Line("    - %s", output.Clean(c.Before))
	case c.After != "":
		p.Line("    + %s", output.Clean(c.After))
	}
}

// shortChange is how much of two values stands beside what they are of, in bytes.
const shortChange = 40

// weight is the sign and the colour of a change. The sign alone says it too.
func weight(p *output.Page, w diff.Weight) (string, theme.Style) {
	switch w {
	case diff.Worse:
		return "!", p.Styles().Bad
	case diff.Look:
		return "?", p.Styles().Warning
	case diff.Better:
		return "+", p.Styles().Good
	case diff.Neutral:
	}
	return "·", p.Styles().Quiet
}

func writePackages(p *output.Page, r *diff.PackageReport) {
	p.Line("  %d before, %d after, %d the same", r.Before, r.After, r.Same)
	for _, way := range diff.PackageWays {
		changes := r.Of(way)
		if len(changes) == 0 {
			continue
		}
		p.Line("  %d %s", len(changes), way)
		for _, c := range changes[:min(len(changes), mostPackages)] {
			p.Line("    %s", output.Clean(packageLine(c)))
		}
		if rest := len(changes) - mostPackages; rest > 0 {
			p.Line("    and %d more (-o json lists all)", rest)
		}
	}
}

func packageLine(c diff.PackageChange) string {
	parts := []string{c.Name, c.Before}
	switch {
	case c.Before == "":
		parts[1] = c.After
	case c.After != "":
		parts = append(parts, "→", c.After)
	}
	return strings.Join(parts, " ")
}
