package detail

import (
	"encoding/hex"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// rawTab shows exact bytes: text in wrapped rows, anything else in hex. Only the visible rows are ever looked at.
type rawTab struct {
	content content.Content
	key     contentKey
	hex     bool
	starts  []int32 // of the wrapped rows
	ready   bool
	window  rows.Window
	hunt    hunt
}

// atOnce is how many bytes are wrapped or outlined without a command: less than a frame's worth of work.
const atOnce = 64 << 10

// prepare finds out what there is to show and, for much text, starts the wrapping.
func (t rawTab) prepare(e *model.Entry, room widget.Area) (rawTab, tea.Cmd) {
	c := content.Raw(e)
	wanted := contentKey{e.Node.ID, c.Name, len(c.Bytes), max(room.W-2, 1)}
	var cmd tea.Cmd
	if t.key != wanted {
		if t.key.id != wanted.id || t.key.size != wanted.size {
			t.hex, t.window, t.hunt = c.Bytes != nil && !content.IsText(c.Bytes), rows.Window{}, hunt{}
		}
		t.key, t.content, t.starts, t.ready = wanted, c, nil, false
		if len(c.Bytes) <= atOnce {
			t.starts, t.ready = content.Wrap(c.Bytes, wanted.width), true
		} else {
			cmd = wrapRaw(wanted, c.Bytes)
		}
	}
	t.window = t.window.SetCount(t.count()).Resize(room.H - 1)
	return t, cmd
}

// wrapped takes the row starts, unless something else is on screen by now.
func (t rawTab) wrapped(msg rawWrappedMsg) rawTab {
	if msg.key == t.key {
		t.starts, t.ready = msg.starts, true
	}
	return t
}

func (t rawTab) count() int {
	if t.hex {
		n := t.perRow()
		return (len(t.content.Bytes) + n - 1) / n
	}
	return len(t.starts)
}

// perRow is how many bytes a row of hex holds: a power of two, so that offsets are easy on the eye.
func (t rawTab) perRow() int {
	n := 4
	for n < 32 && hexWidth(2*n) <= t.key.width {
		n *= 2
	}
	return n
}

// hexWidth is the width of a row of n bytes: offset, pairs with a gap in the middle, characters.
func hexWidth(n int) int { return 8 + 2 + 3*n + 1 + 1 + n }

func (t rawTab) press(keys keymap.Map, k tea.KeyPressMsg) (rawTab, scene.Intent) {
	if w, moved := keys.Scroll(t.window, k); moved {
		t.window = w
		return t, nil
	}
	switch {
	case key.Matches(k, keys.Hex):
		t.hex, t.window = !t.hex, rows.Window{}.Resize(t.window.Height()) // from the top, as rows are other ones now
	case key.Matches(k, keys.Left):
		return t, scene.LeavePane{}
	}
	return t, nil
}

func (t rawTab) wheel(step int) rawTab {
	t.window = t.window.Wheel(step)
	return t
}

func (t rawTab) view(keys keymap.Map, room widget.Area, look widget.Look) []string {
	s := look.Styles
	b := widget.Drawer(room.W, s)
	if t.content.Bytes == nil {
		return widget.Explain(b, room, s, t.content.Name)
	}
	var head widget.Line
	head.Add(s.Quiet, safe.Format(" %s · %s", safe.Line(t.content.Name), safe.Line(phrase.Bytes(int64(len(t.content.Bytes))))))
	if t.hunt.query != "" {
		head.End(s.Quiet, t.hunt.said(t.hunt.at))
	} else {
		head.End(s.Key, safe.Format("%s ", keymap.FirstKey(keys.Hex)))
		head.End(s.KeyHelp, safe.Const("hex or text "))
	}
	out := []string{head.Draw(b, theme.Style{})}
	if !t.ready && !t.hex {
		return append(out, widget.Explain(b, room, s, "reading")...)
	}
	from, to := t.window.Visible()
	for i := from; i < to; i++ {
		var l widget.Line
		if t.hex {
			l = t.hexRow(i, s)
		} else {
			l.Add(theme.Style{}, safe.Spaces(1))
			text := safe.Bytes(content.Row(t.content.Bytes, t.starts, i))
			l.Left = append(l.Left, widget.Highlight(text, t.hunt.query, s.Text, s.Match)...)
		}
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}

// hexRow is one row of offset, hex and the printable characters.
func (t rawTab) hexRow(i int, s *theme.Styles) widget.Line {
	n := t.perRow()
	from := i * n
	row := t.content.Bytes[from:min(from+n, len(t.content.Bytes))]
	pairs, shown := make([]byte, 0, 3*n+1), make([]byte, len(row))
	for j, c := range row {
		if j == n/2 {
			pairs = append(pairs, ' ')
		}
		pairs = append(hex.AppendEncode(pairs, []byte{c}), ' ')
		shown[j] = '.'
		if c >= ' ' && c <= '~' {
			shown[j] = c
		}
	}
	var l widget.Line
	l.Add(s.Quiet, safe.Line(fmt.Sprintf(" %08x  ", from)))
	l.Add(s.Text, safe.Bytes(pairs).PadRight(3*n+2))
	l.Left = append(l.Left, widget.Highlight(safe.Bytes(shown), t.hunt.query, s.Quiet, s.Match)...)
	return l
}
