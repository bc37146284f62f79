package registry

import (
	"encoding/json"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestASignatureThatIsListedUnderAnotherImageTooIsNotTakenFromItsOwn lists the signature of a platform under the index as
// well, which anybody may who may push. Whichever list comes first, the platform has its signature.
func TestASignatureThatIsListedUnderAnotherImageTooIsNotTakenFromItsOwn(t *testing.T) {
	for name, late := range map[string]int{"at once": -1, "the index's list last": 0, "the platform's list last": 1, "the index itself last": 2} {
		for _, api := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				r := registrytest.New(t, registrytest.Config{NoReferrers: !api})
				a, b := r.Image(t, "x", "", "a"), r.Image(t, "x", "", "b")
				index := r.Index(t, "x", "1", []model.Descriptor{a, b}, "linux/amd64", "linux/arm64")
				signature := r.Attach(t, "x", "", b, "application/vnd.dev.sigstore.bundle.v0.3+json", []byte("{}"))
				list, err := json.Marshal(map[string]any{
					"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex,
					"manifests": []any{map[string]any{"mediaType": signature.MediaType, "digest": signature.Digest, "size": signature.Size}},
				})
				if err != nil {
					t.Fatal(err)
				}
				for n, subject := range []model.Digest{index.Digest, b.Digest} {
					path := "/referrers/" + string(subject)
					if api {
						r.Refer("x", index.Digest, signature.Digest)
					} else {
						r.Manifest("x", tagOf(subject), list)
						path = tagOf(subject) + "$"
					}
					if n == late {
						r.Fail(registrytest.Fault{Path: path, Times: 1, Status: 500})
					}
				}
				if late == 2 {
					r.Fail(registrytest.Fault{Path: "/manifests/" + string(index.Digest) + "$", Times: 1, Status: 500})
				}
				tree := mustDiscover(t, r.Host()+"/x@"+string(index.Digest), quick())
				on := map[model.Digest]int{}
				tree.Walk(func(e *model.Entry) {
					if e.Node.Digest == signature.Digest {
						on[e.Node.Subject]++
					}
				})
				if len(on) != 2 || on[index.Digest] != 1 || on[b.Digest] != 1 {
					t.Errorf("api %v: the signature is on %v, want it once on the index %s and once on the platform %s", api, on, index.Digest, b.Digest)
				}
			})
		}
	}
}
