package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// The tour is walked from its first step to its last as it asks for, in the smallest terminal that it is made for.
func TestTheTourFromStartToEnd(t *testing.T) {
	home := t.TempDir()
	term, cmd := startTerminalAt(t, home, "demo", "--tour")
	if err := pty.Setsize(term.tty, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	term.shows("Tour 1 of 10")
	term.shows("✔10 ▲1 ◇6 ○4 ✘9") // everything is judged
	for _, step := range []struct{ press, then string }{
		{"j", "Tour 2 of 10"},
		{"/SPDX", "/SPDX"},
		{"\r", "Tour 3 of 10"},
		{"2", "Tour 4 of 10"},
		{"6", "Tour 5 of 10"},
		{"\x1b", "┤ Attached (33) ├"},
		{"/provenance", "/provenance"},
		{"\r", "The trusted one stands higher up"},
		{"N", "Tour 6 of 10"},
		{"3", "Tour 7 of 10"},
		{"6", "[6 Learn]"},
		{"\r", "Every hash below is computed again"},
		{"jjjjjjjjjjjj", "Tour 8 of 10"},
		{"x", "Tour 9 of 10"},
		{"\x1b", "[6 Learn]"},
		{"/trivy", "/trivy"},
		{"\r", "That is it: signed by a"},
		{"t", "Tour 10 of 10"},
	} {
		term.press(step.press)
		term.shows(step.then)
	}
	term.press("\x1b")
	term.hides("trust for this run")
	term.press("a")
	term.shows("That was the tour")
	term.press("\x1b")
	term.shows("┤ Attached (33) ├")
	term.press("T")
	term.hides("That was the tour")
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the program ended with %v:\n%s", err, term.text())
	}
	if raw, err := os.ReadFile(filepath.Join(home, "state", "attestree", "tour.json")); err != nil || !strings.Contains(string(raw), "true") {
		t.Errorf("that the tour was shown is not remembered: %s, %v", raw, err)
	}
}

func TestTheTourIsOfferedInTheFirstRunOnly(t *testing.T) {
	home := t.TempDir()
	for run, offered := range []bool{true, false} {
		term, cmd := startTerminalAt(t, home, "demo")
		term.shows("✔10 ▲1")
		if offered {
			term.shows("first time? a tour")
		} else if strings.Contains(term.text(), "first time?") {
			t.Errorf("run %d offers it again:\n%s", run+1, term.text())
		}
		term.press("q")
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
}
