package ui

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// atlas says which nodes digests name. Its zero value knows none.
type atlas struct {
	tree *model.Tree
	of   *survey
	self string // ID of the node that is looked at: what names that leads nowhere
}

// node is the ID of the node that a digest names, "" if there is none.
func (t atlas) node(d model.Digest) string {
	if t.tree == nil {
		return ""
	}
	e := t.tree.Entry(string(d))
	if e == nil && t.of != nil {
		if row, known := t.of.digests[d]; known {
			e = t.of.outline[row].entry
		}
	}
	if e == nil || e.Node.ID == t.self {
		return ""
	}
	return e.Node.ID
}

// nodes are the IDs of the nodes that a text names by their digests.
func (t atlas) nodes(text string) []string {
	var ids []string
	for _, d := range digestsIn(text) {
		if id := t.node(d); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
