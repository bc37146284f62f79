package output

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// PoliciesText writes what became of every rule for a person, file by file.
func PoliciesText(p *Page, t *model.Tree, e diagnosis.Examination, f PolicyFacts) error {
	name := f.Source
	if t.Reference != "" {
		name = t.Reference
	}
	p.line("%s", clean(name))
	for _, note := range f.Notes {
		p.line("%s %s", p.mark(model.SeverityWarning), clean(note))
	}
	for _, file := range f.Files {
		p.line("")
		first := true
		for _, r := range e.Rules {
			if r.File != file {
				continue
			}
			if first {
				p.line("%s  %s", clean(file), clean(string(r.Kind)))
				first = false
			}
			p.policyRule(t, r)
		}
	}
	p.line("")
	if !f.Complete {
		p.line("%s not everything that may be attached could be looked at", p.mark(model.SeverityWarning))
	}
	if e.Satisfied() {
		p.line("policies: satisfied, every rule is met on what you trust")
	} else {
		p.line("policies: not satisfied, %s", tally(e))
	}
	return p.flush()
}

// tally counts rules by how they ended.
func tally(e diagnosis.Examination) string {
	count, would := map[diagnosis.Result]int{}, 0
	for _, r := range e.Rules {
		count[r.Result]++
		if r.WouldBe {
			would++
		}
	}
	text := fmt.Sprintf("of %s %d met, %d not met, %d undefined, %d unsupported", plural(len(e.Rules), "rule", "rules"),
		count[diagnosis.Met], count[diagnosis.NotMet], count[diagnosis.Undefined], count[diagnosis.Unsupported])
	if would > 0 {
		text += fmt.Sprintf("; %d would be met if you trusted who signed", would)
	}
	return text
}

func (p *Page) policyRule(t *model.Tree, r diagnosis.Rule) {
	m, word := p.result(r)
	head := fmt.Sprintf("  %s %-11s  %s", m, word, clean(r.Rule))
	if r.Line > 0 {
		head += fmt.Sprintf("  (line %d)", r.Line)
	}
	p.line("%s", head)
	if e := t.Entry(r.Node); e != nil {
		standing := p.styles.Standing(e.Standing)
		p.line("      on    %s  %s  %s", standing.Style.Render(standing.Text()), clean(model.EntryTitle(e)), clean(e.Node.Digest.Short()))
	}
	if r.Expression != "" {
		p.line("      rule  %s", clean(r.Expression))
	}
	for _, read := range r.Reads {
		value := clean(read.Found)
		if read.Missing {
			value = "nothing is there"
		}
		p.line("      read  %s: %s", clean(read.Path), value)
	}
	p.line("      %s", clean(r.Message))
	for _, d := range r.Diagnosis {
		p.line("      %s %s: %s", p.mark(d.Severity), d.ID, clean(d.Message))
		p.correction(d.Correction)
	}
}

// correction writes the lines that change, and what the whole was tried on.
func (p *Page) correction(c *diagnosis.Correction) {
	if c == nil {
		return
	}
	is := "is met on this image"
	switch {
	case c.WouldBe:
		is = "would be met on this image if you trusted who signed"
	case c.Result != diagnosis.Met:
		is = "is not met on this image, for what is there"
	}
	p.line("        corrected, it %s, and refuses copies of it in which %s:", is, clean(strings.Join(c.Tampered, ", ")))
	for _, change := range c.Changes {
		if change.Old != "" {
			p.line("        %4d - %s", change.Line, clean(change.Old))
		}
		if change.New != "" {
			p.line("        %4d + %s", change.Line, clean(change.New))
		}
	}
}

// result is the mark and the word for how a rule ended.
func (p *Page) result(r diagnosis.Rule) (mark, word string) {
	switch r.Result {
	case diagnosis.Met:
		met := p.styles.Requirement(model.RequirementMet)
		return met.Style.Render(met.Glyph), "met"
	case diagnosis.NotMet:
		if r.WouldBe {
			return p.mark(model.SeverityWarning), "would be met"
		}
		return p.mark(model.SeverityError), "not met"
	case diagnosis.Undefined:
		return p.mark(model.SeverityError), "undefined"
	case diagnosis.Unsupported:
	}
	return p.mark(model.SeverityError), "unsupported"
}
