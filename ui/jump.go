package ui

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
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
		return a.atlas().Nodes(a.detail.naming())
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

// naming is the text on screen that may name digests: of the selected check or value where there is one, else all.
func (p detailPane) naming() string {
	switch p.tab {
	case scene.TabPayload:
		return p.payload.naming()
	case scene.TabRaw:
		from, to := p.raw.shownBytes()
		return string(p.raw.content.bytes[from:to])
	case scene.TabChecks:
		if r := p.entry.Report; r != nil && p.check >= 0 && p.check < len(r.Checks) {
			c := r.Checks[p.check]
			return strings.Join([]string{c.Expected, c.Actual, c.Detail}, "\n")
		}
	case scene.TabSummary, scene.TabSigner, scene.TabLearn, scene.TabCount:
	}
	return p.said
}

// naming is the value under the cursor.
func (t payloadTab) naming() string {
	if i := t.at(); i >= 0 {
		return head(t.payload.view.Document().Value(i), survey.MostNaming/16)
	}
	return ""
}

// shownBytes is the range of bytes that is in sight, and a row more.
func (t rawTab) shownBytes() (from, to int) {
	size := len(t.content.bytes)
	first, last := t.window.Visible()
	if t.hex {
		return min(first*t.perRow(), size), min(last*t.perRow(), size)
	}
	if first >= len(t.starts) {
		return 0, 0
	}
	to = size
	if last < len(t.starts) {
		to = int(t.starts[last])
	}
	return int(t.starts[first]), to
}

// naming is what the look-ups say.
func (p ledgerPane) naming() string {
	said := []string{string(p.digest)}
	for _, l := range p.lookups {
		said = append(said, l.Detail)
	}
	return strings.Join(said, "\n")
}
