package registry

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// imageWith is an image with one artifact attached.
func imageWith(t *testing.T) (r *registrytest.Registry, image, artifact model.Descriptor, payload model.Digest) {
	t.Helper()
	r = registrytest.New(t, registrytest.Config{})
	image = r.Image(t, "x", "1", "image")
	content := []byte(`{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}`)
	artifact = r.Attach(t, "x", "", image, registrytest.BundleType, content)
	return r, image, artifact, model.DigestOf(content)
}

func TestAPayloadThatIsNotWhatTheManifestNamesIsTampered(t *testing.T) {
	cases := map[string]struct {
		spoil    func(r *registrytest.Registry, payload model.Digest)
		tampered bool
		problem  string
	}{
		"other bytes of the same length": {func(r *registrytest.Registry, _ model.Digest) {
			r.Fail(registrytest.Fault{Path: "/blobs/", Flip: true})
		}, true, "altered"},
		"more bytes": {func(r *registrytest.Registry, d model.Digest) {
			r.Replace("x", d, append(r.Bytes("x", d), '!'))
		}, true, "more came"},
		"fewer bytes": {func(r *registrytest.Registry, d model.Digest) {
			r.Replace("x", d, r.Bytes("x", d)[:5])
		}, true, "5 came"},
		"a body that breaks off": {func(r *registrytest.Registry, _ model.Digest) {
			r.Fail(registrytest.Fault{Path: "/blobs/", Cut: true})
		}, false, "cut short"},
		"nothing": {func(r *registrytest.Registry, d model.Digest) { r.Remove("x", d) }, false, "404"},
		"denied": {func(r *registrytest.Registry, _ model.Digest) {
			r.Fail(registrytest.Fault{Path: "/blobs/", Status: 403})
		}, false, "denied"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _, artifact, payload := imageWith(t)
			c.spoil(r, payload)
			e := mustDiscover(t, r.Host()+"/x:1", quick()).Entry(string(artifact.Digest))
			if e == nil {
				t.Fatal("the artifact is not in the tree")
			}
			want := model.BlobMissing
			if c.tampered {
				want = model.BlobTampered
			}
			if e.BlobState != want || e.Blob != nil || !strings.Contains(e.BlobProblem, c.problem) {
				t.Errorf("state %v, %d bytes, problem %q; want state %v because of %q", e.BlobState, len(e.Blob), e.BlobProblem, want, c.problem)
			}
		})
	}
}

func TestAnAttachedManifestThatCannotBeHadIsANodeThatSaysSo(t *testing.T) {
	cases := map[string]struct {
		spoil   func(r *registrytest.Registry, manifest model.Digest)
		state   model.BlobState
		problem string
	}{
		"altered": {func(r *registrytest.Registry, d model.Digest) {
			r.Replace("x", d, append(r.Bytes("x", d), ' '))
		}, model.BlobTampered, "altered"},
		"gone": {func(r *registrytest.Registry, d model.Digest) {
			r.Fail(registrytest.Fault{Path: "manifests/" + string(d), Status: 404})
		}, model.BlobSkipped, "404"},
		"denied": {func(r *registrytest.Registry, d model.Digest) {
			r.Fail(registrytest.Fault{Path: "manifests/" + string(d), Status: 401})
		}, model.BlobSkipped, "denied"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, image, artifact, _ := imageWith(t)
			c.spoil(r, artifact.Digest)
			e := mustDiscover(t, r.Host()+"/x:1", quick()).Entry(string(artifact.Digest))
			if e == nil || e.Node.Subject != image.Digest || e.BlobState != c.state || !strings.Contains(e.Node.Unavailable, c.problem) {
				t.Errorf("%+v, want a node that is unavailable because of %q", e, c.problem)
			}
		})
	}
}

func TestAChildOfAnIndexThatIsAlteredIsTampered(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	a, b := r.Image(t, "x", "", "a"), r.Image(t, "x", "", "b")
	r.Index(t, "x", "1", []model.Descriptor{a, b}, "linux/amd64", "linux/arm64")
	r.Fail(registrytest.Fault{Path: "manifests/" + string(b.Digest), Flip: true})
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	if e := tree.Entry(string(b.Digest)); e == nil || e.BlobState != model.BlobTampered || e.Node.Platform != "linux/arm64" || e.Node.Raw != nil {
		t.Errorf("%+v, want a tampered child", e)
	}
	if e := tree.Entry(string(a.Digest)); e == nil || e.Node.Unavailable != "" {
		t.Errorf("%+v, want the other child unharmed", e)
	}
}

func TestARootThatIsNotWhatItsDigestSaysIsAnError(t *testing.T) {
	r, image, _, _ := imageWith(t)
	r.Replace("x", image.Digest, append(r.Bytes("x", image.Digest), ' '))
	_, err := discovered(t, r.Host()+"/x@"+string(image.Digest), quick())
	checkKind(t, err, KindTampered)
}

func TestPayloadsAreBounded(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	big := r.Attach(t, "x", "", image, registrytest.BundleType, make([]byte, 5000))
	opaque := r.Attach(t, "x", "", image, "application/x-test", make([]byte, 2000))
	small := r.Attach(t, "x", "", image, registrytest.BundleType, make([]byte, 10))
	opts := quick()
	opts.Limits.Blob, opts.Limits.Opaque = 4000, 1000
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	if e := tree.Entry(string(big.Digest)); e.BlobState != model.BlobMissing || !strings.Contains(e.BlobProblem, "too large") {
		t.Errorf("big: %v %q", e.BlobState, e.BlobProblem)
	}
	if e := tree.Entry(string(opaque.Digest)); e.BlobState != model.BlobSkipped {
		t.Errorf("opaque: %v %q", e.BlobState, e.BlobProblem)
	}
	if e := tree.Entry(string(small.Digest)); e.BlobState != model.BlobLoadedOK {
		t.Errorf("small: %v %q", e.BlobState, e.BlobProblem)
	}
	for _, request := range r.Requests() {
		if strings.Contains(request.Path, string(big.Digest)) && strings.Contains(request.Path, "blobs") {
			t.Errorf("asked for a payload that is too large: %s", request.Path)
		}
	}
	opts = quick()
	opts.Limits.Memory = 5500
	tree = mustDiscover(t, r.Host()+"/x:1", opts)
	if held := heldBytes(tree); held > 5500 {
		t.Errorf("%d bytes are held, and 5500 are the limit", held)
	}
}

func heldBytes(tree *model.Tree) int {
	total := 0
	tree.Walk(func(e *model.Entry) { total += len(e.Blob) + len(e.Node.Raw) })
	return total
}
