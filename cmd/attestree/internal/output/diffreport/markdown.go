package diffreport

import (
	"io"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/diff"
)

// Markdown writes a comparison for a pull request or a ticket.
func Markdown(w io.Writer, r diff.Report) error {
	var m output.Markdown
	m.Line("# What is different")
	m.Line("")
	m.Line("- before: %s", output.Inline(sideLine(r.Before)))
	m.Line("- after: %s", output.Inline(sideLine(r.After)))
	for _, note := range r.Notes {
		m.Line("- note: %s", output.Inline(note))
	}
	if r.Same() {
		m.Line("")
		m.Line("Nothing is different.")
	}
	for _, area := range diff.Areas {
		changes := r.In(area)
		if len(changes) == 0 {
			continue
		}
		m.Line("")
		m.Line("## %s", areaTitle(area))
		m.Line("")
		m.Line("| | what | before | after |")
		m.Line("|---|---|---|---|")
		for _, c := range changes {
			m.Line("| %s | %s | %s | %s |", markdownWeight(c), output.Inline(strings.Trim(c.What+" · "+c.Detail, " ·")), output.Inline(c.Before), output.Inline(c.After))
		}
	}
	if r.Packages != nil && len(r.Packages.Changes) > 0 {
		markdownPackages(&m, r.Packages)
	}
	return m.Write(w)
}

func markdownWeight(c diff.Change) string {
	if c.Way == diff.Unseen {
		return string(c.Way)
	}
	return string(c.Weight) + ", " + string(c.Way)
}

func markdownPackages(m *output.Markdown, r *diff.PackageReport) {
	m.Line("")
	m.Line("## Packages")
	m.Line("")
	m.Line("%d before, %d after, %d the same.", r.Before, r.After, r.Same)
	m.Line("")
	m.Line("| | package | before | after |")
	m.Line("|---|---|---|---|")
	for _, c := range r.Changes {
		m.Line("| %s | %s | %s | %s |", c.Way, output.Inline(c.Name), output.Inline(c.Before), output.Inline(c.After))
	}
}
