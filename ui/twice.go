package ui

import tea "charm.land/bubbletea/v2"

// twice opens what was pressed twice. taken is false where there is nothing to open.
func (a App) twice(m tea.Mouse) (next App, cmd tea.Cmd, taken bool) {
	if s, open := a.top(); open {
		on := a.stage(s)
		rows, does := s.scene.(rowOpener)
		if !does || !on.room.contains(m.X, m.Y) || !rows.opens(on, m.X-on.room.x, m.Y-on.room.y) {
			return a, nil, false
		}
		next, cmd = a.onSceneKey(s, a.enter())
		return next, cmd, true
	}
	p, found := a.paneAt(m.X, m.Y)
	room := a.regions.panes[p]
	var i intent
	switch row := m.Y - room.y; {
	case !found:
		return a, nil, false
	case p == paneTree && row < a.nodes.window.Count()-a.nodes.window.Offset():
		a.nodes, i = a.nodes.key(a.tree, a.enter())
	case p == paneDetail && a.detail.opens(row-tabRows(room.h)):
		a.detail, i = a.detail.key(a.enter())
	default:
		return a, nil, false
	}
	next, cmd = a.do(i)
	return next, cmd, true
}

// enter is the key that opens, as the person has it.
func (a App) enter() tea.KeyPressMsg { return keyPress(a.keys.Enter.Keys()[0]) }

// opens reports whether enter would lead somewhere from a row below the names of the tabs. The payload opens and closes
// by itself.
func (p detailPane) opens(row int) bool {
	at := p.scroll.Offset() + row
	switch p.tab {
	case tabSummary:
		return row >= 0 && p.card.hit(at) >= 0
	case tabLearn:
		return row >= 0 && p.learn.hit(at) >= 0
	case tabChecks:
		return row >= 0 && p.check >= 0 && p.check < len(p.blocks) && at >= p.blocks[p.check].first && at < p.blocks[p.check].end
	case tabPayload, tabSigner, tabRaw, tabCount:
	}
	return false
}
