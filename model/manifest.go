package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Media types of manifests (OCI image-spec, media-types.md, and Docker's schema 2).
const (
	MediaTypeOCIIndex       = "application/vnd.oci.image.index.v1+json"
	MediaTypeOCIManifest    = "application/vnd.oci.image.manifest.v1+json"
	MediaTypeOCIArtifact    = "application/vnd.oci.artifact.manifest.v1+json"
	MediaTypeORASArtifact   = "application/vnd.cncf.oras.artifact.manifest.v1+json"
	MediaTypeDockerList     = "application/vnd.docker.distribution.manifest.list.v2+json"
	MediaTypeDockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
	MediaTypeOCIEmpty       = "application/vnd.oci.empty.v1+json"
)

// ManifestTypes lists the media types that a client accepts for a manifest.
var ManifestTypes = []string{
	MediaTypeOCIIndex, MediaTypeOCIManifest, MediaTypeDockerList, MediaTypeDockerManifest,
	MediaTypeOCIArtifact, MediaTypeORASArtifact,
}

// Manifest is an image manifest, an index or an old artifact manifest, as read.
type Manifest struct {
	MediaType    string
	ArtifactType string // as declared; see EffectiveType
	Config       *Descriptor
	Layers       []Descriptor // layers, or the blobs of an artifact manifest
	Manifests    []Descriptor // children, when Index
	Subject      *Descriptor
	Annotations  map[string]string
	Index        bool
}

// EffectiveType is the manifest's artifactType, else its config's media type unless that is the empty one
// (distribution-spec, "Listing Referrers").
func (m Manifest) EffectiveType() string {
	if m.ArtifactType != "" {
		return m.ArtifactType
	}
	if m.Config != nil && m.Config.MediaType != MediaTypeOCIEmpty {
		return m.Config.MediaType
	}
	return ""
}

type jsonDescriptor struct {
	MediaType    string            `json:"mediaType"`
	Digest       Digest            `json:"digest"`
	Size         int64             `json:"size"`
	ArtifactType string            `json:"artifactType"`
	Annotations  map[string]string `json:"annotations"`
	Platform     *struct {
		OS           string `json:"os"`
		Architecture string `json:"architecture"`
		Variant      string `json:"variant"`
	} `json:"platform"`
}

func (d *jsonDescriptor) descriptor() *Descriptor {
	if d == nil {
		return nil
	}
	out := &Descriptor{MediaType: d.MediaType, Digest: d.Digest, Size: d.Size, ArtifactType: d.ArtifactType, Annotations: d.Annotations}
	if p := d.Platform; p != nil {
		parts := []string{p.OS, p.Architecture}
		if p.Variant != "" {
			parts = append(parts, p.Variant)
		}
		out.Platform = strings.Join(parts, "/")
	}
	return out
}

func descriptors(in []jsonDescriptor) []Descriptor {
	out := make([]Descriptor, 0, len(in))
	for i := range in {
		out = append(out, *in[i].descriptor())
	}
	return out
}

// manifestKeys are the members of manifests and indexes that say what they are. Parsers disagree about one that is there
// twice.
var manifestKeys = []string{
	"schemaVersion", "mediaType", "artifactType", "config", "layers", "blobs", "manifests", "subject", "annotations",
}

// ParseManifest reads a manifest or index of any of ManifestTypes. What it is follows from its fields and not from the
// media type alone, since registries and old tools leave that out or get it wrong. The error says why raw is neither.
func ParseManifest(raw []byte) (Manifest, error) {
	var j struct {
		SchemaVersion int               `json:"schemaVersion"`
		MediaType     string            `json:"mediaType"`
		ArtifactType  string            `json:"artifactType"`
		Config        *jsonDescriptor   `json:"config"`
		Layers        []jsonDescriptor  `json:"layers"`
		Blobs         []jsonDescriptor  `json:"blobs"`
		Manifests     *[]jsonDescriptor `json:"manifests"`
		Subject       *jsonDescriptor   `json:"subject"`
		Annotations   map[string]string `json:"annotations"`
	}
	if err := json.Unmarshal(raw, &j); err != nil {
		return Manifest{}, fmt.Errorf("parse manifest: %w", JSONProblem(err))
	}
	if _, err := members(raw, manifestKeys...); err != nil {
		return Manifest{}, fmt.Errorf("parse manifest: %w", err)
	}
	if slices.ContainsFunc(slices.Concat(j.Layers, j.Blobs), func(d jsonDescriptor) bool {
		return d.Digest == "" || d.Size < 0
	}) {
		return Manifest{}, errors.New("parse manifest: a layer without a digest, or of negative size")
	}
	if j.SchemaVersion == 1 {
		return Manifest{}, errors.New("parse manifest: Docker schema 1, which has no digests to attach anything to")
	}
	m := Manifest{
		MediaType: j.MediaType, ArtifactType: j.ArtifactType, Config: j.Config.descriptor(),
		Layers: descriptors(append(j.Layers, j.Blobs...)), Subject: j.Subject.descriptor(), Annotations: j.Annotations,
	}
	switch {
	case j.Manifests != nil && j.Config == nil && len(j.Layers) == 0:
		m.Index, m.Manifests = true, descriptors(*j.Manifests)
	case j.Manifests != nil:
		return Manifest{}, errors.New("parse manifest: both an index and a manifest (has manifests and config or layers)")
	case j.Config != nil && j.Config.Digest == "":
		return Manifest{}, errors.New("parse manifest: neither a manifest nor an index (config is no descriptor)")
	case j.Config == nil && j.Blobs == nil && j.ArtifactType == "":
		return Manifest{}, errors.New("parse manifest: neither a manifest nor an index (no config, no manifests)")
	}
	return m, nil
}
