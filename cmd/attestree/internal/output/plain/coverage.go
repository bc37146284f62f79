package plain

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/coverage"
	"github.com/attestree/attestree/model/filter"
)

// familyName is a family as it is said.
func familyName(f model.Family) string {
	switch f {
	case model.FamilySignature:
		return "signature"
	case model.FamilyVuln:
		return "vulnerability scan"
	case model.FamilyProvenance:
		return "provenance"
	case model.FamilyOther:
		return "other"
	default:
		return strings.ToUpper(string(f))
	}
}

// outline is where the nodes stand, by their numbers less one.
type outline struct{ *Reading }

func (o outline) Parent(at int) int32 { return int32(o.numbers[o.nodes[at].Node.Parent]) - 1 }
func (o outline) Branch(at int) bool  { return len(o.nodes[at].Children) > 0 }

// Coverage writes what the image and each platform have, family by family, and what is not there or was not seen.
func (p *Reading) Coverage(w io.Writer) error {
	var facts []filter.Facts
	p.eachFact(func(_ int, _ *model.Entry, f *filter.Facts) { facts = append(facts, *f) })
	grid := coverage.Of(facts, outline{p}, p.tree.Lookups)
	p.say("Digests that something can be about: %d.", len(grid.Columns))
	for c, column := range grid.Columns {
		e := p.nodes[column.Node]
		p.say("%s, %s:", spoken(model.EntryTitle(e)), p.number(e))
		gap := gapSaid(coverage.GapOf(p.tree, column.Lookups))
		for _, r := range grid.Rows {
			p.say("%s: %s", familyName(r.Family), p.cell(r.Cells[c], gap))
		}
	}
	return p.flush(w)
}

// cell says what is in one, else why there is nothing.
func (p *Reading) cell(nodes []int32, gap string) string {
	if len(nodes) == 0 {
		return gap
	}
	var found []string
	for _, at := range nodes {
		found = append(found, fmt.Sprintf("%s, %s", p.number(p.nodes[at]), p.verdict(p.nodes[at])))
	}
	return fmt.Sprintf("%d: %s", len(found), strings.Join(found, "; "))
}

func gapSaid(g coverage.Gap) string {
	switch g {
	case coverage.Looking:
		return "not known yet"
	case coverage.Unseen:
		return "not known, for not everything could be looked at"
	case coverage.NotLooked:
		return "not looked for under this digest"
	case coverage.Absent:
	}
	return "none"
}

// lookups are those of a digest.
func (p *Reading) lookups(d model.Digest) (out []model.Lookup) {
	for _, l := range p.tree.Lookups {
		if l.Subject == d {
			out = append(out, l)
		}
	}
	return out
}

// Lookups writes where was looked for what is attached to a node, and how that ended; of what has no look-ups of its own,
// those of what it is attached to.
func (p *Reading) Lookups(w io.Writer, e *model.Entry) error {
	at, looked := e, p.lookups(e.Node.Digest)
	for len(looked) == 0 && at.Node.Parent != "" && p.tree.Entry(at.Node.Parent) != nil {
		at = p.tree.Entry(at.Node.Parent)
		looked = p.lookups(at.Node.Digest)
	}
	p.say("Look-ups for %s: %d.", spoken(model.EntryTitle(at)), len(looked))
	for _, l := range looked {
		said := fmt.Sprintf("%s: %s", l.Status, l.Mechanism)
		if l.Count > 0 {
			said += fmt.Sprintf(", %d", l.Count)
		}
		if l.Repository != "" {
			said += ", in " + l.Repository
		}
		if l.Detail != "" {
			said += ". " + l.Detail
		}
		p.say("%s", said)
	}
	return p.flush(w)
}
