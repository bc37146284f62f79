package fleetreport

import (
	"io"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/fleet"
)

// Report is a whole fleet, for the forms that are written at the end.
type Report struct {
	Header  fleet.Header
	Columns []fleet.Column
	Rows    []fleet.Row // in the order of the list
	Footer  fleet.Footer
}

// Markdown writes the fleet as a report.
func Markdown(w io.Writer, f Report) error {
	m := &output.Markdown{}
	m.Line("# Images of %s\n", output.Inline(f.Header.Source))
	for _, s := range totals(f) {
		m.Line("- %s", output.Inline(s))
	}
	for _, note := range append(append([]string{}, f.Header.Notes...), f.Header.Problems...) {
		m.Line("- ⚠ %s", output.Inline(note))
	}
	head, rule := []string{"image", "verdict", "policy"}, []string{"---", "---", "---"}
	for _, c := range f.Columns {
		head, rule = append(head, output.Inline(c.Title)), append(rule, "---")
	}
	m.Line("\n| %s |\n| %s |", strings.Join(head, " | "), strings.Join(rule, " | "))
	for _, r := range f.Rows {
		cells := []string{output.Inline(r.Reference), output.Inline(r.Verdict), policyWord(r)}
		for _, c := range f.Columns {
			cells = append(cells, output.Inline(words(r.Cell(c.ID))))
		}
		m.Line("| %s |", strings.Join(cells, " | "))
	}
	markdownRemarks(m, f)
	return m.Write(w)
}

// markdownRemarks are what a table has no room for: reasons, what changed, and copies that differ.
func markdownRemarks(m *output.Markdown, f Report) {
	first := true
	for _, r := range f.Rows {
		list := remarks(r)
		if len(list) == 0 {
			continue
		}
		if first {
			m.Line("\n## Remarks\n")
			first = false
		}
		m.Line("- %s", output.Inline(r.Reference))
		for _, s := range list {
			m.Line("  - %s", output.Inline(s))
		}
	}
	if len(f.Footer.Removed) > 0 {
		m.Line("\n## No longer listed\n")
		for _, reference := range f.Footer.Removed {
			m.Line("- %s", output.Inline(reference))
		}
	}
	if len(f.Footer.Copies) > 0 {
		m.Line("\n## Copies of one digest that differ\n")
		for _, d := range f.Footer.Copies {
			m.Line("- %s", output.Inline(difference(d)))
		}
	}
}
