// Command pictures draws the pictures of the documentation: the real screen on the demo image, cell by cell, so that
// they cannot show what the program does not.
//
//	go run ./cmd/attestree/internal/pictures docs
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/attestree/attestree/cmd/attestree/internal/picture"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pictures FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "pictures: %v\n", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	for _, s := range scenes {
		svg, err := s.draw()
		if err != nil {
			return fmt.Errorf("draw %s: %w", s.file, err)
		}
		if err := os.WriteFile(filepath.Join(folder, s.file), svg, 0o644); err != nil {
			return fmt.Errorf("write picture: %w", err)
		}
	}
	return nil
}

// scene is one picture: what was pressed, and on how large a terminal.
type scene struct {
	file          string
	title         string
	keys          []string
	columns, rows int
	dark          bool
}

var scenes = []scene{
	{file: "screen.svg", title: "attestree on its demo image: the tree, and the summary of the SCAI attestation", keys: []string{"/", "mcp", "enter", "esc"}, columns: 120, rows: 36, dark: true},
	{file: "checks.svg", title: "The checks of an attestation that was changed after signing", keys: []string{"/", "test result", "enter", "esc", "2"}, columns: 120, rows: 36, dark: true},
	{file: "signer.svg", title: "Who signed: the certificate with every extension by name", keys: []string{"/", "provenance v1 · rel", "enter", "esc", "3"}, columns: 120, rows: 36},
	{file: "payload.svg", title: "The payload as a tree", keys: []string{"/", "cyclonedx 1.6 · 45", "enter", "esc", "4"}, columns: 120, rows: 36},
	{file: "card.svg", title: "The answer for a triager: who built it, from what, who vouches, what is wrong", keys: []string{"1", "z"}, columns: 120, rows: 50, dark: true},
	{file: "audit.svg", title: "The audit: what a scan was told to overlook, why, and how far that reaches", keys: []string{"a"}, columns: 140, rows: 42, dark: true},
	{file: "packages.svg", title: "The packages of all SBOMs, with their vulnerabilities and what excuses them", keys: []string{"P"}, columns: 140, rows: 36},
	{file: "coverage.svg", title: "What is attached where, and what is not", keys: []string{"c"}, columns: 120, rows: 30, dark: true},
	{file: "learn.svg", title: "What a signature proves and does not, drawn for this one", keys: []string{"/", "keyless · release.yml", "enter", "esc", "6", "z"}, columns: 120, rows: 50},
	{file: "breaking.svg", title: "Broken on purpose: which check catches it", keys: []string{"/", "scai", "enter", "esc", "x", "j"}, columns: 120, rows: 36, dark: true},
}

func (s scene) draw() ([]byte, error) {
	frame, err := shoot(s)
	if err != nil {
		return nil, err
	}
	return picture.SVG(frame, picture.Options{Columns: s.columns, Rows: s.rows, Dark: s.dark, Title: s.title}), nil
}
