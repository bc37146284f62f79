package kyverno

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model/diagnosis"
)

// backing is what stands behind an attestor: a node that it signed, or enough of the attestors that it is a set of.
type backing struct {
	signed, trusted bool
	node            Node
	by              *Attestor
}

// attest asks whether enough attestors signed the image.
func (r Rule) attest(set AttestorSet, image Image) Outcome {
	out := Outcome{Rule: r, Path: set.Path, Line: set.Line, Expression: described(set), Attestor: &set.Entries[0]}
	best, count, trusted := r.backSet(set, image)
	if best.by != nil {
		out.Node, out.Trusted, out.Attestor = best.node.ID, best.trusted, best.by
	}
	out.Unseen = pick(image.Nodes, func(n Node) bool { return n.Signature && !r.sees(n) })
	switch {
	case count < set.Count:
		out.Result = diagnosis.NotMet
		out.Message = fmt.Sprintf("%d of %d attestors signed; %d must have.", count, len(set.Entries), set.Count)
		if near := pick(image.Nodes, r.signature); out.Node == "" && len(near) > 0 {
			best := preferTrusted(near)
			out.Node, out.Trusted = best.ID, best.Trusted
		}
	case trusted < set.Count:
		out.Result, out.WouldBe, out.Trusted = diagnosis.NotMet, true, false
		out.Message = fmt.Sprintf("%d of %d attestors signed, but you do not trust enough of them.", count, len(set.Entries))
	default:
		out.Result, out.Message = diagnosis.Met, fmt.Sprintf("%d of %d attestors signed.", count, len(set.Entries))
		out.ByAttestation = !best.node.Signature
	}
	return out
}

// signature reports whether Kyverno takes a node for a signature of the image: any bundle is one, also of an attestation.
func (r Rule) signature(n Node) bool {
	return r.sees(n) && (n.Signature || r.Format == SigstoreBundle)
}

// backSet counts the attestors of a set that are backed, and those of them that the reader trusts. best is one of them.
func (r Rule) backSet(set AttestorSet, image Image) (best backing, count, trusted int) {
	for i := range set.Entries {
		b := r.back(&set.Entries[i], image)
		if !b.signed {
			continue
		}
		count++
		if b.trusted {
			trusted++
		}
		if best.by == nil || b.trusted && !best.trusted {
			best = b
		}
	}
	return best, count, trusted
}

// back is what stands behind one attestor: a signature rather than an attestation, and one that the reader trusts.
func (r Rule) back(a *Attestor, image Image) backing {
	if a.Nested != nil {
		best, count, trusted := r.backSet(*a.Nested, image)
		best.signed, best.trusted = count >= a.Nested.Count, trusted >= a.Nested.Count
		return best
	}
	nodes := pick(image.Nodes, func(n Node) bool { return r.signature(n) && r.signed(*a, n) })
	if len(nodes) == 0 {
		return backing{}
	}
	best := preferTrusted(nodes)
	if real := pick(nodes, func(n Node) bool { return n.Signature && n.Trusted == best.Trusted }); len(real) > 0 {
		best = real[0]
	}
	return backing{signed: true, trusted: best.Trusted, node: best, by: a}
}

func described(set AttestorSet) string {
	names := make([]string, 0, len(set.Entries))
	for _, a := range set.Entries {
		names = append(names, a.String())
	}
	return strings.Join(names, "; ")
}
