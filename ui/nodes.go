package ui

import (
	"maps"
	"strings"

	"github.com/attestree/attestree/model"
)

// nodeRow is one visible row of the tree.
type nodeRow struct {
	entry *model.Entry
	// guide is what leads the eye from the ancestors to this row: one part per ancestor that is no root, "│" where that
	// one has further siblings. Rows of one parent share it.
	guide string
	last  bool // among its siblings
	root  bool
}

// The parts of a guide, one byte each; glyphs are chosen when a row is drawn.
const (
	guideLine = '|'
	guideGap  = ' '
)

// nodeList is the tree flattened to its visible rows.
type nodeList struct {
	rows   []nodeRow
	closed map[string]bool // IDs of closed branches; never changed in place, copies of a pane share it
}

// flatten lists the visible rows of a tree. It walks by itself, so that closed branches cost nothing.
func flatten(tree *model.Tree, closed map[string]bool) []nodeRow {
	root := tree.Root()
	if root == nil {
		return nil
	}
	var rows []nodeRow
	var walk func(e *model.Entry, guide string, last bool)
	walk = func(e *model.Entry, guide string, last bool) {
		rows = append(rows, nodeRow{entry: e, guide: guide, last: last, root: e == root})
		if closed[e.Node.ID] || len(e.Children) == 0 {
			return
		}
		below := guide
		if e != root {
			below += string(guideGap)
			if !last {
				below = guide + string(guideLine)
			}
		}
		for i, id := range e.Children {
			if child := tree.Entry(id); child != nil {
				walk(child, below, i == len(e.Children)-1)
			}
		}
	}
	walk(root, "", true)
	return rows
}

// find is the row of a node, -1 if it is not visible.
func (l nodeList) find(id string) int {
	for i, r := range l.rows {
		if r.entry.Node.ID == id {
			return i
		}
	}
	return -1
}

// nearest is the row of a node, or of the closest of its ancestors that is visible; 0 if there is none.
func (l nodeList) nearest(tree *model.Tree, id string) int {
	for e := tree.Entry(id); e != nil; e = tree.Entry(e.Node.Parent) {
		if i := l.find(e.Node.ID); i >= 0 {
			return i
		}
		if e.Node.Parent == "" {
			break
		}
	}
	return 0
}

// opened is the set of closed branches with the named ones opened or closed.
func opened(closed map[string]bool, open bool, ids ...string) map[string]bool {
	next := maps.Clone(closed)
	if next == nil {
		next = map[string]bool{}
	}
	for _, id := range ids {
		if open {
			delete(next, id)
		} else {
			next[id] = true
		}
	}
	return next
}

// branches lists a node and everything below it that has children.
func branches(tree *model.Tree, id string) []string {
	e := tree.Entry(id)
	if e == nil || len(e.Children) == 0 {
		return nil
	}
	ids := []string{id}
	for _, child := range e.Children {
		ids = append(ids, branches(tree, child)...)
	}
	return ids
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

// matches lists the nodes that a search finds, in tree order: those whose title, type, platform or digest contains the
// query, whatever its case.
func matches(tree *model.Tree, query string) []string {
	if query == "" {
		return nil
	}
	query = strings.ToLower(query)
	var found []string
	tree.Walk(func(e *model.Entry) {
		for _, s := range []string{
			model.EntryTitle(e), e.PredicateType(), e.Node.ArtifactType, e.Node.Platform,
			string(e.Node.Digest), e.Node.Tag, e.Standing.Verdict.String(),
		} {
			if strings.Contains(strings.ToLower(s), query) {
				found = append(found, e.Node.ID)
				return
			}
		}
	})
	return found
}
