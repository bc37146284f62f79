package kyverno

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model/diagnosis"
)

// Judge holds every rule of the file against the image. There is an outcome for each thing that is asked, and for each
// part of the file that is not evaluated; there is always one.
func (f *File) Judge(image Image) []Outcome {
	var list []Outcome
	for _, u := range f.Unsupported {
		list = append(list, Outcome{
			Path: u.Path, Line: u.Line, Result: diagnosis.Unsupported, Message: fmt.Sprintf("%s is not evaluated: %s.", u.Path, u.Why),
		})
	}
	for _, rule := range f.Rules {
		list = append(list, rule.judge(image)...)
	}
	return list
}

func (r Rule) judge(image Image) []Outcome {
	whole := Outcome{Rule: r, Path: r.Path, Line: r.Line, Expression: "imageReferences: " + strings.Join(r.Images, ", ")}
	concerns, name := r.Concerns(image.References)
	switch {
	case r.Blocked:
		whole.Result, whole.Message = diagnosis.Unsupported, "It is not judged, because something in or around it is not evaluated here."
		return []Outcome{whole}
	case len(image.References) == 0:
		whole.Result, whole.Message = diagnosis.Undefined, "It is not known under which name the image is used; say it with --as."
		return []Outcome{whole}
	case !concerns && name != "":
		whole.Result, whole.Message = diagnosis.Undefined, fmt.Sprintf("%s is left out by skipImageReferences: Kyverno does not look at it.", name)
		return []Outcome{whole}
	case !concerns:
		whole.Result = diagnosis.Undefined
		whole.Message = fmt.Sprintf("No pattern is about %s: Kyverno does not look at it, and lets it pass.", strings.Join(image.References, " or "))
		return []Outcome{whole}
	case r.Format == SigstoreBundle && image.Referrers > MaxReferrers:
		whole.Result = diagnosis.NotMet
		whole.Message = fmt.Sprintf("There are %d referrers; with more than %d Kyverno gives up and lets nothing pass.", image.Referrers, MaxReferrers)
		return []Outcome{whole}
	case r.Format == SigstoreBundle && slices.ContainsFunc(image.Nodes, func(n Node) bool { return r.sees(n) && n.Size > MaxLayer }):
		whole.Result = diagnosis.NotMet
		whole.Message = fmt.Sprintf("A bundle is larger than %d MB: Kyverno gives up and lets nothing pass.", MaxLayer/1000/1000)
		return []Outcome{whole}
	}
	var list []Outcome
	for _, set := range r.Attestors {
		list = append(list, r.signed(set, image))
	}
	for _, a := range r.Attestations {
		list = append(list, r.attested(a, image)...)
	}
	return list
}

// signed asks whether enough attestors signed the image.
func (r Rule) signed(set AttestorSet, image Image) Outcome {
	out := Outcome{Rule: r, Path: set.Path, Line: set.Line, Expression: described(set), Attestor: &set.Entries[0]}
	signatures := func(n Node) bool { return n.Signature }
	count, trusted := 0, 0
	for i := range set.Entries {
		nodes := pick(image.Nodes, func(n Node) bool { return signatures(n) && r.sees(n) && set.Entries[i].Matches(n.Signer, r.Format) })
		if len(nodes) == 0 {
			continue
		}
		count++
		best := preferTrusted(nodes)
		if best.Trusted {
			trusted++
		}
		if out.Node == "" || best.Trusted && !out.Trusted {
			out.Node, out.Trusted, out.Attestor = best.ID, best.Trusted, &set.Entries[i]
		}
	}
	out.Unseen = pick(image.Nodes, func(n Node) bool { return n.Signature && !r.sees(n) })
	switch {
	case count < set.Count:
		out.Result = diagnosis.NotMet
		out.Message = fmt.Sprintf("%d of %d attestors signed; %d must have.", count, len(set.Entries), set.Count)
		if near := pick(image.Nodes, func(n Node) bool { return n.Signature && r.sees(n) }); out.Node == "" && len(near) > 0 {
			best := preferTrusted(near)
			out.Node, out.Trusted = best.ID, best.Trusted
		}
	case trusted < set.Count:
		out.Result, out.WouldBe, out.Trusted = diagnosis.NotMet, true, false
		out.Message = fmt.Sprintf("%d of %d attestors signed, but you do not trust enough of them.", count, len(set.Entries))
	default:
		out.Result, out.Message = diagnosis.Met, fmt.Sprintf("%d of %d attestors signed.", count, len(set.Entries))
	}
	return out
}

