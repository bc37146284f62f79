package ui

import tea "charm.land/bubbletea/v2"

// clicked is where the mouse was pressed last, with nothing else done since: pressed there once more, it opens what is
// there. How long the two are apart does not matter, so nobody has to be quick.
type clicked struct {
	any  bool
	x, y int
	on   int // the scene, 0 for the panes
}

// again reports whether a press is a second one at the same place, a few cells beside the first at most.
func (c clicked) again(next clicked) bool {
	const near = 2
	return c.any && c.on == next.on && c.y == next.y && next.x >= c.x-near && next.x <= c.x+near
}

// rowOpener is a scene in which a row that is pressed twice is opened as enter would open it. Scenes that open what was
// selected already do that themselves.
type rowOpener interface {
	opens(on stage, x, y int) bool
}

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

// opens reports whether a line of a table is one of its rows.
func (t table) opens(line int) bool { return line > 0 && line <= t.window.Count()-t.window.Offset() }

func (s auditScene) opens(on stage, x, y int) bool {
	r := s.layout(on).table
	return s.form == nil && !s.typing && r.contains(x, y) && s.table.opens(y-r.y)
}

func (s doctorScene) opens(_ stage, x, y int) bool {
	r := s.detail.table
	return !s.naming && !s.list.typing && r.contains(x, y) && s.list.table.opens(y-r.y)
}

func (s diffScene) opens(_ stage, x, y int) bool {
	r, l := s.detail.table, s.lists[s.tab]
	switch {
	case s.asking():
		return s.ask.table.opens(y - s.ask.top)
	case s.report == nil:
		return false
	}
	return !l.typing && r.contains(x, y) && l.table.opens(y-r.y)
}

func (s packagesScene) opens(on stage, x, y int) bool {
	if p, open := s.page(); open {
		return p.stops.hit(p.window.Offset()+y) >= 0
	}
	r := s.tableRoom(on)
	return !s.typing && r.contains(x, y) && s.table.opens(y-r.y)
}
