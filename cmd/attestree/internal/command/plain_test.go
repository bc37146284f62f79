package command

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// spoken is what the program prints in plain style when somebody types lines.
func spoken(t *testing.T, typed string, args ...string) string {
	t.Helper()
	var out, complaints bytes.Buffer
	env := run.Environment{
		Args: args, Stdin: strings.NewReader(typed), Stdout: &out, Stderr: &complaints, Now: time.Now, Lines: true, Terminal: true,
		Getenv: func(name string) string { return map[string]string{"ACCESSIBLE": "1"}[name] },
	}
	if code := Main(t.Context(), "0.0.0-test", env); code != exit.OK {
		t.Fatalf("exit code %d: %s", code, complaints.String())
	}
	return out.String()
}

func TestAConversationInLines(t *testing.T) {
	got := spoken(t, "2\nchecks\npayload\nback\nchecks\nnothing\nhelp\n3\n2\nback\nquit\nlist\n", "demo")
	for _, want := range []string{
		"Policy satisfied.\n", "Nodes: 34.\n", "1. trusted: index", "trusted: signature, key, release-key; level 1", "Signed by, proven: ",
		"Checks: ", "passed: ", "No node is open.\n", "No node is open. Open one by its number.\n", `There is no node "nothing"`, "back: the node before",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nobody says %q:\n%s", want, got)
		}
	}
	if strings.Count(got, "Nodes: 34.") != 1 {
		t.Error("it goes on after quit")
	}
	if n := strings.Count(got, "\nNumber, checks, payload"); n < 9 {
		t.Errorf("%d questions stand on a line of their own", n)
	}
}

func TestPlainTextIsNotDrawn(t *testing.T) {
	for _, r := range spoken(t, "2\nchecks\npayload\n", "demo") {
		if r >= 0x2190 && r <= 0x2bff || unicode.IsControl(r) && r != '\n' {
			t.Errorf("%U is drawing", r)
		}
	}
}

func TestASourceIsChosenInLines(t *testing.T) {
	t.Chdir(t.TempDir())
	got := spoken(t, "1\nquit\n")
	for _, want := range []string{"Sources: 1.\n1. demo", "Number, or another source: ", "Nodes: 34."} {
		if !strings.Contains(got, want) {
			t.Errorf("nobody says %q:\n%s", want, got)
		}
	}
	if got := spoken(t, "\n"); strings.Contains(got, "Nodes") {
		t.Errorf("nothing was chosen:\n%s", got)
	}
}
