package userfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// Missing reports whether an error says that there is no such file: nothing of the name, or a path through something that
// is no folder, as where the home folder is /dev/null.
func Missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// MakeFolder makes a folder that only the person may look into, unless it is there. Its error names the folder.
func MakeFolder(name string) error {
	switch err := os.MkdirAll(name, 0o700); {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		return fmt.Errorf("make the folder %s: something that is no folder is in its way", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("make the folder %s: that is not allowed", name)
	default:
		return fmt.Errorf("make the folder %s: %w", name, err)
	}
}
