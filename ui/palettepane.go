package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// palettePane is the overlay in which anything can be found and done by typing a part of its name.
type palettePane struct {
	edit    widget.Edit
	actions []action
	only    []choice // nothing but these nodes is offered, where there are some
	board   widget.Board
	chosen  []choice // the rows

	nodes paletteNodes
	enter bool // was pressed before all that answers was found: it is for what comes first then
}

// paletteNodes are the nodes that answer what was typed. Where there are very many, a command looks for them.
type paletteNodes struct {
	query   string
	of      *survey.Survey
	found   []choice
	ready   bool
	looking bool
}

// paletteFoundMsg brings nodes.
type paletteFoundMsg struct{ nodes paletteNodes }

// paletteWidth is how wide the overlay would like to be; paletteHeight how many rows it has at least, where there is room,
// so that it does not jump while one types.
const paletteWidth, paletteHeight = 76, 16

// openPalette opens it with nothing typed.
func (a App) openPalette() App {
	_, inList := a.top()
	a.palette = palettePane{actions: actions(a.keys, inList), nodes: paletteNodes{looking: a.palette.nodes.looking}}
	a.overlay = overlayPalette
	return a
}

// preparePalette finds what answers, and makes the board.
func (a App) preparePalette() (App, tea.Cmd) {
	p, query := &a.palette, strings.ToLower(a.palette.edit.Text)
	var cmd tea.Cmd
	if of := a.survey.Done; of != nil && len(p.only) == 0 && !p.nodes.looking && (p.nodes.of != of || p.nodes.query != query || !p.nodes.ready) {
		if len(of.Facts) <= survey.Many {
			p.nodes = paletteNodes{query: query, of: of, found: chooseNodes(of, query), ready: true}
		} else {
			p.nodes.looking = true
			cmd = func() tea.Msg {
				return paletteFoundMsg{paletteNodes{query: query, of: of, found: chooseNodes(of, query), ready: true}}
			}
		}
	}
	p.chosen = chooseActions(p.actions, query)
	if len(p.only) > 0 {
		p.chosen = chooseAmong(p.only, query)
	}
	if len(p.only) == 0 && p.nodes.query == query && p.nodes.ready {
		p.chosen = append(p.chosen, p.nodes.found...)
		if query != "" {
			p.chosen = best(p.chosen)
		}
	}
	page := &widget.Sheet{Width: max(min(paletteWidth, a.Width-2)-widget.BoardMargin, 1), Styles: a.Styles}
	var stops []widget.Block
	for i, c := range p.chosen {
		stops = append(stops, widget.Block{First: i, End: i + 1})
		page.Add(c.row(page))
	}
	if len(p.chosen) == 0 {
		said := safe.Const("nothing answers this")
		if !a.paletteReady() {
			said = safe.Const("looking")
		}
		page.Put(a.Styles.Quiet, said)
	}
	for len(page.Lines) < min(paletteHeight, a.Height-4) {
		page.Add(widget.Line{})
	}
	p.board.Hints = []keymap.Hint{keymap.HintFor(a.keys.Enter, safe.Const("do it")), keymap.HintFor(a.keys.Back, safe.Const("back"))}
	p.board = p.board.Set(p.title(), page.Lines, stops, a.Width, a.Height, paletteWidth)
	if p.enter && a.paletteReady() {
		p.enter = false
		return a.choose()
	}
	return a, cmd
}

// paletteReady reports whether all is found that answers what is typed. As long as the nodes of a large tree are read or
// looked through, what comes first may be another thing than the one that is meant.
func (a App) paletteReady() bool {
	p := a.palette
	return len(p.only) > 0 || p.edit.Text == "" || a.tree.Root() == nil || p.nodes.ready && p.nodes.query == strings.ToLower(p.edit.Text)
}

// title is what is typed, or what can be.
func (p palettePane) title() safe.Text {
	if p.edit.Text == "" && len(p.only) > 0 {
		return safe.Const(":  digests that are named here")
	}
	if p.edit.Text == "" {
		return safe.Const(":  actions, views, nodes")
	}
	return safe.Concat(safe.Const(":"), p.typed())
}

// typed is what is typed, as far as there is room for it.
func (p palettePane) typed() safe.Text {
	return safe.Line(p.edit.Text).TruncateLeft(max(p.board.Room.W-8, 1))
}

// cursor is where text goes in.
func (p palettePane) cursor() *tea.Cursor {
	return tea.NewCursor(p.board.Room.X+4+p.typed().Width(), p.board.Room.Y)
}

// onPaletteFound takes nodes. If something else is typed by now, the next message looks again.
func (a App) onPaletteFound(msg paletteFoundMsg) App {
	a.palette.nodes = msg.nodes
	return a
}

// onPaletteKey types, chooses, and does what is chosen.
func (a App) onPaletteKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	p := &a.palette
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
	case a.regions.tooSmall: // nothing is done that nobody can see
	case key.Matches(k, a.keys.Enter) && !a.paletteReady():
		p.enter = true
	case key.Matches(k, a.keys.Enter):
		return a.choose()
	case k.String() == "up":
		p.board = p.board.To(p.board.At - 1)
	case k.String() == "down":
		p.board = p.board.To(p.board.At + 1)
	case k.String() == "pgup":
		p.board = p.board.To(p.board.At - p.board.Window.Height())
	case k.String() == "pgdown":
		p.board = p.board.To(p.board.At + p.board.Window.Height())
	default:
		typed, taken := p.edit.Key(k)
		if taken {
			p.edit, p.board.At, p.board.Window, p.enter = typed, 0, rows.Window{}, false
		}
	}
	return a, nil
}

// choose does what is selected.
func (a App) choose() (App, tea.Cmd) {
	p := a.palette
	if p.board.At < 0 || p.board.At >= len(p.chosen) {
		return a, nil
	}
	a.overlay = overlayNone
	c := p.chosen[p.board.At]
	if c.node != nil {
		if len(p.only) > 0 { // as a jump to the only one would
			return a.do(scene.GoToNode{ID: c.node.Node.ID})
		}
		return a.do(scene.VisitNode{ID: c.node.Node.ID})
	}
	return a.act(c.action)
}

// act presses an action's key where it works.
func (a App) act(does action) (App, tea.Cmd) {
	k := keymap.Press(does.press)
	switch does.in {
	case "nodes", "tree":
		a = a.closeScenes()
		a.focus = paneTree
	case "detail":
		a = a.closeScenes()
		a.focus, a.detail = paneDetail, a.detail.Show(scene.TabPayload)
	case "raw":
		a = a.closeScenes()
		a.focus, a.detail = paneDetail, a.detail.Show(scene.TabRaw)
	case "any", "most":
		if a.concernsPanes(k) && (a.aimed() == nil || !a.concernsNode(k)) {
			a = a.closeScenes()
		}
		if does.in == "most" && a.detail.Tab() == scene.TabRaw {
			a.focus = paneTree
		}
	}
	a, prepared := a.settle() // what it works on is there
	a, cmd := a.onKey(k)
	return a, tea.Batch(prepared, cmd)
}
