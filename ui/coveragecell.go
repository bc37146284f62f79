package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// coverageCell is everything there is to say of one cell of the grid: the nodes in it, where was looked, and how such a
// thing is made.
type coverageCell struct {
	keys keyMap
	gridMaker
	family model.Family
	column string // ID of the column's node
	digest model.Digest
	name   string

	made   *survey // that the lines were made from
	width  int
	styles *theme.Styles
	lines  []line
	stops  []cellStop
	at     int
	window rows.Window
}

// cellStop is a line of the page that leads somewhere: to a node, or to a command to be copied.
type cellStop struct {
	block
	node    string
	command string
}

func (s coverageCell) title(stage) safe.Text {
	return safe.Format("%s of %s", safe.Line(familyName(s.family)), safe.LineMax(s.name, mostName))
}

func (s coverageCell) hints(stage) []hint {
	stop, any := s.stop()
	switch {
	case !any:
		return nil
	case stop.node != "":
		return []hint{hintFor(s.keys.Enter, safe.Const("go there"))}
	}
	return []hint{hintFor(s.keys.Copy, safe.Const("copy the command"))}
}

func (s coverageCell) stop() (cellStop, bool) {
	if s.at < 0 || s.at >= len(s.stops) {
		return cellStop{}, false
	}
	return s.stops[s.at], true
}

func (s coverageCell) prepare(on stage) (scene, tea.Cmd) {
	maker, cmd := s.gridMaker.prepare(on)
	s.gridMaker = maker
	if width := on.room.w - tableMargin - 1; s.of != nil && (s.made != s.of || s.width != width || s.styles != on.look.styles) {
		s.made, s.width, s.styles = s.of, width, on.look.styles
		s = s.write(on)
	}
	s.at = max(0, min(s.at, len(s.stops)-1))
	s.window = s.window.SetCount(len(s.lines)).Resize(on.room.h)
	return s, cmd
}

// write makes the lines.
func (s coverageCell) write(on stage) coverageCell {
	g := s.grid
	page := &sheet{width: s.width, styles: s.styles}
	s.stops = nil
	for c, column := range g.columns {
		if column.entry.Node.ID != s.column {
			continue
		}
		var nodes []*model.Entry
		for _, r := range g.rows {
			if r.family == s.family {
				nodes = s.entries(r.cells[c], mostRows-200)
			}
		}
		for _, e := range nodes {
			s.stops = append(s.stops, cellStop{block: block{len(page.lines), len(page.lines) + 1}, node: e.Node.ID})
			page.add(nodeLine(e, page))
		}
		if len(nodes) == 0 {
			page.sentence(gapSaid(column.gap(on.tree)), s.styles.Strong, 0)
			s = s.elsewhere(page, g, c)
			page.looked(column.lookups)
			s = s.recipes(page, on.tree)
		}
	}
	s.lines = page.lines
	return s
}

// elsewhere lists what another column has of the family: it is about that digest, and says nothing of this one.
func (s coverageCell) elsewhere(page *sheet, g grid, column int) coverageCell {
	const most = 20
	headed := 0
	for _, r := range g.rows {
		for c, cell := range r.cells {
			if r.family != s.family || c == column {
				continue
			}
			for _, e := range s.entries(cell, most+1) {
				if headed++; headed > most {
					return s
				}
				if headed == 1 {
					page.heading(safe.Const("About another digest of this image"))
				}
				s.stops = append(s.stops, cellStop{block: block{len(page.lines), len(page.lines) + 1}, node: e.Node.ID})
				l := nodeLine(e, page)
				l.end(s.styles.Quiet, safe.Format("  %s", safe.LineMax(columnName(g.columns[c].entry), max(s.width/3, 1))))
				page.add(l)
			}
		}
	}
	return s
}

