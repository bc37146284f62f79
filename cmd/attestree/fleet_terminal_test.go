package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// ended is the exit code of a program.
func ended(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	err := cmd.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(err)
	return -1
}

func TestAFleetInARealTerminal(t *testing.T) {
	s := newScene(t)
	s.signed("one")
	s.signed("two")
	list := s.list(":one", ":two", ":gone")
	term, cmd := startTerminal(t, "fleet", list, "--key", s.pub, "--insecure-ignore-tlog", "--allow-http-registry")
	term.shows("done, 3 images")
	term.shows("2 satisfied")
	term.shows("not looked at")
	term.press("\r")
	term.shows("Attached (1)")
	term.press("\x1b")
	term.shows("done, 3 images")
	term.press("q")
	if code := ended(t, cmd); code != 1 {
		t.Errorf("exit code %d of a fleet of which one image could not be looked at", code)
	}
}

func TestAFormThatIsAskedForOpensNoScreen(t *testing.T) {
	s := newScene(t)
	s.signed("one")
	term, cmd := startTerminal(t, "fleet", s.list(":one"), "--key", s.pub, "--insecure-ignore-tlog", "--allow-http-registry", "-o", "csv")
	term.shows("satisfied")
	if code := ended(t, cmd); code != 0 || strings.Contains(term.text(), "Fleet ·") {
		t.Errorf("exit code %d, and on the screen:\n%s", code, term.text())
	}
}
