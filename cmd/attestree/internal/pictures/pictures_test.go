package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestPicturesShowTheProgramAsItIs draws every picture again. If one differs: make pictures, and look at it.
func TestPicturesShowTheProgramAsItIs(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.file, func(t *testing.T) {
			want, err := s.draw()
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", s.file))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("docs/%s is not what the program shows: make pictures", s.file)
			}
		})
	}
}
