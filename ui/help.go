package ui

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// helpPane is the overlay with every key. Its text is made from the key map and from nothing else.
type helpPane struct {
	keys  keyMap
	tool  string
	board board
}

// helpWidth is how wide the overlay would like to be, frame and all.
const helpWidth = 64

func (p helpPane) prepare(w, h int, s *theme.Styles) helpPane {
	title := safe.Const("Keys")
	if p.tool != "" {
		title = safe.Join(safe.Format(" %s ", s.Glyphs.Bullet), title, safe.LineMax(p.tool, max(w, 1)))
	}
	p.board = p.board.set(title, helpLines(p.keys, s), nil, w, h, helpWidth)
	p.board.hints = []hint{hintFor(p.keys.Back, safe.Const("closes"))}
	return p
}

// helpLines is the text of the overlay.
func helpLines(keys keyMap, s *theme.Styles) []line {
	var out []line
	for i, g := range keys.table() {
		if i > 0 {
			out = append(out, line{})
		}
		var head line
		head.add(s.Heading, safe.Line(g.Name))
		out = append(out, head)
		for _, k := range g.Keys {
			var l line
			l.add(s.Key, safe.Line("  "+k.Keys).PadRight(18))
			l.add(s.Text, safe.Line(k.Does))
			out = append(out, l)
		}
	}
	return out
}
