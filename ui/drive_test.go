package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/uitest"
)

// fakeApp is a screen on a tree, without a spinner that would never let a test end.
func fakeApp(b Backend, info Info, opts Options) App {
	app := New(b, info, opts)
	app.tick = nil
	return app
}

// drive opens an app in a size such as "80x24" and types keys, separated by blanks. Commands run at once, one after the
// other, so that what comes out does not depend on time. It returns the app after the last key.
func drive(t testing.TB, app App, size, keys string) App {
	t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		t.Fatalf("size %q: %v", size, err)
	}
	app = feed(t, app, tea.WindowSizeMsg{Width: w, Height: h})
	app = obey(t, app, app.Init())
	for k := range strings.FieldsSeq(keys) {
		app = feed(t, app, uitest.Press(k))
	}
	return app
}

// pressAll presses what a fuzzer made up, 64 keys at most, but for the one that quits.
func pressAll(t testing.TB, app App, keys string) App {
	t.Helper()
	names := map[rune]string{'\r': "enter", '\t': "tab", '\x1b': "esc"}
	for _, r := range keys[:min(len(keys), 64)] {
		switch name, named := names[r]; {
		case named:
			app = feed(t, app, uitest.Press(name))
		case r != 'q':
			app = feed(t, app, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return app
}

// feed gives the app a message, and carries out what that leads to.
func feed(t testing.TB, app App, msg tea.Msg) App {
	t.Helper()
	next, cmd := app.Update(msg)
	return obey(t, next.(App), cmd)
}

func obey(t testing.TB, app App, cmd tea.Cmd) App {
	t.Helper()
	if cmd == nil {
		return app
	}
	switch msg := cmd().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			app = obey(t, app, c)
		}
	default:
		app = feed(t, app, msg)
	}
	return app
}

// plain is the screen as text.
func plain(app App) string { return uitest.PlainText(app.View().Content) }

// The header of most scenes.
var fakeInfo = Info{
	Tool: "attestree 0.1.0", Source: uitest.Source,
	Now: uitest.Now,
}
