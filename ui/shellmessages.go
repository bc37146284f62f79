package ui

import (
	"context"
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// What a screen asks of its shell, and what it is told.
type (
	sourceWantedMsg struct{ source string }
	startWantedMsg  struct{}
	leftMsg         struct{}
	// openingEndedMsg says that the person does not want to wait for a source any longer.
	openingEndedMsg struct{}
	// sourceRefusedMsg tells the screen that asked why a source cannot be opened.
	sourceRefusedMsg struct {
		source string
		err    error
	}
	// sourceOpenedMsg brings the explorer on a source to the shell itself.
	sourceOpenedMsg struct {
		opening int
		source  string
		app     App
		end     context.CancelFunc
		err     error
	}
)

// explore asks for the explorer on a source. If it cannot be had, the screen that asked receives a sourceRefusedMsg.
func explore(source string) tea.Cmd { return func() tea.Msg { return sourceWantedMsg{source} } }

// stopOpening asks not to wait for a source any longer.
func stopOpening() tea.Cmd { return func() tea.Msg { return openingEndedMsg{} } }

// begin asks for the start screen.
func begin() tea.Cmd { return func() tea.Msg { return startWantedMsg{} } }

// leave asks for the screen below.
func leave() tea.Cmd { return func() tea.Msg { return leftMsg{} } }

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
		if msg != nil && reflect.TypeOf(msg).PkgPath() == ourPackage {
			return addressedMsg{to, msg}
		}
		return msg
	}
}

var ourPackage = reflect.TypeFor[addressedMsg]().PkgPath()
