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
	m := &Markdown{}
	m.Line("# Images of %s\n", Inline(f.Header.Source))
	for _, s := range totals(f) {
		m.Line("- %s", Inline(s))
	}
	for _, note := range append(append([]string{}, f.Header.Notes...), f.Header.Problems...) {
		m.Line("- ⚠ %s", Inline(note))
	}
	head, rule := []string{"image", "verdict", "policy"}, []string{"---", "---", "---"}
	for _, c := range f.Columns {
		head, rule = append(head, Inline(c.Title)), append(rule, "---")
	}
	m.Line("\n| %s |\n| %s |", strings.Join(head, " | "), strings.Join(rule, " | "))
	for _, r := range f.Rows {
		cells := []string{Inline(r.Reference), Inline(r.Verdict), "not satisfied"}
		if r.Policy.Satisfied {
			cells[2] = "satisfied"
		}
		for _, c := range f.Columns {
			cells = append(cells, Inline(words(r.Cell(c.ID))))
		}
		m.Line("| %s |", strings.Join(cells, " | "))
	}
	m.remarks(f)
	return m.Write(w)
}

// remarks are what a table has no room for: reasons, what changed, and copies that differ.
func (m *Markdown) remarks(f FleetReport) {
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
		m.Line("- %s", Inline(r.Reference))
		for _, s := range list {
			m.Line("  - %s", Inline(s))
		}
	}
	if len(f.Footer.Removed) > 0 {
		m.Line("\n## No longer listed\n")
		for _, reference := range f.Footer.Removed {
			m.Line("- %s", Inline(reference))
		}
	}
	if len(f.Footer.Copies) > 0 {
		m.Line("\n## Copies of one digest that differ\n")
		for _, d := range f.Footer.Copies {
			m.Line("- %s", Inline(difference(d)))
		}
	}
}
