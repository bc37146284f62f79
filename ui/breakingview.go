package ui

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// breakingRegions is where everything on the bench is drawn, in the inside of its frame.
type breakingRegions struct {
	list, page area
	one        bool // there is room for one of them only
}

// From how many cells on the page has a place beside the list, and how wide the list is.
const breakingWide, leastWays, mostWays = 68, 30, 58

// breakingHead is how many rows the banner takes.
func breakingHead(room area) int {
	if room.h >= 14 {
		return 2
	}
	return 1
}

func breakingLayout(room area) breakingRegions {
	top := breakingHead(room)
	rest := area{0, top, room.w, max(room.h-top, 0)}
	if room.w < breakingWide {
		return breakingRegions{list: rest, page: rest, one: true}
	}
	r := breakingRegions{list: rest, page: rest}
	r.list.w = max(leastWays, min(room.w*9/20, mostWays))
	r.page.x = r.list.w + 2
	r.page.w = room.w - r.page.x
	return r
}

// covers reports whether the page hides the list.
func (s breakingScene) covers(r breakingRegions) bool { return r.one && s.reading }

// settle makes the list and the page.
func (s breakingScene) settle(on stage) breakingScene {
	r := breakingLayout(on.room)
	s.list = s.list.prepare(s.ways, r.list, on.look)
	s.page = s.page.prepare(s, r.page, on.look)
	return s
}

// banner says once more what all of this is, where nobody can overlook it.
func (s breakingScene) banner(on stage) line {
	st := on.look.styles
	text := safe.Concat(st.Glyphs.Warning, safe.Const(" Broken on purpose, in memory only. It says nothing about the image."))
	if text.Width() > on.room.w-2 {
		text = safe.Concat(st.Glyphs.Warning, safe.Const(" Not the image: broken on purpose"))
	}
	var l line
	l.add(theme.Style{}, safe.Spaces(1))
	l.add(st.Bad.Bold(), text)
	return l
}

// view draws the banner, the list and the page.
func (s breakingScene) view(on stage) []string {
	r := breakingLayout(on.room)
	whole := drawer(on.room.w, on.look.styles)
	out := []string{s.banner(on).draw(whole, theme.Style{})}
	for len(out) < breakingHead(on.room) {
		out = append(out, line{}.draw(whole, theme.Style{}))
	}
	if said := s.nothing(); said != "" {
		for _, text := range explain(drawer(on.room.w-1, on.look.styles), area{w: on.room.w - 1, h: on.room.h - len(out)}, on.look.styles, said) {
			out = append(out, on.look.styles.Marker.Render(on.look.marker(true))+text)
		}
		return out
	}
	listed, read := on.look, on.look
	listed.focused, read.focused = on.look.focused && !s.reading, on.look.focused && s.reading
	switch {
	case s.covers(r):
		return append(out, s.page.view(r.page, read)...)
	case r.one:
		return append(out, s.list.view(r.list, listed)...)
	}
	left, right := s.list.view(r.list, listed), s.page.view(r.page, read)
	rule := on.look.styles.Border.Render(safe.Concat(on.look.styles.Glyphs.Vertical, safe.Spaces(1)))
	for i := range r.list.h {
		out = append(out, rowOf(left, i, r.list.w, on.look)+rule+rowOf(right, i, r.page.w, on.look))
	}
	return out
}

// rowOf is a row of a column, blank below its end.
func rowOf(column []string, i, cells int, look paneLook) string {
	if i < len(column) {
		return column[i]
	}
	return line{}.draw(drawer(cells, look.styles), theme.Style{})
}

// nothing says why there are no ways to show, "" where there are some.
func (s breakingScene) nothing() string {
	switch {
	case !s.ready:
		return "Looking what can be broken."
	case len(s.ways) == 0:
		return "This form of signature cannot be broken here: its parts are not known to the bench. Its checks are in the Checks tab."
	}
	return ""
}

func (s breakingScene) bar() thumb {
	if s.reading {
		return s.page.thumb
	}
	return s.list.thumb
}

func (s breakingScene) cursor(on stage) (x, y int, typing bool) {
	r := breakingLayout(on.room)
	if s.reading {
		return r.page.x, r.page.y, false
	}
	return 0, r.list.y + max(s.list.row(), 0), false
}

// breakingList is the ways in lines, of which the selected one says more.
type breakingList struct {
	at     int
	lines  []line
	stops  []block
	window rows.Window
	thumb  thumb
}

func (p breakingList) prepare(ways []breakingWay, room area, look paneLook) breakingList {
	p.at = max(0, min(p.at, len(ways)-1))
	p.lines, p.stops = nil, nil
	for i, w := range ways {
		first := len(p.lines)
		p.lines = append(p.lines, w.lines(room.w-tableMargin-1, i == p.at, look.styles)...)
		p.stops = append(p.stops, block{first, len(p.lines)})
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(room.h)
	if p.at < len(p.stops) {
		p.window = p.window.To(p.stops[p.at].end - 1).To(p.stops[p.at].first)
	}
	p.thumb = thumbOf(p.window, room.y)
	return p
}

// lines are a way: its title, what caught it last and, where it is selected, why somebody would do it.
func (w breakingWay) lines(cells int, selected bool, st *theme.Styles) []line {
	page := sheet{width: max(cells, 1), styles: st}
	style := st.Text
	if selected {
		style = st.Strong
	}
	page.sentence(w.Title, style, 0)
	if said := w.outcome(st); len(said) > 0 && !page.lines[len(page.lines)-1].spread(page.width, said...) {
		var l line
		l.spread(page.width, said...)
		page.add(l)
	}
	if selected {
		page.sentence(w.Why, st.Quiet, 0)
	}
	return page.lines
}

// outcome is what came of the last variant that was tried, in a few words.
func (w breakingWay) outcome(st *theme.Styles) []rows.Part {
	switch {
	case w.last == nil:
		return nil
	case w.last.problem != "":
		return []rows.Part{{Style: st.Warning, Text: safe.Const("not tried")}}
	case !w.last.caught:
		return []rows.Part{{Style: st.Quiet, Text: safe.Const("not caught")}}
	case w.last.by.ID == "":
		return []rows.Part{{Style: st.Quiet, Text: safe.Const("caught")}}
	}
	return []rows.Part{
		{Style: st.Quiet, Text: safe.Const("caught by ")}, {Style: st.Strong, Text: safe.LineMax(string(w.last.by.ID), labelWidth)},
	}
}

// row is the row of the selected way, counted from the first visible one.
func (p breakingList) row() int {
	if p.at >= len(p.stops) {
		return -1
	}
	return p.stops[p.at].first - p.window.Offset()
}

func (p breakingList) view(room area, look paneLook) []string {
	b := drawer(room.w, look.styles)
	var out []string
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		l, row := look.lead(false), theme.Style{}
		if p.at < len(p.stops) && i == p.stops[p.at].first {
			l, row = look.lead(true), look.selection()
		}
		l.left = append(l.left, p.lines[i].left...)
		out = append(out, l.draw(b, row))
	}
	return out
}
