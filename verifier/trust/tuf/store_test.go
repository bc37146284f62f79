package tuf

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAWriterThatNeverEndsIsNotWaitedForLongerThanAsked(t *testing.T) {
	t.Parallel()
	r, o, rec, s := kept(t)
	unlock, err := lock(t.Context(), filepath.Join(o.Dir, lockFile))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := save(ctx, o.Dir, r.instance(), rec, s); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "another process holds it") {
		t.Errorf("error %v", err)
	}
	unlock()
	if _, err := save(t.Context(), o.Dir, r.instance(), rec, s); err != nil {
		t.Errorf("after it ended: %v", err)
	}
}

func TestNothingIsLeftBesideTheFile(t *testing.T) {
	t.Parallel()
	_, o, _, _ := kept(t)
	wanted := filepath.Join(o.Dir, "in", "the", "way")
	if err := os.MkdirAll(wanted, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := replace(filepath.Join(o.Dir, "in"), []byte("x")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	entries, err := os.ReadDir(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != recordFile && name != lockFile && name != "in" {
			t.Errorf("%s was left", name)
		}
	}
}

func TestOnlyFilesOfASizeAreRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "test")
	path := filepath.Join(dir, recordFile)
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := read(dir); err == nil || !strings.Contains(err.Error(), "it is no file") {
		t.Errorf("a folder: %v", err)
	}
	if err := errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600), os.Truncate(path, maxRecord+1)); err != nil {
		t.Fatal(err)
	}
	if _, err := read(dir); err == nil || !strings.Contains(err.Error(), "larger than 32 MiB") {
		t.Errorf("a large file: %v", err)
	}
}
