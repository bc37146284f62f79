package ui

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// mark marks the selected node, or takes its mark away, and goes on to the next row.
func (p treePane) mark(e *model.Entry) treePane {
	id := e.Node.ID
	p.marks = opened(p.marks, p.marks[id], id)
	return p.at(p.window.Cursor() + 1)
}

// marked are the IDs of the marked nodes, in the order of the tree; nil where none is.
func (p treePane) marked() []string {
	if len(p.marks) == 0 {
		return nil
	}
	var ids []string
	for _, r := range p.all {
		if p.marks[r.Entry.Node.ID] {
			ids = append(ids, r.Entry.Node.ID)
		}
	}
	return ids
}

// marked are the IDs of the marked nodes, in the order of the tree; nil where none is.
func (a App) marked() []string { return a.nodes.marked() }

// copied is what is copied of the tree: the digests of what is marked, a blank between two, else that of the selected node.
func (p treePane) copied(tree *model.Tree, e *model.Entry) scene.CopyText {
	ids := p.marked()
	if len(ids) == 0 {
		return scene.CopyText{What: "digest", Text: string(e.Node.Digest)}
	}
	var digests []string
	for _, id := range ids {
		digests = append(digests, string(tree.Entry(id).Node.Digest))
	}
	return scene.CopyText{What: safe.Format("%s digests", safe.Int(len(ids))).String(), Text: strings.Join(digests, " ")}
}

// verifyThese judges again what is marked, where the tree has the focus, else the selected node.
func (a App) verifyThese() scene.VerifyAgain {
	if ids := a.marked(); len(ids) > 0 && a.inPane(paneTree) {
		return scene.VerifyAgain{IDs: ids}
	}
	return scene.VerifyAgain{IDs: []string{a.aimed().Node.ID}}
}

// unmark takes all marks away.
func (a App) unmark() App {
	a.nodes.marks = nil
	a.note = note{text: safe.Const("no marks any more")}
	return a
}
