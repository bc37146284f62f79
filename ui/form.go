package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// form is a few fields to fill in, and below them the row that does what the form is for: nothing is done before the
// person is on it. A field is typed, or chosen among words.
type form struct {
	fields []field
	does   safe.Text // "write it"
	at     int       // the field that has the keys; len(fields) is the row that does it
}

// field is one line of a form.
type field struct {
	label   safe.Text
	hint    safe.Text // shown as long as nothing is typed
	choices []string  // one of these is chosen; nil where text is typed
	chosen  int
	typed   edit
}

// value is what a field says.
func (f field) value() string {
	if f.choices != nil {
		return f.choices[f.chosen]
	}
	return f.typed.text
}

// formLabel is the column of labels of a form, in cells.
const formLabel = 12

// key fills the form in. done is true when the person wants it done.
func (f form) key(keys keyMap, k tea.KeyPressMsg) (next form, done bool) {
	onField := f.at < len(f.fields)
	switch {
	case key.Matches(k, keys.NextPane), k.Code == tea.KeyDown:
		f.at = min(f.at+1, len(f.fields))
	case key.Matches(k, keys.PrevPane), k.Code == tea.KeyUp:
		f.at = max(f.at-1, 0)
	case key.Matches(k, keys.Enter) && onField:
		f.at++
	case key.Matches(k, keys.Enter):
		return f, true
	case onField:
		f = f.fill(k)
	}
	return f, false
}

// fill gives a key to the field that has them.
func (f form) fill(k tea.KeyPressMsg) form {
	current := f.fields[f.at]
	switch n := len(current.choices); {
	case n == 0:
		current.typed, _ = current.typed.key(k)
	case k.Code == tea.KeyLeft, k.Text == "h":
		current.chosen = (current.chosen + n - 1) % n
	case k.Code == tea.KeyRight, k.Text == "l", k.Code == tea.KeySpace:
		current.chosen = (current.chosen + 1) % n
	}
	return f.with(f.at, current)
}

// with is the form with another field in that place.
func (f form) with(at int, to field) form {
	f.fields = append([]field(nil), f.fields...)
	f.fields[at] = to
	return f
}

func (f form) paste(text string) form {
	if f.at >= len(f.fields) || f.fields[f.at].choices != nil {
		return f
	}
	current := f.fields[f.at]
	current.typed = current.typed.insert(text)
	return f.with(f.at, current)
}

// click goes to the field on a line of the form.
func (f form) click(y int) form {
	if y >= 0 && y <= len(f.fields) {
		f.at = y
	}
	return f
}

// lines are the fields and what the form does, one a line.
func (f form) lines(cells int, look paneLook) []line {
	s := look.styles
	var out []line
	for i, current := range f.fields {
		l := look.lead(i == f.at)
		l.add(s.Label, current.label.Fit(formLabel))
		if current.choices == nil {
			p := current.typed.shown(look, current.hint, max(cells-tableMargin-formLabel-1, 1))
			l.add(p.Style, p.Text)
		}
		for n, c := range current.choices {
			text, style := safe.Line(c), s.Quiet
			if n == current.chosen {
				text, style = safe.Format("[%s]", safe.Line(c)), s.Strong
			}
			if n > 0 {
				l.add(s.Quiet, safe.Spaces(1))
			}
			l.add(style, text)
		}
		out = append(out, l)
	}
	l := look.lead(f.at == len(f.fields))
	l.add(s.Link, f.does)
	return append(out, l)
}

// lead begins a line as a row of a table begins: with the marker of what is selected.
func (l paneLook) lead(selected bool) line {
	var out line
	out.add(l.styles.Marker, safe.Concat(l.marker(selected), safe.Spaces(1)))
	return out
}

// view draws the form and what is said below it in that many rows.
func (f form) view(room area, look paneLook, below []line) []string {
	b := drawer(room.w, look.styles)
	var out []string
	for i, l := range append(f.lines(room.w, look), below...) {
		if i >= room.h {
			break
		}
		row := theme.Style{}
		if i == f.at {
			row = look.selection()
		}
		out = append(out, l.draw(b, row))
	}
	return out
}

// cursor is where the terminal's own cursor belongs.
func (f form) cursor(cells int) (x, y int, typing bool) {
	if f.at >= len(f.fields) || f.fields[f.at].choices != nil {
		return 0, f.at, false
	}
	text := safe.Line(f.fields[f.at].typed.text)
	return min(tableMargin+formLabel+text.Width(), cells-1), f.at, true
}

// under indents lines to stand below a form.
func under(lines []line) []line {
	out := make([]line, 0, len(lines))
	for _, l := range lines {
		l.left = append([]rows.Part{{Text: safe.Spaces(tableMargin)}}, l.left...)
		out = append(out, l)
	}
	return out
}
