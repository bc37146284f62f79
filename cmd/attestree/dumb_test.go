package main

import (
	"strings"
	"testing"
)

// A terminal that is dumb shows what would move its cursor as text: editors and job consoles are such.
func TestADumbTerminalIsSentNothingButLines(t *testing.T) {
	for _, command := range []string{"verify demo", "tree demo", "demo", "audit demo", "verify ./nothing", "verify", "verify demo --nonsense"} {
		t.Run(command, func(t *testing.T) {
			term, cmd := startTerminalWith(t, t.TempDir(), []string{"TERM=dumb"}, strings.Fields(command)...)
			_ = cmd.Wait() // how it ended is looked at elsewhere
			<-term.ended
			if written, screen := term.sofar(); len(written) == 0 || strings.ContainsRune(string(written), '\x1b') {
				t.Errorf("an escape sequence, or nothing, was written:\n%q\n%s", written, screen)
			}
		})
	}
}

// What ends with another code than 0 must not ask the terminal anything: nobody reads the answer but whoever types next.
func TestAnAnswerThatIsNoAsksTheTerminalNothing(t *testing.T) {
	term, cmd := startTerminal(t, "audit", "demo")
	if code := ended(t, cmd); code != 3 {
		t.Errorf("exit code %d, want 3", code)
	}
	<-term.ended
	if written, _ := term.sofar(); strings.Contains(string(written), "\x1b]") || strings.Contains(string(written), "\x1b[c") {
		t.Errorf("the terminal is asked: %q", written)
	}
}
