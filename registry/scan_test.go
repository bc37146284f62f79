package registry

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/attestree/attestree/model"
)

// TestAnArchiveIsNotDecompressedForEver has many small members stand behind a large one: each of them costs all of it.
func TestAnArchiveIsNotDecompressedForEver(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := addMember(w, "pad", make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		raw := fmt.Appendf(nil, `{"subject":%d}`, i)
		if err := addMember(w, blobPath(model.DigestOf(raw)), raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	limits := Limits{Manifest: 4096, Memory: 20, Archive: 8 << 20}.withDefaults() // so little that nothing is kept
	a, err := openArchive(t.Context(), bytes.NewReader(zipped(t, out.Bytes())), int64(len(zipped(t, out.Bytes()))), true, limits)
	if err != nil {
		t.Fatal(err)
	}
	_, bad := scan(t.Context(), a, limits)
	if bad == nil || bad.kind != KindTooLarge || !strings.Contains(bad.detail, "again") {
		t.Errorf("it went on: %+v", bad)
	}
	if again := a.again.Load(); again > 10<<20 {
		t.Errorf("%d bytes were decompressed again, and 8 MiB may be", again)
	}
}

// TestWhatIsScannedIsBoundedByWhatIsRead has blobs that begin like manifests and are none: reading them counts too. They
// have no bytes on the disk.
func TestWhatIsScannedIsBoundedByWhatIsRead(t *testing.T) {
	t.Parallel()
	blobs := filepath.Join(t.TempDir(), "blobs", "sha256")
	if err := os.MkdirAll(blobs, 0o700); err != nil {
		t.Fatal(err)
	}
	const size = 4 * mebibyte
	for i := range scanBytes/size + 2 {
		f, err := os.Create(filepath.Join(blobs, model.DigestOf(fmt.Append(nil, i)).Hex()))
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString("{")
		if err := errors.Join(err, f.Truncate(size), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	_, bad := scan(t.Context(), folder{os.DirFS(filepath.Dir(filepath.Dir(blobs)))}, Limits{}.withDefaults())
	if bad == nil || bad.kind != KindTooLarge {
		t.Errorf("it went on: %+v", bad)
	}
}

// denied is a file system whose folders nobody may list.
type denied struct{ fstest.MapFS }

func (denied) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestAFolderOfBlobsThatMayNotBeListedIsNotEmpty(t *testing.T) {
	t.Parallel()
	_, bad := scan(t.Context(), folder{denied{}}, Limits{}.withDefaults())
	if bad == nil || bad.kind != KindDenied {
		t.Errorf("what may not be listed is called empty: %+v", bad)
	}
	if _, bad = scan(t.Context(), folder{fstest.MapFS{"blobs/sha256": {Data: []byte("x")}}}, Limits{}.withDefaults()); bad == nil {
		t.Error("a file in the place of the folder is called empty")
	}
	if _, bad = scan(t.Context(), folder{fstest.MapFS{}}, Limits{}.withDefaults()); bad != nil {
		t.Errorf("a layout without blobs is trouble: %+v", bad)
	}
}
