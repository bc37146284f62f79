// Package card is the answer for a triager on one screen: who built an image, from what, when, who vouches for it, what
// is missing and what is wrong; and which of the guarantees that publishers give (Dockyard's documentation names seven)
// have evidence on this very image.
//
// It knows the tree as judged, and what predicates say. It must not judge a node itself, nor read a clock: it is told
// the time. Nothing is called proven here that rests on a node which is not trusted or valid. Texts may quote what was
// attested, and are untrusted.
package card

import (
	"time"

	"github.com/attestree/attestree/model"
)

// Card is the answer for one image.
type Card struct {
	Verdict model.Verdict // of the image itself
	Answer  string        // one sentence: what the verdict rests on
	// Settled is false as long as something is still being looked for or judged: what is absent may yet come.
	Settled    bool
	Lines      []Line // in the order of Sections
	Guarantees []Guarantee
}

// Section is the question that a line answers.
type Section string

// The sections. They are part of the JSON contract.
const (
	Builder Section = "built-by"
	Source  Section = "built-from"
	Time    Section = "when"
	Voucher Section = "vouched-by"
	Missing Section = "missing"
	Wrong   Section = "wrong"
)

// Sections lists the sections in the order in which they are read.
var Sections = []Section{Builder, Source, Time, Voucher, Missing, Wrong}

// Title is the section's name for a person.
func (s Section) Title() string {
	switch s {
	case Builder:
		return "Built by"
	case Source:
		return "Built from"
	case Time:
		return "When"
	case Voucher:
		return "Vouched by"
	case Missing:
		return "Missing"
	case Wrong:
		return "Wrong"
	}
	return string(s)
}

// Basis is how far a line can be relied on. Its zero value is not a basis.
type Basis string

// The bases. They are part of the JSON contract.
const (
	Proven  Basis = "proven"  // by the checks of a node that is trusted or valid
	Checked Basis = "checked" // found by looking, whoever may have attached what was looked at
	Claimed Basis = "claimed" // bytes say so: for whom that counts, see the node's verdict
	Absent  Basis = "absent"  // nothing that was found says it
	Unknown Basis = "unknown" // nothing that was found says it, and not everything could be looked at
)

// Line is one thing to know.
type Line struct {
	Section  Section
	ID       string // what it is about, stable: "builder", "no-sbom", or the id of a finding
	Text     string // one line; may be attested text
	Note     string // said after it, quieter: why it is only claimed, how often, …
	Basis    Basis
	Severity model.Severity // of what is missing or wrong, "" elsewhere
	Node     string         // ID of the node that it rests on, "" where it rests on none
	Verdict  model.Verdict  // standing of that node, Unchecked where there is none
}

// Facts are what the tree does not know.
type Facts struct {
	JudgedAt time.Time           // what "in the future" is measured by; zero leaves that out
	Policy   *model.PolicyAnswer // nil where no policy was asked
}

// Make answers for the image at the tree's root. ok is false where the root is no image, but a file of attestations.
func Make(t *model.Tree, facts Facts) (c Card, ok bool) {
	root := t.Root()
	if root == nil {
		return Card{}, false
	}
	return Of(t, root.Node.ID, facts)
}

// Of answers for one image of a tree: that at its root, or a platform of that. What is attached to an index that holds
// the platform is about the platform too, and counts for it. The policy asks about the root, and is no matter of a
// platform's. ok is false where the node is no image.
func Of(t *model.Tree, id string, facts Facts) (c Card, ok bool) {
	root := t.Entry(id)
	if root == nil || root.Node.Kind != model.KindIndex && root.Node.Kind != model.KindImage {
		return Card{}, false
	}
	s := survey(t, root, facts)
	c = Card{Verdict: root.Standing.Verdict, Answer: s.answer(), Settled: t.Found && t.Complete && t.Counts()[model.Unchecked] == 0}
	c.Lines = append(c.Lines, s.builder()...)
	c.Lines = append(c.Lines, s.source()...)
	c.Lines = append(c.Lines, s.times()...)
	c.Lines = append(c.Lines, s.vouchers()...)
	c.Lines = append(c.Lines, s.missing()...)
	c.Lines = append(c.Lines, s.wrong()...)
	c.Guarantees = s.guarantees()
	return c, true
}

// In is the lines of one section.
func (c Card) In(s Section) (lines []Line) {
	for _, l := range c.Lines {
		if l.Section == s {
			lines = append(lines, l)
		}
	}
	return lines
}
