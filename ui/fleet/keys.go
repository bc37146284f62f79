package fleet

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/widget"
)

// key handles a key: help first, then the filter while one types, then the matrix.
func (f Screen) key(k tea.KeyPressMsg) (Screen, tea.Cmd) {
	m := f.keys
	switch {
	case k.String() == "ctrl+c":
		return f, tea.Quit
	case f.helping:
		if key.Matches(k, m.Back, m.Help, m.Enter) {
			f.helping = false
			return f, nil
		}
		f.help.Board = f.help.Board.Key(m, k)
		return f, nil
	case f.opening != "" && key.Matches(k, m.Back):
		f.opening = ""
		return f, screen.StopOpening()
	case f.tooSmall():
		if key.Matches(k, m.Quit) {
			return f, tea.Quit
		}
		return f, nil // nothing is opened that nobody can see
	}
	if !f.list.Typing {
		if d, used := f.detail.Key(m, k); used {
			f.detail = d
			return f, nil
		}
	}
	if l, used := f.list.Key(m, k); used || f.list.Typing {
		f.list = l
		return f, nil
	}
	return f.command(k)
}

// command handles the keys that do something.
func (f Screen) command(k tea.KeyPressMsg) (Screen, tea.Cmd) {
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
		f.help.Board = widget.Board{}
	case key.Matches(k, m.Mouse):
		f.mouse = !f.mouse
	case key.Matches(k, m.Start):
		return f, screen.Begin()
	case key.Matches(k, m.Copy):
		if r, any := f.selected(); any {
			return f, tea.SetClipboard(safe.Line(r.Reference).String())
		}
	case key.Matches(k, m.Enter):
		return f.open()
	case key.Matches(k, m.Back):
		f.refused = safe.Text{}
		return f, screen.Leave()
	}
	return f, nil
}

// click selects what is under the mouse; pressed twice, it is opened.
func (f Screen) click(m tea.Mouse) (Screen, tea.Cmd) {
	room := f.room()
	if f.helping || f.tooSmall() || !room.Contains(m.X, m.Y) {
		return f, nil
	}
	x, y := m.X-room.X, m.Y-room.Y
	at, before := widget.Clicked{Any: true, X: x, Y: y}, f.clicked
	f.clicked = at
	switch {
	case before.Again(at) && !f.list.Typing && f.detail.Table.Contains(x, y) && f.list.Table.Opens(y-f.detail.Table.Y):
		f.clicked = widget.Clicked{}
		return f.open()
	case f.detail.Table.Contains(x, y):
		f.detail.Reading = false
		f.list = f.list.Click(x, y-f.detail.Table.Y)
	case f.detail.Room.Contains(x, y):
		f.detail.Reading = true
	}
	return f, nil
}

func (f Screen) wheel(m tea.Mouse) Screen {
	step := widget.WheelStep(m)
	if step == 0 {
		return f
	}
	switch room := f.room(); {
	case f.helping:
		f.help.Board = f.help.Board.Wheel(step)
	case f.detail.Room.Contains(m.X-room.X, m.Y-room.Y):
		f.detail.Window = f.detail.Window.Wheel(step)
	default:
		f.list.Table.Window = f.list.Table.Window.Wheel(step)
	}
	return f
}
