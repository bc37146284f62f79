package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// helpPane is the overlay with every key. Its text is made from the key map and from nothing else.
type helpPane struct {
	keys   keyMap
	tool   string
	room   area
	window rows.Window
}

// helpWidth is how wide the overlay would like to be, frame and all.
const helpWidth = 64

func (p helpPane) prepare(w, h int) helpPane {
	width := min(helpWidth, w-2)
	height := min(len(helpLines(nil))+2, h-2)
	p.room = area{(w - width) / 2, (h - height) / 2, width, height}
	p.window = p.window.SetCount(len(helpLines(nil))).Resize(height - 2)
	return p
}

func (p helpPane) top() helpPane {
	p.window = p.window.Top()
	return p
}

func (p helpPane) key(k tea.KeyPressMsg) helpPane {
	p.window, _ = p.keys.scroll(p.window, k)
	return p
}

func (p helpPane) wheel(step int) helpPane {
	p.window = p.window.Wheel(step)
	return p
}

// helpLines is the text of the overlay. Styles may be nil where only its length matters.
func helpLines(s *theme.Styles) []line {
	if s == nil {
		s = &theme.Styles{}
	}
	var out []line
	for i, g := range KeyTable() {
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

// over lays the help over the rows of the screen.
func (p helpPane) over(screen []string, s *theme.Styles) []string {
	if p.room.w < 24 || p.room.h < 3 {
		return screen
	}
	g := s.Glyphs
	side := s.BorderFocused.Render(g.Vertical)
	title := safe.Const("Keys")
	if p.tool != "" {
		title = safe.Join(safe.Format(" %s ", g.Bullet), title, safe.LineMax(p.tool, p.room.w))
	}
	title = title.Truncate(p.room.w - 6)
	box := []string{s.BorderFocused.Render(safe.Concat(g.TopLeft, g.TeeRight, safe.Spaces(1))) + s.TitleFocused.Render(title) +
		s.BorderFocused.Render(safe.Concat(safe.Spaces(1), g.TeeLeft, repeat(g.Horizontal, p.room.w-6-title.Width()), g.TopRight))}
	b := drawer(p.room.w-2, s)
	lines := helpLines(s)
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		l := lines[i]
		l.left = append([]rows.Part{{Text: safe.Spaces(2)}}, l.left...)
		end := side
		if thumbOf(p.window, 0).covers(i - from) {
			end = s.ScrollThumb.Render(g.Thumb)
		}
		box = append(box, side+l.draw(b, theme.Style{})+end)
	}
	closing := safe.Const(" esc closes ")
	box = append(box, s.BorderFocused.Render(safe.Concat(g.BottomLeft, repeat(g.Horizontal, p.room.w-3-closing.Width())))+
		s.KeyHelp.Render(closing)+s.BorderFocused.Render(safe.Concat(g.Horizontal, g.BottomRight)))
	out := append([]string(nil), screen...)
	for i, row := range box {
		if y := p.room.y + i; y < len(out) {
			out[y] = lay(out[y], row, p.room.x, p.room.x+p.room.w)
		}
	}
	return out
}
