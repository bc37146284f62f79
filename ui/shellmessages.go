package ui

import (
	"context"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// sourceOpenedMsg brings the explorer on a source to the shell itself.
type sourceOpenedMsg struct {
	opening int
	source  string
	app     App
	end     context.CancelFunc
	err     error
}

// addressedMsg is what a command of one screen brought: it is for that screen, whichever is seen by then.
type addressedMsg struct {
	to  int
	msg tea.Msg
}

// addressed has what a command brings come back to its screen. What is meant for Bubble Tea itself (to quit, to copy,
// to ask the terminal) goes there unchanged; those messages are of types that only it knows, so ours are told by their
// package.
func addressed(to int, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		msg := cmd()
		if several, ok := msg.(tea.BatchMsg); ok {
			wrapped := make(tea.BatchMsg, len(several))
			for i, c := range several {
				wrapped[i] = addressed(to, c)
			}
			return wrapped
		}
		if msg != nil && ours(reflect.TypeOf(msg).PkgPath()) {
			return addressedMsg{to, msg}
		}
		return msg
	}
}

// ours reports whether a package is this one or a part of it.
func ours(path string) bool { return path == ourPackage || strings.HasPrefix(path, ourPackage+"/") }

var ourPackage = reflect.TypeFor[addressedMsg]().PkgPath()
