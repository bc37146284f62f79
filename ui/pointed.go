package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// aimed is the node that keys are about: in a scene what is selected there, else the one in the tree; nil for none.
func (a App) aimed() *model.Entry {
	s, open := a.top()
	if !open {
		return a.nodes.current()
	}
	if p, does := s.scene.(scene.Pointing); does {
		return a.tree.Entry(p.Points(a.stage(s)))
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
	p, does := s.scene.(scene.Pointing)
	if !does || !a.concernsNode(k) || a.regions.tooSmall {
		return a, nil, false
	}
	if a.tree.Entry(p.Points(a.stage(s))) == nil {
		a.note = note{text: safe.Const("no attestation is selected here")}
		return a, nil, true
	}
	next, cmd, _ = a.onGlobalKey(k)
	return next, cmd, true
}
