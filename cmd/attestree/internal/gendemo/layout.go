package main

import (
	"encoding/json"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

const (
	typeLayer = "application/vnd.oci.image.layer.v1.tar"
	refName   = "org.opencontainers.image.ref.name"
)

// layout is an OCI image layout in memory: blobs by hex digest, and the list in index.json.
type layout struct {
	blobs map[string][]byte
	list  []oci.Descriptor
}

func newLayout() *layout { return &layout{blobs: map[string][]byte{}} }

// put stores a blob.
func (l *layout) put(mediaType string, content []byte) oci.Descriptor {
	d := oci.Describe(mediaType, content)
	l.blobs[d.Hex()] = content
	return d
}

// manifest stores a manifest, indented as registries often have them.
func (l *layout) manifest(m oci.Manifest) oci.Descriptor {
	m.SchemaVersion = 2
	if m.MediaType == "" {
		m.MediaType = oci.TypeManifest
	}
	return l.put(m.MediaType, must(json.MarshalIndent(m, "", "  ")))
}

// empty stores the config that stands for no config (image-spec, manifest.md, "Guidance for an Empty Descriptor").
func (l *layout) empty() *oci.Descriptor {
	d := l.put(oci.TypeEmpty, []byte("{}"))
	return &d
}

// files are the layout's files by path.
func (l *layout) files() map[string][]byte {
	out := map[string][]byte{
		"oci-layout": []byte(`{"imageLayoutVersion":"1.0.0"}` + "\n"),
		"index.json": append(must(json.MarshalIndent(oci.Manifest{
			SchemaVersion: 2, MediaType: oci.TypeIndex, Manifests: l.list,
		}, "", "  ")), '\n'),
	}
	for digest, content := range l.blobs {
		out["blobs/sha256/"+digest] = content
	}
	return out
}

// named is a descriptor as listed under a tag.
func named(d oci.Descriptor, tag string) oci.Descriptor {
	d.Annotations = map[string]string{refName: tag}
	return d
}
