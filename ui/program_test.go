package ui

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
)

// terminal is an emulator that a program can write to while a test looks at it.
type terminal struct {
	mu      sync.Mutex
	screen  *vt.Emulator
	changed chan struct{}
}

// Write does what the line discipline would: without a real terminal, line feeds come bare.
func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	select {
	case t.changed <- struct{}{}:
	default:
	}
	return len(p), err
}

func (t *terminal) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// await waits until the screen says something.
func (t *terminal) await(tb testing.TB, text string) {
	tb.Helper()
	deadline := time.After(2 * time.Minute)
	for !strings.Contains(t.String(), text) {
		select {
		case <-t.changed:
		case <-deadline:
			tb.Fatalf("never said %q:\n%s", text, t)
		}
	}
}

// runs starts the whole program, with its renderer and its input, in a terminal. The function that comes back ends it.
func runs(t *testing.T, b Backend) (term *terminal, quit func()) {
	t.Helper()
	term = &terminal{screen: vt.NewEmulator(100, 30), changed: make(chan struct{}, 1)}
	in, replies := io.Pipe()
	go func() { _, _ = io.Copy(replies, term.screen) }() // keys, and what the terminal answers to queries
	done := make(chan error, 1)
	app := New(b, fakeInfo, Options{Drawing: screen.Drawing{NoAnimation: true}})
	go func() {
		done <- Run(context.Background(), NewShell(nil, Options{}, app), tea.WithInput(in), tea.WithOutput(term), tea.WithWindowSize(100, 30),
			tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignals(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	}()
	return term, func() {
		t.Helper()
		term.screen.SendText("q")
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
		case <-time.After(2 * time.Minute):
			t.Fatal("q does not quit")
		}
	}
}

func TestTheProgramRunsInATerminal(t *testing.T) {
	term, quit := runs(t, uitest.Backend{Events: uitest.Rich()})
	term.await(t, "Attached (15)")
	term.screen.SendText("/SLSA")
	term.await(t, "/SLSA")
	term.screen.SendText("\r3")
	term.await(t, "Source repository")
	term.await(t, "✓ Proven")
	quit()
}

func TestASignerIsTrustedInATerminal(t *testing.T) {
	b := uitest.Trusting()
	b.Again = again()
	b.Trust.Changed = make(chan error) // nothing ever comes: it must not hold anything up
	term, quit := runs(t, b)
	term.await(t, "✘ policy not satisfied")
	term.screen.SendText("/VSA\r")
	term.await(t, "1 of 1")
	term.screen.SendText("t")
	term.await(t, "┤ Trust this signer ├")
	term.screen.SendText("\r")
	term.await(t, "trusted for this run · 1 valid to trusted")
	term.screen.SendText("s")
	term.await(t, "Trusted signers (4)")
	quit()
}

func TestAPayloadIsAskedInATerminal(t *testing.T) {
	term, quit := runs(t, uitest.Trusting())
	term.await(t, "Attached (15)")
	term.screen.SendText("/SLSA\r4")
	term.await(t, "[4 Payload]")
	term.screen.SendText("fpredicate.materials.#.uri")
	term.await(t, "2 matches")
	term.screen.SendText("\r")
	term.await(t, "statement · 386 bytes")
	term.screen.SendText("Y")
	term.await(t, "path predicate.materials.0.uri")
	term.screen.SendText("u")
	term.await(t, "Ask for the newest trusted root?")
	term.screen.SendText("\r")
	term.await(t, "version 14, was 13")
	term.screen.SendText("\r")
	quit()
}

func TestTheProgramEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	app := New(uitest.Backend{Events: uitest.Rich()}, fakeInfo, Options{})
	err := Run(ctx, NewShell(nil, Options{}, app), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignals(), tea.WithWindowSize(80, 24))
	if err != nil {
		t.Errorf("an end that was asked for is reported as an error: %v", err)
	}
}
