package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// heading is the head of a column of a table.
type heading struct {
	name  safe.Text
	least int  // cells below which the column is rather left out
	most  int  // cells that it makes good use of; 0 for as many as there are
	right bool // its cells stand at the right, as numbers do
	keep  bool // it is never left out
}

// table is rows in columns under a head line, of which only those on screen are ever asked for: its cost depends on the
// size of the screen alone. It knows where the cursor is and how wide columns are; what stands in them is its owner's.
type table struct {
	window rows.Window
	widths []int // of each column, 0 for one that is left out
	sorted int   // the column that the rows are sorted by, counted from 1; negative for the other way round; 0 for none
}

// tableGap is between two columns, tableMargin before the first: the marker of the selected row.
const tableGap, tableMargin = 2, 2

// prepare lays the columns out for rows of that many cells and that many of them. Columns that are not to be kept are
// left out from the right until the rest fits; then each takes what it can use, the first ones first.
func (t table) prepare(columns []heading, count int, room area) table {
	t.window = t.window.SetCount(count).Resize(max(room.h-1, 0))
	t.widths = make([]int, len(columns))
	left := room.w - tableMargin
	for i, c := range columns {
		t.widths[i] = max(c.least, 1)
		left -= t.widths[i] + tableGap
	}
	left += tableGap
	for i := len(columns) - 1; i >= 0 && left < 0; i-- {
		if !columns[i].keep {
			left += t.widths[i] + tableGap
			t.widths[i] = 0
		}
	}
	for i, c := range columns {
		if t.widths[i] == 0 || left <= 0 {
			continue
		}
		more := left
		if c.most > 0 {
			more = min(left, max(c.most-t.widths[i], 0))
		}
		t.widths[i] += more
		left -= more
	}
	return t
}

// key moves the cursor. It reports whether the key was for it.
func (t table) key(keys keyMap, k tea.KeyPressMsg) (table, bool) {
	w, moved := keys.move(t.window, k)
	t.window = w
	return t, moved
}

// click selects the row at a line of the table. head is the column whose name was hit, -1 for none.
func (t table) click(x, y int) (next table, head int) {
	if y > 0 {
		t.window, _ = t.window.Click(y - 1)
		return t, -1
	}
	at := tableMargin
	for i, w := range t.widths {
		if w > 0 && x >= at && x < at+w {
			return t, i
		}
		if w > 0 {
			at += w + tableGap
		}
	}
	return t, -1
}

// by sorts by a column, and the other way round when it was sorted by that one.
func (t table) by(column int) table {
	if t.sorted == column+1 {
		t.sorted = -t.sorted
		return t
	}
	t.sorted = column + 1
	return t
}

// view draws the head and the visible rows. cell is what stands in a column of a row.
func (t table) view(columns []heading, cells int, look paneLook, cell func(row, column int) rows.Part) []string {
	b := drawer(cells, look.styles)
	out := []string{t.head(columns, look).draw(b, theme.Style{})}
	from, to := t.window.Visible()
	for i := from; i < to; i++ {
		selected, row := i == t.window.Cursor(), theme.Style{}
		if selected {
			row = look.selection()
		}
		var l line
		l.add(look.styles.Marker, safe.Concat(look.marker(selected), safe.Spaces(1)))
		for c := range columns {
			if w := t.widths[c]; w > 0 {
				p := cell(i, c)
				t.place(&l, c, columns[c], p)
			}
		}
		out = append(out, l.ended().draw(b, row))
	}
	return out
}

// head is the names of the columns, with a sign at the one that the rows are sorted by.
func (t table) head(columns []heading, look paneLook) line {
	var l line
	l.add(theme.Style{}, safe.Spaces(tableMargin))
	for c, h := range columns {
		if t.widths[c] == 0 {
			continue
		}
		name, style := h.name, look.styles.Label
		switch t.sorted {
		case c + 1:
			name, style = safe.Concat(name, safe.Spaces(1), look.styles.Glyphs.Up), look.styles.Strong
		case -c - 1:
			name, style = safe.Concat(name, safe.Spaces(1), look.styles.Glyphs.Down), look.styles.Strong
		}
		t.place(&l, c, h, rows.Part{Style: style, Text: name})
	}
	return l.ended()
}

// ended is a row without the gap after its last column, which there may be no room for.
func (l line) ended() line {
	if n := len(l.left); n > 1 {
		l.left = l.left[:n-1]
	}
	return l
}

// place puts a text into its column, cut to it.
func (t table) place(l *line, column int, h heading, p rows.Part) {
	w := t.widths[column]
	text := p.Text.Truncate(w)
	if h.right {
		l.add(theme.Style{}, safe.Spaces(w-text.Width()))
		l.add(p.Style, text)
	} else {
		l.add(p.Style, text)
		l.add(theme.Style{}, safe.Spaces(w-text.Width()))
	}
	l.add(theme.Style{}, safe.Spaces(tableGap))
}

// cursorRow is the line of the table that is selected, -1 where there is none.
func (t table) cursorRow() int {
	if t.window.Count() == 0 {
		return -1
	}
	return 1 + t.window.Cursor() - t.window.Offset()
}

// sort sorts by the next column or the other way round. It reports whether the key was for that.
func (t table) sort(keys keyMap, k tea.KeyPressMsg) (table, bool) {
	switch {
	case key.Matches(k, keys.Reverse) && t.sorted != 0:
		t.sorted = -t.sorted
	case key.Matches(k, keys.Sort):
		t.sorted = t.next() + 1
	default:
		return t, false
	}
	return t, true
}

// next is the column after the one that the rows are sorted by, of those on screen, round the end.
func (t table) next() int {
	for i := range t.widths {
		if at := (max(t.sorted, -t.sorted) + i) % len(t.widths); t.widths[at] > 0 {
			return at
		}
	}
	return 0
}

// mostCell is how much of a value a cell of a table may ask for, in cells.
const mostCell = 120

// opens reports whether a line of a table is one of its rows.
func (t table) opens(line int) bool { return line > 0 && line <= t.window.Count()-t.window.Offset() }
