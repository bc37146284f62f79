package export

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// Pane is the overlay that writes evidence to files: first what, then where.
type Pane struct {
	Board   widget.Board
	keys    keymap.Map
	nodes   []string // IDs
	name    string   // of the one node
	items   []item
	chosen  bool // what is; now where is typed
	path    widget.Edit
	busy    bool
	problem string // why nothing was written
	typedAt int    // the line of the board that is typed on
}

// item is one thing that can be written.
type item struct {
	part Part
	name safe.Text
	says string
	file string // proposed
}

// New asks what should be written of nodes, of which there is at least one, or of the whole image where root is one.
func New(keys keymap.Map, nodes []*model.Entry, root *model.Entry) Pane {
	p := Pane{keys: keys, name: model.EntryTitle(nodes[0])}
	for _, e := range nodes {
		p.nodes = append(p.nodes, e.Node.ID)
	}
	if len(nodes) > 1 {
		p.items = several(len(nodes))
	} else {
		p.items = partsOf(nodes[0])
	}
	if root != nil && (root.Node.Kind == model.KindIndex || root.Node.Kind == model.KindImage) {
		p.items = append(p.items, item{Pack, safe.Const("evidence pack"),
			"The whole image with everything attached, the trusted roots, the policy and the report: an OCI layout that attestree and cosign read",
			"evidence-" + shortHex(root.Node.Digest)})
	}
	return p
}

// Ask is what a key asks of whoever shows the pane.
type Ask int

// What can be asked.
const (
	Nothing Ask = iota
	Close
	Start // of the writing, see Write; of the copying
)

// Typing reports whether the path has the keys.
func (p Pane) Typing() bool { return p.chosen }

// Paste adds pasted text to the path.
func (p Pane) Paste(text string) Pane {
	p.path = p.path.Insert(text)
	return p
}

// Key chooses what, types where, and begins to write it, unless nobody can see that.
func (p Pane) Key(k tea.KeyPressMsg, seen bool) (Pane, Ask) {
	switch {
	case key.Matches(k, p.keys.Back) && p.chosen && !p.busy:
		p.chosen, p.problem = false, ""
	case key.Matches(k, p.keys.Back):
		return p, Close
	case !seen, p.busy:
	case key.Matches(k, p.keys.Enter) && p.chosen:
		return p.begin()
	case key.Matches(k, p.keys.Enter):
		return p.Choose(), Nothing
	case p.chosen:
		p.path, _ = p.path.Key(k)
		p.problem = ""
	case key.Matches(k, p.keys.Export):
		return p, Close
	default:
		p.Board = p.Board.Key(p.keys, k)
	}
	return p, Nothing
}

// item is what is selected.
func (p Pane) item() (item, bool) {
	if p.Board.At < 0 || p.Board.At >= len(p.items) {
		return item{}, false
	}
	return p.items[p.Board.At], true
}

// Choose goes on to where.
func (p Pane) Choose() Pane {
	if i, any := p.item(); any && !p.chosen {
		p.chosen, p.path, p.problem = true, widget.Edit{Text: i.file}, ""
	}
	return p
}

// begin has what was chosen written to the path that was typed.
func (p Pane) begin() (Pane, Ask) {
	if _, any := p.item(); !any {
		return p, Nothing
	}
	if strings.TrimSpace(p.path.Text) == "" {
		p.problem = "Name the file that it should be written to."
		return p, Nothing
	}
	p.busy, p.problem = true, ""
	return p, Start
}

// WroteMsg is what came of it.
type WroteMsg struct {
	Said string
	Err  error
}

// Write is the command that writes what was chosen.
func (p Pane) Write(b Backend, tree *survey.Shared, t *model.Tree) tea.Cmd {
	i, _ := p.item()
	path, ids := strings.TrimSpace(p.path.Text), p.nodes
	write := func() (string, error) { return b.ExportNodes(tree.Snapshot(t), ids, path) }
	switch i.part {
	case Node:
	case Pack:
		write = func() (string, error) { return b.ExportPack(tree.Snapshot(t), path) }
	default:
		var nodes []*model.Entry
		for _, id := range ids {
			if e := t.Entry(id); e != nil {
				nodes = append(nodes, scene.Copied(e))
			}
		}
		write = func() (string, error) { return b.ExportPart(nodes, i.part, path) }
	}
	return func() tea.Msg {
		said, err := write()
		return WroteMsg{said, err}
	}
}

// Ended is the pane after it was written, or could not be.
func (p Pane) Ended(err error) Pane {
	if p.busy = false; err != nil {
		p.problem = err.Error()
	}
	return p
}
