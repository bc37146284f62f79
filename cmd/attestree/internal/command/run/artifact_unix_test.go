//go:build unix

package run

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

// fifo is a pipe with a name, through which somebody sends something; nobody does where that is nil.
func fifo(t *testing.T, sent []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if sent == nil {
		return path
	}
	go func() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = file.Write(sent) // who has read enough closes its end
		_ = file.Close()
	}()
	return path
}

func TestAnArtifactIsAFileOrAPipeThatEnds(t *testing.T) {
	content := bytes.Repeat([]byte("artifact"), 1000)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path   string
		most   bounds
		refuse string
	}{
		"a file":                             {file, bounds{}, ""},
		"a pipe":                             {fifo(t, content), bounds{8000, time.Minute}, ""},
		"a pipe with too much":               {fifo(t, content), bounds{7999, time.Minute}, "more than 7999 bytes"},
		"a pipe through which nothing comes": {fifo(t, nil), bounds{8000, time.Millisecond}, "did not end within 1ms"},
		"a device":                           {"/dev/zero", bounds{8000, time.Minute}, "neither a file nor a pipe"},
		"a folder":                           {t.TempDir(), bounds{8000, time.Minute}, "neither a file nor a pipe"},
		"nothing":                            {file + "-not", bounds{}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readArtifact(c.path, c.most)
			switch {
			case c.refuse != "" && (err == nil || !strings.Contains(err.Error(), c.refuse)):
				t.Errorf("%v, want it to say %q", err, c.refuse)
			case c.refuse == "" && (err != nil || got.Digest != model.DigestOf(content) || !bytes.Equal(got.Bytes, content)):
				t.Errorf("%s and %d bytes, %v", got.Digest, len(got.Bytes), err)
			}
		})
	}
}

func TestAFileThatGrowsWhileItIsReadIsNoArtifact(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("more"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{3, 5} {
		if _, err := hashFile(file, size); err == nil || !strings.Contains(err.Error(), "changes") {
			t.Errorf("of %d bytes: %v", size, err)
		}
	}
}
