package coverage

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// cellView is everything there is to say of one cell of the grid: the nodes in it, where was looked, and how such a
// thing is made.
type cellView struct {
	keys keymap.Map
	gridMaker
	family model.Family
	column string // ID of the column's node
	digest model.Digest
	name   string

	made   *survey.Survey // that the lines were made from
	width  int
	styles *theme.Styles
	lines  []widget.Line
	stops  []cellStop
	at     int
	window rows.Window
}

// cellStop is a line of the page that leads somewhere: to a node, or to a command to be copied.
type cellStop struct {
	widget.Block
	node    string
	command string
}

func (s cellView) Title(scene.Stage) safe.Text {
	return safe.Format("%s of %s", safe.Line(familyName(s.family)), safe.LineMax(s.name, phrase.MostName))
}

func (s cellView) Hints(scene.Stage) []keymap.Hint {
	stop, any := s.stop()
	switch {
	case !any:
		return nil
	case stop.node != "":
		return []keymap.Hint{keymap.HintFor(s.keys.Enter, safe.Const("go there"))}
	}
	return []keymap.Hint{keymap.HintFor(s.keys.Copy, safe.Const("copy the command"))}
}

func (s cellView) stop() (cellStop, bool) {
	if s.at < 0 || s.at >= len(s.stops) {
		return cellStop{}, false
	}
	return s.stops[s.at], true
}

func (s cellView) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	maker, cmd := s.prepare(on)
	s.gridMaker = maker
	if width := on.Room.W - widget.TableMargin - 1; s.of != nil && (s.made != s.of || s.width != width || s.styles != on.Look.Styles) {
		s.made, s.width, s.styles = s.of, width, on.Look.Styles
		s = s.write(on)
	}
	s.at = max(0, min(s.at, len(s.stops)-1))
	s.window = s.window.SetCount(len(s.lines)).Resize(on.Room.H)
	return s, cmd
}

// write makes the lines.
func (s cellView) write(on scene.Stage) cellView {
	g := s.grid
	page := &widget.Sheet{Width: s.width, Styles: s.styles}
	s.stops = nil
	for c, column := range g.columns {
		if column.entry.Node.ID != s.column {
			continue
		}
		var nodes []*model.Entry
		for _, r := range g.rows {
			if r.family == s.family {
				nodes = s.entries(r.cells[c], widget.MostRows-200)
			}
		}
		for _, e := range nodes {
			s.stops = append(s.stops, cellStop{Block: widget.Block{First: len(page.Lines), End: len(page.Lines) + 1}, node: e.Node.ID})
			page.Add(nodeLine(e, page))
		}
		if len(nodes) == 0 {
			page.Sentence(gapSaid(column.gap(on.Tree)), s.styles.Strong, 0)
			s = s.elsewhere(page, g, c)
			writer{page}.looked(column.lookups)
			s = s.recipes(page, on.Tree)
		}
	}
	s.lines = page.Lines
	return s
}

// elsewhere lists what another column has of the family: it is about that digest, and says nothing of this one.
func (s cellView) elsewhere(page *widget.Sheet, g grid, column int) cellView {
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
					page.Heading(safe.Const("About another digest of this image"))
				}
				s.stops = append(s.stops, cellStop{Block: widget.Block{First: len(page.Lines), End: len(page.Lines) + 1}, node: e.Node.ID})
				l := nodeLine(e, page)
				l.End(s.styles.Quiet, safe.Format("  %s ", safe.LineMax(columnName(g.columns[c].entry), max(s.width/3, 1))))
				page.Add(l)
			}
		}
	}
	return s
}

// looked lists where a digest was looked under, and how that ended.
func (s writer) looked(lookups []model.Lookup) {
	s.Heading(safe.Const("Where it was looked for"))
	if len(lookups) == 0 {
		s.Sentence("nowhere", s.Styles.Warning, 2)
	}
	for _, l := range lookups {
		mark := s.Styles.Lookup(l.Status)
		said := phrase.LookupResult(l).String()
		if l.Status == model.LookupFound {
			said += " found, of other kinds"
		}
		if l.Detail != "" {
			said += ": " + l.Detail
		}
		s.Entry(safe.Format("%s %s", mark.Glyph, phrase.Mechanism(l.Mechanism)), widget.OneLine(said), l.Repository, mark.Style, 2, widget.LabelWidth+4)
	}
}

