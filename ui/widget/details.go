package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Details is the text about the selected row of a table. It stands below the table where there is room for both, else
// they take turns: it scrolls, and has the keys while the person reads on.
type Details struct {
	Reading bool
	Window  rows.Window
	title   safe.Text
	lines   []Line
	made    DetailsOf
	Table   Area // where the table stands, empty where there is no room for it
	Room    Area // where the text stands, with the line above it
}

// DetailsOf is what a text was made from; it is made again when any of it changes.
type DetailsOf struct {
	Row, Version, Width int
	Styles              *theme.Styles
}

// The height from which on there is room for a table and the text below it, and what the table takes of it at most.
const (
	DetailsBoth  = 12
	detailsParts = 5
)

// Place divides a room between a table of so many rows and the text.
func (d Details) Place(body Area, count int) Details {
	d.Table, d.Room = Area{}, Area{}
	switch {
	case body.H >= DetailsBoth:
		d.Table, d.Room = body, body
		d.Table.H = min(count+1, max(5, body.H*3/detailsParts))
		d.Room.Y, d.Room.H = body.Y+d.Table.H, body.H-d.Table.H
	case d.Reading:
		d.Room = body
	default:
		d.Table = body
	}
	return d
}

// Write makes the text, unless it was made from the same before.
func (d Details) Write(of DetailsOf, title safe.Text, put func(*Sheet)) Details {
	if d.made != of {
		if d.made.Row != of.Row || d.made.Version != of.Version {
			d.Window = rows.Window{}
		}
		page := Sheet{Width: max(of.Width-TableMargin-1, 1), Styles: of.Styles}
		put(&page)
		d.lines, d.title, d.made = page.Lines, title, of
	}
	d.Window = d.Window.SetCount(len(d.lines)).Resize(max(d.Room.H-1, 0))
	return d
}

// None is the text where no row is selected.
func (d Details) None(title safe.Text) Details {
	d.lines, d.title, d.made, d.Reading = nil, title, DetailsOf{}, false
	d.Window = d.Window.SetCount(0).Resize(max(d.Room.H-1, 0))
	return d
}

// Key scrolls the text while it has the keys, and hands them to and fro. It reports whether the key was for that.
func (d Details) Key(keys keymap.Map, k tea.KeyPressMsg) (Details, bool) {
	switch {
	case key.Matches(k, keys.NextPane, keys.PrevPane):
		d.Reading = !d.Reading
		return d, true
	case !d.Reading:
		return d, false
	case key.Matches(k, keys.Back):
		d.Reading = false
		return d, true
	}
	w, moved := keys.Scroll(d.Window, k)
	d.Window = w
	return d, moved
}

// Bar is the thumb of whatever has the keys; top is the first row of the table.
func (d Details) Bar(t Table) Thumb {
	if d.Reading {
		return ThumbOf(d.Window, d.Room.Y+1)
	}
	return ThumbOf(t.Window, d.Table.Y+1)
}

// Cursor is the row that has the keys.
func (d Details) Cursor(t Table) int {
	if d.Reading {
		return d.Room.Y + 1
	}
	return d.Table.Y + max(t.CursorRow(), 0)
}

// Look marks the table as parked while the text has the keys.
func (d Details) Look(l Look) Look {
	l.Focused = l.Focused && !d.Reading
	return l
}

// View draws the line above the text, and what is in sight of it.
func (d Details) View(cells int, look Look) []string {
	if d.Room.Empty() {
		return nil
	}
	st, g := look.Styles, look.Styles.Glyphs
	open, shut, style := safe.Format("%s ", g.Horizontal), safe.Format(" %s", g.Horizontal), st.Title
	switch {
	case d.Reading && d.Table.Empty():
		open, style = safe.Format("%s ", g.Cursor), st.TitleFocused
	case d.Reading:
		open, shut, style = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), st.TitleFocused
	}
	title := d.title.Truncate(max(cells-8, 1))
	var l Line
	l.Add(st.Border, open)
	l.Add(style, title)
	l.Add(st.Border, safe.Concat(shut, Repeat(g.Horizontal, cells-4-title.Width())))
	b := Drawer(cells, st)
	out := []string{l.Draw(b, theme.Style{})}
	from, to := d.Window.Visible()
	for _, l := range Indented(d.lines[from:to]) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}
