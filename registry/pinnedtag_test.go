package registry

import (
	"net/http"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestATagBesideADigestIsWatchedAndDecidesNothing(t *testing.T) {
	t.Parallel()
	const silent = ""
	for name, c := range map[string]struct {
		change  func(*registrytest.Registry, testing.TB)
		without bool
		want    string
		weight  model.Severity
	}{
		"it names the digest":         {func(*registrytest.Registry, testing.TB) {}, false, silent, ""},
		"it names another":            {func(r *registrytest.Registry, t testing.TB) { r.Image(t, "x", "1", "newer") }, false, "names sha256:", model.SeverityWarning},
		"it names another, unwatched": {func(r *registrytest.Registry, t testing.TB) { r.Image(t, "x", "1", "newer") }, true, silent, ""},
		"it is gone": {func(r *registrytest.Registry, _ testing.TB) {
			r.Fail(registrytest.Fault{Path: "manifests/1$", Status: http.StatusNotFound})
		}, false, "not there any more", model.SeverityWarning},
		"nobody may ask what it names": {func(r *registrytest.Registry, _ testing.TB) {
			r.Fail(registrytest.Fault{Path: "manifests/1$", Status: http.StatusForbidden})
		}, false, "could not be asked", model.SeverityInfo},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			image := r.Image(t, "x", "1", "older")
			c.change(r, t)
			opts := quick()
			opts.WatchTag = !c.without
			tree := mustDiscover(t, "registry:"+r.Host()+"/x:1@"+string(image.Digest), opts)
			var told []model.Finding
			for _, n := range tree.Notes {
				if n.ID == "tag-moved" {
					told = append(told, n)
				}
			}
			if tree.Root().Node.Digest != image.Digest {
				t.Errorf("what is looked at is %s", tree.Root().Node.Digest)
			}
			if c.want == silent && len(told) > 0 || c.want != silent && (len(told) != 1 || !strings.Contains(told[0].Message, c.want) || told[0].Severity != c.weight) {
				t.Errorf("%v", told)
			}
		})
	}
}
