package tuf

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// Status is an instance as the last update left it, authenticated.
type Status struct {
	Root        trust.Root
	Mirror      string    // that was asked
	Version     int64     // of the targets role, which lists the trusted root
	RootVersion int64     // of the TUF root, which says whose signatures count
	Length      int64     // of trusted_root.json, in bytes
	FetchedAt   time.Time // when the mirror last said that this is the newest
	Expires     time.Time // when that word ran out, or will
	// Newer says that the program itself carries no root of this instance, or an older one.
	Newer bool
}

// Cached is the trusted root that the last Update kept in dir, whose last element is the instance's name, see Folder. It
// opens no connection. It says false without an error where nothing is kept, or nothing newer than what the program
// carries; the error, one sentence, says why what is kept must not be used.
func Cached(dir string) (trust.Root, bool, error) {
	s, err := Inspect(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return trust.Root{}, false, nil
	case err != nil || !s.Newer:
		return trust.Root{}, false, err
	}
	return s.Root, true, nil
}

// Inspect is all that is known about what Update kept in dir. It fails with fs.ErrNotExist where nothing is kept.
func Inspect(dir string) (Status, error) {
	if err := checkFolder(dir); err != nil {
		return Status{}, err
	}
	in, err := known(filepath.Base(dir))
	if err != nil {
		return Status{}, err
	}
	return inspect(dir, in)
}

func inspect(dir string, in instance) (Status, error) {
	r, err := read(dir)
	if err != nil {
		return Status{}, unusable(in, err)
	}
	s, err := authenticate(in, r)
	if err != nil {
		return Status{}, unusable(in, err)
	}
	return Status{
		Root: s.root, Mirror: r.Mirror, Version: s.version, RootVersion: s.rootVersion, Length: r.Length,
		FetchedAt: r.FetchedAt, Expires: s.expires, Newer: s.version > in.floor,
	}, nil
}

func unusable(in instance, err error) error {
	return because(err, "the trusted root %s of the last update is not used: %v", in.name, err)
}

// Private are the trusted roots of all instances but the public-good one that are kept beside dir, a folder of any instance.
// The notes, one sentence each, say which of them cannot be used.
func Private(dir string) (roots []trust.Root, notes []string) {
	names, err := names(filepath.Dir(dir))
	if err != nil {
		return nil, []string{err.Error()}
	}
	for _, name := range names {
		root, found, err := Cached(filepath.Join(filepath.Dir(dir), name))
		if err != nil {
			notes = append(notes, err.Error())
		}
		if found {
			roots = append(roots, root)
		}
	}
	return roots, notes
}

// names are the instances, but for the public-good one, that have a folder in base.
func names(base string) ([]string, error) {
	err := checkFolder(base)
	var entries []fs.DirEntry
	if err == nil {
		entries, err = os.ReadDir(base)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, because(err, "read the folder %s: %s", base, unwritable(err))
	}
	var found []string
	for _, entry := range entries {
		if entry.IsDir() && entry.Name() != trust.PublicGoodName && CheckName(entry.Name()) == nil {
			found = append(found, entry.Name())
		}
	}
	return found, nil
}
