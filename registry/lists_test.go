package registry

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestListsAreBoundedTogetherAndSaySo(t *testing.T) {
	for name, c := range map[string]struct {
		limits func(*Limits)
		detail string
	}{
		"by what they take in memory": {func(l *Limits) { l.Memory = 12 << 10 }, "all lists together"},
		"by how much is attached":     {func(l *Limits) { l.Manifests = 12 }, "left out: too much is attached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			image := r.Image(t, "x", "1", "image")
			for i := range 50 {
				r.Attach(t, "x", "", image, registrytest.BundleType, fmt.Appendf(nil, "%d", i))
			}
			opts := quick()
			c.limits(&opts.Limits)
			tree := mustDiscover(t, r.Host()+"/x:1", opts)
			got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest)
			if got.Status != model.LookupTruncated || !strings.Contains(got.Detail, c.detail) {
				t.Errorf("%+v, want it cut: %s", got, c.detail)
			}
			if shown := len(attached(tree)); shown == 0 || shown > 15 {
				t.Errorf("%d are shown, want the first ones", shown)
			}
		})
	}
}

func TestOfAListOnlyWhatSomethingFollowsFromIsHeld(t *testing.T) {
	digest := model.DigestOf([]byte("x"))
	long := strings.Repeat("x", 1<<20)
	got := slim([]model.Descriptor{
		{MediaType: long, Digest: digest, Size: 7, ArtifactType: long, Annotations: map[string]string{long: long}, Platform: long},
		{Digest: model.Digest(long)},
	})
	if got[0].Digest != digest || got[0].Size != 7 || len(got[0].MediaType) > 200 || got[0].Annotations != nil || got[0].ArtifactType != "" || got[0].Platform != "" {
		t.Errorf("%d bytes of a type, %+v", len(got[0].MediaType), got[0].Annotations)
	}
	if len(got[1].Digest) > 200 || got[1].Digest.Valid() || got[1].Digest == "" {
		t.Errorf("%d bytes of a digest", len(got[1].Digest))
	}
}

func TestIndexesOfManyIndexesEndAtTheLimitOfManifests(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	var indexes []model.Descriptor
	var platforms []string
	for i := range 10 {
		var children []model.Descriptor
		var names []string
		for j := range 20 {
			children = append(children, r.Image(t, "x", "", fmt.Sprint(i, j)))
			names = append(names, fmt.Sprintf("linux/a%d", j))
		}
		indexes = append(indexes, r.Index(t, "x", "", children, names...))
		platforms = append(platforms, fmt.Sprintf("linux/i%d", i))
	}
	r.Index(t, "x", "1", indexes, platforms...)
	opts := quick()
	opts.Limits.Manifests = 50
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	cut := 0
	for _, l := range tree.Lookups {
		if l.Mechanism == model.MechanismIndexChildren && l.Status == model.LookupTruncated {
			cut++
		}
	}
	if cut == 0 || tree.Len() > 60 {
		t.Errorf("%d nodes and %d lists that are cut", tree.Len(), cut)
	}
}
