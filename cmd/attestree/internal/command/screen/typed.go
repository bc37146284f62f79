package screen

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

// typedPath is a path as a person types it, made absolute.
func typedPath(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", errors.New("no file is named")
	}
	if rest, home := strings.CutPrefix(name, "~/"); home {
		folder, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		name = filepath.Join(folder, rest)
	}
	return filepath.Abs(name)
}

// samePath reports whether two paths are the same by their names; of relative ones the first may be as a flag gave it.
func samePath(a, b string) bool {
	a, err := filepath.Abs(a)
	return err == nil && a == b
}

// readTyped reads a file by a path as a person types it. It is read again with every examination, which a pipe cannot be.
func readTyped(name string) ([]byte, error) {
	path, err := typedPath(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	}
	return userfile.Read(path, userfile.ConfigSize)
}

// sameFile reports whether a path that was typed is that of the policy which decides.
func sameFile(typed, policy string) bool {
	if policy == "" {
		return false
	}
	a, err := typedPath(typed)
	b, err2 := filepath.Abs(policy)
	return err == nil && err2 == nil && a == b
}
