package command

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWhatCannotBePrintedIsNoSuccess(t *testing.T) {
	for _, line := range []string{"--help", "tree --help", "help tree", "cache", "--version", "version", "completion bash", ""} {
		var errs bytes.Buffer
		code := Main(t.Context(), "0.0.0-test", run.Environment{
			Args: strings.Fields(line), Stdin: strings.NewReader(""), Stdout: full{}, Stderr: &errs,
			Getenv: func(string) string { return "" }, Now: func() time.Time { return dayOf("2026-08-22") },
		})
		if code != exit.Incomplete || !strings.Contains(errs.String(), "no space left") {
			t.Errorf("%q: code %d, %s", line, code, errs.String())
		}
	}
}
