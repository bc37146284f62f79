package diff

import "github.com/attestree/attestree/model"

// CompareNodes compares what two nodes of a judged tree say, whatever they are: who signed them, how they stand, and the
// summaries of their payloads.
func CompareNodes(t *model.Tree, before, after string) Report {
	a, b := t.Entry(before), t.Entry(after)
	if a == nil || b == nil {
		return Report{}
	}
	r := Report{Before: sideOfNode(t, a), After: sideOfNode(t, b)}
	r.node(&r.Before.Nodes[0], &r.After.Nodes[0])
	r.settle()
	return r
}

func sideOfNode(t *model.Tree, e *model.Entry) Side {
	return Side{
		Name: model.EntryTitle(e), Resolved: t.Reference, Digest: e.Node.Digest, Judged: true, Verdict: verdict(e),
		Reason: e.Standing.Reason, Nodes: []Node{nodeOf(t, e, true)},
	}
}
