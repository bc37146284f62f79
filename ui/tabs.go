package ui

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// tabSpan is where the name of a tab stands in its row.
type tabSpan struct {
	from, to int
	text     safe.Text
}

// tabSpans lays the names of the tabs out. Where there is no room for all of them, only the current one has its name.
func tabSpans(width int, current tab) [tabCount]tabSpan {
	short := false
	spans := layTabs(current, short)
	if spans[tabCount-1].to > width {
		spans = layTabs(current, true)
	}
	return spans
}

func layTabs(current tab, short bool) [tabCount]tabSpan {
	var spans [tabCount]tabSpan
	x := 1
	for t := range tabCount {
		text := safe.Int(int(t) + 1)
		if !short || t == current {
			text = safe.Join(safe.Spaces(1), text, tabNames[t])
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
func (p detailPane) hides() bool { return p.hidden > 0 && p.tab != tabPayload && p.tab != tabRaw }

// tabRoom is how wide the names of the tabs may be: what hides must be said beside them.
func (p detailPane) tabRoom(width int) int {
	if p.hides() {
		return width - len(" 2000 hidden ")
	}
	return width
}

// view draws the names of the tabs and the current one.
func (p detailPane) view(room area, look paneLook) []string {
	s := look.styles
	b := drawer(room.w, look.styles)
	if p.entry == nil {
		return nil
	}
	names := line{}
	names.add(theme.Style{}, safe.Spaces(1))
	for t, span := range tabSpans(p.tabRoom(room.w), p.tab) {
		style := s.Tab
		if tab(t) == p.tab {
			style = s.TabActive
		}
		names.add(style, span.text)
	}
	if p.hides() {
		said := safe.Concat(s.Glyphs.Warning, safe.Int(p.hidden))
		full := safe.Concat(said, safe.Const(" hidden characters "))
		if !names.spread(room.w, rows.Part{Style: s.Warning, Text: full}) {
			names.spread(room.w, rows.Part{Style: s.Warning, Text: safe.Concat(said, safe.Const(" hidden "))})
		}
	}
	out := []string{names.draw(b, theme.Style{})}
	if tabRows(room.h) > 1 {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	room.h -= tabRows(room.h)
	switch p.tab {
	case tabPayload:
		return append(out, p.payload.view(room, look)...)
	case tabRaw:
		return append(out, p.raw.view(room, look)...)
	case tabSummary, tabChecks, tabSigner, tabLearn, tabCount:
	}
	return append(out, p.textView(room, look)...)
}

// textView draws the visible lines of a text, and beside them where in it they are.
func (p detailPane) textView(room area, look paneLook) []string {
	b := drawer(room.w, look.styles)
	from, to := p.scroll.Visible()
	out := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		l := p.text[i]
		row := theme.Style{}
		switch {
		case look.focused && (p.tab == tabSummary && p.card.selects(i) || p.tab == tabLearn && p.learn.selects(i)):
			l.left = append([]rows.Part{{Style: look.styles.Marker, Text: look.marker(true)}}, l.left...)
			row = look.selection()
		case p.tab != tabChecks || len(p.blocks) == 0:
			l.left = append([]rows.Part{{Text: safe.Spaces(1)}}, l.left...)
		case p.check >= 0 && p.check < len(p.blocks) && i == p.blocks[p.check].first:
			row = look.selection()
		}
		out = append(out, l.draw(b, row))
	}
	return out
}
