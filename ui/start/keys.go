package start

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/widget"
)

// key handles a key: help first, then the line while one types, then the list.
func (s Screen) key(k tea.KeyPressMsg) (Screen, tea.Cmd) {
	wanted := s.forget
	s.forget, s.said = "", safe.Text{}
	switch {
	case k.String() == "ctrl+c":
		return s, tea.Quit
	case s.helping:
		if key.Matches(k, s.keys.Back, s.keys.Help, s.keys.Enter) {
			s.helping = false
			return s, nil
		}
		s.help.Board = s.help.Board.Key(s.keys, k)
		return s, nil
	case s.opening != "" && key.Matches(k, s.keys.Back):
		s.opening = ""
		return s, screen.StopOpening()
	case s.tooSmall():
		if key.Matches(k, s.keys.Quit) {
			return s, tea.Quit
		}
		return s, nil // nothing is opened that nobody can see
	case s.typing:
		return s.typeKey(k)
	}
	return s.listKey(k, wanted)
}

// typeKey handles a key of the line.
func (s Screen) typeKey(k tea.KeyPressMsg) (Screen, tea.Cmd) {
	past := s.past()
	switch k.String() {
	case "enter":
		return s.open(s.entry.Text)
	case "esc":
		s.typing = false
	case "up":
		s.entry = s.entry.older(past)
	case "down":
		if s.entry.at == 0 {
			s.typing = false
			return s, nil
		}
		s.entry = s.entry.newer(past)
	case "tab", "right":
		if rest := s.completion(); rest != "" {
			s.entry = s.entry.insert(rest)
		} else if k.String() == "tab" {
			s.typing = false
		}
	default:
		if typed, taken := s.entry.Key(k); taken {
			s.entry = entryLine{Edit: typed}
		}
	}
	return s, nil
}

// listKey handles a key of the list. wanted is what was to be forgotten if the key is pressed again.
func (s Screen) listKey(k tea.KeyPressMsg, wanted string) (Screen, tea.Cmd) {
	m := s.keys
	switch {
	case key.Matches(k, m.Forget):
		return s.forgetKey(wanted)
	case key.Matches(k, m.Quit):
		return s, tea.Quit
	case key.Matches(k, m.Suspend):
		return s, tea.Suspend
	case key.Matches(k, m.Redraw):
		return s, tea.ClearScreen
	case key.Matches(k, m.Help):
		s.helping = true
	case key.Matches(k, m.Mouse):
		s.mouse = !s.mouse
	case key.Matches(k, m.Back, m.Start):
		return s, screen.Leave()
	case key.Matches(k, m.NextPane, m.PrevPane, m.Search), key.Matches(k, m.Up) && s.at == 0:
		s.typing = true
	case key.Matches(k, m.Enter):
		return s.open(s.choices[s.at].source)
	case key.Matches(k, m.Up):
		s.at--
	case key.Matches(k, m.Down):
		s.at++
	case key.Matches(k, m.PageUp, m.HalfUp):
		s.at -= max(s.window.Height()/2, 1)
	case key.Matches(k, m.PageDown, m.HalfDown, m.PageOn):
		s.at += max(s.window.Height()/2, 1)
	case key.Matches(k, m.Top):
		s.at = 0
	case key.Matches(k, m.Bottom):
		s.at = len(s.choices) - 1
	default:
		s.said = safe.Format("%s means nothing here: %s or %s to type a source", safe.Line(k.String()), keymap.FirstKey(m.NextPane), keymap.FirstKey(m.Search))
	}
	return s, nil
}

// forgetKey forgets what is selected when it is pressed for the second time.
func (s Screen) forgetKey(wanted string) (Screen, tea.Cmd) {
	c := s.choices[s.at]
	if !c.opened {
		s.said = safe.Const("only what was opened before can be forgotten")
		return s, nil
	}
	if c.source != wanted {
		s.forget = c.source
		return s, nil
	}
	return s, func() tea.Msg { return forgottenMsg{s.shelf.Forget(c.source)} }
}

// click goes to what is under the mouse; a second click on what is selected opens it.
func (s Screen) click(m tea.Mouse) (Screen, tea.Cmd) {
	s.forget = ""
	room := s.listRoom()
	switch {
	case s.helping:
		board, inside := s.help.Board.Click(m.X, m.Y)
		s.help.Board, s.helping = board, inside
	case m.Button != tea.MouseLeft || s.tooSmall():
	case m.Y == s.entryRow():
		s.typing = true
	case room.Contains(m.X, m.Y):
		row := s.window.Offset() + m.Y - room.Y
		for i, stop := range s.stops {
			if row < stop.First || row >= stop.End {
				continue
			}
			if i == s.at && !s.typing {
				return s.open(s.choices[i].source)
			}
			s.at, s.typing = i, false
		}
	}
	return s, nil
}

func (s Screen) wheel(m tea.Mouse) Screen {
	step := widget.WheelStep(m)
	if step == 0 {
		return s
	}
	if s.helping {
		s.help.Board = s.help.Board.Wheel(step)
		return s
	}
	s.at += step
	return s
}
