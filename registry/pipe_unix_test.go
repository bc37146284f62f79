//go:build unix

package registry

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestAPipeThatNobodyWritesToIsGivenUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Discover(ctx, path, quick(), func(model.Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was given up", err)
	}
}

func TestAPipeIsReadLikeStandardInput(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	const statement = `{"_type":"https://in-toto.io/Statement/v1"}`
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(path, []byte(statement), 0o600) }()
	if e := mustDiscover(t, path, quick()).Root(); string(e.Blob) != statement {
		t.Errorf("%q, want the statement", e.Blob)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
}
