package registry

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestAChildOfAnotherSizeThanItsIndexSaysIsTampered(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	child := r.Image(t, "x", "", "a")
	child.Size++
	r.Index(t, "x", "1", []model.Descriptor{child}, "linux/amd64")
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	e := tree.Entry(string(child.Digest))
	if e.BlobState != model.BlobTampered || !strings.Contains(e.BlobProblem, "the index says") {
		t.Errorf("payload %v: %q, want tampered", e.BlobState, e.BlobProblem)
	}
}

func TestOneImageForTwoPlatformsIsSaidAndCanBeChosenByEither(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	both := r.Image(t, "x", "", "both")
	other := r.Image(t, "x", "", "other")
	index := r.Index(t, "x", "1", []model.Descriptor{both, both, other}, "linux/amd64", "linux/arm64", "linux/s390x")
	for _, platform := range []string{"", "linux/amd64", "linux/arm64"} {
		opts := quick()
		opts.Platform = platform
		tree := mustDiscover(t, r.Host()+"/x:1", opts)
		if tree.Entry(string(both.Digest)) == nil {
			t.Errorf("platform %q: the image is not there", platform)
		}
		if hidden := tree.Entry(string(other.Digest)) == nil; hidden != (platform != "") {
			t.Errorf("platform %q: the other image is hidden: %v", platform, hidden)
		}
		got := ledger(t, tree, model.MechanismIndexChildren, index.Digest)
		if platform == "" && !strings.Contains(got.Detail, "listed again, for linux/arm64") {
			t.Errorf("nothing is said of the second platform: %+v", got)
		}
	}
}

func TestEntriesWithoutADigestAreNeverCalledAll(t *testing.T) {
	for name, c := range map[string]struct {
		about model.Mechanism
		list  func(*testing.T, *registrytest.Registry, model.Descriptor, []byte) // puts the list where it is found
	}{
		"referrers API": {model.MechanismReferrersAPI, func(_ *testing.T, r *registrytest.Registry, _ model.Descriptor, list []byte) {
			r.Fail(registrytest.Fault{Path: "/referrers/", Times: 1, Status: 200, Body: string(list)})
		}},
		"fallback tag": {model.MechanismReferrersTag, func(_ *testing.T, r *registrytest.Registry, image model.Descriptor, list []byte) {
			r.Manifest("x", tagOf(image.Digest), list)
		}},
		"index": {model.MechanismIndexChildren, func(_ *testing.T, r *registrytest.Registry, _ model.Descriptor, list []byte) {
			r.Manifest("x", "1", list)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			r := registrytest.New(t, registrytest.Config{})
			image := r.Image(t, "x", "1", "image")
			listed := r.Image(t, "x", "", "listed")
			list, err := json.Marshal(map[string]any{
				"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex,
				"manifests": []any{map[string]any{"mediaType": "x"}, registrytest.Descriptor(listed)},
			})
			if err != nil {
				t.Fatal(err)
			}
			c.list(t, r, image, list)
			tree := mustDiscover(t, r.Host()+"/x:1", quick())
			got := ledger(t, tree, c.about, tree.Root().Node.Digest)
			if got.Status != model.LookupTruncated || got.Count != 1 || !strings.Contains(got.Detail, "without a digest") {
				t.Errorf("%+v, want truncated after 1", got)
			}
		})
	}
}
