package survey

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Atlas says which nodes digests name. Its zero value knows none.
type Atlas struct {
	Tree *model.Tree
	Of   *Survey
	Self string // ID of the node that is looked at: what names that leads nowhere
}

// Node is the ID of the node that a digest names, "" if there is none.
func (t Atlas) Node(d model.Digest) string {
	if t.Tree == nil {
		return ""
	}
	e := t.Tree.Entry(string(d))
	if e == nil && t.Of != nil {
		if row, known := t.Of.digests[d]; known {
			e = t.Of.Outline[row].Entry
		}
	}
	if e == nil || e.Node.ID == t.Self {
		return ""
	}
	return e.Node.ID
}

// Nodes are the IDs of the nodes that a text names by their digests.
func (t Atlas) Nodes(text string) []string {
	var ids []string
	for _, d := range digestsIn(text) {
		if id := t.Node(d); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
