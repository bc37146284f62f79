package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Media types of what is served.
const (
	typeManifest = "application/vnd.oci.image.manifest.v1+json"
	typeIndex    = "application/vnd.oci.image.index.v1+json"
	typeConfig   = "application/vnd.oci.image.config.v1+json"
	typeLayer    = "application/vnd.oci.image.layer.v1.tar+gzip"
	typeEmpty    = "application/vnd.oci.empty.v1+json"
	typeBundle   = "application/vnd.dev.sigstore.bundle.v0.3+json"
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

type platform struct {
	OS           string `json:"os"`
	Architecture string `json:"architecture"`
}

// manifest is an image manifest or an index.
type manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Config        *descriptor       `json:"config,omitempty"`
	Layers        []descriptor      `json:"layers,omitempty"`
	Manifests     []descriptor      `json:"manifests,omitzero"`
	Subject       *descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

// store is one repository.
type store struct {
	content   map[string][]byte // by digest
	types     map[string]string // of manifests, by digest
	tags      map[string]string
	referrers map[string][]descriptor // by the digest that they are attached to
	attached  map[string]bool         // manifests that a tool should find
	order     []string                // the digests that things are attached to: the index, then its platforms
}

func newStore() *store {
	return &store{
		content: map[string][]byte{}, types: map[string]string{}, tags: map[string]string{},
		referrers: map[string][]descriptor{}, attached: map[string]bool{},
	}
}

func (s *store) blob(mediaType string, raw []byte) descriptor {
	sum := sha256.Sum256(raw)
	d := descriptor{MediaType: mediaType, Digest: "sha256:" + hex.EncodeToString(sum[:]), Size: len(raw)}
	s.content[d.Digest] = raw
	return d
}

func (s *store) manifest(m manifest) descriptor {
	m.SchemaVersion = 2
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers always can be
	}
	d := s.blob(m.MediaType, raw)
	s.types[d.Digest] = m.MediaType
	if m.Subject != nil {
		listed := d
		listed.ArtifactType, listed.Annotations = m.ArtifactType, m.Annotations
		s.referrers[m.Subject.Digest] = append(s.referrers[m.Subject.Digest], listed)
	}
	return d
}

// fallback keeps lists of referrers under tags, for clients of a registry without the API.
func (s *store) fallback() {
	for subject, list := range s.referrers {
		s.tags["sha256-"+subject[len("sha256:"):]] = s.manifest(manifest{MediaType: typeIndex, Manifests: list}).Digest
	}
}
