package userfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPathThroughAFileLeadsToNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file + "s", filepath.Join(file, "settings.yaml"), filepath.Join(file, "a", "b")} {
		if _, err := Read(name, 10); !Missing(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(filepath.Dir(file), 10); Missing(err) {
		t.Error("a folder is there, and cannot be read")
	}
	if err := MakeFolder(filepath.Join(file, "a", "b")); err == nil || !strings.Contains(err.Error(), "is in its way") {
		t.Errorf("a folder below a file: %v", err)
	}
	if err := MakeFolder(filepath.Join(filepath.Dir(file), "a", "b")); err != nil {
		t.Error(err)
	}
}
