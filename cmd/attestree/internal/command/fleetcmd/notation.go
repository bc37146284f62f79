package fleetcmd

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

// notationHash is of what notation's trust store and policy hold, wherever they lie: parts that were made on several machines
// are one only if these are the same.
func notationHash(store, policy string) (string, error) {
	sum := sha256.New()
	if store != "" {
		if err := sumFolder(sum, os.DirFS(store)); err != nil {
			return "", fmt.Errorf("--notation-trust-store %s: %w", store, err)
		}
	}
	if policy != "" {
		raw, err := userfile.Read(policy, userfile.ConfigSize)
		if err != nil {
			return "", fmt.Errorf("--notation-trust-policy: %w", err)
		}
		_, _ = fmt.Fprintf(sum, "policy %d\n%s", len(raw), raw)
	}
	return hexSum(sum), nil
}

// Bounds of a trust store; those of its reader are narrower.
const (
	storeFiles = 10_000
	storeFile  = 4 << 20 // bytes
)

// sumFolder sums up names and contents in the order of the names.
func sumFolder(sum io.Writer, folder fs.FS) error {
	files := 0
	return fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if files++; files > storeFiles {
			return errors.New("it holds too many files")
		}
		f, err := folder.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // only read from
		raw, err := io.ReadAll(io.LimitReader(f, storeFile+1))
		switch {
		case err != nil:
			return err
		case len(raw) > storeFile:
			return fmt.Errorf("%s is too large", name)
		}
		_, _ = fmt.Fprintf(sum, "%q %d\n%s", name, len(raw), raw)
		return nil
	})
}
