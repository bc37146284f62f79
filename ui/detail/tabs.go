package detail

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// tabSpan is where the name of a tab stands in its row.
type tabSpan struct {
	from, to int
	text     safe.Text
}

// tabSpans lays the names of the tabs out. Where there is no room for all of them, only the current one has its name.
func tabSpans(width int, current scene.Tab) [scene.TabCount]tabSpan {
	short := false
	spans := layTabs(current, short)
	if spans[scene.TabCount-1].to > width {
		spans = layTabs(current, true)
	}
	return spans
}

func layTabs(current scene.Tab, short bool) [scene.TabCount]tabSpan {
	var spans [scene.TabCount]tabSpan
	x := 1
	for t := range scene.TabCount {
		text := safe.Int(int(t) + 1)
		if !short || t == current {
			text = safe.Join(safe.Spaces(1), text, scene.TabNames[t])
		}
		if t == current {
			text = safe.Format("[%s]", text)
		} else {
			text = safe.Format(" %s ", text)
		}
		spans[t] = tabSpan{x, x + text.Width(), text}
		x += text.Width()
	}
	return spans
}

// hides reports whether what is shown holds characters that were replaced. The bytes say that for themselves.
func (p Pane) hides() bool {
	return p.hidden > 0 && p.tab != scene.TabPayload && p.tab != scene.TabRaw
}

// tabRoom is how wide the names of the tabs may be: what hides must be said beside them.
func (p Pane) tabRoom(width int) int {
	if p.hides() {
		return width - len(" 2000 hidden ")
	}
	return width
}

// View draws the names of the tabs and the current one.
func (p Pane) View(room widget.Area, look widget.Look) []string {
	s := look.Styles
	b := widget.Drawer(room.W, look.Styles)
	if p.entry == nil {
		return nil
	}
	names := widget.Line{}
	names.Add(theme.Style{}, safe.Spaces(1))
	for t, span := range tabSpans(p.tabRoom(room.W), p.tab) {
		style := s.Tab
		if scene.Tab(t) == p.tab {
			style = s.TabActive
		}
		names.Add(style, span.text)
	}
	if p.hides() {
		said := safe.Concat(s.Glyphs.Warning, safe.Int(p.hidden))
		full := safe.Concat(said, safe.Const(" hidden characters "))
		if !names.Spread(room.W, rows.Part{Style: s.Warning, Text: full}) {
			names.Spread(room.W, rows.Part{Style: s.Warning, Text: safe.Concat(said, safe.Const(" hidden "))})
		}
	}
	out := []string{names.Draw(b, theme.Style{})}
	if tabRows(room.H) > 1 {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	room.H -= tabRows(room.H)
	switch p.tab {
	case scene.TabPayload:
		return append(out, p.payload.view(room, look)...)
	case scene.TabRaw:
		return append(out, p.raw.view(p.keys, room, look)...)
	case scene.TabSummary, scene.TabChecks, scene.TabSigner, scene.TabLearn, scene.TabCount:
	}
	return append(out, p.textView(room, look)...)
}

// textView draws the visible lines of a text, and beside them where in it they are.
func (p Pane) textView(room widget.Area, look widget.Look) []string {
	b := widget.Drawer(room.W, look.Styles)
	from, to := p.scroll.Visible()
	out := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		l := p.text[i]
		row := theme.Style{}
		switch {
		case look.Focused && (p.tab == scene.TabSummary && p.card.Selects(i) || p.tab == scene.TabLearn && p.learn.Selects(i)):
			l.Left = append([]rows.Part{{Style: look.Styles.Marker, Text: look.Marker(true)}}, l.Left...)
			row = look.Selection()
		case p.tab != scene.TabChecks || len(p.blocks) == 0:
			l.Left = append([]rows.Part{{Text: safe.Spaces(1)}}, l.Left...)
		case p.check >= 0 && p.check < len(p.blocks) && i == p.blocks[p.check].First:
			row = look.Selection()
		}
		out = append(out, l.Draw(b, row))
	}
	return out
}