// recipes says how such a thing is made, with commands to be copied.
func (s cellView) recipes(page *widget.Sheet, tree *model.Tree) cellView {
	page.Heading(safe.Const("How one is made"))
	for i, r := range recipes(s.family, phrase.Reference(tree, s.digest)) {
		if i > 0 {
			page.Gap()
		}
		page.Sentence(r.says, s.styles.Text, 2)
		for _, command := range r.commands {
			first := len(page.Lines)
			page.Sentence(command, s.styles.Link, 4)
			s.stops = append(s.stops, cellStop{Block: widget.Block{First: first, End: len(page.Lines)}, command: command})
		}
	}
	return s
}

func (s cellView) Receive(_ scene.Stage, result any) (scene.Scene, tea.Cmd) {
	s.gridMaker = s.receive(result)
	return s, nil
}

func (s cellView) Paste(string) scene.Scene { return s }

func (s cellView) Key(_ scene.Stage, k tea.KeyPressMsg) (scene.Scene, scene.Intent, bool) {
	stop, any := s.stop()
	switch {
	case key.Matches(k, s.keys.Up) && any && s.at > 0:
		return s.to(s.at - 1), nil, true
	case key.Matches(k, s.keys.Down) && any && s.at < len(s.stops)-1:
		return s.to(s.at + 1), nil, true
	case key.Matches(k, s.keys.Enter) && any && stop.node != "":
		return s, scene.VisitNode{ID: stop.node}, true
	case key.Matches(k, s.keys.Enter, s.keys.Copy) && any && stop.command != "":
		return s, scene.CopyText{What: "command", Text: stop.command}, true
	case key.Matches(k, s.keys.Trust) && any && stop.node != "":
		return s, scene.TrustSigner{ID: stop.node}, true
	case key.Matches(k, s.keys.Left):
		return s, scene.CloseScene{}, true
	}
	w, moved := s.keys.Scroll(s.window, k)
	s.window = w
	return s, nil, moved
}

// to selects a stop and scrolls to it. What stands above the first one is shown as far as there is room.
func (s cellView) to(stop int) cellView {
	s.at = stop
	if stop == 0 {
		s.window = s.window.Top()
	}
	s.window = s.window.To(s.stops[stop].End - 1).To(s.stops[stop].First)
	return s
}

func (s cellView) Click(_ scene.Stage, _, y int) (scene.Scene, scene.Intent) {
	for i, stop := range s.stops {
		if row := s.window.Offset() + y; row >= stop.First && row < stop.End {
			if s.at == i && stop.node != "" {
				return s, scene.VisitNode{ID: stop.node}
			}
			s.at = i
		}
	}
	return s, nil
}

func (s cellView) Wheel(_ scene.Stage, _, _, step int) scene.Scene {
	s.window = s.window.Wheel(step)
	return s
}

func (s cellView) View(on scene.Stage) []string {
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	stop, any := s.stop()
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		marker, row := safe.Spaces(widget.TableMargin), theme.Style{}
		if any && i >= stop.First && i < stop.End {
			row = on.Look.Styles.SelectionParked
			if i == stop.First {
				marker, row = on.Look.Marker(true).PadRight(widget.TableMargin), on.Look.Selection()
			}
		}
		l := widget.Line{Left: append([]rows.Part{{Style: on.Look.Styles.Marker, Text: marker}}, s.lines[i].Left...), Right: s.lines[i].Right}
		out = append(out, l.Draw(b, row))
	}
	return out
}

func (s cellView) Bar() widget.Thumb { return widget.ThumbOf(s.window, 0) }

func (s cellView) Cursor(scene.Stage) (x, y int, typing bool) {
	stop, any := s.stop()
	if y = stop.First - s.window.Offset(); !any || y < 0 || y >= s.window.Height() {
		y = 0
	}
	return 0, y, false
}

func (s cellView) Points(scene.Stage) string {
	stop, _ := s.stop()
	return stop.node
}

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
