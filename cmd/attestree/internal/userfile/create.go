package userfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Create writes a file that is not there yet, whole or not at all, readable by its owner alone. Where something bears the
// name already, that stays, and the error is fs.ErrExist.
func Create(name string, data []byte) error {
	name = filepath.Clean(name)
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // its other name stays
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	// A second name is given to nothing that is there, as renaming would. Not every file system knows second names.
	if err := os.Link(f.Name(), name); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	return os.Rename(f.Name(), name)
}
