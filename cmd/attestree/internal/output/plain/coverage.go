package plain

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// families are what a digest may have, in the order of what matters first.
var families = []struct {
	family model.Family
	name   string
}{
	{model.FamilySignature, "signature"}, {model.FamilyProvenance, "provenance"}, {model.FamilySBOM, "SBOM"}, {model.FamilySCAI, "SCAI"},
	{model.FamilyVuln, "vulnerability scan"}, {model.FamilyVEX, "VEX"}, {model.FamilyVSA, "VSA"}, {model.FamilyOther, "other"},
}

// Coverage writes what the image and each platform have, family by family, and what is not there or was not seen.
func (p *Reading) Coverage(w io.Writer) error {
	var columns []*model.Entry
	for _, e := range p.nodes {
		if k := e.Node.Kind; e.Depth == 0 || k == model.KindImage || k == model.KindIndex {
			columns = append(columns, e)
		}
	}
	cells := p.cells()
	p.say("Digests that something can be about: %d.", len(columns))
	for _, c := range columns {
		p.say("%s, %s:", spoken(model.EntryTitle(c)), p.number(c))
		for _, f := range families {
			p.say("%s: %s", f.name, p.cell(cells[cell{c.Node.Digest, f.family}], c))
		}
	}
	return p.flush(w)
}

// cell is a family of predicates about a digest.
type cell struct {
	about  model.Digest
	family model.Family
}

// cells are the nodes of each.
func (p *Reading) cells() map[cell][]string {
	out := map[cell][]string{}
	for _, e := range p.nodes {
		about, above := e.Node.Subject, p.tree.Entry(e.Node.Parent)
		if about == "" && above != nil {
			about = above.Node.Digest
		}
		if f := model.EntryFamily(e); f != "" {
			at := cell{about, f}
			out[at] = append(out[at], fmt.Sprintf("%s, %s", p.number(e), p.verdict(e)))
		}
	}
	return out
}

// cell says what is in one, else why there is nothing.
func (p *Reading) cell(found []string, column *model.Entry) string {
	if len(found) > 0 {
		return fmt.Sprintf("%d: %s", len(found), strings.Join(found, "; "))
	}
	looked := p.lookups(column.Node.Digest)
	switch {
	case p.tree.Err != nil, slices.ContainsFunc(looked, func(l model.Lookup) bool { return l.Status.Incomplete() }):
		return "not known, for not everything could be looked at"
	case len(looked) == 0:
		return "not looked for under this digest"
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
