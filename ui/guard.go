package ui

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// guarded is a screen with a net below it. What is drawn passes safe.Frame; and a panic, in the screen or in a command
// of it, ends the program in order, so that the terminal is restored and what the panic says, which may quote anything,
// reaches nobody unsanitised: Bubble Tea would print it.
type guarded struct {
	tea.Model
	crash *crash
}

// crash is the first panic.
type crash struct{ err error }

// crashedMsg is a panic in a command.
type crashedMsg struct{ err error }

func guard(m tea.Model) guarded { return guarded{m, &crash{}} }

// Init implements tea.Model.
func (g guarded) Init() tea.Cmd { return g.command(g.Model.Init()) }

// Update implements tea.Model.
func (g guarded) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if value := recover(); value != nil {
			next, cmd = g.end(crashed(value))
		}
	}()
	if c, is := msg.(crashedMsg); is || g.crash.err != nil {
		return g.end(c.err)
	}
	g.Model, cmd = g.Model.Update(msg)
	return g, g.command(cmd)
}

// View implements tea.Model. What cannot be drawn is left as it was; Update ends it with the next message.
func (g guarded) View() (v tea.View) {
	defer func() {
		if value := recover(); value != nil && g.crash.err == nil {
			g.crash.err = crashed(value)
			v = tea.View{AltScreen: true}
		}
	}()
	v = g.Model.View()
	v.Content = safe.Frame(v.Content)
	return v
}

func (g guarded) end(err error) (tea.Model, tea.Cmd) {
	if g.crash.err == nil {
		g.crash.err = err
	}
	return g, tea.Quit
}

// command is a command that reports its panic.
func (g guarded) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if value := recover(); value != nil {
				msg = crashedMsg{crashed(value)}
			}
		}()
		msg = cmd()
		batch, is := msg.(tea.BatchMsg)
		if !is {
			return msg
		}
		out := make(tea.BatchMsg, 0, len(batch))
		for _, c := range batch {
			out = append(out, g.command(c))
		}
		return out
	}
}

// crashed says what happened and where, for whoever reports it.
func crashed(value any) error {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	for {
		frame, more := frames.Next()
		ours := strings.Contains(frame.Function, "attestree/") && !strings.Contains(frame.File, "guard.go")
		if ours || !more {
			return fmt.Errorf("a mistake in attestree at %s:%d, please report it: %v", path.Base(frame.File), frame.Line, value)
		}
	}
}
