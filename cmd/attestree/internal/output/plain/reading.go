// Package plain writes a judged tree as a screen reader or a braille line can follow it: one fact a line, no drawing,
// colour or column.
//
// It knows the tree and the facts of package output. It must not ask the person anything: command/screen talks. Every line
// passes through output.Clean.
package plain

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/card"
)

// Reading is a judged tree as a screen reader or a braille line can follow it: one fact a line, the word of the verdict
// first, headings that say how much follows, depth in words, and no drawing, colour or column. Nodes are numbered, so
// that they can be named.
type Reading struct {
	tree  *model.Tree
	facts output.Facts
	nodes []*model.Entry // in the order of their numbers
	// numbers are those of the nodes, by their IDs.
	numbers map[string]int
	out     strings.Builder
}

// New numbers the nodes of a finished tree.
func New(t *model.Tree, f output.Facts) *Reading {
	p := &Reading{tree: t, facts: f, numbers: map[string]int{}}
	t.Walk(func(e *model.Entry) {
		p.nodes = append(p.nodes, e)
		p.numbers[e.Node.ID] = len(p.nodes)
	})
	return p
}

// Nodes are those of the tree, number 1 first.
func (p *Reading) Nodes() []*model.Entry { return p.nodes }

// say adds a line of text from anywhere.
func (p *Reading) say(format string, args ...any) {
	p.out.WriteString(output.Clean(fmt.Sprintf(format, args...)) + "\n")
}

// spoken is one of our own titles without the dots between its parts, which are read out as such or not at all.
func spoken(title string) string { return strings.ReplaceAll(title, " · ", ", ") }

// flush writes what was said.
func (p *Reading) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.out.String())
	p.out.Reset()
	if err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// Tree writes the answer, what decides it, and every node.
func (p *Reading) Tree(w io.Writer) error {
	if !p.facts.Verified {
		p.say("Nothing was verified. This is a list of what is attached.")
	}
	p.answer()
	name := p.facts.Source
	if p.tree.Reference != "" {
		name = p.tree.Reference
	}
	p.say("Source: %s", name)
	for _, r := range p.facts.Roots {
		p.say("Trusted root: %s, %s%s", r.Name, r.Source, output.Dated(r.Date))
	}
	for _, note := range p.facts.Notes {
		p.say("Note: %s", note)
	}
	for _, n := range p.tree.Notes {
		p.say("Note: %s", n.Message)
	}
	for _, message := range output.Mismatches(p.tree) {
		p.say("Warning: %s", message)
	}
	p.missing()
	p.card()
	p.inside()
	p.say("")
	p.say("Nodes: %d.", len(p.nodes))
	for i, e := range p.nodes {
		p.say("%s", p.numbered(i, e))
	}
	return p.flush(w)
}

// answer is the policy's, and why.
func (p *Reading) answer() {
	if !p.facts.Verified {
		return
	}
	switch {
	case p.facts.Policy.Satisfied:
		p.say("Policy satisfied.")
	default:
		p.say("Policy not satisfied.")
	}
	if path := p.facts.Policy.Path; path != "" {
		p.say("Policy file: %s", path)
	}
	if stale := output.Stale(p.tree); stale != "" {
		p.say("Warning: %s", stale)
	}
	for _, r := range p.facts.Policy.Requirements {
		on := ""
		if e := p.tree.Entry(string(r.On)); e != nil && e.Node.Platform != "" {
			on = " on " + e.Node.Platform
		}
		p.say("Requirement %s: %s%s. %s", r.Status, r.Wants, on, r.Message)
	}
	if len(p.facts.Policy.Requirements) == 0 {
		for _, r := range p.facts.Policy.Reasons {
			p.say("Reason: %s", r)
		}
	}
	p.say("Verdicts: %s", output.Counts(p.tree))
}

// missing says where not everything could be looked at.
func (p *Reading) missing() {
	if p.tree.Err != nil {
		p.say("Incomplete: discovery did not finish: %v", p.tree.Err)
	}
	for _, m := range output.Missed(p.tree.Lookups) {
		p.say("Incomplete: %s", m)
	}
}

// card is the answer for a triager.
func (p *Reading) card() {
	c, ok := card.Make(p.tree, card.Facts{JudgedAt: p.facts.JudgedAt, Policy: &p.facts.Policy})
	if !ok || !p.facts.Verified {
		return
	}
	p.say("")
	p.say("%s: %s", c.Verdict, spoken(c.Answer))
	for _, section := range card.Sections {
		for _, l := range c.In(section) {
			p.say("%s, %s: %s%s", section.Title(), l.Basis, spoken(l.Text), noted(spoken(l.Note)))
		}
	}
}

// inside says of the packages inside the image what was asked about them.
func (p *Reading) inside() {
	for _, s := range p.facts.Packages {
		if s.Package == nil {
			continue
		}
		p.say("")
		p.say("Inside: %s, %s", s.Package.PURL, output.PackageAnswer(s))
		for _, part := range []struct{ label, value string }{
			{"Because, in the image", s.Chosen}, {"Registry", s.Package.Asked}, {"Source, by its metadata", s.Package.Repository},
			{"Publisher, by the registry", s.Package.Publisher.String()}, {"Published by, as proven", strings.Join(s.Publishers, ", ")},
		} {
			if part.value != "" {
				p.say("%s: %s", part.label, part.value)
			}
		}
		for _, sentence := range s.Proves {
			p.say("Proves: %s", sentence)
		}
		for _, reason := range s.Reasons {
			p.say("Reason: %s", reason)
		}
		for _, f := range s.Findings {
			p.say("Finding, %s: %s", f.Severity, f.Message)
		}
	}
}

func noted(note string) string {
	if note == "" {
		return ""
	}
	return ". " + note
}

// row is a node on one line: its verdict, what it is, how deep it lies, and who signed.
func (p *Reading) row(e *model.Entry) string {
	var parts []string
	if p.facts.Verified {
		parts = append(parts, p.verdict(e)+": "+spoken(model.EntryTitle(e)))
	} else {
		parts = append(parts, spoken(model.EntryTitle(e)))
	}
	if e.Depth > 0 {
		parts = append(parts, fmt.Sprintf("level %d", e.Depth))
	}
	if n := len(e.Children); n > 0 {
		parts = append(parts, fmt.Sprintf("%d below", n))
	}
	if r := e.Report; r != nil && r.Signer != nil && p.facts.Verified {
		parts = append(parts, "signed by "+spoken(model.SignerTitle(r.Signer)))
	}
	if n := warnings(e); n > 0 {
		parts = append(parts, fmt.Sprintf("warnings: %d", n))
	}
	return strings.Join(parts, "; ")
}

// numbered is a node on one line, with its number.
func (p *Reading) numbered(i int, e *model.Entry) string { return fmt.Sprintf("%d. %s", i+1, p.row(e)) }

// number is by what a node is named: "number 7".
func (p *Reading) number(e *model.Entry) string {
	return fmt.Sprintf("number %d", p.numbers[e.Node.ID])
}

func (p *Reading) verdict(e *model.Entry) string {
	v := e.Standing.Verdict.String()
	if e.Standing.Verdict == model.Covered {
		v += " by something " + e.Standing.Coverage.String()
	}
	return v
}

// warnings is how much there is to mind about a node.
func warnings(e *model.Entry) int {
	n := 0
	for _, f := range model.EntryFindings(e) {
		if f.Severity != model.SeverityInfo {
			n++
		}
	}
	return n
}
