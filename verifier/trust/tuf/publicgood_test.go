package tuf

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	sigstore "github.com/sigstore/sigstore-go/pkg/tuf"

	"github.com/attestree/attestree/verifier/trust"
)

// summer is a day on which nothing in testdata/public-good had expired.
var summer = time.Date(2026, 8, 22, 0, 0, 0, 0, time.UTC)

// publicGood is what an update would have kept on that day: the files that the public-good instance published on
// 2026-08-21 (sigstore/root-signing).
func publicGood(tb testing.TB) record {
	tb.Helper()
	published := func(path ...string) []byte {
		raw, err := os.ReadFile(filepath.Join(path...))
		if err != nil {
			tb.Fatal(err)
		}
		return raw
	}
	target := published("..", "public-good.trusted_root.json")
	return record{
		Name: trust.PublicGoodName, Mirror: DefaultMirror,
		Roots:     [][]byte{sigstore.DefaultRoot(), published("testdata", "public-good", "15.root.json")},
		Timestamp: published("testdata", "public-good", "timestamp.json"),
		Snapshot:  published("testdata", "public-good", "snapshot.json"),
		Targets:   published("testdata", "public-good", "targets.json"),
		Target:    target, Version: embeddedVersion, Length: int64(len(target)), SHA256: sum(target),
		FetchedAt: summer, Since: summer,
	}
}

func TestTheRealInstanceAuthenticatesWhatTheProgramCarries(t *testing.T) {
	raw, err := publicGood(t).encode()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), trust.PublicGoodName)
	if err := errors.Join(prepare(dir), replace(filepath.Join(dir, recordFile), raw)); err != nil {
		t.Fatal(err)
	}
	s, err := Inspect(dir)
	if err != nil || s.Version != embeddedVersion || s.RootVersion != 15 || s.Newer || s.Root.Info.Date != "2025-09-22" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, found, err := Cached(dir); found || err != nil {
		t.Errorf("what is no newer was used: %v, %v", found, err)
	}
}

func TestNobodyElseIsThePublicGoodInstance(t *testing.T) {
	r := newRepository(t, trustedRoot(t, true))
	r.set("15.root.json", publicGood(t).Roots[1]) // the chain of roots is public, and anybody's to serve
	o := r.at(summer)
	o.Dir = filepath.Join(filepath.Dir(o.Dir), trust.PublicGoodName)
	if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), "signed by enough") {
		t.Errorf("error %v", err)
	}
	o.Root = r.anchor
	if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), "a name of its own") {
		t.Errorf("error %v", err)
	}
	// The cache of a private instance does not become the public-good one by being moved.
	private := o
	private.Dir = filepath.Join(filepath.Dir(o.Dir), "private")
	if _, _, err := Update(t.Context(), private); err != nil {
		t.Fatal(err)
	}
	kept, err := read(private.Dir)
	if err != nil {
		t.Fatal(err)
	}
	kept.Name = trust.PublicGoodName
	raw, err := kept.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(prepare(o.Dir), replace(filepath.Join(o.Dir, recordFile), raw)); err != nil {
		t.Fatal(err)
	}
	if _, found, err := Cached(o.Dir); found || err == nil {
		t.Errorf("%v, %v", found, err)
	}
}

func TestNamesAndMirrorsThatAreNone(t *testing.T) {
	for _, name := range []string{"", ".", "..", "A", "a/b", "-x", strings.Repeat("a", 65), "\x1b[31m"} {
		if err := CheckName(name); err == nil {
			t.Errorf("%q is a name", name)
		}
	}
	for _, address := range []string{"", "tuf.example.com", "ftp://x", "https://", "https://u:p@x", "https://x?y", "https://x#y", "http://[", "file:///etc"} {
		if _, err := parseMirror(address); err == nil || strings.Contains(err.Error(), "parse") {
			t.Errorf("mirror %q: %v", address, err)
		}
	}
}

// FuzzNothingIsProvenButWhatWasPublished writes over, or puts into, one of the files that vouch for the real trusted root.
// Whatever they are then, nothing is proven but that.
func FuzzNothingIsProvenButWhatWasPublished(f *testing.F) {
	good := publicGood(f)
	in, err := known(trust.PublicGoodName)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), uint16(0), uint16(0), []byte(nil))
	f.Add(uint8(1), uint16(300), uint16(1), []byte("9"))
	f.Add(uint8(2), uint16(0), uint16(65535), []byte("{}"))
	f.Add(uint8(3), uint16(1), uint16(0), []byte(`"signed":{"_type":"targets"},`))
	f.Add(uint8(4), uint16(0), uint16(0), []byte(`{"signed":{"version":1}}`))
	f.Add(uint8(5), uint16(12), uint16(2), []byte("null"))
	f.Fuzz(func(t *testing.T, which uint8, at, length uint16, patch []byte) {
		r := good
		r.Roots = [][]byte{good.Roots[0], good.Roots[1]}
		parts := []*[]byte{&r.Timestamp, &r.Snapshot, &r.Targets, &r.Target, &r.Roots[0], &r.Roots[1]}
		part := parts[int(which)%len(parts)]
		from := min(int(at), len(*part))
		to := min(from+int(length), len(*part))
		*part = slices.Concat((*part)[:from], patch, (*part)[to:])
		r.Length, r.SHA256 = int64(len(r.Target)), sum(r.Target)
		s, err := authenticate(in, r)
		if err == nil && (s.root.Info.SHA256 != in.sha256 || s.version != embeddedVersion || s.rootVersion < 14) {
			t.Fatalf("proves %+v", s)
		}
	})
}

// What every run pays for at its start, once there was an update.
func BenchmarkCached(b *testing.B) {
	raw, err := publicGood(b).encode()
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), trust.PublicGoodName)
	if err := errors.Join(prepare(dir), replace(filepath.Join(dir, recordFile), raw)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Cached(dir); err != nil {
			b.Fatal(err)
		}
	}
}
