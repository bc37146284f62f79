package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/scene"
)

// twice opens what was pressed twice. taken is false where there is nothing to open.
func (a App) twice(m tea.Mouse) (next App, cmd tea.Cmd, taken bool) {
	if s, open := a.top(); open {
		on := a.stage(s)
		rows, does := s.scene.(scene.RowOpener)
		if !does || !on.Room.Contains(m.X, m.Y) || !rows.Opens(on, m.X-on.Room.X, m.Y-on.Room.Y) {
			return a, nil, false
		}
		next, cmd = a.onSceneKey(s, a.enter())
		return next, cmd, true
	}
	p, found := a.paneAt(m.X, m.Y)
	room := a.regions.panes[p]
	var i scene.Intent
	switch row := m.Y - room.Y; {
	case !found:
		return a, nil, false
	case p == paneTree && row < a.nodes.window.Count()-a.nodes.window.Offset():
		a.nodes, i = a.nodes.key(a.tree, a.enter())
	case p == paneDetail && a.detail.Opens(row, room):
		a.detail, i = a.detail.Key(a.enter())
	default:
		return a, nil, false
	}
	next, cmd = a.do(i)
	return next, cmd, true
}

// enter is the key that opens, as the person has it.
func (a App) enter() tea.KeyPressMsg { return keymap.Press(a.keys.Enter.Keys()[0]) }
