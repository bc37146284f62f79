package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// asProgram in the environment makes the test binary be the program, so that it can be started in a terminal.
const asProgram = "ATTESTREE_TEST_AS_PROGRAM"

func beProgram() {
	if os.Getenv(asProgram) != "" {
		os.Exit(command.Main(context.Background(), "0.0.0-test", command.System()))
	}
}

// terminal is a program in a pseudo-terminal, and the emulator that shows what it draws.
type terminal struct {
	t   *testing.T
	tty *os.File

	mu      sync.Mutex
	screen  *vt.Emulator
	written bytes.Buffer // to the screen, so far

	ended chan struct{} // closed when nothing more is written
}

func startTerminal(t *testing.T, args ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	return startTerminalAt(t, t.TempDir(), args...)
}

// program is the program with a home of its own.
func program(ctx context.Context, home string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME="+home,
		"XDG_CACHE_HOME="+filepath.Join(home, "cache"), "XDG_CONFIG_HOME="+filepath.Join(home, "config"),
		"XDG_STATE_HOME="+filepath.Join(home, "state"), "NO_COLOR=", "ACCESSIBLE=")
	return cmd
}

func startTerminalAt(t *testing.T, home string, args ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	return startTerminalWith(t, home, nil, args...)
}

// startTerminalWith has more in the program's environment.
func startTerminalWith(t *testing.T, home string, environment []string, args ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	return launch(t, home, func(cmd *exec.Cmd) { cmd.Env = append(cmd.Env, environment...) }, args...)
}

// startTerminalIn has a folder of its own be the current one. Paths among the arguments are those of the tests.
func startTerminalIn(t *testing.T, folder, home string, args ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	for i, a := range args {
		if whole, err := filepath.Abs(a); err == nil && strings.HasPrefix(a, "..") {
			args[i] = whole
		}
	}
	return launch(t, home, func(cmd *exec.Cmd) { cmd.Dir = folder }, args...)
}

func launch(t *testing.T, home string, prepare func(*exec.Cmd), args ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // a program that does not end must not hang the tests
	t.Cleanup(cancel)
	cmd := program(ctx, home, args...)
	prepare(cmd)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 36})
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, tty: tty, screen: vt.NewEmulator(120, 36), ended: make(chan struct{})}
	go func() { _, _ = io.Copy(tty, term.screen) }() // the emulator's answers to the program's questions
	go term.draw()
	t.Cleanup(func() { _ = tty.Close() })
	return term, cmd
}

func (s *terminal) draw() {
	defer close(s.ended)
	buf := make([]byte, 32<<10)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.written.Write(buf[:n])
		_, _ = s.screen.Write(bytes.Clone(buf[:n]))
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *terminal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

// sofar is everything that was written, and the screen that it made.
func (s *terminal) sofar() ([]byte, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.written.Bytes()), s.screen.String()
}

// shows waits until the screen has the words.
func (s *terminal) shows(words string) {
	s.t.Helper()
	s.until(func(screen string) bool { return strings.Contains(screen, words) }, "the screen never showed "+words)
}

// hides waits until the screen has the words no longer.
func (s *terminal) hides(words string) {
	s.t.Helper()
	s.until(func(screen string) bool { return !strings.Contains(screen, words) }, "the screen went on to show "+words)
}

func (s *terminal) until(is func(string) bool, complaint string) {
	s.t.Helper()
	// Long enough for a busy machine with a slow disk; who waits in vain waits once.
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if is(s.text()) {
			return
		}
	}
	s.t.Fatalf("%s:\n%s", complaint, s.text())
}

func (s *terminal) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.tty, keys); err != nil {
		s.t.Fatal(err)
	}
}

func TestTheDemoInARealTerminal(t *testing.T) {
	term, cmd := startTerminal(t, "demo")
	term.shows("SLSA provenance v1 · release.yml")
	term.shows("✔10 ▲1")
	term.press("2")
	term.shows("[2 Checks]")
	term.press("/")
	term.press("cyclonedx\r")
	term.shows("SBOM CycloneDX")
	term.press("?")
	term.shows("esc closes")
	term.press("\x1b")
	term.hides("esc closes") // else the terminal would take escape and q for alt+q
	if err := pty.Setsize(term.tty, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the program ended with %v:\n%s", err, term.text())
	}
}
