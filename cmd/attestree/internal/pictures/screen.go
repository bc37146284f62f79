package main

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/cmd/attestree/internal/command/screen"
)

// shoot runs the screen on the demo without a terminal, one message after another, and returns the last frame.
func shoot(s scene) (string, error) {
	theme := "light"
	if s.dark {
		theme = "dark"
	}
	app, err := screen.Demo(theme)
	if err != nil {
		return "", err
	}
	var model tea.Model = app
	model = feed(model, tea.WindowSizeMsg{Width: s.columns, Height: s.rows})
	model = feed(model, tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	model = obey(model, model.Init())
	for _, keys := range s.keys {
		for _, msg := range presses(keys) {
			model = feed(model, msg)
		}
	}
	return model.View().Content, nil
}

func feed(m tea.Model, msg tea.Msg) tea.Model {
	next, cmd := m.Update(msg)
	return obey(next, cmd)
}

// obey carries out what an update asked for, and what that leads to.
func obey(m tea.Model, cmd tea.Cmd) tea.Model {
	if cmd == nil {
		return m
	}
	switch msg := cmd().(type) {
	case nil:
		return m
	case tea.BatchMsg:
		for _, c := range msg {
			m = obey(m, c)
		}
		return m
	default:
		return feed(m, msg)
	}
}

// presses are the key presses that a name or a text stands for.
func presses(keys string) []tea.Msg {
	switch keys {
	case "enter":
		return []tea.Msg{tea.KeyPressMsg{Code: tea.KeyEnter}}
	case "esc":
		return []tea.Msg{tea.KeyPressMsg{Code: tea.KeyEscape}}
	}
	var out []tea.Msg
	for _, r := range keys {
		out = append(out, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return out
}
