package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

// A private instance on loopback publishes another root while the screen is open; u fetches it and judges by it.
func TestAPrivateInstancesRootIsRenewedOnTheScreen(t *testing.T) {
	first := testdata.DemoTrustedRoot
	r := tuftest.New(t, time.Now(), first)
	home := t.TempDir()
	anchor := filepath.Join(home, "root.json")
	if err := os.WriteFile(anchor, r.Anchor(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := program(t.Context(), home, "trust", "update", "--name", "acme", "--mirror", r.URL(), "--root", anchor).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	term, cmd := startTerminalAt(t, home, "--trusted-root", "tuf:acme", filepath.Join("..", "..", "testdata", "demo", "layout"))
	term.shows("valid")
	r.Next(bytes.Replace(first, []byte("https://ct.demo."), []byte("https://ct2.demo."), 1))
	term.press("u")
	term.shows("acme")
	term.press("\r")
	term.shows("acme: version 2, was 1")
	term.press("\x1b")
	term.hides("Judged by before") // else the terminal would take escape and q for alt+q
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the program ended with %v:\n%s", err, term.text())
	}
}
