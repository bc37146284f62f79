package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

func (s Start) tooSmall() bool { return s.width < leastWidth || s.height < leastHeight }

// room is the inside of the frame; entryRow the line in it where one types; listRoom what is below that.
func (s Start) room() area { return area{1, 2, s.width - 2, s.height - 4} }

func (s Start) entryRow() int { return s.room().y + s.air() }

func (s Start) listRoom() area {
	room := s.room()
	top := 1 + 2*s.air() + len(s.complaints())
	return area{room.x, room.y + top, room.w, max(room.h-top, 0)}
}

// air is how many blank rows there are above the line, where there is room for any.
func (s Start) air() int {
	if s.height >= tallHeight {
		return 1
	}
	return 0
}

// complaints is what went wrong, below the line.
func (s Start) complaints() []safe.Text {
	if s.refused.Empty() {
		return nil
	}
	most := max((s.height-leastHeight)/2, 2)
	return rows.Wrap(s.refused, max(s.room().w-4, 1), most)
}

// prepare brings the rows up to date and the selected one into sight.
func (s Start) prepare() Start {
	page := &sheet{width: max(s.room().w-tableMargin, 1), styles: s.styles}
	s.lines, s.stops, s.choices = nil, nil, nil
	add := func(c startChoice, name safe.Text, note safe.Text) {
		s.stops = append(s.stops, block{len(page.lines), len(page.lines) + 1})
		s.choices = append(s.choices, c)
		var l line
		room := page.width
		if name.Width()+note.Width()+3 > page.width && page.width < stackWidth {
			note = safe.Text{}
		}
		l.add(s.styles.Text, name.TruncateMiddle(max(room-note.Width()-2, 1)))
		l.end(s.styles.Quiet, safe.Concat(note, safe.Spaces(1)))
		page.add(l)
	}
	if s.problem != "" {
		page.sentence(s.problem, s.styles.Warning, 0)
	}
	if len(s.opened) > 0 {
		page.heading(safe.Const("Opened before"))
	}
	for _, o := range s.opened {
		note := s.ago(o.At)
		if o.Source == s.forget {
			note = safe.Format("%s again forgets it", firstKey(s.keys.Forget))
		}
		add(startChoice{o.Source, true}, safe.LineMax(o.Source, mostShownSource), note)
	}
	if len(s.offers) > 0 {
		page.heading(safe.Const("In this folder"))
	}
	for _, o := range s.offers {
		add(startChoice{o.Source, false}, safe.LineMax(o.Name, mostShownSource), safe.LineMax(o.What, mostName))
	}
	if s.partial {
		page.put(s.styles.Quiet, safe.Const("and perhaps more"))
	}
	page.heading(safe.Const("To look around"))
	add(startChoice{s.about.Demo, false}, safe.Const("demo"), safe.Const("every verdict, without a network"))
	s.lines = page.lines
	s.at = min(max(s.at, 0), len(s.choices)-1)
	s.window = s.window.SetCount(len(s.lines)).Resize(s.listRoom().h)
	if stop := s.stops[s.at]; s.at == 0 {
		s.window = s.window.Top().To(stop.first)
	} else {
		s.window = s.window.To(stop.first)
	}
	s.help = s.help.prepare(s.width, s.height, s.styles)
	return s
}

// mostShownSource bounds what is measured of a source, in cells.
const mostShownSource = 1000

// ago is how long something is past, as a person would say it.
func (s Start) ago(at time.Time) safe.Text {
	if at.IsZero() || s.about.Now.IsZero() {
		return safe.Text{}
	}
	day := func(t time.Time) time.Time {
		y, m, d := t.In(s.about.Now.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	switch days := int(day(s.about.Now).Sub(day(at)) / (24 * time.Hour)); {
	case days == 0:
		return safe.Const("today")
	case days == 1:
		return safe.Const("yesterday")
	case days > 1 && days < 30:
		return safe.Format("%s days ago", safe.Int(days))
	}
	return safe.Line(at.In(s.about.Now.Location()).Format(time.DateOnly))
}

// View draws what Update prepared.
func (s Start) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "attestree"}
	if s.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case s.width <= 0 || s.height <= 0:
		return v
	case s.tooSmall():
		v.Content = s.content(strings.Join(s.tooSmallRows(s.keys.Quit), "\n"))
		return v
	}
	title := safe.Const("Open an image")
	screen := append([]string{s.header()}, frame{s.styles.BorderFocused, s.styles.TitleFocused}.around(s.room(), title, s.body(), s.bar(), s.styles)...)
	screen = append(screen, s.status())
	v.Cursor = s.cursor()
	if s.helping {
		screen = s.help.board.over(screen, s.styles)
		v.Cursor = calm(s.help.board.room.x+1, s.help.board.selectedRow())
	}
	v.Content = s.content(strings.Join(screen, "\n"))
	return v
}

