package model

// Kind is what a node is, in the words of the JSON contract.
type Kind string

// The kinds. Values may be added, never changed.
const (
	KindIndex               Kind = "index"
	KindImage               Kind = "image"
	KindAttestationManifest Kind = "attestation-manifest"
	KindSignature           Kind = "signature"
	KindAttestation         Kind = "attestation"
	KindSBOM                Kind = "sbom"
	KindArtifact            Kind = "artifact"
	// Sources that are files and not images.
	KindBundle    Kind = "bundle"
	KindEnvelope  Kind = "envelope"
	KindStatement Kind = "statement"
	KindFile      Kind = "file" // the root of several bundles or envelopes in one file
	// A package that is inside an image, or was asked for.
	KindPackage     Kind = "package"      // one version of it
	KindPackageFile Kind = "package-file" // what is downloaded: a tarball, a wheel
)

// Format is how a node's bytes are to be read. It is decided from manifests and bytes, never from an index entry.
type Format string

// The formats.
const (
	FormatNone          Format = ""                // an index or image: there is no payload
	FormatSimpleSigning Format = "simple-signing"  // cosign .sig layer: payload in the blob, signature in annotations
	FormatDSSE          Format = "dsse"            // DSSE envelope; cosign .att annotations beside it, or none
	FormatBundle        Format = "sigstore-bundle" // application/vnd.dev.sigstore.bundle…
	FormatStatement     Format = "statement"       // a bare in-toto statement: nobody signed it
	FormatNotationJWS   Format = "notation-jws"
	FormatNotationCOSE  Format = "notation-cose"
	FormatDocument      Format = "document" // a raw SBOM, scan report, …: nobody signed it
	FormatOpaque        Format = "opaque"   // anything else

	// FormatRegistrySignature is an npm registry's signature, see RegistrySignature.
	FormatRegistrySignature Format = "registry-signature"
)

// Signed reports whether bytes of this format carry (or ought to carry) a signature of their own.
func (f Format) Signed() bool {
	switch f {
	case FormatSimpleSigning, FormatDSSE, FormatBundle, FormatNotationJWS, FormatNotationCOSE, FormatRegistrySignature:
		return true
	case FormatNone, FormatStatement, FormatDocument, FormatOpaque:
	}
	return false
}

// Found is one way in which a node was reached.
type Found string

// The ways. Values may be added, never changed.
const (
	FoundRoot         Found = "root"
	FoundIndexChild   Found = "index-child"
	FoundCosignTag    Found = "cosign-tag"
	FoundReferrersAPI Found = "referrers-api"
	FoundReferrersTag Found = "referrers-tag"
	FoundBuildKit     Found = "buildkit"
	FoundGitHub       Found = "github-api"
	FoundFile         Found = "file"
	// FoundPackageRegistry is an answer of npm's or Python's registry.
	FoundPackageRegistry Found = "package-registry"
)

// Descriptor is an OCI content descriptor (image-spec, descriptor.md), with the platform flattened to "os/arch[/variant]".
type Descriptor struct {
	MediaType    string
	Digest       Digest
	Size         int64 // bytes
	ArtifactType string
	Annotations  map[string]string
	Platform     string
}

// Node is one thing in the tree: the image itself, a platform of it, or something attached. Every field is what was
// read; nothing in it is proven except that Digest was compared with the bytes (see BlobLoaded).
type Node struct {
	ID     string // manifest digest, or "<manifest digest>#<layer index>"; unique in one tree
	Parent string // ID of the node that this one hangs on; "" for the root
	Kind   Kind   // provisional until the blob is opened: a bundle may be a signature or an attestation
	Format Format

	Digest       Digest // of the manifest; for a layer node, of the layer
	Size         int64  // bytes, of what Digest names
	MediaType    string // of what Digest names
	ArtifactType string // as the manifest says (artifactType, else config media type)
	Platform     string // "os/arch[/variant]", for children of an index
	Manifest     Digest // for layer nodes: the manifest that lists the layer

	// Subject is the digest that this node is attached to, hence what its payload ought to be about: the digest under
	// which it was looked up, or, for BuildKit's statements, the platform that their manifest describes.
	Subject Digest
	// DeclaredSubject is the manifest's own subject field, "" if it has none. Where it differs from Subject, somebody
	// listed the manifest under a digest that it does not name.
	DeclaredSubject Digest
	// Within lists the manifests and indexes that contain this node by a hash-checked descriptor, nearest first.
	// Coverage flows down this path, and no other.
	Within []Digest

	// Blob describes the payload: the layer that holds an envelope, bundle, statement or document. Its zero value means
	// that there is no single payload.
	Blob        Descriptor
	Annotations map[string]string // of the manifest
	Layers      []Descriptor      // of an artifact, as its manifest lists them
	Name        string            // a file name or tag that helps to recognise the node; untrusted
	// Tag is the tag through which it was found, "" if by digest.
	Tag string

	Found []Found
	// Raw is the manifest's bytes; nil for a node that has none (files) or whose manifest could not be had.
	Raw []byte
	// Package is the package version that the node is, or is part of, or is about; nil for everything else.
	Package *Package
	// SubjectName is the name that a subject of its statement must have beside the digest, "" for any.
	SubjectName string
	// Publisher is who published what this node is about, as the registry says.
	Publisher Publisher
	// Unavailable says why the manifest could not be had, "" if it could.
	Unavailable string
}

// Layered reports whether the node is one layer of a manifest rather than a manifest.
func (n Node) Layered() bool { return n.Manifest != "" }
