package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASourceIsChosenRememberedAndForgotten(t *testing.T) {
	home, bundle := t.TempDir(), filepath.Join(t.TempDir(), "statement.json")
	statement := `{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"` + strings.Repeat("a", 64) +
		`"}}],"predicateType":"https://example.com/x","predicate":{}}`
	if err := os.WriteFile(bundle, []byte(statement), 0o600); err != nil {
		t.Fatal(err)
	}

	term, cmd := startTerminalAt(t, home)
	term.shows("To look around")
	term.press("\t" + bundle + "\r")
	term.shows("statement.json")
	term.shows("unsigned")
	term.press(">") // the tree gets more room, which is remembered
	term.shows("of the width")
	term.press("\x1b")
	term.shows("Opened before")
	term.press("\t" + bundle + ".none\r") // nothing comes of it, so it is not remembered
	term.shows("could not open the source")
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	remembered := filepath.Join(home, "state", "attestree", "opened.json")
	if got, err := os.ReadFile(remembered); err != nil || !strings.Contains(string(got), bundle) || strings.Contains(string(got), ".none") {
		t.Errorf("remembered: %s %v", got, err)
	}
	if got, err := os.ReadFile(filepath.Join(home, "state", "attestree", "sizes.json")); err != nil || !strings.Contains(string(got), `"beside":50`) {
		t.Errorf("sizes: %s %v", got, err)
	}

	term, cmd = startTerminalAt(t, home)
	term.shows("today")
	term.press("dd")
	term.hides("Opened before")
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}

	term, cmd = startTerminalAt(t, home, bundle, "--no-history")
	term.shows("unsigned")
	term.press("O")
	term.shows("To look around")
	term.hides("statement.json")
	term.press("\x1b")
	term.shows("statement.json")
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(remembered); err != nil || strings.Contains(string(got), bundle) {
		t.Errorf("remembered although that was not wanted: %s %v", got, err)
	}
}
