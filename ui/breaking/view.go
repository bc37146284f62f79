package breaking

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// regions is where everything on the bench is drawn, in the inside of its frame.
type regions struct {
	list, page widget.Area
	one        bool // there is room for one of them only
}

// From how many cells on the page has a place beside the list, and how wide the list is.
const wide, leastWays, mostWays = 68, 30, 58

// head is how many rows the banner takes.
func head(room widget.Area) int {
	if room.H >= 14 {
		return 2
	}
	return 1
}

func layout(room widget.Area) regions {
	top := head(room)
	rest := widget.Area{X: 0, Y: top, W: room.W, H: max(room.H-top, 0)}
	if room.W < wide {
		return regions{list: rest, page: rest, one: true}
	}
	r := regions{list: rest, page: rest}
	r.list.W = max(leastWays, min(room.W*9/20, mostWays))
	r.page.X = r.list.W + 2
	r.page.W = room.W - r.page.X
	return r
}

// covers reports whether the page hides the list.
func (s View) covers(r regions) bool { return r.one && s.reading }

// settle makes the list and the page.
func (s View) settle(on scene.Stage) View {
	r := layout(on.Room)
	s.list = s.list.prepare(s.ways, r.list, on.Look)
	s.page = s.page.prepare(s, r.page, on.Look)
	return s
}

// banner says once more what all of this is, where nobody can overlook it.
func (s View) banner(on scene.Stage) widget.Line {
	st := on.Look.Styles
	text := safe.Concat(st.Glyphs.Warning, safe.Const(" Broken on purpose, in memory only. It says nothing about the image."))
	if text.Width() > on.Room.W-2 {
		text = safe.Concat(st.Glyphs.Warning, safe.Const(" Not the image: broken on purpose"))
	}
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(1))
	l.Add(st.Bad.Bold(), text)
	return l
}

// View draws the banner, the list and the page.
func (s View) View(on scene.Stage) []string {
	r := layout(on.Room)
	whole := widget.Drawer(on.Room.W, on.Look.Styles)
	out := []string{s.banner(on).Draw(whole, theme.Style{})}
	for len(out) < head(on.Room) {
		out = append(out, widget.Line{}.Draw(whole, theme.Style{}))
	}
	if said := s.nothing(); said != "" {
		for _, text := range widget.Explain(widget.Drawer(on.Room.W-1, on.Look.Styles), widget.Area{W: on.Room.W - 1, H: on.Room.H - len(out)}, on.Look.Styles, said) {
			out = append(out, on.Look.Styles.Marker.Render(on.Look.Marker(true))+text)
		}
		return out
	}
	listed, read := on.Look, on.Look
	listed.Focused, read.Focused = on.Look.Focused && !s.reading, on.Look.Focused && s.reading
	switch {
	case s.covers(r):
		return append(out, s.page.view(r.page, read)...)
	case r.one:
		return append(out, s.list.view(r.list, listed)...)
	}
	left, right := s.list.view(r.list, listed), s.page.view(r.page, read)
	rule := on.Look.Styles.Border.Render(safe.Concat(on.Look.Styles.Glyphs.Vertical, safe.Spaces(1)))
	for i := range r.list.H {
		out = append(out, rowOf(left, i, r.list.W, on.Look)+rule+rowOf(right, i, r.page.W, on.Look))
	}
	return out
}

// rowOf is a row of a column, blank below its end.
func rowOf(column []string, i, cells int, look widget.Look) string {
	if i < len(column) {
		return column[i]
	}
	return widget.Line{}.Draw(widget.Drawer(cells, look.Styles), theme.Style{})
}

// nothing says why there are no ways to show, "" where there are some.
func (s View) nothing() string {
	switch {
	case !s.ready:
		return "Looking what can be broken."
	case len(s.ways) == 0:
		return "This form of signature cannot be broken here: its parts are not known to the bench. Its checks are in the Checks tab."
	}
	return ""
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb {
	if s.reading {
		return s.page.thumb
	}
	return s.list.thumb
}

// Cursor implements scene.Scene.
func (s View) Cursor(on scene.Stage) (x, y int, typing bool) {
	r := layout(on.Room)
	if s.reading {
		return r.page.X, r.page.Y, false
	}
	return 0, r.list.Y + max(s.list.row(), 0), false
}

// list is the ways in lines, of which the selected one says more.
type list struct {
	at     int
	lines  []widget.Line
	stops  []widget.Block
	window rows.Window
	thumb  widget.Thumb
}

func (p list) prepare(ways []way, room widget.Area, look widget.Look) list {
	p.at = max(0, min(p.at, len(ways)-1))
	p.lines, p.stops = nil, nil
	for i, w := range ways {
		first := len(p.lines)
		p.lines = append(p.lines, w.lines(room.W-widget.TableMargin-1, i == p.at, look.Styles)...)
		p.stops = append(p.stops, widget.Block{First: first, End: len(p.lines)})
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(room.H)
	if p.at < len(p.stops) {
		p.window = p.window.To(p.stops[p.at].End - 1).To(p.stops[p.at].First)
	}
	p.thumb = widget.ThumbOf(p.window, room.Y)
	return p
}

// lines are a way: its title, what caught it last and, where it is selected, why somebody would do it.
func (w way) lines(cells int, selected bool, st *theme.Styles) []widget.Line {
	page := widget.Sheet{Width: max(cells, 1), Styles: st}
	style := st.Text
	if selected {
		style = st.Strong
	}
	page.Sentence(w.Title, style, 0)
	if said := w.outcome(st); len(said) > 0 && !page.Lines[len(page.Lines)-1].Spread(page.Width, said...) {
		var l widget.Line
		l.Spread(page.Width, said...)
		page.Add(l)
	}
	if selected {
		page.Sentence(w.Why, st.Quiet, 0)
	}
	return page.Lines
}

// outcome is what came of the last variant that was tried, in a few words.
func (w way) outcome(st *theme.Styles) []rows.Part {
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
		{Style: st.Quiet, Text: safe.Const("caught by ")}, {Style: st.Strong, Text: safe.LineMax(string(w.last.by.ID), widget.LabelWidth)},
	}
}

// row is the row of the selected way, counted from the first visible one.
func (p list) row() int {
	if p.at >= len(p.stops) {
		return -1
	}
	return p.stops[p.at].First - p.window.Offset()
}

func (p list) view(room widget.Area, look widget.Look) []string {
	b := widget.Drawer(room.W, look.Styles)
	var out []string
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		l, row := look.Lead(false), theme.Style{}
		if p.at < len(p.stops) && i == p.stops[p.at].First {
			l, row = look.Lead(true), look.Selection()
		}
		l.Left = append(l.Left, p.lines[i].Left...)
		out = append(out, l.Draw(b, row))
	}
	return out
}
