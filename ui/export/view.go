package export

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Prepare makes the board: what can be written, or where it will be.
func (p Pane) Prepare(w, h int, look widget.Look) Pane {
	s := look.Styles
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	if p.chosen {
		return p.where(sheet, w, h, look)
	}
	var stops []widget.Block
	for i, item := range p.items {
		first := len(sheet.Lines)
		style := s.Text
		if i == p.Board.At {
			style = s.Strong
		}
		sheet.Put(style, item.name)
		if i == p.Board.At {
			sheet.Sentence(item.says+".", s.Quiet, 2)
		}
		stops = append(stops, widget.Block{First: first, End: len(sheet.Lines)})
	}
	if len(p.items) == 0 {
		sheet.Sentence("There is nothing to write of this: its bytes are not at hand.", s.Quiet, 0)
	}
	p.Board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("choose")), keymap.HintFor(p.keys.Back, safe.Const("back"))}
	p.Board = p.Board.Set(safe.Concat(safe.Const("Export: "), p.of(sheet.Width)), sheet.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// of is what is exported, for the title.
func (p Pane) of(cells int) safe.Text {
	if len(p.nodes) > 1 {
		return safe.Format("%s marked nodes", safe.Int(len(p.nodes)))
	}
	return safe.LineMax(p.name, max(cells-12, 1))
}

// where asks for the path. The one stop stays what it was, so that going back finds it.
func (p Pane) where(sheet widget.Sheet, w, h int, look widget.Look) Pane {
	s := look.Styles
	item, _ := p.item()
	sheet.Sentence(item.says+".", s.Text, 0)
	sheet.Gap()
	p.typedAt = len(sheet.Lines)
	var l widget.Line
	l.Add(s.Prompt, safe.Const("to ").PadRight(prompt))
	typed := p.path.Shown(look, safe.Const("a new file"), max(sheet.Width-prompt-1, 1))
	l.Add(typed.Style, typed.Text)
	sheet.Add(l)
	sheet.Gap()
	switch {
	case p.problem != "":
		sheet.Sentence(widget.OneLine(p.problem), s.Bad, 0)
	case p.busy:
		sheet.Put(s.Quiet, safe.Format("%s writing", look.Spin))
	default:
		sheet.Sentence("What is there already is not touched.", s.Quiet, 0)
	}
	p.Board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("write it")), keymap.HintFor(p.keys.Back, safe.Const("back"))}
	at := p.Board.At
	p.Board = p.Board.Set(safe.Concat(safe.Const("Export: "), item.name), sheet.Lines, nil, w, h, widget.BoardWidth)
	p.Board.At = at
	p.Board.Window = p.Board.Window.To(p.typedAt) // what is typed is seen on the smallest screen too
	return p
}

// prompt is the width of the word before the path, in cells.
const prompt = 4

// Cursor is where the path goes on.
func (p Pane) Cursor() *tea.Cursor {
	b := p.Board
	x := min(3+prompt+safe.Line(p.path.Text).Width(), b.Room.W-3)
	y := p.typedAt - b.Window.Offset()
	if y < 0 || y >= b.Window.Height() {
		return nil
	}
	return tea.NewCursor(b.Room.X+x, b.Room.Y+1+y)
}
