package tuf

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sigstore "github.com/sigstore/sigstore-go/pkg/tuf"

	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

// spring is a day on which the public-good instance's initial root had not expired, so that signatures decide.
var spring = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func TestThePublicGoodInstanceIsWhatTheProgramCarries(t *testing.T) {
	in, err := known(trust.PublicGoodName)
	if err != nil {
		t.Fatal(err)
	}
	if in.floor != embeddedVersion || in.sha256 != sum(trustedRoot(t, false)) || in.date != "2025-09-22" || len(in.carried) == 0 {
		t.Errorf("%+v", in)
	}
	if _, err := begin(in.anchor, spring); err != nil {
		t.Errorf("its initial root is of no use: %v", err)
	}
}

func TestNobodyElseIsThePublicGoodInstance(t *testing.T) {
	successor := fmt.Sprintf("%d.root.json", publicGoodRootVersion(t)+1)
	for name, c := range map[string]struct {
		attack func(r *tuftest.Repository)
		want   string
	}{
		"with keys of its own": {func(*tuftest.Repository) {}, "timestamp.json is not signed by enough"},
		"with a root of its own": {func(r *tuftest.Repository) {
			r.Root.Signed.Version = publicGoodRootVersion(t) + 1
			r.PublishRoot()
		}, "root.json is not signed by enough"},
		"with its old root in the place of the next": {func(r *tuftest.Repository) {
			r.Set(successor, sigstore.DefaultRoot()) // it is public, and anybody's to serve
		}, "root.json has another version"},
		"with rubbish": {func(r *tuftest.Repository) {
			r.Set(successor, []byte("<html>"))
		}, "root.json is not TUF metadata"},
	} {
		t.Run(name, func(t *testing.T) {
			r := tuftest.New(t, spring, trustedRoot(t, true))
			c.attack(r)
			o := publicGoodAt(t, r)
			if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if _, found, err := Cached(o.Dir); found || err != nil {
				t.Errorf("something was kept: %v, %v", found, err)
			}
		})
	}
}

func TestNoOtherRootCanBeNamedForThePublicGoodInstance(t *testing.T) {
	r := tuftest.New(t, spring, trustedRoot(t, true))
	o := publicGoodAt(t, r)
	o.Root = r.Anchor()
	if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), "a name of its own") {
		t.Errorf("error %v", err)
	}
}

func TestAPrivateCacheDoesNotBecomeThePublicGoodOneByBeingMoved(t *testing.T) {
	r := tuftest.New(t, spring, trustedRoot(t, true))
	o := publicGoodAt(t, r)
	private := o
	private.Dir = filepath.Join(filepath.Dir(o.Dir), "private")
	private.Root = r.Anchor()
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
	if _, found, err := Cached(o.Dir); found || err == nil || !strings.Contains(err.Error(), "signed by enough") {
		t.Errorf("%v, %v", found, err)
	}
}

// publicGoodAt asks r for what the public-good instance publishes.
func publicGoodAt(t *testing.T, r *tuftest.Repository) Options {
	t.Helper()
	return Options{
		Dir: filepath.Join(t.TempDir(), trust.PublicGoodName), Mirror: r.URL(),
		Now: func() time.Time { return spring },
	}
}

// publicGoodRootVersion is the version of the initial root that the program carries.
func publicGoodRootVersion(t *testing.T) int64 {
	t.Helper()
	set, err := begin(sigstore.DefaultRoot(), spring)
	if err != nil {
		t.Fatal(err)
	}
	return set.Root.Signed.Version
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
