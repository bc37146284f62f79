// Package oci holds the documents of an image as programs of the work write them: descriptors, manifests and indexes.
//
// It knows their JSON. It must not know where one is stored; and what attestree reads is read by model, which trusts none
// of it.
package oci

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Media types (image-spec, media-types.md).
const (
	TypeIndex    = "application/vnd.oci.image.index.v1+json"
	TypeManifest = "application/vnd.oci.image.manifest.v1+json"
	TypeConfig   = "application/vnd.oci.image.config.v1+json"
	TypeEmpty    = "application/vnd.oci.empty.v1+json"
)

// Descriptor is an OCI content descriptor.
type Descriptor struct {
	MediaType    string            `json:"mediaType"`
	Digest       string            `json:"digest"`
	Size         int               `json:"size"`
	ArtifactType string            `json:"artifactType,omitempty"`
	Annotations  map[string]string `json:"annotations,omitempty"`
	Platform     *Platform         `json:"platform,omitempty"`
}

// Hex is the digest without its algorithm.
func (d Descriptor) Hex() string { return strings.TrimPrefix(d.Digest, "sha256:") }

// Bare is the descriptor with nothing but what identifies.
func (d Descriptor) Bare() *Descriptor {
	return &Descriptor{MediaType: d.MediaType, Digest: d.Digest, Size: d.Size}
}

// Platform is what an image runs on.
type Platform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

// Manifest is an image manifest, an artifact's manifest, or an index.
type Manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Config        *Descriptor       `json:"config,omitempty"`
	Layers        []Descriptor      `json:"layers,omitempty"`
	Manifests     []Descriptor      `json:"manifests,omitzero"` // an index may list nothing
	Subject       *Descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

// Describe is the descriptor of content.
func Describe(mediaType string, content []byte) Descriptor {
	sum := sha256.Sum256(content)
	return Descriptor{MediaType: mediaType, Digest: "sha256:" + hex.EncodeToString(sum[:]), Size: len(content)}
}
