package tuf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// What lies in the folder of an instance.
const (
	recordFile = "trusted.json"
	lockFile   = "lock"
)

// maxRecord is the largest record that is read, in bytes: a whole update in base64.
const maxRecord = 2 * updateSize

// read reads the record of a folder. It fails with fs.ErrNotExist where nothing has been kept.
func read(dir string) (record, error) {
	path := filepath.Join(dir, recordFile)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return record{}, because(err, "read %s: %s", path, unwritable(err))
	case !info.Mode().IsRegular():
		return record{}, fmt.Errorf("read %s: it is no file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return record{}, because(err, "read %s: %s", path, unwritable(err))
	}
	defer func() { _ = f.Close() }() // only read from
	raw, err := io.ReadAll(io.LimitReader(f, maxRecord+1))
	switch {
	case err != nil:
		return record{}, because(err, "read %s: %s", path, unwritable(err))
	case len(raw) > maxRecord:
		return record{}, fmt.Errorf("read %s: the file is larger than %d MiB", path, maxRecord>>20)
	}
	return decode(raw)
}

// prepare makes the folder, so that one that cannot be written to is known before anything is fetched.
func prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return because(err, "make the folder %s: %s", dir, unwritable(err))
	}
	return nil
}

// save puts a record in the place of an older one, and returns what that which is there afterwards proves: another process
// may have been faster and have got something newer.
func save(ctx context.Context, dir string, in instance, r record, s state) (state, error) {
	unlock, err := lock(ctx, filepath.Join(dir, lockFile))
	if err != nil {
		return state{}, err
	}
	defer unlock()
	if there, err := read(dir); err == nil {
		if rival, err := authenticate(in, there); err == nil && rival.newer(s) {
			return rival, nil
		}
	}
	raw, err := r.encode()
	if err != nil {
		return state{}, err
	}
	if err := replace(filepath.Join(dir, recordFile), raw); err != nil {
		return state{}, because(err, "write to the folder %s: %s", dir, unwritable(err))
	}
	return s, nil
}

// lock waits until no other process writes. It is held for the time of a write, never for that of a request.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	type held struct {
		file *lockedfile.File
		err  error
	}
	got := make(chan held, 1)
	go func() {
		f, err := lockedfile.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		got <- held{f, err}
	}()
	select {
	case h := <-got:
		if h.err != nil {
			return nil, because(h.err, "lock %s: %s", path, unwritable(h.err))
		}
		return func() { _ = h.file.Close() }, nil // nothing was written to it
	case <-ctx.Done():
		go func() {
			if h := <-got; h.err == nil {
				_ = h.file.Close() // too late to be of use
			}
		}()
		return nil, because(ctx.Err(), "lock %s: another process holds it", path)
	}
}

// replace writes a file whole or not at all, readable by its owner alone.
func replace(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), recordFile+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
	}
	return err
}
