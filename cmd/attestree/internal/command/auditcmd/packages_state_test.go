package auditcmd

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// TestEveryFlippedBitOfWhatIsKeptOfAPackageIsFoundOut changes each bit of the file in turn, and cuts it everywhere: what is
// read then is what was written, or nothing.
func TestEveryFlippedBitOfWhatIsKeptOfAPackageIsFoundOut(t *testing.T) {
	t.Parallel()
	row := pkg.Row{Name: "a", Package: "pkg:npm/a@1", Verified: true, Publishers: []string{"https://p.example"}, Findings: []model.Finding{{ID: "x", Message: "y"}}}
	name := filepath.Join(t.TempDir(), "coverage.jsonl")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	(&coverageState{file: f}).keep("key", row)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	read := func(raw []byte) map[string]pkg.Row {
		s := &coverageState{rows: map[string]pkg.Row{}}
		s.read(raw)
		return s.rows
	}
	if diff := cmp.Diff(map[string]pkg.Row{"key": row}, read(raw)); diff != "" {
		t.Fatalf("-written +read\n%s", diff)
	}
	for i := range len(raw) * 8 {
		changed := bytes.Clone(raw)
		changed[i/8] ^= 1 << (i % 8)
		for key, got := range read(changed) {
			if diff := cmp.Diff(row, got); key != "key" || diff != "" {
				t.Errorf("bit %d: %s %s", i, key, diff)
			}
		}
		if got := read(raw[:i/8]); len(got) > 0 && i/8 < len(raw)-1 {
			t.Errorf("cut at %d: %v", i/8, got)
		}
	}
}
