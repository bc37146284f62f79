// Package state is what the program remembers between runs for the person's comfort: which sources were opened on the
// screen, and how large they like its panes. It is kept in the user's state folder, readable by the user alone, and
// bounded. Nothing that is judged depends on it.
//
// The package knows files and times. It must not know what a source is or what came of looking at one: a verdict of
// yesterday is none.
package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

// Folder is the program's folder in the user's state folder (XDG Base Directory), "" where that is no absolute path: it
// would be below the current folder, where anybody's files may lie.
func Folder() string {
	if !filepath.IsAbs(xdg.StateHome) {
		return ""
	}
	return filepath.Join(xdg.StateHome, "attestree")
}

// Store is such a folder. One without a folder remembers nothing. It is safe for use by several programs at once: each
// file is replaced as a whole, and the last one wins.
type Store struct{ folder string }

// Open returns the store in a folder, which need not exist yet; "" for one that remembers nothing.
func Open(folder string) Store { return Store{folder} }

// mostBytes bounds a file. Ours are a hundredth of it.
const mostBytes = 1 << 20

// read decodes a file; an absent one leaves value as it is.
func (s Store) read(name string, value any) error {
	if s.folder == "" {
		return nil
	}
	path := filepath.Join(s.folder, name)
	raw, err := userfile.Read(path, mostBytes)
	switch {
	case userfile.Missing(err):
		return nil
	case err != nil && !errors.Is(err, userfile.ErrTooLarge):
		return fmt.Errorf("what is remembered: %w", err)
	}
	if err != nil || json.Unmarshal(raw, value) != nil {
		return fmt.Errorf("%s was not written by attestree; move it away to have sources remembered again", path)
	}
	return nil
}

// write replaces a file as a whole, so that no other run sees half of it.
func (s Store) write(name string, value any) error {
	if s.folder == "" {
		return nil
	}
	raw, err := json.Marshal(value)
	if err == nil {
		err = userfile.MakeFolder(s.folder)
	}
	if err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	if err := userfile.Replace(filepath.Join(s.folder, name), append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	return nil
}
