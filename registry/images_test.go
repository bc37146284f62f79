package registry

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// checkExpected compares a tree with what the tools that made the image attached to it.
func checkExpected(t *testing.T, tree *model.Tree, want expectedImage, via bool) {
	t.Helper()
	if root := tree.Root(); root == nil || root.Node.Digest != want.Digest {
		t.Fatalf("root is %v, want %s", root, want.Digest)
	}
	ids := []string{}
	for _, n := range want.Nodes {
		ids = append(ids, n.ID)
	}
	slices.Sort(ids)
	if diff := cmp.Diff(ids, append([]string{}, attached(tree)...)); diff != "" {
		t.Errorf("attached (-want +got):\n%s", diff)
	}
	for _, n := range want.Nodes {
		e := tree.Entry(n.ID)
		if e == nil {
			continue
		}
		if e.Node.Subject != n.Subject {
			t.Errorf("%s is attached to %s, want %s", n.ID, e.Node.Subject, n.Subject)
		}
		slices.Sort(n.Via)
		if via && !slices.Equal(e.Node.Found, n.Via) {
			t.Errorf("%s was found by %v, want %v", n.ID, e.Node.Found, n.Via)
		}
		if e.BlobState == model.BlobMissing || e.BlobState == model.BlobPending || e.BlobState == model.BlobTampered {
			t.Errorf("%s: payload %v: %s", n.ID, e.BlobState, e.BlobProblem)
		}
		if e.Blob != nil && !e.Node.Blob.Digest.Matches(e.Blob) {
			t.Errorf("%s: payload does not match its digest", n.ID)
		}
	}
	for _, l := range tree.Lookups {
		if l.Status.Incomplete() {
			t.Errorf("look-up %+v", l)
		}
	}
}

func TestRegistriesOfEveryMannerGiveTheSameTree(t *testing.T) {
	manners := map[string]registrytest.Config{
		"a registry that does everything right":           {},
		"a registry with two referrers a page":            {Page: 2},
		"a registry that adds a charset":                  {ContentType: "application/vnd.oci.image.index.v1+json; charset=utf-8"},
		"a registry that calls lists plain JSON":          {ContentType: "application/json"},
		"a registry that misreports every artifact type":  {ListedType: "application/vnd.oci.empty.v1+json"},
		"a registry that wants a token":                   {Token: true},
		"a registry that speaks HTTP/2":                   {TLS: true, Token: true},
		"a registry without a type for lists of anything": {ContentType: "text/plain"},
	}
	for manner, config := range manners {
		t.Run(manner, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, config)
			for _, want := range expectedImages(t) {
				if want.Set != "api" {
					continue
				}
				load(t, r, want.Repository, want.File)
				opts := quick()
				opts.Insecure = config.TLS
				tree := mustDiscover(t, r.Host()+"/"+want.Repository+":"+want.Tag, opts)
				t.Run(want.Repository, func(t *testing.T) { checkExpected(t, tree, want, true) })
				if spoken := map[bool]string{true: "https", false: "http"}[config.TLS]; tree.Scheme != spoken {
					t.Errorf("%s: spoken to by %q, want %s", want.Repository, tree.Scheme, spoken)
				}
			}
		})
	}
}

func TestWithoutTheReferrersAPITheFallbackTagGivesTheTree(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{NoReferrers: true, Token: true})
	for _, want := range expectedImages(t) {
		if want.Set != "noapi" {
			continue
		}
		load(t, r, want.Repository, want.File)
		tree := mustDiscover(t, r.Host()+"/"+want.Repository+":"+want.Tag, quick())
		checkExpected(t, tree, want, true)
		if l := ledger(t, tree, model.MechanismReferrersAPI, want.Digest); l.Status != model.LookupUnsupported {
			t.Errorf("referrers API: %+v, want unsupported", l)
		}
		if l := ledger(t, tree, model.MechanismReferrersTag, want.Digest); l.Status != model.LookupFound || l.Count == 0 {
			t.Errorf("referrers tag: %+v, want found", l)
		}
	}
}

func TestALayoutGivesTheSameTreeAsTheRegistryItCameFrom(t *testing.T) {
	for _, want := range expectedImages(t) {
		t.Run(want.Set+" "+want.Repository+":"+want.Tag, func(t *testing.T) {
			t.Parallel()
			tree := mustDiscoverLayout(t, fixture(t, want.File), want.Tag, quick())
			checkExpected(t, tree, want, false)
		})
	}
}

func TestTheDigestOfAnImageGivesTheSameTreeAsItsTag(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	for _, want := range expectedImages(t) {
		if want.Set != "api" {
			continue
		}
		load(t, r, want.Repository, want.File)
		name := r.Host() + "/" + want.Repository
		tree := mustDiscover(t, name+":nonsense@"+string(want.Digest), quick())
		checkExpected(t, tree, want, true)
		if wantReference := name + "@" + string(want.Digest); tree.Reference != wantReference {
			t.Errorf("resolved to %q, want %q", tree.Reference, wantReference)
		}
	}
}

func TestBuildKitsStatementsHangOnThePlatformThatTheyDescribe(t *testing.T) {
	for _, tag := range []string{"new", "old"} {
		tree := mustDiscoverLayout(t, fixture(t, "buildkit.zip"), tag, quick())
		count := 0
		tree.Walk(func(e *model.Entry) {
			if e.Node.Format != model.FormatStatement {
				return
			}
			count++
			parent := tree.Entry(e.Node.Parent)
			if parent.Node.Kind != model.KindImage || parent.Node.Digest != e.Node.Subject || parent.Node.Platform == "" {
				t.Errorf("%s hangs on %s %s and is about %s", e.Node.ID, parent.Node.Kind, parent.Node.ID, e.Node.Subject)
			}
			if within := []model.Digest{e.Node.Manifest, tree.Root().Node.Digest}; !slices.Equal(e.Node.Within, within) {
				t.Errorf("%s is within %v, want %v", e.Node.ID, e.Node.Within, within)
			}
		})
		if count != 4 {
			t.Errorf("%s: %d statements, want 4", tag, count)
		}
	}
}

func TestPlatformLeavesOutOtherChildrenAndKeepsTheRoot(t *testing.T) {
	opts := quick()
	opts.Platform = "linux/arm64"
	tree := mustDiscoverLayout(t, fixture(t, "buildkit.zip"), "new", opts)
	platforms := []string{}
	statements := 0
	tree.Walk(func(e *model.Entry) {
		if e.Node.Kind == model.KindImage {
			platforms = append(platforms, e.Node.Platform)
		}
		if e.Node.Format == model.FormatStatement {
			statements++
		}
	})
	if tree.Root().Node.Kind != model.KindIndex || !slices.Equal(platforms, []string{"linux/arm64"}) || statements != 2 {
		t.Errorf("root %s, platforms %v, %d statements; want the index, linux/arm64 and 2", tree.Root().Node.Kind, platforms, statements)
	}
}
