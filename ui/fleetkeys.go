package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// key handles a key: help first, then the filter while one types, then the matrix.
func (f Fleet) key(k tea.KeyPressMsg) (Fleet, tea.Cmd) {
	m := f.keys
	switch {
	case k.String() == "ctrl+c":
		return f, tea.Quit
	case f.helping:
		if key.Matches(k, m.Back, m.Help, m.Enter) {
			f.helping = false
			return f, nil
		}
		f.help.board = f.help.board.key(m, k)
		return f, nil
	case f.opening != "" && key.Matches(k, m.Back):
		f.opening = ""
		return f, stopOpening()
	case f.tooSmall():
		if key.Matches(k, m.Quit) {
			return f, tea.Quit
		}
		return f, nil // nothing is opened that nobody can see
	}
	if !f.list.typing {
		if d, used := f.detail.key(m, k); used {
			f.detail = d
			return f, nil
		}
	}
	if l, used := f.list.key(m, k); used || f.list.typing {
		f.list = l
		return f, nil
	}
	return f.command(k)
}

// command handles the keys that do something.
func (f Fleet) command(k tea.KeyPressMsg) (Fleet, tea.Cmd) {
	m := f.keys
	switch {
	case key.Matches(k, m.Quit):
		return f, tea.Quit
	case key.Matches(k, m.Suspend):
		return f, tea.Suspend
	case key.Matches(k, m.Redraw):
		return f, tea.ClearScreen
	case key.Matches(k, m.Help):
		f.helping = true
		f.help.board = board{}
	case key.Matches(k, m.Mouse):
		f.mouse = !f.mouse
	case key.Matches(k, m.Start):
		return f, begin()
	case key.Matches(k, m.Copy):
		if r, any := f.selected(); any {
			return f, tea.SetClipboard(safe.Line(r.Reference).String())
		}
	case key.Matches(k, m.Enter):
		return f.open()
	case key.Matches(k, m.Back):
		f.refused = safe.Text{}
		return f, leave()
	}
	return f, nil
}

// click selects what is under the mouse; pressed twice, it is opened.
func (f Fleet) click(m tea.Mouse) (Fleet, tea.Cmd) {
	room := f.room()
	if f.helping || f.tooSmall() || !room.contains(m.X, m.Y) {
		return f, nil
	}
	x, y := m.X-room.x, m.Y-room.y
	at, before := clicked{any: true, x: x, y: y}, f.clicked
	f.clicked = at
	switch {
	case before.again(at) && !f.list.typing && f.detail.table.contains(x, y) && f.list.table.opens(y-f.detail.table.y):
		f.clicked = clicked{}
		return f.open()
	case f.detail.table.contains(x, y):
		f.detail.reading = false
		f.list = f.list.click(x, y-f.detail.table.y)
	case f.detail.room.contains(x, y):
		f.detail.reading = true
	}
	return f, nil
}

func (f Fleet) wheel(m tea.Mouse) Fleet {
	step := wheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		step = -wheelRows
	case tea.MouseWheelDown:
	default:
		return f
	}
	switch room := f.room(); {
	case f.helping:
		f.help.board = f.help.board.wheel(step)
	case f.detail.room.contains(m.X-room.x, m.Y-room.y):
		f.detail.window = f.detail.window.Wheel(step)
	default:
		f.list.table.window = f.list.table.window.Wheel(step)
	}
	return f
}
