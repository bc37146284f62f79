package fetch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxSettings is the largest file of settings that is read, in bytes.
const maxSettings = 1 << 20

// Settings reads the file in which a person told another program, such as npm, about a service; nil where there is none.
// One that cannot be read whole is an error: settings that are there must not look like settings that are absent.
func Settings(path, program string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s's settings: %w", program, err)
	}
	defer func() { _ = f.Close() }() // only read from
	raw, err := io.ReadAll(io.LimitReader(f, maxSettings+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s's settings: %w", program, err)
	case len(raw) > maxSettings:
		return nil, fmt.Errorf("read %s's settings: %s is larger than %d bytes", program, path, maxSettings)
	}
	return raw, nil
}
