package registrytest

import (
	"encoding/json"
	"testing"

	"github.com/attestree/attestree/model"
)

// Media types of images that tests make.
const (
	ConfigType = "application/vnd.oci.image.config.v1+json"
	BundleType = "application/vnd.dev.sigstore.bundle.v0.3+json"
)

// Descriptor is a descriptor as in JSON.
func Descriptor(d model.Descriptor) map[string]any {
	out := map[string]any{"mediaType": d.MediaType, "digest": d.Digest, "size": d.Size}
	if len(d.Annotations) > 0 {
		out["annotations"] = d.Annotations
	}
	if d.ArtifactType != "" {
		out["artifactType"] = d.ArtifactType
	}
	return out
}

// Image keeps an image without layers; two with different labels are different images.
func (r *Registry) Image(tb testing.TB, repository, tag, label string) model.Descriptor {
	tb.Helper()
	config := r.Blob(repository, encode(tb, map[string]any{
		"os": "linux", "architecture": "amd64", "config": map[string]any{"Labels": map[string]string{"test": label}},
	}))
	config.MediaType = ConfigType
	return r.Manifest(repository, tag, encode(tb, map[string]any{
		"schemaVersion": 2, "mediaType": model.MediaTypeOCIManifest, "config": Descriptor(config), "layers": []any{},
	}))
}

// Index keeps an index. Platforms are "os/arch", one for each child, and may be "".
func (r *Registry) Index(tb testing.TB, repository, tag string, children []model.Descriptor, platforms ...string) model.Descriptor {
	tb.Helper()
	list := []any{}
	for i, child := range children {
		entry := Descriptor(child)
		if i < len(platforms) && platforms[i] != "" {
			entry["platform"] = platform(platforms[i])
		}
		list = append(list, entry)
	}
	return r.Manifest(repository, tag, encode(tb, map[string]any{
		"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex, "manifests": list,
	}))
}

// Attach keeps an artifact with one layer that names its subject; without one for a subject without digest. The type is
// the artifact's and its layer's.
func (r *Registry) Attach(tb testing.TB, repository, tag string, subject model.Descriptor, mediaType string, payload []byte) model.Descriptor {
	tb.Helper()
	empty := r.Blob(repository, []byte("{}"))
	empty.MediaType = model.MediaTypeOCIEmpty
	layer := r.Blob(repository, payload)
	layer.MediaType = mediaType
	manifest := map[string]any{
		"schemaVersion": 2, "mediaType": model.MediaTypeOCIManifest, "artifactType": mediaType,
		"config": Descriptor(empty), "layers": []any{Descriptor(layer)},
	}
	if subject.Digest != "" {
		manifest["subject"] = Descriptor(subject)
	}
	return r.Manifest(repository, tag, encode(tb, manifest))
}

func platform(s string) map[string]string {
	for i := range s {
		if s[i] == '/' {
			return map[string]string{"os": s[:i], "architecture": s[i+1:]}
		}
	}
	return map[string]string{"os": s}
}

func encode(tb testing.TB, v any) []byte {
	tb.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}
