package ui

import (
	"bytes"
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// clumsy is a screen with a mistake in one place.
type clumsy struct{ init, update, view, batch bool }

const said = "\x1b]52;c;T1dORUQ=\x07"

func (c clumsy) Init() tea.Cmd {
	work := func() tea.Msg {
		if c.init {
			panic(said)
		}
		return "worked"
	}
	if c.batch {
		return tea.Batch(func() tea.Msg { return nil }, func() tea.Msg { panic(said) })
	}
	return work
}

func (c clumsy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if c.update {
		panic(said)
	}
	if msg == "worked" && !c.view {
		return c, tea.Quit
	}
	return c, nil
}

func (c clumsy) View() tea.View {
	if c.view {
		panic(said)
	}
	return tea.View{Content: said, AltScreen: true}
}

func TestAMistakeInTheScreenEndsItInOrder(t *testing.T) {
	for name, c := range map[string]clumsy{
		"in the first command": {init: true}, "in one of several commands": {batch: true}, "in Update": {update: true}, "in View": {view: true},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			screen := guard(c)
			_, err := tea.NewProgram(screen, tea.WithContext(context.Background()), tea.WithInput(nil), tea.WithOutput(&out),
				tea.WithoutSignals(), tea.WithWindowSize(80, 24)).Run()
			if err != nil || screen.crash.err == nil || !strings.Contains(screen.crash.err.Error(), "guard_test.go:") {
				t.Errorf("the program ended with %v; said to be wrong: %v", err, screen.crash.err)
			}
			if strings.Contains(out.String(), "\x1b]52") {
				t.Errorf("what the panic said was written: %q", &out)
			}
		})
	}
}

func TestWhatALeakyScreenDrawsIsCaught(t *testing.T) {
	if got := guard(clumsy{}).View().Content; got != safe.Line(said).String() {
		t.Errorf("%q was drawn", got)
	}
	var out bytes.Buffer
	_, err := tea.NewProgram(guard(clumsy{}), tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignals(), tea.WithWindowSize(80, 24)).Run()
	if err != nil || strings.Contains(out.String(), "\x1b]52") {
		t.Errorf("%v; written: %q", err, &out)
	}
}
