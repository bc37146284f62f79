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
	p.Line("%s", Clean(name))
	for _, note := range f.Notes {
		p.Line("%s %s", p.Mark(model.SeverityWarning), Clean(note))
	}
	for _, file := range f.Files {
		p.Line("")
		first := true
		for _, r := range e.Rules {
			if r.File != file {
				continue
			}
			if first {
				p.Line("%s  %s", Clean(file), Clean(string(r.Kind)))
				first = false
			}
			p.policyRule(t, r)
		}
	}
	p.Line("")
	if !f.Complete {
		p.Line("%s not everything that may be attached could be looked at", p.Mark(model.SeverityWarning))
	}
	if e.Satisfied() {
		p.Line("policies: satisfied, every rule is met on what you trust")
	} else {
		p.Line("policies: not satisfied, %s", tally(e))
	}
	return p.Flush()
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
	text := fmt.Sprintf("of %s %d met, %d not met, %d undefined, %d unsupported", Plural(len(e.Rules), "rule", "rules"),
		count[diagnosis.Met], count[diagnosis.NotMet], count[diagnosis.Undefined], count[diagnosis.Unsupported])
	if would > 0 {
		text += fmt.Sprintf("; %d would be met if you trusted who signed", would)
	}
	return text
}

func (p *Page) policyRule(t *model.Tree, r diagnosis.Rule) {
	m, word := p.result(r)
	head := fmt.Sprintf("  %s %-11s  %s", m, word, Clean(r.Rule))
	if r.Line > 0 {
		head += fmt.Sprintf("  (line %d)", r.Line)
	}
	p.Line("%s", head)
	if e := t.Entry(r.Node); e != nil {
		standing := p.styles.Standing(e.Standing)
		p.Line("      on    %s  %s  %s", standing.Style.Render(standing.Text()), Clean(model.EntryTitle(e)), Clean(e.Node.Digest.Short()))
	}
	if r.Expression != "" {
		p.Line("      rule  %s", Clean(r.Expression))
	}
	for _, read := range r.Reads {
		value := Clean(read.Found)
		if read.Missing {
			value = "nothing is there"
		}
		p.Line("      read  %s: %s", Clean(read.Path), value)
	}
	p.Line("      %s", Clean(r.Message))
	for _, d := range r.Diagnosis {
		p.Line("      %s %s: %s", p.Mark(d.Severity), d.ID, Clean(d.Message))
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
	p.Line("        corrected, it %s, and refuses copies of it in which %s:", is, Clean(strings.Join(c.Tampered, ", ")))
	for _, change := range c.Changes {
		if change.Old != "" {
			p.Line("        %4d - %s", change.Line, Clean(change.Old))
		}
		if change.New != "" {
			p.Line("        %4d + %s", change.Line, Clean(change.New))
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
			return p.Mark(model.SeverityWarning), "would be met"
		}
		return p.Mark(model.SeverityError), "not met"
	case diagnosis.Undefined:
		return p.Mark(model.SeverityError), "undefined"
	case diagnosis.Unsupported:
	}
	return p.Mark(model.SeverityError), "unsupported"
}
