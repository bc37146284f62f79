package ui

import "github.com/attestree/attestree/model"

// nodeRow is one row of the tree.
type nodeRow struct {
	entry *model.Entry
	// guide is what leads the eye from the ancestors to this row: one part per ancestor that is no root, "│" where that
	// one has further siblings. Rows of one parent share it.
	guide       string
	parent, end int32 // in the outline: the row of its parent, -1 for the root; the row after the last one below it
	last        bool  // among its siblings
	branch      bool  // something is shown below it, or would be if it was open
	root        bool
	quiet       bool // it is shown only for what is below it
}

// The parts of a guide, one byte each; glyphs are chosen when a row is drawn.
const (
	guideLine = '|'
	guideGap  = ' '
)

// outline is the whole tree as rows, everything open. What is shown of it is made without looking at the tree again, which
// takes many times as long where there are very many nodes. It is never changed in place.
type outline []nodeRow

func newOutline(tree *model.Tree) outline {
	root := tree.Root()
	if root == nil {
		return nil
	}
	out := make(outline, 0, tree.Len())
	var walk func(e *model.Entry, parent int32, guide string, last bool)
	walk = func(e *model.Entry, parent int32, guide string, last bool) {
		at := int32(len(out))
		out = append(out, nodeRow{entry: e, guide: guide, parent: parent, last: last, root: parent < 0})
		for i, id := range e.Children {
			if child := tree.Entry(id); child != nil {
				walk(child, at, below(out[at]), i == len(e.Children)-1)
			}
		}
		out[at].end = int32(len(out))
		out[at].branch = out[at].end > at+1
	}
	walk(root, -1, "", true)
	return out
}

// below is the guide of what hangs on a row. The root adds nothing to it.
func below(r nodeRow) string {
	switch {
	case r.root:
		return ""
	case r.last:
		return r.guide + string(guideGap)
	}
	return r.guide + string(guideLine)
}

// open are the rows that are not inside of a closed branch.
func (o outline) open(closed map[string]bool) []nodeRow {
	if len(closed) == 0 {
		return o
	}
	out := make([]nodeRow, 0, len(o))
	for i := 0; i < len(o); {
		r := o[i]
		out = append(out, r)
		i++
		if r.branch && closed[r.entry.Node.ID] {
			i = int(r.end)
		}
	}
	return out
}

// branches lists a row's node and everything below it that has children.
func (o outline) branches(at int) []string {
	if at < 0 || at >= len(o) {
		return nil
	}
	var ids []string
	for i := at; i < int(o[at].end); i++ {
		if o[i].branch {
			ids = append(ids, o[i].entry.Node.ID)
		}
	}
	return ids
}

// find is the row of a node, -1 if it is not among them.
func find(rows []nodeRow, e *model.Entry) int {
	for i := range rows {
		if rows[i].entry == e {
			return i
		}
	}
	return -1
}

// nearest is the row of a node, or of the closest of its ancestors that is among the rows; 0 if there is none.
func nearest(rows []nodeRow, tree *model.Tree, id string) int {
	for e := tree.Entry(id); e != nil; e = tree.Entry(e.Node.Parent) {
		if i := find(rows, e); i >= 0 {
			return i
		}
		if e.Node.Parent == "" {
			break
		}
	}
	return 0
}

// lineage is the node and its ancestors, the root first.
func lineage(tree *model.Tree, id string) []*model.Entry {
	var up []*model.Entry
	for e := tree.Entry(id); e != nil; e = tree.Entry(e.Node.Parent) {
		up = append([]*model.Entry{e}, up...)
		if e.Node.Parent == "" {
			break
		}
	}
	return up
}
