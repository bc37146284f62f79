package ui

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
)

func (a App) atlas() survey.Atlas {
	return survey.Atlas{Tree: a.tree, Of: a.survey.Done, Self: a.nodes.selected}
}

// jump goes to the node whose digest is named where the focus is; where several are, they are offered.
func (a App) jump() App {
	var known []choice
	for _, id := range a.named() {
		known = append(known, choice{node: a.tree.Entry(id)})
	}
	switch len(known) {
	case 0:
		a.note = note{text: safe.Const("no digest here names another node")}
	case 1:
		a.nodes = a.nodes.reveal(a.tree, known[0].node.Node.ID)
	default:
		a = a.openPalette()
		a.palette.only = known
	}
	return a
}

// named are the nodes whose digests are named where the focus is.
func (a App) named() []string {
	e := a.nodes.current()
	if e == nil {
		return nil
	}
	switch a.focus {
	case paneDetail:
		return a.atlas().Nodes(a.detail.Naming())
	case paneLedger:
		return a.atlas().Nodes(a.ledger.naming())
	case paneTree:
	}
	n := e.Node
	digests := append([]model.Digest{n.Subject, n.DeclaredSubject, n.Manifest}, n.Within...)
	ids := []string{e.Standing.VouchedBy, e.Standing.CoveredBy}
	for _, d := range digests {
		ids = append(ids, a.atlas().Node(d))
	}
	var out []string
	for _, id := range ids {
		if id != "" && id != n.ID && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// naming is what the look-ups say.
func (p ledgerPane) naming() string {
	said := []string{string(p.digest)}
	for _, l := range p.lookups {
		said = append(said, l.Detail)
	}
	return strings.Join(said, "\n")
}
