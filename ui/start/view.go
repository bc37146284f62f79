package start

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

func (s Screen) tooSmall() bool { return s.Width < widget.LeastWidth || s.Height < widget.LeastHeight }

// room is the inside of the frame; entryRow the line in it where one types; listRoom what is below that.
func (s Screen) room() widget.Area { return widget.Area{X: 1, Y: 2, W: s.Width - 2, H: s.Height - 4} }

func (s Screen) entryRow() int { return s.room().Y + s.air() }

func (s Screen) listRoom() widget.Area {
	room := s.room()
	top := 1 + 2*s.air() + len(s.complaints())
	return widget.Area{X: room.X, Y: room.Y + top, W: room.W, H: max(room.H-top, 0)}
}

// air is how many blank rows there are above the line, where there is room for any.
func (s Screen) air() int {
	if s.Height >= widget.TallHeight {
		return 1
	}
	return 0
}

// complaints is what went wrong, below the line.
func (s Screen) complaints() []safe.Text {
	if s.refused.Empty() {
		return nil
	}
	most := max((s.Height-widget.LeastHeight)/2, 2)
	return rows.Wrap(s.refused, max(s.room().W-4, 1), most)
}

// prepare brings the rows up to date and the selected one into sight.
func (s Screen) prepare() Screen {
	page := &widget.Sheet{Width: max(s.room().W-widget.TableMargin, 1), Styles: s.Styles}
	s.lines, s.stops, s.choices = nil, nil, nil
	add := func(c choice, name safe.Text, note safe.Text) {
		s.stops = append(s.stops, widget.Block{First: len(page.Lines), End: len(page.Lines) + 1})
		s.choices = append(s.choices, c)
		var l widget.Line
		room := page.Width
		if name.Width()+note.Width()+3 > page.Width && page.Width < widget.StackWidth {
			note = safe.Text{}
		}
		l.Add(s.Styles.Text, name.TruncateMiddle(max(room-note.Width()-2, 1)))
		l.End(s.Styles.Quiet, safe.Concat(note, safe.Spaces(1)))
		page.Add(l)
	}
	if s.problem != "" {
		page.Sentence(s.problem, s.Styles.Warning, 0)
	}
	if len(s.opened) > 0 {
		page.Heading(safe.Const("Opened before"))
	}
	for _, o := range s.opened {
		note := s.ago(o.At)
		if o.Source == s.forget {
			note = safe.Format("%s again forgets it", keymap.FirstKey(s.keys.Forget))
		}
		add(choice{o.Source, true}, safe.LineMax(o.Source, mostShownSource), note)
	}
	if len(s.offers) > 0 {
		page.Heading(safe.Const("In this folder"))
	}
	for _, o := range s.offers {
		add(choice{o.Source, false}, safe.LineMax(o.Name, mostShownSource), safe.LineMax(o.What, phrase.MostName))
	}
	if s.partial {
		page.Put(s.Styles.Quiet, safe.Const("and perhaps more"))
	}
	page.Heading(safe.Const("To look around"))
	add(choice{s.about.Demo, false}, safe.Const("demo"), safe.Const("every verdict, without a network"))
	s.lines = page.Lines
	s.at = min(max(s.at, 0), len(s.choices)-1)
	s.window = s.window.SetCount(len(s.lines)).Resize(s.listRoom().H)
	if stop := s.stops[s.at]; s.at == 0 {
		s.window = s.window.Top().To(stop.First)
	} else {
		s.window = s.window.To(stop.First)
	}
	s.help = s.help.Prepare(s.Width, s.Height, s.Styles)
	return s
}

// mostShownSource bounds what is measured of a source, in cells.
const mostShownSource = 1000

// ago is how long something is past, as a person would say it.
func (s Screen) ago(at time.Time) safe.Text {
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
func (s Screen) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "attestree"}
	if s.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case s.Width <= 0 || s.Height <= 0:
		return v
	case s.tooSmall():
		v.Content = s.Content(strings.Join(s.TooSmallRows(s.keys.Quit), "\n"))
		return v
	}
	title := safe.Const("Open an image")
	screen := append([]string{s.header()}, widget.Frame{Edge: s.Styles.BorderFocused, Name: s.Styles.TitleFocused}.Around(s.room(), title, s.body(), s.bar(), s.Styles)...)
	screen = append(screen, s.status())
	v.Cursor = s.cursor()
	if s.helping {
		screen = s.help.Board.Over(screen, s.Styles)
		v.Cursor = widget.CalmCursor(s.help.Board.Room.X+1, s.help.Board.SelectedRow())
	}
	v.Content = s.Content(strings.Join(screen, "\n"))
	return v
}

func (s Screen) header() string {
	var l widget.Line
	l.Add(s.Styles.Brand, safe.Const(" attestree  "))
	l.Add(s.Styles.Quiet, safe.Const("what is attached to an image, and what to believe of it").Truncate(max(s.Width-24, 0)))
	if s.about.Offline {
		l.Spread(s.Width, rows.Part{Style: s.Styles.Brand, Text: safe.Const("offline ")})
	}
	return l.Draw(widget.Drawer(s.Width, s.Styles), s.Styles.Bar)
}

