package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// maxLayers is how many layers of one manifest become nodes, the number that cosign reads too. What is beyond is one
// node that says so.
const maxLayers = 1000

// Attached is a manifest that was found on a subject, with how it was found.
type Attached struct {
	Digest   Digest
	Raw      []byte
	Manifest Manifest
	Subject  Digest // under which it was looked up, or the platform that a BuildKit manifest describes
	Parent   string // ID of the node to hang it on
	Found    []Found
	Tag      string
	Within   []Digest // indexes that contain this manifest, nearest first
}

// Recognize says what an attached manifest is, by what the manifest says of itself: one node per layer for cosign's
// legacy manifests and BuildKit's attestation manifests, one node for everything else. It never believes an index
// entry, nor the tag under which the manifest was found, but to call something a signature that it cannot read. There is
// always at least one node, and no layer is dropped.
func Recognize(a Attached) []Node {
	if !layered(a.Manifest) {
		return []Node{whole(a)}
	}
	layers := a.Manifest.Layers
	nodes := make([]Node, 0, min(len(layers), maxLayers+1))
	for i := range layers[:min(len(layers), maxLayers)] {
		nodes = append(nodes, layerNode(a, i))
	}
	if beyond := len(layers) - maxLayers; beyond > 0 {
		rest := layerNode(a, maxLayers)
		rest.Unavailable = fmt.Sprintf("the manifest has %d layers: those after the first %d are not read", len(layers), maxLayers)
		nodes = append(nodes, rest)
	}
	return nodes
}

// Holder is the node of the attached manifest itself, for a manifest whose layers are nodes of their own (Recognize
// gave layered nodes): shown only when something is attached to it. For any other manifest it is its only node.
func Holder(a Attached) Node {
	if !layered(a.Manifest) {
		return whole(a)
	}
	n := manifestNode(a)
	n.Kind, n.Format = KindArtifact, FormatNone
	if buildKit(a.Manifest) {
		n.Kind = KindAttestationManifest
	}
	return n
}

// layered reports whether each layer of a manifest is a node of its own: it is in the style of cosign's .sig, .att or
// .sbom tags, or of BuildKit, or it holds several signed things where their producers put one.
func layered(m Manifest) bool {
	if m.Index || len(m.Layers) == 0 {
		return false
	}
	if buildKit(m) || bareType(m.EffectiveType()) == mediaTypeCosignSBOM {
		return true
	}
	attested, documents := 0, 0
	for _, layer := range m.Layers {
		switch kind, format := layerShape(layer.MediaType); {
		case format == FormatSimpleSigning, format == FormatOpaque && annotatedAsSigned(layer) && !notation(m):
			return true
		case format == FormatDSSE && bareType(layer.MediaType) == mediaTypeDSSE:
			return true
		case kind == KindAttestation:
			attested++
		case kind == KindSBOM:
			documents++
		}
	}
	if len(m.Layers) > 1 && (attested > 0 || documents == len(m.Layers)) {
		return true
	}
	// cosign attach sbom and ko write a bare image manifest around the SBOM; everybody else names an artifact type.
	return documents == len(m.Layers) && imageStyle(m)
}

// annotatedAsSigned reports whether a layer has the annotation that holds a signature of its bytes. cosign reads it
// whatever type the layer has: it must not look like nothing here.
func annotatedAsSigned(layer Descriptor) bool { return layer.Annotations[signatureAnnotation] != "" }

// buildKit reports whether a manifest is a BuildKit attestation manifest: by its artifact type since BuildKit 0.32,
// before that an image manifest whose layers are statements (BuildKit docs/attestations/attestation-storage.md).
func buildKit(m Manifest) bool {
	if bareType(m.ArtifactType) == mediaTypeDockerAttest {
		return true
	}
	return imageStyle(m) && slices.ContainsFunc(m.Layers, func(layer Descriptor) bool {
		return statementType(layer.MediaType) || (dsseType(layer.MediaType) && bareType(layer.MediaType) != mediaTypeDSSE)
	})
}

// imageStyle reports whether a manifest looks like an image's: no artifact type, and an image's config or none to speak
// of.
func imageStyle(m Manifest) bool {
	if m.ArtifactType != "" {
		return false
	}
	switch bareType(m.EffectiveType()) {
	case "", mediaTypeOCIImage, mediaTypeDockerImage:
		return true
	}
	return false
}

