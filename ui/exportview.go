package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// prepare makes the board: what can be written, or where it will be.
func (p exportPane) prepare(w, h int, look paneLook) exportPane {
	s := look.styles
	page := sheet{width: boardRoom(w), styles: s}
	if p.chosen {
		return p.where(page, w, h, look)
	}
	var stops []block
	for i, item := range p.items {
		first := len(page.lines)
		style := s.Text
		if i == p.board.at {
			style = s.Strong
		}
		page.put(style, item.name)
		if i == p.board.at {
			page.sentence(item.says+".", s.Quiet, 2)
		}
		stops = append(stops, block{first, len(page.lines)})
	}
	if len(p.items) == 0 {
		page.sentence("There is nothing to write of this: its bytes are not at hand.", s.Quiet, 0)
	}
	p.board.hints = []hint{hintFor(p.keys.Enter, safe.Const("choose")), hintFor(p.keys.Back, safe.Const("back"))}
	p.board = p.board.set(safe.Concat(safe.Const("Export: "), p.of(page.width)), page.lines, stops, w, h, boardWidth)
	return p
}

// of is what is exported, for the title.
func (p exportPane) of(cells int) safe.Text {
	if len(p.nodes) > 1 {
		return safe.Format("%s marked nodes", safe.Int(len(p.nodes)))
	}
	return safe.LineMax(p.name, max(cells-12, 1))
}

// where asks for the path. The one stop stays what it was, so that going back finds it.
func (p exportPane) where(page sheet, w, h int, look paneLook) exportPane {
	s := look.styles
	item, _ := p.item()
	page.sentence(item.says+".", s.Text, 0)
	page.gap()
	p.typedAt = len(page.lines)
	var l line
	l.add(s.Prompt, safe.Const("to ").PadRight(exportPrompt))
	typed := p.path.shown(look, safe.Const("a new file"), max(page.width-exportPrompt-1, 1))
	l.add(typed.Style, typed.Text)
	page.add(l)
	page.gap()
	switch {
	case p.problem != "":
		page.sentence(oneLine(p.problem), s.Bad, 0)
	case p.busy:
		page.put(s.Quiet, safe.Format("%s writing", look.spin))
	default:
		page.sentence("What is there already is not touched.", s.Quiet, 0)
	}
	p.board.hints = []hint{hintFor(p.keys.Enter, safe.Const("write it")), hintFor(p.keys.Back, safe.Const("back"))}
	at := p.board.at
	p.board = p.board.set(safe.Concat(safe.Const("Export: "), item.name), page.lines, nil, w, h, boardWidth)
	p.board.at = at
	p.board.window = p.board.window.To(p.typedAt) // what is typed is seen on the smallest screen too
	return p
}

// exportPrompt is the width of the word before the path, in cells.
const exportPrompt = 4

// cursor is where the path goes on.
func (p exportPane) cursor() *tea.Cursor {
	b := p.board
	x := min(3+exportPrompt+safe.Line(p.path.text).Width(), b.room.w-3)
	y := p.typedAt - b.window.Offset()
	if y < 0 || y >= b.window.Height() {
		return nil
	}
	return tea.NewCursor(b.room.x+x, b.room.y+1+y)
}
