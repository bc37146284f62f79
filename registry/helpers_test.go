package registry

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/registrytest"
)

const images = "../testdata/images"

// fixture opens one of the images that real tools made.
func fixture(t testing.TB, name string) fs.FS {
	t.Helper()
	r, err := zip.OpenReader(filepath.Join(images, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// expectedImage is an entry of the images' expected.json.
type expectedImage struct {
	File, Set, Repository, Tag string
	Digest                     model.Digest
	Nodes                      []expectedNode
}

type expectedNode struct {
	ID      string
	Subject model.Digest
	Via     []model.Found
}

// withSignedSBOM puts right what the list says of the one image whose .sbom is itself signed: the SBOM is attached to
// the image, and the signature to the SBOM's manifest.
func (i *expectedImage) withSignedSBOM() {
	const sbom = "sha256:f1e0b8adf84182aab95fb7d60b3aa506384c336c9307fcfe2c21da5cec9d9754"
	const signature = "sha256:507583ca16ad6a311757eb177141c0612cfac7b001abfb33dec087de5f109a21#0"
	if i.File != "legacy-key.zip" {
		return
	}
	i.Nodes = slices.DeleteFunc(i.Nodes, func(n expectedNode) bool { return n.ID == sbom+"#0" || n.ID == signature })
	tag := []model.Found{model.FoundCosignTag}
	i.Nodes = append(i.Nodes, expectedNode{sbom + "#0", i.Digest, tag}, expectedNode{signature, sbom, tag})
}

func expectedImages(t testing.TB) []expectedImage {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(images, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []expectedImage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].withSignedSBOM()
	}
	return all
}

// anonymous is for tests: whatever is in the home folder of who runs them must not matter.
type anonymous struct{}

func (anonymous) Resolve(authn.Resource) (authn.Authenticator, error) { return authn.Anonymous, nil }

// quick are options for tests: nobody logs in, and time is given freely, since many tests run at once.
func quick() Options {
	return Options{Keychain: anonymous{}, Limits: Limits{
		Request: 30 * time.Second, Transfer: 30 * time.Second, Patience: 10 * time.Second, Helper: 10 * time.Second,
	}}
}

// discovered runs a discovery to its end and folds what it says.
func discovered(t testing.TB, source string, opts Options) (*model.Tree, error) {
	t.Helper()
	tree := model.NewTree()
	order := newOrder(t)
	err := Discover(t.Context(), source, opts, func(e model.Event) {
		order.check(e)
		tree.Apply(e)
	})
	return tree, err
}

func mustDiscover(t testing.TB, source string, opts Options) *model.Tree {
	t.Helper()
	tree, err := discovered(t, source, opts)
	if err != nil {
		t.Fatalf("discover %s: %v", source, err)
	}
	return tree
}

func mustDiscoverLayout(t testing.TB, layout fs.FS, reference string, opts Options) *model.Tree {
	t.Helper()
	tree := model.NewTree()
	order := newOrder(t)
	err := DiscoverLayout(context.Background(), layout, "layout", reference, opts, func(e model.Event) {
		order.check(e)
		tree.Apply(e)
	})
	if err != nil {
		t.Fatalf("discover layout %s: %v", reference, err)
	}
	return tree
}

// order checks what every stream of events promises.
type order struct {
	t       testing.TB
	first   bool
	nodes   map[string]bool
	loaded  map[string]bool
	lookups map[model.Lookup]bool
}

func newOrder(t testing.TB) *order {
	return &order{t: t, first: true, nodes: map[string]bool{}, loaded: map[string]bool{}, lookups: map[model.Lookup]bool{}}
}

func (o *order) check(event model.Event) {
	o.t.Helper()
	if _, resolved := event.(model.Resolved); resolved != o.first {
		o.t.Errorf("Resolved must be the first event and come once; got %T", event)
	}
	o.first = false
	switch e := event.(type) {
	case model.NodeFound:
		if e.Node.Parent != "" && !o.nodes[e.Node.Parent] {
			o.t.Errorf("node %s came before its parent %s", e.Node.ID, e.Node.Parent)
		}
		o.nodes[e.Node.ID] = true
	case model.Moved:
		if !o.nodes[e.ID] || !o.nodes[e.Parent] {
			o.t.Errorf("%s moved to %s, and one of them is not known", e.ID, e.Parent)
		}
	case model.BlobLoaded:
		if !o.nodes[e.ID] || o.loaded[e.ID] {
			o.t.Errorf("payload of %s came twice or before its node", e.ID)
		}
		if e.Bytes != nil && (e.Problem != "" || e.Tampered || e.Skipped) {
			o.t.Errorf("payload of %s is there and has a problem", e.ID)
		}
		o.loaded[e.ID] = true
	case model.LookedUp:
		key := model.Lookup{Mechanism: e.Lookup.Mechanism, Subject: e.Lookup.Subject, Repository: e.Lookup.Repository}
		if o.lookups[key] {
			o.t.Errorf("look-up %v of %s is in the ledger twice", key.Mechanism, key.Subject)
		}
		o.lookups[key] = true
		if e.Lookup.Status == "" || len(e.Lookup.Detail) > fetch.ShortBytes {
			o.t.Errorf("look-up without a status, or with too long a detail: %+v", e.Lookup)
		}
	default: // the others say nothing about order
	}
}

// attached lists the IDs of what is attached, without images and the manifests that only hold layers.
func attached(tree *model.Tree) []string {
	var ids []string
	tree.Walk(func(e *model.Entry) {
		switch e.Node.Kind {
		case model.KindIndex, model.KindImage:
			return
		default:
		}
		if e.Node.Format != model.FormatNone && e.Depth > 0 {
			ids = append(ids, e.Node.ID)
		}
	})
	slices.Sort(ids)
	return ids
}

// ledger finds a line of the ledger.
func ledger(t testing.TB, tree *model.Tree, m model.Mechanism, subject model.Digest) model.Lookup {
	t.Helper()
	for _, l := range tree.Lookups {
		if l.Mechanism == m && l.Subject == subject && l.Repository == "" {
			return l
		}
	}
	t.Fatalf("the ledger has no %s of %s", m, subject)
	return model.Lookup{}
}

func load(t testing.TB, r *registrytest.Registry, repository, file string) {
	t.Helper()
	if err := r.Load(repository, fixture(t, file)); err != nil {
		t.Fatal(err)
	}
}
