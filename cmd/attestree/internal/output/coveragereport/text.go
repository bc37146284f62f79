// Package coveragereport writes how far the packages of a catalogue are attested: for a person, as JSON and as Markdown.
//
// It knows rows of model/pkg and must not ask anybody about a package. What came from outside passes through
// output.Clean or output.Inline.
package coveragereport

import (
	"slices"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/safe"
)

// Facts are what a report on the packages of a catalogue says beside them.
type Facts struct {
	Tool     string
	Folder   string
	JudgedAt time.Time
	Problems []audit.Problem
	Note     string // what was not asked again, "" for nothing
}

// Text writes how far the packages of a catalogue are attested: by protocol, then each that has anything to say.
func Text(p *output.Page, rows []pkg.Row, f Facts) error {
	p.Line("%s", output.Clean(f.Folder))
	p.Line("")
	p.Line("%-10s %8s %6s %11s %13s %9s %6s %8s", "protocol", "packages", "none", "signatures", "attestations", "verified", "wrong", "unknown")
	for _, c := range pkg.Counts(rows) {
		p.Line("%-10s %8d %6d %11d %13d %9d %6d %8d", output.Clean(or(c.Protocol, "?")), c.Packages, c.By[pkg.None], c.By[pkg.Signatures],
			c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown)
	}
	p.Line("")
	for _, r := range rows {
		writeRow(p, r)
	}
	for _, problem := range f.Problems {
		p.Line("not read: %s", output.Clean(problem.Error()))
	}
	for _, note := range []string{without(rows), f.Note} {
		if note != "" {
			p.Line("%s", output.Clean(note))
		}
	}
	p.Line("A registry's signature proves that a version was published through the registry, not who published it.")
	return p.Flush()
}

func writeRow(p *output.Page, r pkg.Row) {
	if r.Package == "" && r.Problem == "" {
		return
	}
	p.Line("%s  %s  %s", p.Styles().Title.Render(safe.Line(r.Spec)), output.Clean(r.Package), rowState(r))
	for _, who := range r.Publishers {
		p.Line("  published by %s, as proven", output.Clean(who))
	}
	if len(r.Publishers) == 0 && r.Claimed != "" {
		p.Line("  published by %s, as the registry says", output.Clean(r.Claimed))
	}
	if r.Problem != "" {
		p.Line("  could not be looked at: %s", output.Clean(r.Problem))
	}
	if r.Problem == "" && !r.Satisfied && len(r.Reasons) > 0 && !said(r.Findings, r.Reasons[0]) {
		p.Line("  %s", output.Clean(r.Reasons[0]))
	}
	for _, finding := range r.Findings {
		p.Line("  %s %s", p.Mark(finding.Severity), output.Clean(finding.Message))
	}
}

// said reports whether a reason is one of the findings.
func said(findings []model.Finding, reason string) bool {
	return slices.ContainsFunc(findings, func(f model.Finding) bool { return f.Message == reason })
}

// without says how many specifications name no package, "" for none.
func without(rows []pkg.Row) string {
	switch n := skills(rows); n {
	case 0:
		return ""
	default:
		return output.Plural(n, "specification is of a skill and names no package", "specifications are of skills and name no package")
	}
}

func skills(rows []pkg.Row) (n int) {
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			n++
		}
	}
	return n
}

// rowState is how far a package is attested, in words.
func rowState(r pkg.Row) string {
	switch {
	case r.Problem != "" && r.Wrong:
		return "unknown, wrong"
	case r.Problem != "":
		return "unknown"
	case r.Wrong:
		return string(r.Coverage) + ", wrong"
	case r.Verified:
		return string(r.Coverage) + ", verified"
	case r.Coverage == pkg.None:
		return string(r.Coverage)
	}
	return string(r.Coverage) + ", not verified"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
