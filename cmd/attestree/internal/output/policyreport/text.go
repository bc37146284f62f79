// Package policyreport writes what policy files make of an image, rule by rule: for a person and as JSON.
//
// It knows the results of model/diagnosis and must not evaluate anything. What came from outside passes through
// output.Clean.
package policyreport

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/safe"
)

// Text writes what became of every rule for a person, file by file.
func Text(p *output.Page, t *model.Tree, e diagnosis.Examination, f Facts) error {
	p.Head(t, f.Facts)
	for _, file := range f.Files {
		p.Line("")
		w := writer{page: p, tree: t, said: map[model.Finding]bool{}}
		for i, answer := range answersIn(file, e.Rules) {
			if i == 0 {
				p.Line("%s  %s", output.Clean(file), output.Clean(string(answer.Kind)))
			}
			w.answer(answer)
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
	text := fmt.Sprintf("of %s %d met, %d not met, %d undefined, %d unsupported", output.Plural(len(e.Rules), "rule", "rules"),
		count[diagnosis.Met], count[diagnosis.NotMet], count[diagnosis.Undefined], count[diagnosis.Unsupported])
	if would > 0 {
		text += fmt.Sprintf("; %d would be met if you trusted who signed", would)
	}
	return text
}

// writer writes the answers of one file.
type writer struct {
	page *output.Page
	tree *model.Tree
	said map[model.Finding]bool // what is wrong, and was said of an earlier answer
}

func (w writer) answer(a answer) {
	p := w.page
	m, word := result(p, a.Rule)
	head := fmt.Sprintf("  %s %-11s  %s", m, word, output.Clean(a.Rule.Rule))
	if a.Line > 0 {
		head += fmt.Sprintf("  (line %d)", a.Line)
	}
	p.Line("%s", head)
	label := "on"
	for _, node := range a.nodes {
		if e := w.tree.Entry(node); e != nil {
			standing := p.Styles().Standing(e.Standing)
			p.Line("      %-4s  %s  %s  %s", label, standing.Style.Render(standing.Text()), output.Clean(model.EntryTitle(e)), output.Clean(e.Node.Digest.Short()))
			label = ""
		}
	}
	if a.Expression != "" {
		p.Line("      rule  %s", output.Clean(a.Expression))
	}
	for _, read := range a.Reads {
		value := output.Clean(read.Found)
		if read.Missing {
			value = "nothing is there"
		}
		p.Line("      read  %s: %s", output.Clean(read.Path), value)
	}
	p.Line("      %s", output.Clean(a.Message))
	w.diagnosis(a)
}

// diagnosis is what is wrong with a rule. What was said of an earlier answer of the file is only named.
func (w writer) diagnosis(a answer) {
	p := w.page
	var before []string
	for _, d := range a.Diagnosis {
		if w.said[d.Finding] && d.Correction == nil {
			before = append(before, output.Clean(d.ID))
			continue
		}
		w.said[d.Finding] = true
		p.Line("      %s %s: %s", p.Mark(d.Severity), output.Clean(d.ID), output.Clean(d.Message))
		writeCorrection(p, d.Correction)
	}
	if len(before) > 0 {
		p.Line("      as above: %s", strings.Join(before, ", "))
	}
}

// writeCorrection writes the lines that change, and what the whole was tried on.
func writeCorrection(p *output.Page, c *diagnosis.Correction) {
	if c == nil {
		return
	}
	p.Line("        corrected, %s:", output.Clean(tried(c)))
	for _, change := range c.Changes {
		if change.Old != "" {
			p.Line("        %4d - %s", change.Line, output.Clean(change.Old))
		}
		if change.New != "" {
			p.Line("        %4d + %s", change.Line, output.Clean(change.New))
		}
	}
}

// tried says what a corrected file makes of this image, and of the copies that it was tried on.
func tried(c *diagnosis.Correction) string {
	refuses := "and refuses copies of it in which " + strings.Join(c.Tampered, ", ")
	switch {
	case c.WouldBe:
		return "it would be met on this image if you trusted who signed, " + refuses
	case c.Result == diagnosis.Met:
		return "it is met on this image, " + refuses
	case c.Passing != "":
		return "it is not met on this image, for what is there; it lets pass a copy in which " + c.Passing +
			", and refuses that copy where " + strings.Join(c.Tampered, ", ")
	}
	return "it is not met on this image, for what is there; nothing was found that it lets pass"
}

// result is the mark and the word for how a rule ended.
func result(p *output.Page, r diagnosis.Rule) (mark, word string) {
	switch r.Result {
	case diagnosis.Met:
		met := p.Styles().Requirement(model.RequirementMet)
		return met.Style.Render(met.Glyph), "met"
	case diagnosis.NotMet:
		if r.WouldBe {
			return p.Mark(model.SeverityWarning), "would be met"
		}
		return p.Mark(model.SeverityError), "not met"
	case diagnosis.Undefined:
		return unknown(p, safe.Const("?")), "undefined"
	case diagnosis.Unsupported:
	}
	return unknown(p, safe.Const("!")), "unsupported"
}

// unknown is the mark of a rule that has no answer, as on the screen: no pass, and not what a rule that says no has.
func unknown(p *output.Page, glyph safe.Text) string {
	mark := p.Styles().Severity(model.SeverityError)
	mark.Glyph = glyph
	return p.Sign(mark)
}