// manifestNode fills in what holds for every node that stands for a whole manifest.
func manifestNode(a Attached) Node {
	m := a.Manifest
	mediaType := m.MediaType
	if mediaType == "" && m.Index {
		mediaType = MediaTypeOCIIndex
	} else if mediaType == "" {
		mediaType = MediaTypeOCIManifest
	}
	n := Node{
		ID: string(a.Digest), Parent: a.Parent, Digest: a.Digest, Size: int64(len(a.Raw)), MediaType: mediaType,
		ArtifactType: m.EffectiveType(), Subject: a.Subject, Within: slices.Clone(a.Within),
		Annotations: m.Annotations, Layers: m.Layers, Tag: a.Tag, Found: slices.Clone(a.Found), Raw: a.Raw,
	}
	if m.Index {
		n.Layers = m.Manifests
	}
	if m.Subject != nil {
		n.DeclaredSubject = m.Subject.Digest
	}
	n.Name = fileName(n.Layers)
	return n
}

// fileName is the name that a single layer gives itself (image-spec, annotations.md).
func fileName(layers []Descriptor) string {
	if len(layers) == 1 {
		return layers[0].Annotations["org.opencontainers.image.title"]
	}
	return ""
}

// whole is the one node of a manifest that is a node itself.
func whole(a Attached) Node {
	n := manifestNode(a)
	n.Kind, n.Format = wholeShape(a.Manifest)
	if a.Manifest.Index && strings.HasSuffix(a.Tag, ".sig") {
		// cosign looks for a signature in such an index, so that it is not said that there is none.
		n.Kind = KindSignature
	}
	if !a.Manifest.Index && len(a.Manifest.Layers) == 1 {
		n.Blob = a.Manifest.Layers[0]
	}
	return n
}

// wholeShape says what a manifest is from its single layer's type and its own, the layer's first where that names
// something signed: an artifact type is free text.
func wholeShape(m Manifest) (Kind, Format) {
	if m.Index {
		return KindArtifact, FormatOpaque
	}
	manifestType, layerType := m.EffectiveType(), ""
	if len(m.Layers) == 1 {
		layerType = m.Layers[0].MediaType
	}
	kind, format := layerShape(layerType)
	switch {
	case notation(m):
		return KindSignature, notationFormat(layerType)
	case bundleType(layerType), len(m.Layers) == 1 && format == FormatOpaque && bundleType(manifestType):
		return bundleKind(m), FormatBundle
	case kind == KindAttestation:
		return kind, format
	case len(m.Layers) == 1 && statementType(manifestType):
		return KindAttestation, FormatStatement
	case len(m.Layers) == 1 && dsseType(manifestType):
		return KindAttestation, FormatDSSE
	case len(m.Layers) == 1 && sbomType(manifestType):
		return KindSBOM, FormatDocument
	case len(m.Layers) == 1 && documentType(manifestType):
		return KindArtifact, FormatDocument
	}
	return kind, format
}

// notation reports whether a manifest is a notation signature; its type stands in artifactType or, in old ones, in the
// config (notaryproject signature-specification, "Storage").
func notation(m Manifest) bool {
	return bareType(m.ArtifactType) == mediaTypeNotation ||
		(m.Config != nil && bareType(m.Config.MediaType) == mediaTypeNotation)
}

func notationFormat(layerType string) Format {
	switch bareType(layerType) {
	case mediaTypeJWS:
		return FormatNotationJWS
	case mediaTypeCOSE:
		return FormatNotationCOSE
	}
	return FormatOpaque
}

// bundleKind is what a bundle's manifest says is in it; the bundle itself decides when it is opened.
func bundleKind(m Manifest) Kind {
	if m.Annotations[annotationBundleType] == predicateCosignSign ||
		m.Annotations[annotationBundleContent] == bundleMessageSignature {
		return KindSignature
	}
	return KindAttestation
}

// layerNode is the node of one layer.
func layerNode(a Attached, i int) Node {
	layer := a.Manifest.Layers[i]
	n := manifestNode(a)
	n.ID = string(a.Digest) + "#" + strconv.Itoa(i)
	n.Kind, n.Format = layerShape(layer.MediaType)
	switch {
	case n.Format != FormatOpaque:
	case annotatedAsSigned(layer):
		n.Kind, n.Format = KindSignature, FormatSimpleSigning
	case bareType(a.Manifest.EffectiveType()) == mediaTypeCosignSBOM:
		n.Kind, n.Format = KindSBOM, FormatDocument
	}
	n.Manifest, n.Digest, n.Size, n.MediaType = a.Digest, layer.Digest, layer.Size, layer.MediaType
	n.Blob, n.Layers = layer, nil
	n.Name = fileName([]Descriptor{layer})
	n.Within = append([]Digest{a.Digest}, a.Within...)
	n.Annotations = make(map[string]string, len(a.Manifest.Annotations)+len(layer.Annotations))
	maps.Copy(n.Annotations, a.Manifest.Annotations)
	maps.Copy(n.Annotations, layer.Annotations)
	return n
}
