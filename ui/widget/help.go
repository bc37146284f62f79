package widget

import (
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Help is the overlay with every key. Its text is made from the key map and from nothing else.
type Help struct {
	Keys  keymap.Map
	Tool  string
	Board Board
}

// helpWidth is how wide the overlay would like to be, frame and all.
const helpWidth = 64

// Prepare writes the help for a screen of that size.
func (p Help) Prepare(w, h int, s *theme.Styles) Help {
	title := safe.Const("Keys")
	if p.Tool != "" {
		title = safe.Join(safe.Format(" %s ", s.Glyphs.Bullet), title, safe.LineMax(p.Tool, max(w, 1)))
	}
	p.Board = p.Board.Set(title, helpLines(p.Keys, s), nil, w, h, helpWidth)
	p.Board.Hints = []keymap.Hint{keymap.HintFor(p.Keys.Back, safe.Const("closes"))}
	return p
}

// helpLines is the text of the overlay.
func helpLines(keys keymap.Map, s *theme.Styles) []Line {
	var out []Line
	for i, g := range keys.Table() {
		if i > 0 {
			out = append(out, Line{})
		}
		var head Line
		head.Add(s.Heading, safe.Line(g.Name))
		out = append(out, head)
		for _, k := range g.Keys {
			var l Line
			l.Add(s.Key, safe.Line("  "+k.Keys).PadRight(18))
			l.Add(s.Text, safe.Line(k.Does))
			out = append(out, l)
		}
	}
	return out
}
