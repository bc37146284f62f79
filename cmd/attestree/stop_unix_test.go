//go:build unix

package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// TestWhatCannotBeInterruptedIsLeftBehind names pipes that nobody writes to: opening one waits, whatever happens.
func TestWhatCannotBeInterruptedIsLeftBehind(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--key", "--trusted-root", "--artifact"} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			var stdout, stderr bytes.Buffer
			code := command.Main(ctx, "test", command.Environment{
				Args: []string{"verify", "x.json", flag, pipe}, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
				Now: time.Now, Getenv: func(string) string { return "" },
			})
			if code != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "stopped before") {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, &stdout, &stderr)
			}
		})
	}
}
