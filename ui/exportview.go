package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// prepare makes the board: what can be written, or where it will be.
func (p exportPane) prepare(w, h int, look widget.Look) exportPane {
	s := look.Styles
	page := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	if p.chosen {
		return p.where(page, w, h, look)
	}
	var stops []widget.Block
	for i, item := range p.items {
		first := len(page.Lines)
		style := s.Text
		if i == p.board.At {
			style = s.Strong
		}
		page.Put(style, item.name)
		if i == p.board.At {
			page.Sentence(item.says+".", s.Quiet, 2)
		}
		stops = append(stops, widget.Block{First: first, End: len(page.Lines)})
	}
	if len(p.items) == 0 {
		page.Sentence("There is nothing to write of this: its bytes are not at hand.", s.Quiet, 0)
	}
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("choose")), keymap.HintFor(p.keys.Back, safe.Const("back"))}
	p.board = p.board.Set(safe.Concat(safe.Const("Export: "), p.of(page.Width)), page.Lines, stops, w, h, widget.BoardWidth)
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
func (p exportPane) where(page widget.Sheet, w, h int, look widget.Look) exportPane {
	s := look.Styles
	item, _ := p.item()
	page.Sentence(item.says+".", s.Text, 0)
	page.Gap()
	p.typedAt = len(page.Lines)
	var l widget.Line
	l.Add(s.Prompt, safe.Const("to ").PadRight(exportPrompt))
	typed := p.path.Shown(look, safe.Const("a new file"), max(page.Width-exportPrompt-1, 1))
	l.Add(typed.Style, typed.Text)
	page.Add(l)
	page.Gap()
	switch {
	case p.problem != "":
		page.Sentence(widget.OneLine(p.problem), s.Bad, 0)
	case p.busy:
		page.Put(s.Quiet, safe.Format("%s writing", look.Spin))
	default:
		page.Sentence("What is there already is not touched.", s.Quiet, 0)
	}
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("write it")), keymap.HintFor(p.keys.Back, safe.Const("back"))}
	at := p.board.At
	p.board = p.board.Set(safe.Concat(safe.Const("Export: "), item.name), page.Lines, nil, w, h, widget.BoardWidth)
	p.board.At = at
	p.board.Window = p.board.Window.To(p.typedAt) // what is typed is seen on the smallest screen too
	return p
}

// exportPrompt is the width of the word before the path, in cells.
const exportPrompt = 4

// cursor is where the path goes on.
func (p exportPane) cursor() *tea.Cursor {
	b := p.board
	x := min(3+exportPrompt+safe.Line(p.path.Text).Width(), b.Room.W-3)
	y := p.typedAt - b.Window.Offset()
	if y < 0 || y >= b.Window.Height() {
		return nil
	}
	return tea.NewCursor(b.Room.X+x, b.Room.Y+1+y)
}
