package userfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

func TestReadIsBounded(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	write(t, name, "12345")
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	for limit, fits := range map[int64]bool{4: false, 5: true, 6: true} {
		got, err := userfile.Read(name, limit)
		in, errIn := userfile.ReadIn(root, "f", limit)
		if fits && (err != nil || errIn != nil || string(got) != "12345" || string(in) != "12345") {
			t.Errorf("at most %d bytes: %q, %v; in the folder %q, %v", limit, got, err, in, errIn)
		}
		if !fits && (!errors.Is(err, userfile.ErrTooLarge) || !errors.Is(errIn, userfile.ErrTooLarge) || !strings.Contains(err.Error(), name)) {
			t.Errorf("at most %d bytes: %v; in the folder %v; want it to be too large, and named", limit, err, errIn)
		}
	}
}

func TestNothingOutsideOfAFolderIsRead(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "secret"), "x")
	if err := os.MkdirAll(filepath.Join(dir, "in", "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "in"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	for _, name := range []string{"../secret", "folder", "absent"} {
		if got, err := userfile.ReadRegular(filepath.Join(dir, "in", "folder"), 10); err == nil {
			t.Errorf("a folder: %q was read", got)
		}
		if got, err := userfile.ReadIn(root, name, 10); err == nil {
			t.Errorf("%s: %q was read", name, got)
		}
	}
}

func TestReplaceLeavesTheNewFileAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	for _, text := range []string{"one", "another, longer", ""} {
		if err := userfile.Replace(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := read(t, name); got != text {
			t.Errorf("%q is there, want %q", got, text)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v, %v", entries, err)
	}
	if err := userfile.Replace(filepath.Join(dir, "absent", "f"), nil, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
}

func TestReplaceKeepsPermissionsAndLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("permissions and links are of another kind there")
		return
	}
	dir := t.TempDir()
	target, link, fresh := filepath.Join(dir, "kept", "f"), filepath.Join(dir, "f"), filepath.Join(dir, "fresh")
	if err := os.Mkdir(filepath.Dir(target), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, target, "old")
	if err := os.Chmod(target, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("kept", "f"), link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{link, fresh} {
		if err := userfile.Replace(name, []byte("new"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 || read(t, target) != "new" {
		t.Errorf("the link is %v, %v, and what it points to %q", info, err, read(t, target))
	}
	for name, want := range map[string]fs.FileMode{target: 0o640, fresh: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestCreateWritesWhatIsNotThereYet(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	if err := userfile.Create(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := userfile.Create(name, []byte("two")); !errors.Is(err, fs.ErrExist) || read(t, name) != "one" {
		t.Errorf("over another: %v, and %q is there", err, read(t, name))
	}
	if runtime.GOOS != "windows" {
		nowhere := filepath.Join(dir, "link")
		if err := os.Symlink(filepath.Join(dir, "elsewhere"), nowhere); err != nil {
			t.Fatal(err)
		}
		if err := userfile.Create(nowhere, nil); !errors.Is(err, fs.ErrExist) {
			t.Errorf("through a link that leads nowhere: %v", err)
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("its permissions are %v, %v", info.Mode(), err)
		}
	}
	if err := userfile.Create(filepath.Join(dir, "absent", "f"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".f*")); err != nil || len(left) > 0 {
		t.Errorf("left beside it: %v, %v", left, err)
	}
}
