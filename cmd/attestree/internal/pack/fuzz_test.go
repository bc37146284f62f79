package pack_test

import (
	"archive/tar"
	"bytes"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/pack"
)

// A sender's archive gives a report of at most so many bytes, or none, whatever it holds.
func FuzzASendersReportIsWithinItsLimit(f *testing.F) {
	f.Add([]byte("x"), []byte(`{"a":1}`), int64(10))
	f.Add(make([]byte, 1024), []byte{}, int64(0))
	f.Fuzz(func(t *testing.T, before, report []byte, limit int64) {
		limit &= 1<<20 - 1
		var archive bytes.Buffer
		archive.Write(before[:len(before)/512*512]) // whatever the headers before it say
		w := tar.NewWriter(&archive)
		header := &tar.Header{Name: path.Join(pack.Beside, pack.ReportFile), Size: int64(len(report)), Mode: 0o600}
		if err := w.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(report); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "pack.tar")
		if err := os.WriteFile(name, archive.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		raw, err := pack.Report(name, limit)
		if int64(len(raw)) > limit || err != nil && raw != nil {
			t.Errorf("%d bytes within %d, %v", len(raw), limit, err)
		}
		if len(before) < 512 && int64(len(report)) <= limit && !bytes.Equal(raw, report) {
			t.Errorf("the report is %q, %v; want %q", raw, err, report)
		}
	})
}