func (s Screen) bar() widget.Thumb { return widget.ThumbOf(s.window, s.listRoom().Y-s.room().Y) }

func (s Screen) look() widget.Look {
	return widget.Look{Styles: s.Styles, Focused: !s.typing && !s.helping}
}

// body is the line, what went wrong, and the list.
func (s Screen) body() []string {
	b := widget.Drawer(s.room().W, s.Styles)
	out := make([]string, 0, s.room().H)
	for range s.air() {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	out = append(out, s.entryText().Draw(b, theme.Style{}))
	for _, t := range s.complaints() {
		l := widget.Line{Left: []rows.Part{{Text: safe.Spaces(2)}, {Style: s.Styles.Bad, Text: t}}}
		out = append(out, l.Draw(b, theme.Style{}))
	}
	for range s.air() {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	look := s.look()
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		selected, row := !s.typing && i == s.stops[s.at].First, theme.Style{}
		if selected {
			row = look.Selection()
		}
		l := widget.Line{Left: []rows.Part{{Style: s.Styles.Marker, Text: safe.Concat(look.Marker(selected), safe.Spaces(1))}}}
		l.Left, l.Right = append(l.Left, s.lines[i].Left...), s.lines[i].Right
		out = append(out, l.Draw(b, row))
	}
	return out
}

const entryLabel = "Open  "

// entryText is the line in which one types, with how it could go on.
func (s Screen) entryText() widget.Line {
	look, room := s.look(), s.entryRoom()
	var l widget.Line
	l.Add(s.Styles.Marker, safe.Concat(look.Marker(s.typing), safe.Spaces(1)))
	l.Add(s.Styles.Prompt, safe.Const(entryLabel))
	typed := s.entry.Shown(look, safe.Const("a reference, a folder, an archive or a bundle"), room)
	l.Left = append(l.Left, typed)
	if rest := s.completion(); s.typing && rest != "" {
		l.Add(s.Styles.Quiet, safe.LineMax(rest, mostShownSource).Truncate(room-typed.Text.Width()))
	}
	return l
}

// entryRoom is how many cells there are for what is typed.
func (s Screen) entryRoom() int { return s.room().W - widget.TableMargin - len(entryLabel) - 2 }

func (s Screen) cursor() *tea.Cursor {
	if s.typing {
		typed := safe.Line(s.entry.Text).TruncateLeft(s.entryRoom())
		return tea.NewCursor(s.room().X+widget.TableMargin+len(entryLabel)+typed.Width(), s.entryRow())
	}
	room, row := s.listRoom(), s.stops[s.at].First-s.window.Offset()
	if row < 0 || row >= room.H {
		return nil
	}
	return widget.CalmCursor(room.X, room.Y+row)
}

// status says what is being waited for, or which keys help.
func (s Screen) status() string {
	b := widget.Drawer(s.Width, s.Styles)
	var l widget.Line
	if s.opening != "" {
		l.Add(s.Styles.Strong, safe.Format(" opening %s  ", safe.LineMax(s.opening, max(s.Width-34, 8))))
		l.Add(s.Styles.Key, keymap.FirstKey(s.keys.Back))
		l.Add(s.Styles.KeyHelp, safe.Const(" stops waiting"))
		return l.Draw(b, s.Styles.Bar)
	}
	if !s.said.Empty() {
		l.Add(s.Styles.Strong, safe.Concat(safe.Spaces(1), s.said.Truncate(max(s.Width-2, 0))))
		return l.Draw(b, s.Styles.Bar)
	}
	l.Add(theme.Style{}, safe.Spaces(1))
	for _, h := range s.hints() {
		parts := []rows.Part{{Style: s.Styles.Key, Text: safe.Concat(h.Keys, safe.Spaces(1))}, {Style: s.Styles.KeyHelp, Text: safe.Concat(h.Does, safe.Spaces(2))}}
		if widget.Width(l.Left)+widget.Width(parts) > s.Width {
			break
		}
		l.Left = append(l.Left, parts...)
	}
	return l.Draw(b, s.Styles.Bar)
}

func (s Screen) hints() []keymap.Hint {
	k := s.keys
	if s.typing {
		return []keymap.Hint{{Keys: safe.Const("enter"), Does: safe.Const("open")}, {Keys: safe.Const("tab"), Does: safe.Const("complete")},
			{Keys: safe.Const("up down"), Does: safe.Const("opened before")}, {Keys: safe.Const("esc"), Does: safe.Const("the list")}}
	}
	out := []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("open")), keymap.HintFor(k.NextPane, safe.Const("type a source"))}
	if s.choices[s.at].opened {
		out = append(out, keymap.HintFor(k.Forget, safe.Const("forget")))
	}
	if s.covers {
		out = append(out, keymap.HintFor(k.Back, safe.Const("back")))
	}
	return append(out, keymap.HintFor(k.Help, safe.Const("help")), keymap.HintFor(k.Quit, safe.Const("quit")))
}
