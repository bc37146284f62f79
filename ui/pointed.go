package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// pointing is a scene in which a node is selected: keys that do something to the selected node do it to that one. The
// bench is none: what stands on it is broken.
type pointing interface {
	// points is the ID of the node, "" where the selected row is none and leads to none.
	points(on stage) string
}

// aimed is the node that keys are about: in a scene what is selected there, else the one in the tree; nil for none.
func (a App) aimed() *model.Entry {
	s, open := a.top()
	if !open {
		return a.nodes.current()
	}
	if p, does := s.scene.(pointing); does {
		return a.tree.Entry(p.points(a.stage(s)))
	}
	return nil
}

// inPane is where the focus is, if no scene hides the panes.
func (a App) inPane(p pane) bool { return a.focus == p && len(a.scenes) == 0 }

// concernsNode reports whether a key does something to one node, wherever that is shown.
func (a App) concernsNode(k tea.KeyPressMsg) bool {
	m := a.keys
	return key.Matches(k, m.Verify, m.Trust, m.Break, m.Copy, m.Export, m.Pager)
}

// onPointed carries out a key that concerns the node selected in a scene. taken is false where the scene has no nodes.
func (a App) onPointed(s shown, k tea.KeyPressMsg) (next App, cmd tea.Cmd, taken bool) {
	p, does := s.scene.(pointing)
	if !does || !a.concernsNode(k) || a.regions.tooSmall {
		return a, nil, false
	}
	if a.tree.Entry(p.points(a.stage(s))) == nil {
		a.note = note{text: safe.Const("no attestation is selected here")}
		return a, nil, true
	}
	next, cmd, _ = a.onGlobalKey(k)
	return next, cmd, true
}

func (s coverageScene) points(stage) string {
	if _, cell := s.cell(); len(cell.rows) == 1 {
		return s.entries(cell, 1)[0].Node.ID
	}
	return ""
}

func (s coverageCell) points(stage) string {
	stop, _ := s.stop()
	return stop.node
}

func (s bySignerScene) points(stage) string {
	if e := s.entry(); e != nil {
		return e.Node.ID
	}
	return ""
}

func (s auditScene) points(stage) string { return s.node() }

func (s diffScene) points(on stage) string {
	if s.asking() || s.report == nil || s.tab != diffChanges {
		return ""
	}
	if at, any := s.lists[s.tab].selected(); any {
		return s.where(on.tree, s.report.Changes[at])
	}
	return ""
}

func (s doctorScene) points(stage) string {
	if at, any := s.list.selected(); any {
		return s.rules[at].Node
	}
	return ""
}

// points is the SBOM that lists the selected package, the first where several do.
func (s packagesScene) points(stage) string {
	table := s.shown.table
	if p, open := s.page(); open && !p.unlisted {
		return p.table.Sources()[p.place.Source].Node
	}
	if row, any := s.row(); any && len(s.pages) == 0 {
		return table.Sources()[table.Places(row)[0].Source].Node
	}
	return ""
}
