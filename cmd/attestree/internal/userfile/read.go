package userfile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrTooLarge is what Read fails with where there is more than it may read.
var ErrTooLarge = errors.New("too large")

// Read reads a file, or pipe, of at most limit bytes. Its error names the file.
func Read(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read from
	return within(f, name, limit)
}

// ReadIn reads a regular file of a folder, of at most limit bytes. Nothing outside of the folder is read, whatever the
// name and links in the folder say. Its error names the file.
func ReadIn(root *os.Root, name string, limit int64) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // asked before it is opened, since a pipe would wait for a writer
		return nil, fmt.Errorf("read %s: not a regular file", name)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read from
	return within(f, name, limit)
}

// ReadRegular is Read for a name that no person gave: what is no regular file is refused, since a pipe that somebody left
// there would wait for ever, and links out of its folder are not followed.
func ReadRegular(name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // only read from
	return ReadIn(root, filepath.Base(name), limit)
}

// within reads everything, one byte more than the limit at the most.
func within(r io.Reader, name string, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case int64(len(raw)) > limit:
		return nil, fmt.Errorf("read %s: %w: it has more than %s", name, ErrTooLarge, size(limit))
	}
	return raw, nil
}

func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// ConfigSize is the largest key, trusted root or policy that is read, in bytes. Real ones are a hundredth of it.
const ConfigSize = 4 << 20
