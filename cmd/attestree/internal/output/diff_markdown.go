package output

import (
	"io"
	"strings"

	"github.com/attestree/attestree/model/diff"
)

// DiffMarkdown writes a comparison for a pull request or a ticket.
func DiffMarkdown(w io.Writer, r diff.Report) error {
	var m Markdown
	m.Line("# What is different")
	m.Line("")
	m.Line("- before: %s", Inline(sideLine(r.Before)))
	m.Line("- after: %s", Inline(sideLine(r.After)))
	for _, note := range r.Notes {
		m.Line("- note: %s", Inline(note))
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
			m.Line("| %s | %s | %s | %s |", markdownWeight(c), Inline(strings.Trim(c.What+" · "+c.Detail, " ·")), Inline(c.Before), Inline(c.After))
		}
	}
	if r.Packages != nil && len(r.Packages.Changes) > 0 {
		m.packages(r.Packages)
	}
	return m.Write(w)
}

func markdownWeight(c diff.Change) string {
	if c.Way == diff.Unseen {
		return string(c.Way)
	}
	return string(c.Weight) + ", " + string(c.Way)
}

func (m *Markdown) packages(r *diff.PackageReport) {
	m.Line("")
	m.Line("## Packages")
	m.Line("")
	m.Line("%d before, %d after, %d the same.", r.Before, r.After, r.Same)
	m.Line("")
	m.Line("| | package | before | after |")
	m.Line("|---|---|---|---|")
	for _, c := range r.Changes {
		m.Line("| %s | %s | %s | %s |", c.Way, Inline(c.Name), Inline(c.Before), Inline(c.After))
	}
}
