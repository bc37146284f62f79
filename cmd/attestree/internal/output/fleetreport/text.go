package fleetreport

import (
	"cmp"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// widest is how many cells a column of the table has at most.
const widest = 32

// Text writes the fleet as a table for people. The name of the image comes last, where its length does no harm.
func Text(p *output.Page, f Report) error {
	table := make([][]theme.Mark, 0, len(f.Rows))
	widths := make([]int, len(f.Columns)+1)
	for i, c := range f.Columns {
		widths[i+1] = min(safe.Line(c.Title).Width(), widest)
	}
	for _, r := range f.Rows {
		line := marks(p, f.Columns, r)
		for i, m := range line {
			widths[i] = max(widths[i], min(m.Text().Width(), widest))
		}
		table = append(table, line)
	}
	if len(f.Rows) > 0 {
		head := safe.Line("policy").Fit(max(widths[0], len("policy"))).String()
		for i, c := range f.Columns {
			head += "  " + safe.Line(c.Title).Fit(widths[i+1]).String()
		}
		p.Line("%s  image", head)
	}
	widths[0] = max(widths[0], len("policy"))
	for i, r := range f.Rows {
		writeRow(p, table[i], widths, r)
	}
	writeEnd(p, f)
	return p.Flush()
}

func writeRow(p *output.Page, marks []theme.Mark, widths []int, r fleet.Row) {
	var b strings.Builder
	for i, m := range marks {
		b.WriteString(m.Style.Render(m.Text().Fit(widths[i])))
		b.WriteString("  ")
	}
	p.Line("%s%s", b.String(), output.Clean(r.Reference))
	for _, remark := range remarks(r) {
		p.Line("    %s", output.Clean(remark))
	}
}

func writeEnd(p *output.Page, f Report) {
	p.Line("")
	for _, s := range totals(f) {
		p.Line("%s", output.Clean(s))
	}
	for _, d := range f.Footer.Copies {
		p.Line("%s %s", p.Mark(model.SeverityWarning), output.Clean(difference(d)))
	}
	for _, reference := range f.Footer.Removed {
		p.Line("%s no longer listed: %s", p.Mark(model.SeverityInfo), output.Clean(reference))
	}
	for _, note := range append(append([]string{}, f.Header.Notes...), f.Header.Problems...) {
		p.Line("%s %s", p.Mark(model.SeverityWarning), output.Clean(note))
	}
}

// marks are the policy's answer and the cells of a row. A word stands beside every glyph.
func marks(p *output.Page, columns []fleet.Column, r fleet.Row) []theme.Mark {
	var policy theme.Mark
	switch r.Outcome() {
	case fleet.OutcomeSatisfied:
		policy = p.Styles().Requirement(model.RequirementMet)
	case fleet.OutcomeNotSatisfied:
		policy = p.Styles().Requirement(model.RequirementNotMet)
	case fleet.OutcomeIncomplete:
		policy = p.Styles().Requirement(model.RequirementUnknown)
		policy.Word = safe.Const("not known")
	}
	marks := []theme.Mark{policy}
	for _, c := range columns {
		marks = append(marks, mark(p, r.Cell(c.ID)))
	}
	return marks
}

func mark(p *output.Page, c fleet.Cell) theme.Mark {
	switch c.State {
	case fleet.StateNone:
		m := p.Styles().Verdict(model.Unchecked, model.Unchecked)
		m.Glyph, m.Word = safe.Const("-"), safe.Const("none")
		return m
	case fleet.StateUnknown, "":
		m := p.Styles().Verdict(model.Unavailable, model.Unchecked)
		m.Word = safe.Const("unknown")
		return m
	case fleet.StatePartial:
		m := p.Styles().Verdict(model.Unavailable, model.Unchecked)
		m.Glyph, m.Word = safe.Const("~"), safe.Line(cmp.Or(c.On, "some"))
		return m
	}
	m := p.Styles().Verdict(verdictOf(string(c.State)), verdictOf(c.Coverage))
	if c.Value != "" {
		m.Word = safe.Join(safe.Spaces(1), m.Word, safe.Line(c.Value))
	}
	return m
}

// verdictOf is the verdict with that word.
func verdictOf(word string) model.Verdict {
	for _, v := range model.Verdicts {
		if v.String() == word {
			return v
		}
	}
	return model.Unchecked
}
