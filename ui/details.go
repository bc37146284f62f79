package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// details is the text about the selected row of a table. It stands below the table where there is room for both, else
// they take turns: it scrolls, and has the keys while the person reads on.
type details struct {
	reading bool
	window  rows.Window
	title   safe.Text
	lines   []line
	made    detailsOf
	table   area // where the table stands, empty where there is no room for it
	room    area // where the text stands, with the line above it
}

// detailsOf is what a text was made from; it is made again when any of it changes.
type detailsOf struct {
	row, version, width int
	styles              *theme.Styles
}

// The height from which on there is room for a table and the text below it, and what the table takes of it at most.
const (
	detailsBoth  = 12
	detailsParts = 5
)

// place divides a room between a table of so many rows and the text.
func (d details) place(body area, count int) details {
	d.table, d.room = area{}, area{}
	switch {
	case body.h >= detailsBoth:
		d.table, d.room = body, body
		d.table.h = min(count+1, max(5, body.h*3/detailsParts))
		d.room.y, d.room.h = body.y+d.table.h, body.h-d.table.h
	case d.reading:
		d.room = body
	default:
		d.table = body
	}
	return d
}

// write makes the text, unless it was made from the same before.
func (d details) write(of detailsOf, title safe.Text, put func(*sheet)) details {
	if d.made != of {
		if d.made.row != of.row || d.made.version != of.version {
			d.window = rows.Window{}
		}
		page := sheet{width: max(of.width-tableMargin-1, 1), styles: of.styles}
		put(&page)
		d.lines, d.title, d.made = page.lines, title, of
	}
	d.window = d.window.SetCount(len(d.lines)).Resize(max(d.room.h-1, 0))
	return d
}

// none is the text where no row is selected.
func (d details) none(title safe.Text) details {
	d.lines, d.title, d.made, d.reading = nil, title, detailsOf{}, false
	d.window = d.window.SetCount(0).Resize(max(d.room.h-1, 0))
	return d
}

// key scrolls the text while it has the keys, and hands them to and fro. It reports whether the key was for that.
func (d details) key(keys keyMap, k tea.KeyPressMsg) (details, bool) {
	switch {
	case key.Matches(k, keys.NextPane, keys.PrevPane):
		d.reading = !d.reading
		return d, true
	case !d.reading:
		return d, false
	case key.Matches(k, keys.Back):
		d.reading = false
		return d, true
	}
	w, moved := keys.scroll(d.window, k)
	d.window = w
	return d, moved
}

// bar is the thumb of whatever has the keys; top is the first row of the table.
func (d details) bar(t table) thumb {
	if d.reading {
		return thumbOf(d.window, d.room.y+1)
	}
	return thumbOf(t.window, d.table.y+1)
}

// cursor is the row that has the keys.
func (d details) cursor(t table) int {
	if d.reading {
		return d.room.y + 1
	}
	return d.table.y + max(t.cursorRow(), 0)
}

// look marks the table as parked while the text has the keys.
func (d details) look(l paneLook) paneLook {
	l.focused = l.focused && !d.reading
	return l
}

// view draws the line above the text, and what is in sight of it.
func (d details) view(cells int, look paneLook) []string {
	if d.room.empty() {
		return nil
	}
	st, g := look.styles, look.styles.Glyphs
	open, shut, style := safe.Format("%s ", g.Horizontal), safe.Format(" %s", g.Horizontal), st.Title
	switch {
	case d.reading && d.table.empty():
		open, style = safe.Format("%s ", g.Cursor), st.TitleFocused
	case d.reading:
		open, shut, style = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), st.TitleFocused
	}
	title := d.title.Truncate(max(cells-8, 1))
	var l line
	l.add(st.Border, open)
	l.add(style, title)
	l.add(st.Border, safe.Concat(shut, repeat(g.Horizontal, cells-4-title.Width())))
	b := drawer(cells, st)
	out := []string{l.draw(b, theme.Style{})}
	from, to := d.window.Visible()
	for _, l := range under(d.lines[from:to]) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	return out
}
