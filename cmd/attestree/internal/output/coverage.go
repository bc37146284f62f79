package output

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/safe"
)

// CoverageFacts are what a report on the packages of a catalogue says beside them.
type CoverageFacts struct {
	Tool     string
	Folder   string
	JudgedAt time.Time
	Problems []audit.Problem
	Note     string // what was not asked again, "" for nothing
}

// CoverageText writes how far the packages of a catalogue are attested: by protocol, then each that has anything to say.
func CoverageText(p *Page, rows []pkg.Row, f CoverageFacts) error {
	p.Line("%s", Clean(f.Folder))
	p.Line("")
	p.Line("%-10s %8s %6s %11s %13s %9s %6s %8s", "protocol", "packages", "none", "signatures", "attestations", "verified", "wrong", "unknown")
	for _, c := range pkg.Counts(rows) {
		p.Line("%-10s %8d %6d %11d %13d %9d %6d %8d", Clean(or(c.Protocol, "?")), c.Packages, c.By[pkg.None], c.By[pkg.Signatures],
			c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown)
	}
	p.Line("")
	for _, r := range rows {
		p.coverageRow(r)
	}
	for _, problem := range f.Problems {
		p.Line("not read: %s", Clean(problem.Error()))
	}
	if f.Note != "" {
		p.Line("%s", Clean(f.Note))
	}
	p.Line("A registry's signature proves that a version was published through the registry, not who published it.")
	return p.Flush()
}

func (p *Page) coverageRow(r pkg.Row) {
	if r.Package == "" && r.Problem == "" {
		return
	}
	p.Line("%s  %s  %s", p.styles.Title.Render(safe.Line(r.Spec)), Clean(r.Package), rowState(r))
	for _, who := range r.Publishers {
		p.Line("  published by %s, as proven", Clean(who))
	}
	if len(r.Publishers) == 0 && r.Claimed != "" {
		p.Line("  published by %s, as the registry says", Clean(r.Claimed))
	}
	if r.Problem != "" {
		p.Line("  could not be looked at: %s", Clean(r.Problem))
	}
	for _, finding := range r.Findings {
		p.Line("  %s %s", p.Mark(finding.Severity), Clean(finding.Message))
	}
}

// rowState is how far a package is attested, in words.
func rowState(r pkg.Row) string {
	switch {
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

// coverageDocument is the report in the JSON contract (docs/json.md).
type coverageDocument struct {
	SchemaVersion string          `json:"schemaVersion"`
	Tool          string          `json:"tool"`
	JudgedAt      string          `json:"judgedAt"`
	Folder        string          `json:"folder"`
	Note          string          `json:"note"`
	Totals        []coverageTotal `json:"totals"`
	Packages      []coverageRow   `json:"packages"`
	Problems      []string        `json:"problems"`
}

type coverageTotal struct {
	Protocol     string `json:"protocol"`
	Packages     int    `json:"packages"`
	None         int    `json:"none"`
	Signatures   int    `json:"signatures"`
	Attestations int    `json:"attestations"`
	Verified     int    `json:"verified"`
	Wrong        int    `json:"wrong"`
	Unknown      int    `json:"unknown"`
}

type coverageRow struct {
	Spec       string    `json:"spec"`
	Name       string    `json:"name"`
	Protocol   string    `json:"protocol"`
	Package    string    `json:"package"`
	Coverage   string    `json:"coverage"`
	Verified   bool      `json:"verified"`
	Satisfied  bool      `json:"satisfied"`
	Wrong      bool      `json:"wrong"`
	Publishers []string  `json:"publishers"`
	Named      string    `json:"namedPublisher"`
	Reasons    []string  `json:"reasons"`
	Findings   []finding `json:"findings"`
	Problem    string    `json:"problem"`
	At         string    `json:"at"`
}

// CoverageJSON writes the report as the contract says.
func CoverageJSON(w io.Writer, rows []pkg.Row, f CoverageFacts) error {
	d := coverageDocument{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: Instant(f.JudgedAt), Folder: f.Folder, Note: f.Note,
		Totals: []coverageTotal{}, Packages: []coverageRow{}, Problems: []string{},
	}
	for _, c := range pkg.Counts(rows) {
		d.Totals = append(d.Totals, coverageTotal{
			c.Protocol, c.Packages, c.By[pkg.None], c.By[pkg.Signatures], c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown,
		})
	}
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			continue
		}
		d.Packages = append(d.Packages, coverageRow{
			Spec: r.Spec, Name: r.Name, Protocol: r.Protocol, Package: r.Package, Coverage: string(r.Coverage), Verified: r.Verified,
			Satisfied: r.Satisfied, Wrong: r.Wrong, Publishers: append([]string{}, r.Publishers...), Named: r.Claimed,
			Reasons: append([]string{}, r.Reasons...), Findings: findings(r.Findings), Problem: r.Problem, At: Instant(r.At),
		})
	}
	for _, problem := range f.Problems {
		d.Problems = append(d.Problems, problem.Error())
	}
	return Encode(w, d)
}

// CoverageMarkdown writes the report as two tables.
func CoverageMarkdown(w io.Writer, rows []pkg.Row, f CoverageFacts) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# Packages of %s\n\n| protocol | packages | none | signatures | attestations | verified | wrong | unknown |\n|---|---|---|---|---|---|---|---|\n", Inline(f.Folder))
	for _, c := range pkg.Counts(rows) {
		fmt.Fprintf(&out, "| %s | %d | %d | %d | %d | %d | %d | %d |\n", Inline(or(c.Protocol, "?")), c.Packages, c.By[pkg.None],
			c.By[pkg.Signatures], c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown)
	}
	out.WriteString("\n| specification | package | coverage | published by | to look at |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			continue
		}
		var notes []string
		for _, finding := range r.Findings {
			notes = append(notes, finding.Message)
		}
		if r.Problem != "" {
			notes = append(notes, r.Problem)
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", Inline(r.Spec), Inline(r.Package), rowState(r),
			Inline(strings.Join(r.Publishers, ", ")), Inline(strings.Join(notes, "; ")))
	}
	if _, err := io.WriteString(w, safe.Frame(out.String())); err != nil {
		return fmt.Errorf("write Markdown: %w", err)
	}
	return nil
}
