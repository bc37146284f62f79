package export

import (
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// copyName is the column of names in the menu, in cells.
const copyName = 16

// Prepare makes the board: a line for each thing, and below them more about the selected one.
func (p Menu) Prepare(w, h int, s *theme.Styles) Menu {
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	var stops []widget.Block
	for i, item := range p.Items {
		stops = append(stops, widget.Block{First: i, End: i + 1})
		var l widget.Line
		l.Add(s.Key, safe.Line(item.Key).PadRight(2))
		l.Add(s.Text, safe.LineMax(item.What, copyName-1).PadRight(copyName))
		room := max(sheet.Width-widget.Width(l.Left), 0)
		text, style := safe.LineMax(item.Text, room), s.Quiet
		if item.Hidden != "" {
			text, style = safe.Format("%s %s", s.Glyphs.Warning, safe.Line(item.Hidden)).Truncate(room), s.Warning
		}
		l.Add(style, text)
		sheet.Add(l)
	}
	if len(p.Items) == 0 {
		sheet.Sentence("There is nothing to copy here.", s.Quiet, 0)
	}
	p.more(&sheet, len(p.Items)+copyMore, h-2)
	p.Board.Hints = []keymap.Hint{keymap.HintFor(p.Keys.Enter, safe.Const("copy")), {Keys: safe.Const("a letter"), Does: safe.Const("that one")}, keymap.HintFor(p.Keys.Back, safe.Const("back"))}
	p.Board = p.Board.Set(safe.Const("Copy"), sheet.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// copyMore is how many rows below the list say more about what is selected, where there is room for them. They are as
// many for everything, so that nothing moves under the mouse.
const copyMore = 7

// more says more about what is selected, in exactly so many lines as there may be.
func (p Menu) more(s *widget.Sheet, lines, room int) {
	if p.Board.At >= len(p.Items) || room < lines {
		return
	}
	item := p.Items[p.Board.At]
	s.Gap()
	style := s.Styles.Quiet
	if item.Hidden != "" {
		style = s.Styles.Warning
	}
	s.Sentence(item.Note, style, 0)
	if left := lines - len(s.Lines); !item.Raw && left > 0 {
		for _, t := range rows.Wrap(safe.Line(widget.Bounded(item.Text)), max(s.Width, 1), left) {
			s.Put(s.Styles.Text, t)
		}
	}
	s.Lines = s.Lines[:min(len(s.Lines), lines)]
	for len(s.Lines) < lines {
		s.Add(widget.Line{})
	}
}
