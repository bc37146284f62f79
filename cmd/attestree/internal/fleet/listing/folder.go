package listing

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// maxFiles is how many files of a folder are read.
const maxFiles = 100_000

// Folder adds what the manifests and compose files below a folder hold, and nothing outside of it: .yaml, .yml and .json.
// A file that cannot be read is a problem and stops nothing; the error is that the folder itself cannot be read.
func (l *List) Folder(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // only read from
	defer l.settle()
	files := 0
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			l.trouble(fleet.Source{File: name}, err.Error())
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !manifest(name):
			return nil
		}
		if files++; files > maxFiles {
			return fmt.Errorf("more than %d files", maxFiles)
		}
		if err := l.file(root, name); err != nil {
			if errors.Is(err, errTooMany) {
				return err
			}
			l.trouble(fleet.Source{File: name}, err.Error())
			return nil
		}
		l.knows(wasRead(name))
		return nil
	})
}

func manifest(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// file reads one regular file. In a folder only documents count: a list of lines would make a reference of every line of
// whatever else is called .yaml.
func (l *List) file(root *os.Root, name string) error {
	info, err := root.Stat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("not a regular file")
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read from
	return l.readDocuments(name, f)
}
