package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Form is a few fields to fill in, and below them the row that does what the form is for: nothing is done before the
// person is on it. A field is typed, or chosen among words.
type Form struct {
	Fields []Field
	Does   safe.Text // "write it"
	at     int       // the field that has the keys; len(fields) is the row that does it
}

// Field is one line of a form.
type Field struct {
	Label   safe.Text
	Hint    safe.Text // shown as long as nothing is typed
	Choices []string  // one of these is chosen; nil where text is typed
	Chosen  int
	Typed   Edit
}

// Value is what a field says.
func (f Field) Value() string {
	if f.Choices != nil {
		return f.Choices[f.Chosen]
	}
	return f.Typed.Text
}

// formLabel is the column of labels of a form, in cells.
const formLabel = 12

// Key fills the form in. done is true when the person wants it done.
func (f Form) Key(keys keymap.Map, k tea.KeyPressMsg) (next Form, done bool) {
	onField := f.at < len(f.Fields)
	switch {
	case key.Matches(k, keys.NextPane), k.Code == tea.KeyDown:
		f.at = min(f.at+1, len(f.Fields))
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
func (f Form) fill(k tea.KeyPressMsg) Form {
	current := f.Fields[f.at]
	switch n := len(current.Choices); {
	case n == 0:
		current.Typed, _ = current.Typed.Key(k)
	case k.Code == tea.KeyLeft, k.Text == "h":
		current.Chosen = (current.Chosen + n - 1) % n
	case k.Code == tea.KeyRight, k.Text == "l", k.Code == tea.KeySpace:
		current.Chosen = (current.Chosen + 1) % n
	}
	return f.with(f.at, current)
}

// with is the form with another field in that place.
func (f Form) with(at int, to Field) Form {
	f.Fields = append([]Field(nil), f.Fields...)
	f.Fields[at] = to
	return f
}

// Paste puts text into the field that has the keys.
func (f Form) Paste(text string) Form {
	if f.at >= len(f.Fields) || f.Fields[f.at].Choices != nil {
		return f
	}
	current := f.Fields[f.at]
	current.Typed = current.Typed.Insert(text)
	return f.with(f.at, current)
}

// Click goes to the field on a line of the form.
func (f Form) Click(y int) Form {
	if y >= 0 && y <= len(f.Fields) {
		f.at = y
	}
	return f
}

// lines are the fields and what the form does, one a line.
func (f Form) lines(cells int, look Look) []Line {
	s := look.Styles
	var out []Line
	for i, current := range f.Fields {
		l := look.Lead(i == f.at)
		l.Add(s.Label, current.Label.Fit(formLabel))
		if current.Choices == nil {
			p := current.Typed.Shown(look, current.Hint, max(cells-TableMargin-formLabel-1, 1))
			l.Add(p.Style, p.Text)
		}
		for n, c := range current.Choices {
			text, style := safe.Line(c), s.Quiet
			if n == current.Chosen {
				text, style = safe.Format("[%s]", safe.Line(c)), s.Strong
			}
			if n > 0 {
				l.Add(s.Quiet, safe.Spaces(1))
			}
			l.Add(style, text)
		}
		out = append(out, l)
	}
	l := look.Lead(f.at == len(f.Fields))
	l.Add(s.Link, f.Does)
	return append(out, l)
}

// Lead begins a line as a row of a table begins: with the marker of what is selected.
func (l Look) Lead(selected bool) Line {
	var out Line
	out.Add(l.Styles.Marker, safe.Concat(l.Marker(selected), safe.Spaces(1)))
	return out
}

// View draws the form and what is said below it in that many rows.
func (f Form) View(room Area, look Look, below []Line) []string {
	b := Drawer(room.W, look.Styles)
	var out []string
	for i, l := range append(f.lines(room.W, look), below...) {
		if i >= room.H {
			break
		}
		row := theme.Style{}
		if i == f.at {
			row = look.Selection()
		}
		out = append(out, l.Draw(b, row))
	}
	return out
}

// Cursor is where the terminal's own cursor belongs.
func (f Form) Cursor(cells int) (x, y int, typing bool) {
	if f.at >= len(f.Fields) || f.Fields[f.at].Choices != nil {
		return 0, f.at, false
	}
	text := safe.Line(f.Fields[f.at].Typed.Text)
	return min(TableMargin+formLabel+text.Width(), cells-1), f.at, true
}

// Indented indents lines to stand below a form.
func Indented(lines []Line) []Line {
	out := make([]Line, 0, len(lines))
	for _, l := range lines {
		l.Left = append([]rows.Part{{Text: safe.Spaces(TableMargin)}}, l.Left...)
		out = append(out, l)
	}
	return out
}
