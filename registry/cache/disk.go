package cache

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
	"time"

	"github.com/attestree/attestree/registry/aside"
)

// disk is all that a cache does to the file system. Names are slash-separated and relative to its folder. Tests put one
// in its place that is full, read-only or broken.
type disk interface {
	// read gives a file's bytes, on a shelf if they are many, and when it was last used; errTooLarge for one of more than
	// limit bytes.
	read(name string, limit int64, s *aside.Shelf) ([]byte, time.Time, error)
	// write makes or replaces a file, whole or not at all, with bytes that may lie on a shelf.
	write(name string, raw []byte, s *aside.Shelf) error
	remove(name string) error
	touch(name string, at time.Time) error
	// grow appends n bytes to a file and gives its length.
	grow(name string, n int) (int64, error)
	// list names all files; none where there is no folder.
	list() ([]entry, error)
	// clear removes everything that list names, and the folders.
	clear() error
}

// entry is one file.
type entry struct {
	name string
	size int64
	used time.Time
}

var errTooLarge = errors.New("larger than is read")

// ours are the names directly below the folder.
var ours = []string{"content", "records", unfinished, countFile}

// folder is a disk. It never leaves its folder, whatever symbolic links there are.
type folder struct {
	path string

	mu   sync.Mutex
	root *os.Root
}

// open opens the folder, and makes it where that is asked for. It is readable by its owner alone: images may be private.
func (f *folder) open(create bool) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root != nil {
		return f.root, nil
	}
	if f.path == "" {
		return nil, errors.New("the system names no folder for caches")
	}
	if create {
		if err := os.MkdirAll(f.path, 0o700); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return nil, err
	}
	f.root = root
	return root, nil
}

func (f *folder) read(name string, limit int64, s *aside.Shelf) ([]byte, time.Time, error) {
	root, err := f.open(false)
	if err != nil {
		return nil, time.Time{}, err
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer func() { _ = file.Close() }() // only read from
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, time.Time{}, err
	case !info.Mode().IsRegular():
		return nil, time.Time{}, errors.New("not a file")
	case info.Size() > limit:
		return nil, time.Time{}, errTooLarge
	}
	raw, err := s.Read(file, info.Size())
	if err != nil {
		return nil, time.Time{}, err
	}
	return raw, info.ModTime(), nil
}

func (f *folder) write(name string, raw []byte, s *aside.Shelf) error {
	root, err := f.open(true)
	if err != nil {
		return err
	}
	for range 3 { // folders may be missing, or be cleared meanwhile
		draft := path.Join(unfinished, rand.Text())
		if err = writeFile(root, draft, raw, s); err == nil {
			err = root.Rename(draft, name)
		}
		if err == nil {
			return nil
		}
		_ = root.Remove(draft) // a sweep finds it otherwise
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := errors.Join(root.MkdirAll(unfinished, 0o700), root.MkdirAll(path.Dir(name), 0o700)); err != nil {
			return err
		}
	}
	return err
}

func writeFile(root *os.Root, name string, raw []byte, s *aside.Shelf) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	for block := range s.Blocks(raw) {
		if _, err = file.Write(block); err != nil {
			break
		}
	}
	return errors.Join(err, file.Close())
}

func (f *folder) remove(name string) error {
	root, err := f.open(false)
	if err != nil {
		return err
	}
	return root.Remove(name)
}

func (f *folder) touch(name string, at time.Time) error {
	root, err := f.open(false)
	if err != nil {
		return err
	}
	return root.Chtimes(name, at, at)
}

func (f *folder) grow(name string, n int) (int64, error) {
	root, err := f.open(true)
	if err != nil {
		return 0, err
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return 0, err
	}
	_, err = file.Write(make([]byte, n))
	info, statErr := file.Stat()
	if err := errors.Join(err, statErr, file.Close()); err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f *folder) list() ([]entry, error) {
	root, err := f.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, top := range ours {
		err := fs.WalkDir(root.FS(), top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return gone(err)
			}
			info, err := d.Info()
			if err == nil {
				all = append(all, entry{name: name, size: info.Size(), used: info.ModTime()})
			}
			return gone(err)
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// gone passes over what another process has removed meanwhile.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (f *folder) clear() error {
	root, err := f.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var problems []error
	for _, top := range ours {
		problems = append(problems, root.RemoveAll(top))
	}
	return errors.Join(problems...)
}
