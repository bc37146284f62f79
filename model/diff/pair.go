package diff

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// pair is a node and what stands in its place on the other side; either may be nil.
type pair struct{ before, after *Node }

// group is what nodes have to share to be compared: where they hang and what they are.
type group struct {
	platform, kind, what string
}

func (n *Node) group() group {
	what := n.PredicateType
	if n.Family == model.FamilySignature {
		what = "" // cosign's formats of one signature differ, and mean the same
	} else {
		what, _ = model.SplitVersion(what)
	}
	return group{n.Platform, kindOf(n), what}
}

// kindOf is the kind as far as it matters: an SBOM that is attested now is still one.
func kindOf(n *Node) string {
	if n.Family != model.FamilyOther && n.Family != "" {
		return string(n.Family)
	}
	return n.Kind
}

// pairs finds for every node what it is to be compared with: the same node, else one by the same signer, else the next one
// of its group.
func pairs(before, after []Node) []pair {
	var order []group
	left, right := map[group][]*Node{}, map[group][]*Node{}
	for i := range before {
		g := before[i].group()
		if left[g] == nil {
			order = append(order, g)
		}
		left[g] = append(left[g], &before[i])
	}
	for i := range after {
		g := after[i].group()
		if left[g] == nil && right[g] == nil {
			order = append(order, g)
		}
		right[g] = append(right[g], &after[i])
	}
	var out []pair
	for _, g := range order {
		out = append(out, match(left[g], right[g])...)
	}
	return out
}

// match pairs the nodes of one group. An identity's ref is left out: releases are signed at another tag each.
func match(before, after []*Node) []pair {
	var out []pair
	for _, same := range []func(n *Node) string{
		func(n *Node) string { return n.ID },
		func(n *Node) string { return n.Title + "\x00" + n.Signer.who() },
		func(n *Node) string { return n.Signer.who() },
		func(*Node) string { return "" },
	} {
		waiting := map[string][]*Node{}
		for _, n := range after {
			waiting[same(n)] = append(waiting[same(n)], n)
		}
		var rest []*Node
		for _, n := range before {
			key := same(n)
			if len(waiting[key]) == 0 {
				rest = append(rest, n)
				continue
			}
			out = append(out, pair{n, waiting[key][0]})
			waiting[key] = waiting[key][1:]
		}
		before = rest
		var open []*Node
		for _, n := range after {
			if list := waiting[same(n)]; len(list) > 0 && list[0] == n {
				open = append(open, n)
				waiting[same(n)] = list[1:]
			}
		}
		after = open
	}
	for _, n := range before {
		out = append(out, pair{n, nil})
	}
	for _, n := range after {
		out = append(out, pair{nil, n})
	}
	return out
}

// tagged reports whether a signer signed at a tag, as releases do.
func (s Signer) tagged() bool { return strings.Contains(s.Subject, "@refs/tags/") }

// who is a signer without the ref that it signed at.
func (s Signer) who() string {
	subject, _, _ := strings.Cut(s.Subject, "@refs/")
	if subject == "" {
		subject = s.Fingerprint
	}
	return s.Issuer + " " + subject
}
