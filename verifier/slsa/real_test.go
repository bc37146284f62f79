package slsa_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
	"github.com/attestree/attestree/verifier"
	"github.com/attestree/attestree/verifier/slsa"
	"github.com/attestree/attestree/verifier/trust"
)

// TestRealProvenance holds the level against provenance that npm and GitHub made, judged under the embedded root.
func TestRealProvenance(t *testing.T) {
	t.Parallel()
	public, err := trust.PublicGood()
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifier.New(verifier.Options{Roots: []trust.Root{public}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file   string
		level  int
		commit string
	}{
		{"sigstore-js-2.0.0.json", 2, "f0b49a04e5a62250e0f60fb128004a73110fe311"},
		{"dsse.json", 1, ""}, // a person signed it
		{"two-signatures.json", 0, ""},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			blob, err := os.ReadFile(filepath.Join("..", "testdata", "public-good", c.file))
			if err != nil {
				t.Fatal(err)
			}
			ev := model.Evidence{Node: model.Node{ID: c.file, Format: model.FormatBundle}, Blob: blob}
			a := model.Open(ev.Node, blob)
			a.Predicate = predicate.Decode(a.PredicateType, a.RawPredicate)
			got := slsa.Known().Assess(ev, a, v.Verify(t.Context(), ev))
			if got == nil || got.Level != c.level || got.Commit != c.commit {
				t.Fatalf("got %+v, want level %d of commit %q", got, c.level, c.commit)
			}
			t.Log(said(got))
		})
	}
}