// looked lists where a digest was looked under, and how that ended.
func (s *sheet) looked(lookups []model.Lookup) {
	s.heading(safe.Const("Where it was looked for"))
	if len(lookups) == 0 {
		s.sentence("nowhere", s.styles.Warning, 2)
	}
	for _, l := range lookups {
		mark := s.styles.Lookup(l.Status)
		said := lookupResult(l).String()
		if l.Status == model.LookupFound {
			said += " found, of other kinds"
		}
		if l.Detail != "" {
			said += ": " + l.Detail
		}
		s.entry(safe.Format("%s %s", mark.Glyph, mechanismName(l.Mechanism)), oneLine(said), l.Repository, mark.Style, 2, labelWidth+4)
	}
}

// recipes says how such a thing is made, with commands to be copied.
func (s coverageCell) recipes(page *sheet, tree *model.Tree) coverageCell {
	page.heading(safe.Const("How one is made"))
	for i, r := range recipes(s.family, reference(tree, s.digest)) {
		if i > 0 {
			page.gap()
		}
		page.sentence(r.says, s.styles.Text, 2)
		for _, command := range r.commands {
			first := len(page.lines)
			page.sentence(command, s.styles.Link, 4)
			s.stops = append(s.stops, cellStop{block: block{first, len(page.lines)}, command: command})
		}
	}
	return s
}

func (s coverageCell) receive(_ stage, result any) (scene, tea.Cmd) {
	s.gridMaker = s.gridMaker.receive(result)
	return s, nil
}

func (s coverageCell) paste(string) scene { return s }

func (s coverageCell) key(_ stage, k tea.KeyPressMsg) (scene, intent, bool) {
	stop, any := s.stop()
	switch {
	case key.Matches(k, s.keys.Up) && any && s.at > 0:
		return s.to(s.at - 1), nil, true
	case key.Matches(k, s.keys.Down) && any && s.at < len(s.stops)-1:
		return s.to(s.at + 1), nil, true
	case key.Matches(k, s.keys.Enter) && any && stop.node != "":
		return s, visitNode{id: stop.node}, true
	case key.Matches(k, s.keys.Enter, s.keys.Copy) && any && stop.command != "":
		return s, copyText{"command", stop.command}, true
	case key.Matches(k, s.keys.Trust) && any && stop.node != "":
		return s, trustSigner{stop.node}, true
	case key.Matches(k, s.keys.Left):
		return s, closeScene{}, true
	}
	w, moved := s.keys.scroll(s.window, k)
	s.window = w
	return s, nil, moved
}

// to selects a stop and scrolls to it. What stands above the first one is shown as far as there is room.
func (s coverageCell) to(stop int) coverageCell {
	s.at = stop
	if stop == 0 {
		s.window = s.window.Top()
	}
	s.window = s.window.To(s.stops[stop].end - 1).To(s.stops[stop].first)
	return s
}

func (s coverageCell) click(_ stage, _, y int) (scene, intent) {
	for i, stop := range s.stops {
		if row := s.window.Offset() + y; row >= stop.first && row < stop.end {
			if s.at == i && stop.node != "" {
				return s, visitNode{id: stop.node}
			}
			s.at = i
		}
	}
	return s, nil
}

func (s coverageCell) wheel(_ stage, _, _, step int) scene {
	s.window = s.window.Wheel(step)
	return s
}

func (s coverageCell) view(on stage) []string {
	b := drawer(on.room.w, on.look.styles)
	var out []string
	stop, any := s.stop()
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		marker, row := safe.Spaces(tableMargin), theme.Style{}
		if any && i >= stop.first && i < stop.end {
			row = on.look.styles.SelectionParked
			if i == stop.first {
				marker, row = on.look.marker(true).PadRight(tableMargin), on.look.selection()
			}
		}
		l := line{left: append([]rows.Part{{Style: on.look.styles.Marker, Text: marker}}, s.lines[i].left...), right: s.lines[i].right}
		out = append(out, l.draw(b, row))
	}
	return out
}

func (s coverageCell) bar() thumb { return thumbOf(s.window, 0) }

func (s coverageCell) cursor(stage) (x, y int, typing bool) {
	stop, any := s.stop()
	if y = stop.first - s.window.Offset(); !any || y < 0 || y >= s.window.Height() {
		y = 0
	}
	return 0, y, false
}

func (s coverageCell) points(stage) string {
	stop, _ := s.stop()
	return stop.node
}
