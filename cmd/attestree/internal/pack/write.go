package pack

import (
	"archive/tar"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Beside is the folder in a pack that holds what is not part of the layout.
const Beside = "attestree"

// ReportFile is the sender's report, in Beside.
const ReportFile = "report.json"

// File is one file beside the layout.
type File struct {
	Name string
	Data []byte
}

// ErrExists says that something is there already; nothing is ever overwritten.
var ErrExists = errors.New("it exists already, and nothing is overwritten")

// Write writes a pack to a folder, or as one file where the name ends in ".tar". When it fails, nothing of it is left.
func Write(name string, c Contents, beside []File, now time.Time) error {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("write %s: %w", name, ErrExists)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: %w", name, err)
	}
	// Everything is written under another name first, so that what is called a pack is whole.
	partial, err := os.MkdirTemp(filepath.Dir(name), ".attestree-pack-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() { _ = os.RemoveAll(partial) }() // nothing is left of it where it was renamed
	files := c.files(beside)
	if strings.HasSuffix(name, ".tar") {
		whole := filepath.Join(partial, "pack.tar")
		if err := writeTar(whole, files, now); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return rename(whole, name)
	}
	whole := filepath.Join(partial, "pack")
	for _, f := range files {
		at := filepath.Join(whole, filepath.FromSlash(f.Name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o750), os.WriteFile(at, f.Data, 0o600)); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return rename(whole, name)
}

// rename puts what is whole where it belongs. Somebody may have been quicker: a name that is taken stays as it is.
func rename(whole, name string) error {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("write %s: %w", name, ErrExists)
	}
	if err := os.Rename(whole, name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// files are all files of a pack in a fixed order.
func (c Contents) files(beside []File) []File {
	out := []File{{"oci-layout", []byte(`{"imageLayoutVersion":"1.0.0"}` + "\n")}, {"index.json", c.Index}}
	for _, d := range slices.Sorted(maps.Keys(c.Blobs)) {
		out = append(out, File{path.Join("blobs", d.Algorithm(), d.Hex()), c.Blobs[d]})
	}
	for _, f := range beside {
		out = append(out, File{path.Join(Beside, f.Name), f.Data})
	}
	return out
}

func writeTar(name string, files []File, now time.Time) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := tar.NewWriter(f)
	for _, file := range files {
		header := &tar.Header{Name: file.Name, Mode: 0o644, Size: int64(len(file.Data)), ModTime: now.UTC().Truncate(time.Second), Format: tar.FormatPAX}
		if err := w.WriteHeader(header); err != nil {
			return err
		}
		if _, err := w.Write(file.Data); err != nil {
			return err
		}
	}
	return w.Close()
}

// Report reads the sender's report from a pack: nil without an error where source is no pack. It is the sender's word.
func Report(source string, limit int64) ([]byte, error) {
	if strings.HasSuffix(source, ".tar") {
		return reportInTar(source, limit)
	}
	root, err := os.OpenRoot(source)
	if err != nil {
		return nil, nil // no folder, so no pack: whoever opens it as a source says what is wrong
	}
	defer func() { _ = root.Close() }() // only read from
	name := filepath.Join(Beside, ReportFile)
	if info, err := root.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil, nil // opening a pipe waits for somebody who writes to it
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, nil
	}
	defer func() { _ = f.Close() }() // only read from
	return readAll(f, limit)
}

func reportInTar(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil
	}
	defer func() { _ = f.Close() }() // only read from
	for r := tar.NewReader(f); ; {
		header, err := r.Next()
		if err != nil {
			return nil, nil
		}
		if reportMember(header) {
			return readAll(r, limit)
		}
	}
}

func readAll(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the sender's report: %w", err)
	case int64(len(raw)) > limit:
		return nil, fmt.Errorf("read the sender's report: larger than %d MiB", limit>>20)
	}
	return raw, nil
}
