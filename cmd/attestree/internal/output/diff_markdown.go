package output

import (
	"io"
	"strings"

	"github.com/attestree/attestree/model/diff"
)

// DiffMarkdown writes a comparison for a pull request or a ticket.
func DiffMarkdown(w io.Writer, r diff.Report) error {
	var m markdown
	m.line("# What is different")
	m.line("")
	m.line("- before: %s", inline(sideLine(r.Before)))
	m.line("- after: %s", inline(sideLine(r.After)))
	for _, note := range r.Notes {
		m.line("- note: %s", inline(note))
	}
	if r.Same() {
		m.line("")
		m.line("Nothing is different.")
	}
	for _, area := range diff.Areas {
		changes := r.In(area)
		if len(changes) == 0 {
			continue
		}
		m.line("")
		m.line("## %s", areaTitle(area))
		m.line("")
		m.line("| | what | before | after |")
		m.line("|---|---|---|---|")
		for _, c := range changes {
			m.line("| %s | %s | %s | %s |", markdownWeight(c), inline(strings.Trim(c.What+" · "+c.Detail, " ·")), inline(c.Before), inline(c.After))
		}
	}
	if r.Packages != nil && len(r.Packages.Changes) > 0 {
		m.packages(r.Packages)
	}
	return m.write(w)
}

func markdownWeight(c diff.Change) string {
	if c.Way == diff.Unseen {
		return string(c.Way)
	}
	return string(c.Weight) + ", " + string(c.Way)
}

func (m *markdown) packages(r *diff.PackageReport) {
	m.line("")
	m.line("## Packages")
	m.line("")
	m.line("%d before, %d after, %d the same.", r.Before, r.After, r.Same)
	m.line("")
	m.line("| | package | before | after |")
	m.line("|---|---|---|---|")
	for _, c := range r.Changes {
		m.line("| %s | %s | %s | %s |", c.Way, inline(c.Name), inline(c.Before), inline(c.After))
	}
}
