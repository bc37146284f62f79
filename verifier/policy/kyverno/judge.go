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
	concerns, name := r.concerns(image.References)
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
	case r.Format == SigstoreBundle && image.Broken != "":
		whole.Result, whole.Node = diagnosis.NotMet, image.Broken
		whole.Message = "A referrer that is called a Sigstore bundle cannot be read as one: Kyverno gives up and lets nothing pass."
		return []Outcome{whole}
	case r.Format == SigstoreBundle && slices.ContainsFunc(image.Nodes, func(n Node) bool { return r.sees(n) && n.Size > MaxLayer }):
		whole.Result = diagnosis.NotMet
		whole.Message = fmt.Sprintf("A bundle is larger than %d MB: Kyverno gives up and lets nothing pass.", MaxLayer/1000/1000)
		return []Outcome{whole}
	}
	var list []Outcome
	for _, set := range r.Attestors {
		list = append(list, r.attest(set, image))
	}
	for _, a := range r.Attestations {
		list = append(list, r.attested(a, image)...)
	}
	return list
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
