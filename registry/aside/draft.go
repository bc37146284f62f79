package aside

import (
	"errors"
	"io"
	"os"
)

// draft is a file that is being written, and has no name any more.
type draft struct {
	file *os.File
}

// diskError is why a disk did not take what came, with what it did not take.
type diskError struct {
	rest []byte
	err  error
}

// Error is error.
func (e *diskError) Error() string { return "put aside: " + e.err.Error() }

// Unwrap is the system's error.
func (e *diskError) Unwrap() error { return e.err }

// newDraft makes a file that only its owner can read, and takes its name away before anything is in it.
func newDraft(folder string) (*draft, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(folder, "aside-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &draft{file}, nil
}

// write writes everything. The error is r's, or a *diskError. Bytes are written and not mapped first: a full disk would
// end the program then.
func (d *draft) write(r io.Reader) (written int64, err error) {
	block := make([]byte, 256<<10)
	for {
		n, err := r.Read(block)
		if n > 0 {
			taken, failed := d.file.Write(block[:n])
			written += int64(taken)
			if failed != nil {
				return written, &diskError{block[taken:n], failed}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return written, nil
		case err != nil:
			return written, err
		}
	}
}

// recover reads into memory what is in the file, what the disk did not take, and what r still has.
func (d *draft) recover(r io.Reader, size int64, unwritten *diskError) ([]byte, error) {
	raw := make([]byte, size)
	n, err := d.file.ReadAt(raw, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if unwritten != nil {
		n += copy(raw[n:], unwritten.rest)
	}
	return fill(r, raw, n)
}

// close lets go of the file. A mapping of it stays.
func (d *draft) close() { _ = d.file.Close() }
