package output

import (
	"io"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// FleetReport is a whole fleet, for the forms that are written at the end.
type FleetReport struct {
	Header  fleet.Header
	Columns []fleet.Column
	Rows    []fleet.Row // in the order of the list
	Footer  fleet.Footer
}

// FleetMarkdown writes the fleet as a report.
func FleetMarkdown(w io.Writer, f FleetReport) error {
	m := &markdown{}
	m.line("# Images of %s\n", inline(f.Header.Source))
	for _, s := range totals(f) {
		m.line("- %s", inline(s))
	}
	for _, note := range append(append([]string{}, f.Header.Notes...), f.Header.Problems...) {
		m.line("- ⚠ %s", inline(note))
	}
	head, rule := []string{"image", "verdict", "policy"}, []string{"---", "---", "---"}
	for _, c := range f.Columns {
		head, rule = append(head, inline(c.Title)), append(rule, "---")
	}
	m.line("\n| %s |\n| %s |", strings.Join(head, " | "), strings.Join(rule, " | "))
	for _, r := range f.Rows {
		cells := []string{inline(r.Reference), inline(r.Verdict), "not satisfied"}
		if r.Policy.Satisfied {
			cells[2] = "satisfied"
		}
		for _, c := range f.Columns {
			cells = append(cells, inline(words(r.Cell(c.ID))))
		}
		m.line("| %s |", strings.Join(cells, " | "))
	}
	m.remarks(f)
	return m.write(w)
}

// remarks are what a table has no room for: reasons, what changed, and copies that differ.
func (m *markdown) remarks(f FleetReport) {
	first := true
	for _, r := range f.Rows {
		list := remarks(r)
		if len(list) == 0 {
			continue
		}
		if first {
			m.line("\n## Remarks\n")
			first = false
		}
		m.line("- %s", inline(r.Reference))
		for _, s := range list {
			m.line("  - %s", inline(s))
		}
	}
	if len(f.Footer.Removed) > 0 {
		m.line("\n## No longer listed\n")
		for _, reference := range f.Footer.Removed {
			m.line("- %s", inline(reference))
		}
	}
	if len(f.Footer.Copies) > 0 {
		m.line("\n## Copies of one digest that differ\n")
		for _, d := range f.Footer.Copies {
			m.line("- %s", inline(difference(d)))
		}
	}
}
