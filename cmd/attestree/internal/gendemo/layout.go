package main

import (
	"encoding/json"
	"strings"
)

const (
	typeIndex    = "application/vnd.oci.image.index.v1+json"
	typeManifest = "application/vnd.oci.image.manifest.v1+json"
	typeConfig   = "application/vnd.oci.image.config.v1+json"
	typeEmpty    = "application/vnd.oci.empty.v1+json"
	typeLayer    = "application/vnd.oci.image.layer.v1.tar"
	refName      = "org.opencontainers.image.ref.name"
)

// descriptor is an OCI content descriptor.
type descriptor struct {
	MediaType    string            `json:"mediaType"`
	Digest       string            `json:"digest"`
	Size         int               `json:"size"`
	ArtifactType string            `json:"artifactType,omitempty"`
	Annotations  map[string]string `json:"annotations,omitempty"`
	Platform     *platform         `json:"platform,omitempty"`
}

func (d descriptor) hex() string { return strings.TrimPrefix(d.Digest, "sha256:") }

// bare is the descriptor with nothing but what identifies.
func (d descriptor) bare() *descriptor {
	return &descriptor{MediaType: d.MediaType, Digest: d.Digest, Size: d.Size}
}

// named is the descriptor as listed under a tag.
func (d descriptor) named(tag string) descriptor {
	d.Annotations = map[string]string{refName: tag}
	return d
}

type platform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

// manifest is an image manifest, an artifact's manifest, or an index.
type manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Config        *descriptor       `json:"config,omitempty"`
	Layers        []descriptor      `json:"layers,omitempty"`
	Manifests     []descriptor      `json:"manifests,omitempty"`
	Subject       *descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

// layout is an OCI image layout in memory: blobs by hex digest, and the list in index.json.
type layout struct {
	blobs map[string][]byte
	list  []descriptor
}

func newLayout() *layout { return &layout{blobs: map[string][]byte{}} }

// put stores a blob.
func (l *layout) put(mediaType string, content []byte) descriptor {
	d := descriptor{MediaType: mediaType, Digest: "sha256:" + hexSum(content), Size: len(content)}
	l.blobs[d.hex()] = content
	return d
}

// manifest stores a manifest, indented as registries often have them.
func (l *layout) manifest(m manifest) descriptor {
	m.SchemaVersion = 2
	if m.MediaType == "" {
		m.MediaType = typeManifest
	}
	return l.put(m.MediaType, must(json.MarshalIndent(m, "", "  ")))
}

// empty stores the config that stands for no config (image-spec, manifest.md, "Guidance for an Empty Descriptor").
func (l *layout) empty() *descriptor {
	d := l.put(typeEmpty, []byte("{}"))
	return &d
}

// files are the layout's files by path.
func (l *layout) files() map[string][]byte {
	out := map[string][]byte{
		"oci-layout": []byte(`{"imageLayoutVersion":"1.0.0"}` + "\n"),
		"index.json": append(must(json.MarshalIndent(manifest{
			SchemaVersion: 2, MediaType: typeIndex, Manifests: l.list,
		}, "", "  ")), '\n'),
	}
	for digest, content := range l.blobs {
		out["blobs/sha256/"+digest] = content
	}
	return out
}
