package trustlist

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/policy"
)

// fileSize is the largest policy file that is read, in bytes.
const fileSize = 4 << 20

// Read reads a policy file as it is on disk.
func Read(path string) ([]byte, error) {
	data, err := userfile.Read(path, fileSize)
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	return data, nil
}

func readPolicy(path string, resolve policy.KeyResolver) (*policy.File, error) {
	data, err := Read(path)
	if err != nil {
		return nil, err
	}
	return policy.Parse(path, data, resolve)
}

// write makes data the policy file. Of a new one only the owner may read: it says whom somebody trusts.
func write(path string, data []byte) error {
	if err := userfile.MakeFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write policy: %w", err)
	}
	if err := userfile.Replace(path, data, 0o600); err != nil {
		return fmt.Errorf("write policy: %w", err)
	}
	return nil
}

// Edit changes a policy file with f, which gets the file as it is (nothing if there is none). A file that f refuses,
// because it cannot be parsed, stays as it is.
func Edit(path string, f func([]byte) ([]byte, error)) error {
	data, err := Read(path)
	if err != nil && !userfile.Missing(err) {
		return err
	}
	edited, err := f(data)
	if err != nil {
		return err
	}
	return write(path, edited)
}

// errNoFile is where saving has no place: the demo's trust must not outlive the demo.
var errNoFile = errors.New("this source has no policy file to save to")

// Save writes an entry to the user's own policy file and says where that is.
func (l *List) Save(s model.TrustedSigner) (string, error) {
	path := l.config.SavePath
	if path == "" {
		return "", errNoFile
	}
	signer, err := policy.Entry(s)
	if err != nil {
		return "", fmt.Errorf("save %s: %w", s.Name, err)
	}
	return path, Edit(path, func(data []byte) ([]byte, error) { return policy.Add(data, signer) })
}

// watched is how often the policy file is looked at, by its size and time of change.
const watched = 500 * time.Millisecond

// Watch reads the policy file again whenever it changes on disk, and delivers nil, or why it could not be read: then
// everything stays as it was. The channel is never closed; it is nil without a policy file.
func (l *List) Watch(ctx context.Context) <-chan error {
	if l.config.PolicyPath == "" {
		return nil
	}
	changed := make(chan error)
	go func() {
		ticker := time.NewTicker(watched)
		defer ticker.Stop()
		last := stamp(l.config.PolicyPath)
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			now := stamp(l.config.PolicyPath)
			if now == last {
				continue
			}
			last = now
			select {
			case changed <- l.reload():
			case <-ctx.Done():
				return
			}
		}
	}()
	return changed
}

func (l *List) reload() error {
	file, err := readPolicy(l.config.PolicyPath, l.config.Resolve)
	if err != nil {
		return err
	}
	return l.change(func() error { l.adopt(file); return nil })
}

// version is what tells one state of a file from another without reading it.
type version struct {
	size int64
	time time.Time
}

func stamp(path string) version {
	info, err := os.Stat(path)
	if err != nil {
		return version{}
	}
	return version{info.Size(), info.ModTime()}
}