func (s Start) header() string {
	var l line
	l.add(s.styles.Brand, safe.Const(" attestree  "))
	l.add(s.styles.Quiet, safe.Const("what is attached to an image, and what to believe of it").Truncate(max(s.width-24, 0)))
	if s.about.Offline {
		l.spread(s.width, rows.Part{Style: s.styles.Brand, Text: safe.Const("offline ")})
	}
	return l.draw(drawer(s.width, s.styles), s.styles.Bar)
}

func (s Start) bar() thumb { return thumbOf(s.window, s.listRoom().y-s.room().y) }

func (s Start) look() paneLook { return paneLook{styles: s.styles, focused: !s.typing && !s.helping} }

// body is the line, what went wrong, and the list.
func (s Start) body() []string {
	b := drawer(s.room().w, s.styles)
	out := make([]string, 0, s.room().h)
	for range s.air() {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	out = append(out, s.entryText().draw(b, theme.Style{}))
	for _, t := range s.complaints() {
		l := line{left: []rows.Part{{Text: safe.Spaces(2)}, {Style: s.styles.Bad, Text: t}}}
		out = append(out, l.draw(b, theme.Style{}))
	}
	for range s.air() {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	look := s.look()
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		selected, row := i == s.stops[s.at].first, theme.Style{}
		if selected {
			row = look.selection()
		}
		l := line{left: []rows.Part{{Style: s.styles.Marker, Text: safe.Concat(look.marker(selected), safe.Spaces(1))}}}
		l.left, l.right = append(l.left, s.lines[i].left...), s.lines[i].right
		out = append(out, l.draw(b, row))
	}
	return out
}

const entryLabel = "  Open  "

// entryText is the line in which one types, with how it could go on.
func (s Start) entryText() line {
	look, room := s.look(), s.room().w-len(entryLabel)-2
	var l line
	l.add(s.styles.Prompt, safe.Const(entryLabel))
	typed := s.entry.shown(look, safe.Const("a reference, a folder, an archive or a bundle"), room)
	l.left = append(l.left, typed)
	if rest := s.completion(); s.typing && rest != "" {
		l.add(s.styles.Quiet, safe.LineMax(rest, mostShownSource).Truncate(room-typed.Text.Width()))
	}
	return l
}

func (s Start) cursor() *tea.Cursor {
	if s.typing {
		typed := safe.Line(s.entry.text).TruncateLeft(s.room().w - len(entryLabel) - 2)
		return tea.NewCursor(s.room().x+len(entryLabel)+typed.Width(), s.entryRow())
	}
	room, row := s.listRoom(), s.stops[s.at].first-s.window.Offset()
	if row < 0 || row >= room.h {
		return nil
	}
	return calm(room.x, room.y+row)
}

// status says what is being waited for, or which keys help.
func (s Start) status() string {
	b := drawer(s.width, s.styles)
	var l line
	if s.opening != "" {
		l.add(s.styles.Strong, safe.Format(" opening %s  ", safe.LineMax(s.opening, max(s.width-34, 8))))
		l.add(s.styles.Key, firstKey(s.keys.Back))
		l.add(s.styles.KeyHelp, safe.Const(" stops waiting"))
		return l.draw(b, s.styles.Bar)
	}
	l.add(theme.Style{}, safe.Spaces(1))
	for _, h := range s.hints() {
		parts := []rows.Part{{Style: s.styles.Key, Text: safe.Concat(h.keys, safe.Spaces(1))}, {Style: s.styles.KeyHelp, Text: safe.Concat(h.does, safe.Spaces(2))}}
		if width(l.left)+width(parts) > s.width {
			break
		}
		l.left = append(l.left, parts...)
	}
	return l.draw(b, s.styles.Bar)
}

func (s Start) hints() []hint {
	k := s.keys
	if s.typing {
		return []hint{{safe.Const("enter"), safe.Const("open")}, {safe.Const("tab"), safe.Const("complete")},
			{safe.Const("up down"), safe.Const("opened before")}, {safe.Const("esc"), safe.Const("the list")}}
	}
	out := []hint{hintFor(k.Enter, safe.Const("open")), hintFor(k.NextPane, safe.Const("type a source"))}
	if s.choices[s.at].opened {
		out = append(out, hintFor(k.Forget, safe.Const("forget")))
	}
	if s.covers {
		out = append(out, hintFor(k.Back, safe.Const("back")))
	}
	return append(out, hintFor(k.Help, safe.Const("help")), hintFor(k.Quit, safe.Const("quit")))
}
