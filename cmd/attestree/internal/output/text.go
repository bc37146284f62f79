package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Text writes the tree for a person: what it is, who vouches, everything attached, and where not everything could be
// looked at. Whatever came from outside passes through ui/safe. styles decide glyphs and colours.
func Text(w io.Writer, t *model.Tree, f Facts, styles *theme.Styles) error {
	p := &printer{tree: t, facts: f, styles: styles, glyphs: &styles.Glyphs}
	p.header()
	p.card()
	if root := t.Root(); root != nil {
		p.line("")
		p.node(root, "", "")
	}
	p.signers.list(p)
	p.ledger()
	p.packages()
	p.answer()
	if _, err := io.WriteString(w, safe.Frame(p.out.String())); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// Clean makes one printable line of text from outside.
func Clean(s string) string { return safe.Line(s).String() }

type printer struct {
	tree    *model.Tree
	facts   Facts
	styles  *theme.Styles
	glyphs  *theme.Glyphs
	signers signers
	out     strings.Builder
}

func (p *printer) line(s string) { p.out.WriteString(s + "\n") }

func (p *printer) header() {
	name := p.facts.Source
	if p.tree.Reference != "" {
		name = p.tree.Reference
	}
	p.line(Clean(name))
	for _, r := range p.facts.Roots {
		p.line(Clean(fmt.Sprintf("trusted root: %s, %s%s", r.Name, r.Source, Dated(r.Date))))
	}
	for _, note := range p.facts.Notes {
		p.line(p.warning() + " " + Clean(note))
	}
	for _, n := range p.tree.Notes {
		p.line(p.warning() + " " + Clean(n.Message))
	}
	for _, message := range Mismatches(p.tree) {
		p.line(p.warning() + " " + Clean(message))
	}
}

// Dated is the date of something as it follows its name, "" where it has none.
func Dated(date string) string {
	if date == "" {
		return ""
	}
	return ", of " + date
}

// node writes a node and what hangs on it. first leads its own line, rest those below it.
func (p *printer) node(e *model.Entry, first, rest string) {
	p.line(first + p.row(e))
	below := rest
	if len(e.Children) > 0 {
		below += p.pipe()
	} else {
		below += gap
	}
	p.remarks(e, below)
	for i, id := range e.Children {
		child := p.tree.Entry(id)
		if child == nil {
			continue
		}
		if i == len(e.Children)-1 {
			p.node(child, rest+p.branch(p.glyphs.Last), rest+gap)
		} else {
			p.node(child, rest+p.branch(p.glyphs.Tee), rest+p.pipe())
		}
	}
}

func (p *printer) row(e *model.Entry) string {
	title := Clean(model.EntryTitle(e))
	digest := string(e.Node.Digest)
	if e.Depth > 0 {
		digest = e.Node.Digest.Short()
	}
	if !p.facts.Verified {
		return title + "  " + Clean(digest)
	}
	mark := p.styles.Standing(e.Standing)
	row := mark.Style.Render(mark.Text())
	if e.Standing.Verdict == model.Covered {
		row += " (" + e.Standing.Coverage.String() + ")"
	}
	row += "  " + title + "  " + p.styles.Quiet.Render(safe.Line(digest))
	if same := p.tree.Entry(e.DuplicateOf); same != nil {
		row += "  " + p.styles.Quiet.Render(safe.Line("the same as "+same.Node.Digest.Short()))
	}
	return row
}

// gap is as wide as a branch.
const gap = "   "

func (p *printer) branch(glyph safe.Text) string { return p.styles.Faint.Render(glyph) + " " }
func (p *printer) pipe() string                  { return p.styles.Faint.Render(p.glyphs.Pipe) + " " }
func (p *printer) warning() string               { return p.styles.Warning.Render(p.glyphs.Warning) }

// remarks are the lines below a node: why its verdict is what it is, who signed, and what else to know.
func (p *printer) remarks(e *model.Entry, lead string) {
	if p.facts.Verified {
		if s := e.Standing; s.Reason != "" && needsReason(s.Verdict) {
			p.line(lead + p.styles.Quiet.Render(deciding(e)) + Clean(s.Reason))
		}
		if r := e.Report; r != nil && r.Signer != nil {
			p.line(lead + "by " + p.signers.mention(r.Signer).String())
		}
	}
	for _, f := range model.EntryFindings(e) {
		if f.Severity != model.SeverityInfo && f.ID != model.FindingNameMismatch {
			p.line(lead + p.warning() + " " + Clean(f.Message))
		}
	}
}

// deciding names the check that a bad verdict rests on.
func deciding(e *model.Entry) safe.Text {
	if e.Report == nil || e.Report.Verdict != e.Standing.Verdict {
		return safe.Text{}
	}
	if id := e.Report.Decisive().ID; id != "" {
		return safe.Line(string(id) + ": ")
	}
	return safe.Text{}
}

// needsReason is false where the verdict's word says it all.
func needsReason(v model.Verdict) bool {
	switch v {
	case model.Untrusted, model.Invalid, model.Unverifiable, model.Unavailable:
		return true
	case model.Unchecked, model.Trusted, model.Valid, model.Covered, model.Unsigned:
	}
	return false
}

func (p *printer) answer() {
	p.line("")
	if !p.facts.Verified {
		p.line(fmt.Sprintf("%d found; nothing was verified: use attestree verify", p.tree.Len()))
		return
	}
	p.line(Counts(p.tree))
	answer := "policy: not satisfied"
	if p.facts.Policy.Satisfied {
		answer = "policy: satisfied"
	}
	if path := p.facts.Policy.Path; path != "" {
		answer += " (" + Clean(path) + ")"
	}
	p.line(answer)
	if stale := Stale(p.tree); stale != "" {
		p.line("  " + p.warning() + " " + stale)
	}
	for _, r := range p.facts.Policy.Requirements {
		p.line("  " + p.requirement(r))
	}
	if len(p.facts.Policy.Requirements) > 0 {
		return // the reasons are among the messages
	}
	for _, r := range p.facts.Policy.Reasons {
		p.line("  " + Clean(r))
	}
}

// Stale says why the policy does not decide the exit code where a tag was answered from the cache, "" where it was not.
func Stale(t *model.Tree) string {
	if t.AsOf.IsZero() || t.Root() == nil || t.Root().Node.Tag == "" {
		return ""
	}
	return "exit code 1 whatever it says: nobody was asked what the tag names by now. A digest (IMAGE@sha256:…) can be answered from the cache"
}

func (p *printer) requirement(r model.Requirement) string {
	mark := p.styles.Requirement(r.Status)
	wants := Clean(r.Wants)
	if e := p.tree.Entry(string(r.On)); e != nil && e.Node.Platform != "" {
		wants += " on " + Clean(e.Node.Platform)
	}
	return mark.Style.Render(mark.Text()) + "  " + wants + ": " + Clean(r.Message)
}

// Counts says how many nodes have each verdict, good ones first.
func Counts(t *model.Tree) string {
	counts := t.Counts()
	var parts []string
	for _, v := range model.Verdicts {
		if n := counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return strings.Join(parts, ", ")
}
