package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens again")

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
		app = feed(t, app, press(k))
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

// press is a key by its name in the key map.
func press(name string) tea.KeyPressMsg { return keyPress(name) }

// plain is the screen as text.
func plain(app App) string { return plainText(app.View().Content) }

func plainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// golden compares a screen with the one that was looked at and kept.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it again):\n%s", name, diff)
	}
}
