package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/start"
)

// onAddressed carries out what a screen asks for, or hands it what its command brought.
func (s Shell) onAddressed(msg addressedMsg) (Shell, tea.Cmd) {
	switch asked := msg.msg.(type) {
	case screen.SourceWantedMsg:
		return s.open(msg.to, asked.Source)
	case screen.OpeningEndedMsg:
		return s.stopOpening(), nil
	case screen.StartWantedMsg:
		return s.begin()
	case screen.LeftMsg:
		return s.leave(msg.to)
	}
	return s.tell(msg.to, msg.msg)
}

// open makes the explorer on a source in the background. Nobody waits for two.
func (s Shell) open(by int, source string) (Shell, tea.Cmd) {
	if s.opener == nil {
		return s, nil
	}
	s = s.stopOpening()
	ctx, end := context.WithCancel(s.ctx)
	s.opening = opening{s.opening.number + 1, by, end}
	number, opener := s.opening.number, s.opener
	return s, func() tea.Msg {
		app, err := opener.Explore(ctx, source)
		return sourceOpenedMsg{number, source, app, end, err}
	}
}

func (s Shell) stopOpening() Shell {
	if s.opening.end != nil {
		s.opening.end()
	}
	s.opening.end = nil
	return s
}

// onOpened shows the explorer that was waited for.
func (s Shell) onOpened(msg sourceOpenedMsg) (Shell, tea.Cmd) {
	if msg.opening != s.opening.number || s.opening.end == nil {
		msg.end()
		return s, nil
	}
	s.opening.end = nil
	if msg.err != nil {
		msg.end()
		return s.tell(s.opening.by, screen.SourceRefusedMsg{Source: msg.source, Err: msg.err})
	}
	return s.inPlace(s.opening.by).push(msg.app, msg.end)
}

// inPlace makes room for what was chosen on the start screen: that one goes, where it lies over another screen, and so
// does the explorer below it, which is given up for another source.
func (s Shell) inPlace(by int) Shell {
	top := s.top()
	if _, start := top.screen.(start.Screen); !start || top.number != by || len(s.screens) < 2 {
		return s
	}
	s = s.drop()
	if _, explorer := s.top().screen.(App); explorer {
		s = s.drop()
	}
	return s
}

// begin shows the start screen over the others.
func (s Shell) begin() (Shell, tea.Cmd) {
	if _, already := s.top().screen.(start.Screen); already || s.opener == nil {
		return s, nil
	}
	s, cmd := s.push(s.opener.Begin(), func() {})
	s, more := s.tell(s.last, screen.CoversMsg{})
	return s, tea.Batch(cmd, more)
}

// drop ends the topmost screen.
func (s Shell) drop() Shell {
	s.top().end()
	s.screens = slices.Clip(s.screens[:len(s.screens)-1])
	return s
}

// push shows a screen over the others. end ends the context that it was made with.
func (s Shell) push(next screen.Screen, made context.CancelFunc) (Shell, tea.Cmd) {
	if app, explorer := next.(App); explorer {
		app.sizes, app.below = s.sizes, len(s.screens) > 0
		next = app
	}
	ctx, end := context.WithCancel(s.ctx)
	s.last++
	number := s.last
	s.screens = append(slices.Clip(s.screens), standing{next.Under(ctx), number, func() { end(); made() }})
	var cmds []tea.Cmd
	for _, msg := range s.known {
		if msg != nil {
			told, cmd := s.tell(number, msg)
			s, cmds = told, append(cmds, cmd)
		}
	}
	return s, tea.Batch(append(cmds, addressed(number, s.top().screen.Init()))...)
}

// leave takes the screen away that asks for it, if it is the one that is seen and there is one below.
func (s Shell) leave(number int) (Shell, tea.Cmd) {
	if len(s.screens) < 2 || s.top().number != number {
		return s, nil
	}
	s = s.stopOpening().drop()
	return s.tell(s.top().number, screen.ShownAgainMsg{})
}
