package kyverno

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// attested asks for an attestation of a type, and that each of them by the attestors says what the conditions want.
func (r Rule) attested(a Attestation, image Image) []Outcome {
	out := Outcome{Rule: r, Path: a.Path, Line: a.Line, Expression: "type: " + a.Type, Type: a.Type}
	ofType := func(n Node) bool { return n.Type == a.Type && (n.Bundle || !n.Signature) }
	seen := pick(image.Nodes, func(n Node) bool { return ofType(n) && r.sees(n) })
	out.Unseen = pick(image.Nodes, func(n Node) bool { return ofType(n) && !r.sees(n) })
	nodes, believed := r.by(a, seen, &out)
	switch {
	case len(seen) == 0:
		out.Result, out.Message = diagnosis.NotMet, fmt.Sprintf("Kyverno finds no attestation of type %s.", a.Type)
		return append([]Outcome{out}, r.unreached(a, out.Unseen)...)
	case len(nodes) == 0:
		best := preferTrusted(seen)
		out.Node, out.Trusted, out.Result = best.ID, best.Trusted, diagnosis.NotMet
		if out.Message == "" {
			out.Message = fmt.Sprintf("No attestation of type %s is by %s.", a.Type, out.Attestor)
		}
		return append([]Outcome{out}, r.unreached(a, seen)...)
	}
	best := preferTrusted(nodes)
	out.Node, out.Trusted, out.Result = best.ID, best.Trusted && believed, diagnosis.Met
	out.Message = fmt.Sprintf("There is an attestation of type %s.", a.Type)
	out.believe()
	return append([]Outcome{out}, conditions(r, a, nodes)...)
}

// by are the attestations that the attestors must have signed, none where too few of them did. Each of these is held
// against the conditions; believed is whether the reader trusts one by each attestor that counts.
func (r Rule) by(a Attestation, seen []Node, out *Outcome) (nodes []Node, believed bool) {
	if len(a.Attestors) == 0 {
		return r.byAnybody(seen, out)
	}
	believed = true
	for _, set := range a.Attestors {
		counted := r.counted(a, set, seen, out)
		if len(counted) < set.Count {
			return nil, false
		}
		for _, own := range counted[:set.Count] {
			believed = believed && slices.ContainsFunc(own, func(n Node) bool { return n.Trusted })
			for _, n := range own {
				if !slices.ContainsFunc(nodes, func(o Node) bool { return o.ID == n.ID }) {
					nodes = append(nodes, n)
				}
			}
		}
	}
	return nodes, believed
}

// byAnybody is where no attestors are named: at a tag every certificate will do; bundles Kyverno does not verify without
// an identity, and finds none.
func (r Rule) byAnybody(seen []Node, out *Outcome) (nodes []Node, believed bool) {
	if r.Format == SigstoreBundle {
		out.Message = "It names no attestors, without whom Kyverno verifies no bundle: it lets nothing pass."
		return nil, false
	}
	return pick(seen, func(n Node) bool { return n.Logged && n.Signer.Kind == model.SignerCertificate }), true
}

// counted are the attestations by each attestor of a set that has some: first of those whose all say what the conditions
// want, for any Count of the attestors are enough; among these, of those whom the reader trusts.
func (r Rule) counted(a Attestation, set AttestorSet, seen []Node, out *Outcome) [][]Node {
	var groups [4][][]Node
	for i := range set.Entries {
		own := r.fetched(set.Entries[i], seen, out)
		if len(own) == 0 {
			out.Attestor = &set.Entries[i]
			continue
		}
		rank := 0
		if slices.ContainsFunc(conditions(r, a, own), func(o Outcome) bool { return o.Result != diagnosis.Met && !o.WouldBe }) {
			rank = 2
		}
		if !slices.ContainsFunc(own, func(n Node) bool { return n.Trusted }) {
			rank++
		}
		groups[rank] = append(groups[rank], own)
	}
	return slices.Concat(groups[:]...)
}

// fetched are the attestations that Kyverno gets for one attestor. At a tag it gives up on an identity as soon as somebody
// else signed one of the type.
func (r Rule) fetched(entry Attestor, seen []Node, out *Outcome) []Node {
	own := pick(seen, func(n Node) bool { return r.signed(entry, n) })
	if r.Format == SigstoreBundle || entry.Key != nil || len(own) == 0 {
		return own
	}
	strangers := pick(seen, func(n Node) bool { return n.Signer.Kind == model.SignerCertificate && !r.signed(entry, n) })
	if len(strangers) > 0 {
		out.Message = fmt.Sprintf("With type Cosign Kyverno gives up because not every attestation of type %s is by %s: one is by %s.",
			out.Type, entry, strangers[0].Signer.Subject)
		return nil
	}
	return own
}
