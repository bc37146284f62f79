package survey

import "github.com/attestree/attestree/model"

// Row is one row of the tree.
type Row struct {
	Entry *model.Entry
	// Guide is what leads the eye from the ancestors to this row: one part per ancestor that is no root, "│" where that
	// one has further siblings. Rows of one parent share it.
	Guide       string
	Parent, End int32 // in the outline: the row of its parent, -1 for the root; the row after the last one below it
	Last        bool  // among its siblings
	Branch      bool  // something is shown below it, or would be if it was open
	Root        bool
	Quiet       bool // it is shown only for what is below it
}

// The parts of a guide, one byte each; glyphs are chosen when a row is drawn.
const (
	GuideLine = '|'
	guideGap  = ' '
)

// Outline is the whole tree as rows, everything open. What is shown of it is made without looking at the tree again, which
// takes many times as long where there are very many nodes. It is never changed in place.
type Outline []Row

// NewOutline is the outline of a tree as it is now, nil as long as nothing was found.
func NewOutline(tree *model.Tree) Outline {
	root := tree.Root()
	if root == nil {
		return nil
	}
	out := make(Outline, 0, tree.Len())
	var walk func(e *model.Entry, parent int32, guide string, last bool)
	walk = func(e *model.Entry, parent int32, guide string, last bool) {
		at := int32(len(out))
		out = append(out, Row{Entry: e, Guide: guide, Parent: parent, Last: last, Root: parent < 0})
		for i, id := range e.Children {
			if child := tree.Entry(id); child != nil {
				walk(child, at, Below(out[at]), i == len(e.Children)-1)
			}
		}
		out[at].End = int32(len(out))
		out[at].Branch = out[at].End > at+1
	}
	walk(root, -1, "", true)
	return out
}

// Below is the guide of what hangs on a row. The root adds nothing to it.
func Below(r Row) string {
	switch {
	case r.Root:
		return ""
	case r.Last:
		return r.Guide + string(guideGap)
	}
	return r.Guide + string(GuideLine)
}

// Open are the rows that are not inside of a closed branch.
func (o Outline) Open(closed map[string]bool) []Row {
	if len(closed) == 0 {
		return o
	}
	out := make([]Row, 0, len(o))
	for i := 0; i < len(o); {
		r := o[i]
		out = append(out, r)
		i++
		if r.Branch && closed[r.Entry.Node.ID] {
			i = int(r.End)
		}
	}
	return out
}

// Branches lists a row's node and everything below it that has children.
func (o Outline) Branches(at int) []string {
	if at < 0 || at >= len(o) {
		return nil
	}
	var ids []string
	for i := at; i < int(o[at].End); i++ {
		if o[i].Branch {
			ids = append(ids, o[i].Entry.Node.ID)
		}
	}
	return ids
}

// Find is the row of a node, -1 if it is not among them.
func Find(rows []Row, e *model.Entry) int {
	for i := range rows {
		if rows[i].Entry == e {
			return i
		}
	}
	return -1
}

// Nearest is the row of a node, or of the closest of its ancestors that is among the rows; 0 if there is none.
func Nearest(rows []Row, tree *model.Tree, id string) int {
	for e := tree.Entry(id); e != nil; e = tree.Entry(e.Node.Parent) {
		if i := Find(rows, e); i >= 0 {
			return i
		}
		if e.Node.Parent == "" {
			break
		}
	}
	return 0
}

// Lineage is the node and its ancestors, the root first.
func Lineage(tree *model.Tree, id string) []*model.Entry {
	var up []*model.Entry
	for e := tree.Entry(id); e != nil; e = tree.Entry(e.Node.Parent) {
		up = append([]*model.Entry{e}, up...)
		if e.Node.Parent == "" {
			break
		}
	}
	return up
}
