package detail

import (
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/document"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// payloadTab shows a payload as a tree. The bytes stay as they were signed; the tree is an outline over them, and only
// visible rows are ever looked at.
type payloadTab struct {
	content content.Content
	key     contentKey
	ready   bool
	payload payloadDocument
	window  rows.Window
	hunt    hunt
	went    string // what was looked for because a search among the nodes had found it here
	query   payloadQuery
	aimed   aim
}

// payloadDocument is the outline of a payload, or why there is none.
type payloadDocument struct {
	view    document.View
	problem string
}

// openDepth is how deep a payload is open to begin with: the statement's own fields, and those of its predicate.
const openDepth = 2

func newPayloadDocument(raw []byte) payloadDocument {
	doc, err := document.Index(raw)
	switch {
	case errors.Is(err, document.ErrTooLarge):
		return payloadDocument{problem: "It is too large to show as a tree. Raw shows the bytes."}
	case err != nil:
		return payloadDocument{problem: "It is not JSON, so there is no tree of it. Raw shows the bytes."}
	}
	return payloadDocument{view: document.NewView(doc, openDepth)}
}

// prepare finds out what there is to show and, for a large payload, starts the outlining.
func (t payloadTab) prepare(e *model.Entry, room widget.Area) (payloadTab, tea.Cmd) {
	c := content.Payload(e)
	var cmd tea.Cmd
	if wanted := (contentKey{id: e.Node.ID, name: c.Name, size: len(c.Bytes)}); t.key != wanted {
		t = payloadTab{content: c, key: wanted, aimed: t.aimed}
		if len(c.Bytes) <= atOnce {
			t = t.parsed(payloadParsedMsg{wanted, newPayloadDocument(c.Bytes)})
		} else {
			cmd = parsePayload(wanted, c.Bytes)
		}
	}
	t.window = t.window.Resize(room.H - 1)
	return t.arrive(e.Node.ID), cmd
}

// parsed takes an outline, unless something else is on screen by now.
func (t payloadTab) parsed(msg payloadParsedMsg) payloadTab {
	if msg.key == t.key {
		t.payload, t.ready = msg.payload, true
		t.window = t.window.SetCount(t.payload.view.Len())
	}
	return t
}

func (t payloadTab) press(keys keymap.Map, k tea.KeyPressMsg) (payloadTab, scene.Intent) {
	v := t.payload.view
	if key.Matches(k, keys.Query) && t.whole().view.Len() > 0 {
		return t, scene.QueryPayload{}
	}
	if v.Len() == 0 {
		if key.Matches(k, keys.Left) {
			return t, scene.LeavePane{}
		}
		return t, nil
	}
	if w, moved := keys.Move(t.window, k); moved {
		t.window = w
		return t, nil
	}
	i := v.Node(t.window.Cursor())
	switch {
	case key.Matches(k, keys.Enter) && t.query.shown && !v.Expandable(i):
		return t.jump(), nil
	case key.Matches(k, keys.Enter) && !v.Expandable(i):
		return t, scene.JumpToDigest{}
	case key.Matches(k, keys.Enter):
		return t.with(v.Toggle(i), i), nil
	case key.Matches(k, keys.Left):
		return t.left(v, i)
	case key.Matches(k, keys.Right) && v.Expandable(i) && !v.Expanded(i):
		return t.with(v.Expand(i), i), nil
	case key.Matches(k, keys.Right) && v.Expandable(i):
		return t.with(v, i+1), nil
	case key.Matches(k, keys.CloseAll):
		return t.with(v.CollapseDeep(i), i), nil
	case key.Matches(k, keys.OpenAll):
		return t.with(v.ExpandDeep(i), i), nil
	case key.Matches(k, keys.Collapse):
		return t.with(v.CollapseAll(), i), nil
	case key.Matches(k, keys.Expand):
		return t.with(v.ExpandAll(), i), nil
	case key.Matches(k, keys.Copy):
		return t, scene.CopyText{What: "value", Text: v.Document().Text(i)}
	case key.Matches(k, keys.CopyPath):
		return t, scene.CopyText{What: "path", Text: t.path()}
	}
	return t, nil
}

// name is the key of the value under the cursor, as it was written; "" where it has none.
func (t payloadTab) name() string {
	if i := t.at(); i >= 0 {
		return string(t.payload.view.Document().Key(i))
	}
	return ""
}

// left closes a value, else goes to what holds it, else leaves the payload.
func (t payloadTab) left(v document.View, i int) (payloadTab, scene.Intent) {
	parent := v.Document().Parent(i)
	switch {
	case v.Expandable(i) && v.Expanded(i):
		return t.with(v.Collapse(i), i), nil
	case parent >= 0:
		return t.with(v, parent), nil
	}
	return t, scene.LeavePane{}
}

// with shows another view, with the cursor on value i or what now hides it.
func (t payloadTab) with(v document.View, i int) payloadTab {
	row, _ := v.Row(i)
	t.payload.view = v
	t.window = t.window.SetCount(v.Len()).To(row)
	return t
}

// click selects the value under the mouse, and opens or closes the one that was selected already.
func (t payloadTab) click(y int) payloadTab {
	before := t.window.Cursor()
	w, hit := t.window.Click(y - 1)
	if !hit {
		return t
	}
	t.window = w
	if v := t.payload.view; w.Cursor() == before {
		return t.with(v.Toggle(v.Node(before)), v.Node(before))
	}
	return t
}

func (t payloadTab) wheel(step int) payloadTab {
	t.window = t.window.Wheel(step)
	return t
}

func (t payloadTab) view(room widget.Area, look widget.Look) []string {
	s := look.Styles
	b := widget.Drawer(room.W, s)
	if t.content.Bytes == nil {
		return widget.Explain(b, room, s, t.content.Name)
	}
	head := t.head(s)
	out := []string{head.Draw(b, theme.Style{})}
	switch {
	case !t.ready:
		return append(out, widget.Explain(b, room, s, "reading")...)
	case t.payload.problem != "":
		return append(out, widget.Explain(b, room, s, t.payload.problem)...)
	}
	from, to := t.window.Visible()
	places := places{doc: t.payload.view.Document()}
	for i := from; i < to; i++ {
		selected := i == t.window.Cursor()
		row := theme.Style{}
		if selected {
			row = look.Selection()
		}
		l := t.row(i, &places, room.W, look, selected)
		out = append(out, l.Draw(b, row))
	}
	return out
}

// head is what is shown, and how a search in it stands, or where in the payload the selected value of an answer is.
func (t payloadTab) head(s *theme.Styles) widget.Line {
	var l widget.Line
	if !t.query.shown {
		l.Add(s.Quiet, safe.Format(" %s · %s", safe.Line(t.content.Name), safe.Line(phrase.Bytes(int64(len(t.content.Bytes))))))
		l.End(s.Quiet, t.hunt.said(t.at()))
		return l
	}
	l.Add(s.Strong, safe.Format(" answer to %s", safe.LineMax(t.query.of, 40)))
	if t.at() > 0 {
		l.Add(s.Quiet, safe.Format("  %s", safe.LineMax(t.path(), 200)))
	}
	return l
}

// deepest bounds the indent: a hostile payload may be ten thousand levels deep.
const deepest = 16

// row is one value: its key as it was written, and the value or how much it holds.
func (t payloadTab) row(i int, at *places, width int, look widget.Look, selected bool) widget.Line {
	s, v := look.Styles, t.payload.view
	d, n := v.Document(), v.Node(i)
	var l widget.Line
	l.Add(s.Marker, look.Marker(selected))
	l.Add(theme.Style{}, safe.Spaces(2*min(d.Depth(n), deepest)))
	fold := safe.Spaces(1)
	switch {
	case v.Expandable(n) && v.Expanded(n):
		fold = s.Glyphs.Expanded
	case v.Expandable(n):
		fold = s.Glyphs.Collapsed
	}
	l.Add(s.Quiet, safe.Concat(fold, safe.Spaces(1)))
	if d.HasKey(n) {
		l.Left = append(l.Left, widget.Highlight(safe.LineMax(head(d.Key(n), width), width), t.hunt.query, s.JSONKey, look.Match(selected))...)
		l.Add(s.JSONPunctuation, safe.Const(": "))
	} else if d.Depth(n) > 0 {
		l.Add(s.JSONPunctuation, safe.Format("%s: ", safe.Int(at.of(n))))
	}
	text, style := t.value(n, width, s)
	l.Left = append(l.Left, widget.Highlight(text, t.hunt.query, style, look.Match(selected))...)
	if !v.Expandable(n) && widget.LeadsOn(look.Known, head(d.Value(n), width)) {
		l.End(s.Key, safe.Format(" %s ", s.Glyphs.Enter))
	}
	return l
}

// places counts the places of values in their arrays while visible rows are drawn from top to bottom. Asking the
// document for each would walk over a large array once for every row.
type places struct {
	doc  *document.Document
	last []place // by depth, as deep as the last row
}

// place is where in an array the last row of a depth was.
type place struct {
	node, position int
}

// of is the place of value n, which no row before it was.
func (p *places) of(n int) int {
	depth := p.doc.Depth(n)
	for len(p.last) <= depth {
		p.last = append(p.last, place{node: -1})
	}
	p.last = p.last[:depth+1]
	at := &p.last[depth]
	if at.node >= 0 && p.doc.Skip(at.node) == n {
		at.position++
	} else {
		at.position = p.doc.Position(n)
	}
	at.node = n
	return at.position
}

// value is a value on one row: as it was written, or how many values it holds.
func (t payloadTab) value(n, width int, s *theme.Styles) (safe.Text, theme.Style) {
	d := t.payload.view.Document()
	written := safe.LineMax(head(d.Value(n), width), width)
	switch d.Kind(n) {
	case document.Object:
		return safe.Format("{ %s }", safe.Int(d.Children(n))), s.JSONPunctuation
	case document.Array:
		return safe.Format("[ %s ]", safe.Int(d.Children(n))), s.JSONPunctuation
	case document.Number:
		return written, s.JSONNumber
	case document.Bool, document.Null:
		return written, s.JSONLiteral
	case document.String:
	}
	return written, s.JSONString
}

// head is as much of long bytes as a row can need: they are cut before they are looked at. What a row has room for at
// most is four characters to a cell, and one more shows that there is more.
func head(b []byte, cells int) string { return string(b[:min(len(b), 16*cells+16)]) }
