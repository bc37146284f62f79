package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Column is the head of a column of a table.
type Column struct {
	Name  safe.Text
	Least int  // cells below which the column is rather left out
	Most  int  // cells that it makes good use of; 0 for as many as there are
	right bool // its cells stand at the right, as numbers do
	Keep  bool // it is never left out
}

// Table is rows in columns under a head line, of which only those on screen are ever asked for: its cost depends on the
// size of the screen alone. It knows where the cursor is and how wide columns are; what stands in them is its owner's.
type Table struct {
	Window rows.Window
	Widths []int // of each column, 0 for one that is left out
	Sorted int   // the column that the rows are sorted by, counted from 1; negative for the other way round; 0 for none
}

// TableGap is between two columns, in cells.
const TableGap = 2

// TableMargin is before the first, in cells: the marker of the selected row.
const TableMargin = 2

// Prepare lays the columns out for rows of that many cells and that many of them. Columns that are not to be kept are
// left out from the right until the rest fits; then each takes what it can use, the first ones first.
func (t Table) Prepare(columns []Column, count int, room Area) Table {
	t.Window = t.Window.SetCount(count).Resize(max(room.H-1, 0))
	t.Widths = make([]int, len(columns))
	left := room.W - TableMargin
	for i, c := range columns {
		t.Widths[i] = max(c.Least, 1)
		left -= t.Widths[i] + TableGap
	}
	left += TableGap
	for i := len(columns) - 1; i >= 0 && left < 0; i-- {
		if !columns[i].Keep {
			left += t.Widths[i] + TableGap
			t.Widths[i] = 0
		}
	}
	for i, c := range columns {
		if t.Widths[i] == 0 || left <= 0 {
			continue
		}
		more := left
		if c.Most > 0 {
			more = min(left, max(c.Most-t.Widths[i], 0))
		}
		t.Widths[i] += more
		left -= more
	}
	return t
}

// Key moves the cursor. It reports whether the key was for it.
func (t Table) Key(keys keymap.Map, k tea.KeyPressMsg) (Table, bool) {
	w, moved := keys.Move(t.Window, k)
	t.Window = w
	return t, moved
}

// Click selects the row at a line of the table. head is the column whose name was hit, -1 for none.
func (t Table) Click(x, y int) (next Table, head int) {
	if y > 0 {
		t.Window, _ = t.Window.Click(y - 1)
		return t, -1
	}
	at := TableMargin
	for i, w := range t.Widths {
		if w > 0 && x >= at && x < at+w {
			return t, i
		}
		if w > 0 {
			at += w + TableGap
		}
	}
	return t, -1
}

// By sorts by a column, and the other way round when it was sorted by that one.
func (t Table) By(column int) Table {
	if t.Sorted == column+1 {
		t.Sorted = -t.Sorted
		return t
	}
	t.Sorted = column + 1
	return t
}

// View draws the head and the visible rows. cell is what stands in a column of a row.
func (t Table) View(columns []Column, cells int, look Look, cell func(row, column int) rows.Part) []string {
	b := Drawer(cells, look.Styles)
	out := []string{t.head(columns, look).Draw(b, theme.Style{})}
	from, to := t.Window.Visible()
	for i := from; i < to; i++ {
		selected, row := i == t.Window.Cursor(), theme.Style{}
		if selected {
			row = look.Selection()
		}
		var l Line
		l.Add(look.Styles.Marker, safe.Concat(look.Marker(selected), safe.Spaces(1)))
		for c := range columns {
			if w := t.Widths[c]; w > 0 {
				p := cell(i, c)
				t.place(&l, c, columns[c], p)
			}
		}
		out = append(out, l.ended().Draw(b, row))
	}
	return out
}

// head is the names of the columns, with a sign at the one that the rows are sorted by.
func (t Table) head(columns []Column, look Look) Line {
	var l Line
	l.Add(theme.Style{}, safe.Spaces(TableMargin))
	for c, h := range columns {
		if t.Widths[c] == 0 {
			continue
		}
		name, style := h.Name, look.Styles.Label
		switch t.Sorted {
		case c + 1:
			name, style = safe.Concat(name, safe.Spaces(1), look.Styles.Glyphs.Up), look.Styles.Strong
		case -c - 1:
			name, style = safe.Concat(name, safe.Spaces(1), look.Styles.Glyphs.Down), look.Styles.Strong
		}
		t.place(&l, c, h, rows.Part{Style: style, Text: name})
	}
	return l.ended()
}

// ended is a row without the gap after its last column, which there may be no room for.
func (l Line) ended() Line {
	if n := len(l.Left); n > 1 {
		l.Left = l.Left[:n-1]
	}
	return l
}

// place puts a text into its column, cut to it.
func (t Table) place(l *Line, column int, h Column, p rows.Part) {
	w := t.Widths[column]
	text := p.Text.Truncate(w)
	if h.right {
		l.Add(theme.Style{}, safe.Spaces(w-text.Width()))
		l.Add(p.Style, text)
	} else {
		l.Add(p.Style, text)
		l.Add(theme.Style{}, safe.Spaces(w-text.Width()))
	}
	l.Add(theme.Style{}, safe.Spaces(TableGap))
}

// CursorRow is the line of the table that is selected, -1 where there is none.
func (t Table) CursorRow() int {
	if t.Window.Count() == 0 {
		return -1
	}
	return 1 + t.Window.Cursor() - t.Window.Offset()
}

// Sort sorts by the next column or the other way round. It reports whether the key was for that.
func (t Table) Sort(keys keymap.Map, k tea.KeyPressMsg) (Table, bool) {
	switch {
	case key.Matches(k, keys.Reverse) && t.Sorted != 0:
		t.Sorted = -t.Sorted
	case key.Matches(k, keys.Sort):
		t.Sorted = t.next() + 1
	default:
		return t, false
	}
	return t, true
}

// next is the column after the one that the rows are sorted by, of those on screen, round the end.
func (t Table) next() int {
	for i := range t.Widths {
		if at := (max(t.Sorted, -t.Sorted) + i) % len(t.Widths); t.Widths[at] > 0 {
			return at
		}
	}
	return 0
}

// MostCell is how much of a value a cell of a table may ask for, in cells.
const MostCell = 120

// Opens reports whether a line of a table is one of its rows.
func (t Table) Opens(line int) bool { return line > 0 && line <= t.Window.Count()-t.Window.Offset() }
