//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/attestree/attestree/model"
)

// TestAPackOfAStrangerNeitherHangsNorReachesOut has what a folder can hold beside files, where files are read.
func TestAPackOfAStrangerNeitherHangsNorReachesOut(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
	reference, trust := s.Host()+"/"+attacked+":1", []string{"--key", s.pub, "--insecure-ignore-tlog"}
	outside := s.file("secret", "outside of the pack")
	pipe := func(at string) error { return syscall.Mkfifo(at, 0o600) }
	link := func(at string) error { return os.Symlink(outside, at) }
	for name, c := range map[string]struct {
		in   string
		make func(string) error
		code int
	}{
		"a pipe for a report": {filepath.Join("attestree", "report.json"), pipe, 0},
		"a link for a report": {filepath.Join("attestree", "report.json"), link, 0},
		"a pipe for a blob":   {filepath.Join("blobs", "sha256", image.Digest.Hex()), pipe, 1},
		"a link for a blob":   {filepath.Join("blobs", "sha256", image.Digest.Hex()), link, 1},
	} {
		t.Run(name, func(t *testing.T) {
			pack := filepath.Join(t.TempDir(), "pack")
			if _, stderr, code := run(t, append([]string{"export", reference, pack}, trust...)...); code != 0 {
				t.Fatal(stderr)
			}
			at := filepath.Join(pack, c.in)
			if err := os.Remove(at); err != nil {
				t.Fatal(err)
			}
			if err := c.make(at); err != nil {
				t.Fatal(err)
			}
			stdout, stderr, code := run(t, append([]string{"verify", pack, "--as", reference}, trust...)...)
			if code != c.code || strings.Contains(stdout+stderr, "outside of the pack") {
				t.Errorf("exit code %d, want %d: %s%s", code, c.code, stdout, stderr)
			}
		})
	}
}