func described(set AttestorSet) string {
	names := make([]string, 0, len(set.Entries))
	for _, a := range set.Entries {
		names = append(names, a.String())
	}
	return strings.Join(names, "; ")
}

// attested asks for an attestation of a type, and that each of them by the attestors says what the conditions want.
func (r Rule) attested(a Attestation, image Image) []Outcome {
	out := Outcome{Rule: r, Path: a.Path, Line: a.Line, Expression: "type: " + a.Type, Type: a.Type}
	ofType := func(n Node) bool { return !n.Signature && n.Type == a.Type }
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
		out.Message = fmt.Sprintf("No attestation of type %s is by %s.", a.Type, out.Attestor)
		return append([]Outcome{out}, r.unreached(a, seen)...)
	}
	best := preferTrusted(nodes)
	out.Node, out.Trusted, out.Result = best.ID, best.Trusted && believed, diagnosis.Met
	out.Message = fmt.Sprintf("There is an attestation of type %s.", a.Type)
	out.believe()
	return append([]Outcome{out}, conditions(r, a, nodes)...)
}

// by are the attestations that the attestors must have signed, none where one of them did not. Each of these is held
// against the conditions; believed is whether the reader trusts one by each attestor.
func (r Rule) by(a Attestation, seen []Node, out *Outcome) (nodes []Node, believed bool) {
	if len(a.Attestors) == 0 {
		return seen, true
	}
	taken := make([]bool, len(seen))
	believed = true
	for _, set := range a.Attestors {
		// Of an attestation Kyverno asks its attestors in turn, and gives up at the first one that did not sign.
		for i := range set.Entries[:set.Count] {
			entry := &set.Entries[i]
			out.Attestor = entry
			signed, trusted := false, false
			for k, n := range seen {
				if entry.Matches(n.Signer, r.Format) {
					taken[k], signed, trusted = true, true, trusted || n.Trusted
				}
			}
			if !signed {
				return nil, false
			}
			believed = believed && trusted
		}
	}
	for k, n := range seen {
		if taken[k] {
			nodes = append(nodes, n)
		}
	}
	return nodes, believed
}

// unreached are the conditions of an attestation that there is none of. What they would have read is shown on one that
// Kyverno does not take, where there is one.
func (r Rule) unreached(a Attestation, on []Node) []Outcome {
	var list []Outcome
	for i := range a.Conditions {
		out := Outcome{Line: a.Conditions[i].Line, Path: a.Conditions[i].Path, Condition: &a.Conditions[i]}
		if len(on) > 0 {
			out = a.Conditions[i].judge(preferTrusted(on))
		}
		out.Rule, out.Type, out.Result = r, a.Type, diagnosis.Undefined
		out.Message = "Not judged, because of what is said above."
		list = append(list, out)
	}
	return list
}

// believe turns what is met on a node that the reader does not trust into what would be met.
func (o *Outcome) believe() {
	if o.Result == diagnosis.Met && !o.Trusted {
		o.Result, o.WouldBe = diagnosis.NotMet, true
		o.Message = strings.TrimSuffix(o.Message, ".") + ", but you do not trust who signed it."
	}
}

func pick(nodes []Node, want func(Node) bool) []Node {
	var list []Node
	for _, n := range nodes {
		if want(n) {
			list = append(list, n)
		}
	}
	return list
}

func preferTrusted(nodes []Node) Node {
	for _, n := range nodes {
		if n.Trusted {
			return n
		}
	}
	return nodes[0]
}
