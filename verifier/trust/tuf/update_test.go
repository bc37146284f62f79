package tuf

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/theupdateframework/go-tuf/v2/metadata"

	"github.com/attestree/attestree/verifier/trust"
)

func TestTheFirstUpdateKeepsWhatAuthenticatesAgain(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	s, change := r.must(o)
	if s.version != 1 || s.rootVersion != 1 || !s.root.Requires.Log {
		t.Errorf("%+v", s)
	}
	if !change.Changed() || change.Before != (Edition{}) || change.After.SHA256 != s.root.Info.SHA256 || change.Note != "" {
		t.Errorf("%+v", change)
	}
	for _, m := range change.Members {
		if m.Way != Added {
			t.Errorf("%+v", m)
		}
	}
	if len(change.Members) != len(s.root.Members()) {
		t.Errorf("%d members changed, the root has %d", len(change.Members), len(s.root.Members()))
	}
	for _, path := range []string{o.Dir, filepath.Join(o.Dir, recordFile)} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be used by others: %v", path, info.Mode())
		}
	}
}

func TestNothingIsFetchedTwice(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	r.must(o)
	r.Asked()
	_, change := r.must(o)
	if change.Changed() || len(change.Members) > 0 {
		t.Errorf("%+v", change)
	}
	if want, got := []string{"/2.root.json", "/timestamp.json"}, r.Asked(); !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
}

func TestANewVersionIsFetchedAndSaysWhatChanged(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	r.must(o)
	r.Next(trustedRoot(t, true))
	s, change := r.must(o)
	if s.version != 2 || !change.Changed() || change.Before.Version != 1 || change.After.Version != 2 {
		t.Errorf("%+v", change)
	}
	if len(change.Members) != 1 || change.Members[0].Way != Retired || change.Members[0].Member.Kind != trust.MemberLog {
		t.Errorf("%+v", change.Members)
	}
	r.Next(trustedRoot(t, false))
	if _, change = r.must(o); len(change.Members) != 1 || change.Members[0].Way != Altered {
		t.Errorf("%+v", change.Members)
	}
}

func TestKeysOfEveryRoleCanRotate(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	r.must(o)
	r.Rotate(metadata.TIMESTAMP, metadata.SNAPSHOT)
	r.Rotate(metadata.ROOT, metadata.TARGETS)
	r.Rotate()
	r.Next(trustedRoot(t, true))
	s, change := r.must(o)
	if s.rootVersion != 4 || change.Before.RootVersion != 1 || change.After.RootVersion != 4 {
		t.Errorf("%+v", change)
	}
	// The chain was kept: it is not asked for again.
	r.Asked()
	r.must(o)
	if got := r.Asked(); !slices.Equal(got, []string{"/5.root.json", "/timestamp.json"}) {
		t.Errorf("asked for %v", got)
	}
}

func TestARepositoryWithoutOldVersionsIsRead(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	r.Root.Signed.ConsistentSnapshot = false
	r.Rotate()
	r.must(r.place())
	want := []string{"/2.root.json", "/3.root.json", "/timestamp.json", "/snapshot.json", "/targets.json", "/targets/trusted_root.json"}
	if got := r.Asked(); !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
}

func TestAPrivateInstanceNeedsItsAnchorOnce(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	if _, _, err := Update(t.Context(), o); err == nil {
		t.Error("updated from nothing")
	}
	o.Root = r.Anchor()
	root, _, err := Update(t.Context(), o)
	if err != nil || root.Info.Name != "test" || root.Info.Source != trust.SourceTUF {
		t.Fatalf("%+v, %v", root.Info, err)
	}
	o.Root, o.Mirror = nil, ""
	if _, change, err := Update(t.Context(), o); err != nil || change.Changed() {
		t.Errorf("%+v, %v", change, err)
	}
	got, found, err := Cached(o.Dir)
	if err != nil || !found || got.Info != root.Info {
		t.Errorf("%+v, %v, %v", got.Info, found, err)
	}
	if roots, notes := Private(filepath.Join(filepath.Dir(o.Dir), trust.PublicGoodName)); len(roots) != 1 || roots[0].Info != root.Info || notes != nil {
		t.Errorf("%+v, %v", roots, notes)
	}
}
