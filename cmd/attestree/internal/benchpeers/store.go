package main

import (
	"encoding/json"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// Media types of what is served.
const (
	typeLayer  = "application/vnd.oci.image.layer.v1.tar+gzip"
	typeBundle = "application/vnd.dev.sigstore.bundle.v0.3+json"
)

// store is one repository.
type store struct {
	content   map[string][]byte // by digest
	types     map[string]string // of manifests, by digest
	tags      map[string]string
	referrers map[string][]oci.Descriptor // by the digest that they are attached to
	attached  map[string]bool             // manifests that a tool should find
	order     []string                    // the digests that things are attached to: the index, then its platforms
}

func newStore() *store {
	return &store{
		content: map[string][]byte{}, types: map[string]string{}, tags: map[string]string{},
		referrers: map[string][]oci.Descriptor{}, attached: map[string]bool{},
	}
}

func (s *store) blob(mediaType string, raw []byte) oci.Descriptor {
	d := oci.Describe(mediaType, raw)
	s.content[d.Digest] = raw
	return d
}

func (s *store) manifest(m oci.Manifest) oci.Descriptor {
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
		s.tags["sha256-"+subject[len("sha256:"):]] = s.manifest(oci.Manifest{MediaType: oci.TypeIndex, Manifests: list}).Digest
	}
}
