package model

import "strings"

// Media types by which attachments are recognised. Producers are named where a type is theirs alone.
const (
	mediaTypeSimpleSigning  = "application/vnd.dev.cosign.simplesigning.v1+json"    // cosign .sig
	mediaTypeDSSE           = "application/vnd.dsse.envelope.v1+json"               // cosign .att
	mediaTypeInToto         = "application/vnd.in-toto+json"                        // BuildKit, Docker Hardened Images
	mediaTypeDockerAttest   = "application/vnd.docker.attestation.manifest.v1+json" // BuildKit >= 0.32
	mediaTypeNotation       = "application/vnd.cncf.notary.signature"               // notation, artifactType or config
	mediaTypeJWS            = "application/jose+json"                               // notation
	mediaTypeCOSE           = "application/cose"                                    // notation
	mediaTypeCosignSBOM     = "application/vnd.dev.cosign.artifact.sbom.v1+json"    // cosign v2 OCI 1.1 experimental
	mediaTypeBundlePrefix   = "application/vnd.dev.sigstore.bundle"                 // protobuf-specs, any version
	mediaTypeInTotoPrefix   = "application/vnd.in-toto."                            // in-toto attestation spec, envelope.md
	mediaTypeDockerImage    = "application/vnd.docker.container.image.v1+json"      // config of an image
	mediaTypeOCIImage       = "application/vnd.oci.image.config.v1+json"            // config of an image
	annotationBundleType    = "dev.sigstore.bundle.predicateType"                   // cosign v3, actions/attest
	annotationBundleContent = "dev.sigstore.bundle.content"                         // cosign v3, actions/attest
	predicateCosignSign     = "https://sigstore.dev/cosign/sign/v1"                 // cosign v3 signatures
	bundleMessageSignature  = "message-signature"                                   // value of annotationBundleContent
)

// sbomMediaTypes are the types of raw SBOMs (cosign attach sbom, ko, oras, Ratify, Harbor).
var sbomMediaTypes = map[string]bool{
	"text/spdx": true, "text/spdx+json": true, "text/spdx+xml": true,
	"application/spdx": true, "application/spdx+json": true, "application/spdx+xml": true,
	"application/vnd.cyclonedx": true, "application/vnd.cyclonedx+json": true, "application/vnd.cyclonedx+xml": true,
	"application/vnd.syft+json":               true,
	"application/vnd.ratify.spdx.v0":          true,
	"application/vnd.goharbor.harbor.sbom.v1": true,
}

// documentMediaTypes are the types of other raw documents that a decoder exists for.
var documentMediaTypes = map[string]bool{
	"application/sarif+json": true, "application/vnd.aquasecurity.trivy.report.sarif.v1": true,
	"application/openvex+json": true, "application/vnd.openvex+json": true, "application/csaf+json": true,
	"application/vnd.openvex.v0+json": true, "application/vnd.csaf+json": true,
}

// bareType is a media type in lower case without parameters (RFC 9110 section 8.3.1).
func bareType(mediaType string) string {
	bare, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(bare))
}

// bundleType reports whether a media type is that of a Sigstore bundle of any version: "…bundle+json;version=0.1" to
// "…bundle.v0.3+json" (protobuf-specs, sigstore_bundle.proto).
func bundleType(mediaType string) bool {
	rest, found := strings.CutPrefix(bareType(mediaType), mediaTypeBundlePrefix)
	return found && (rest == "+json" || (strings.HasPrefix(rest, ".v") && strings.HasSuffix(rest, "+json")))
}

// dsseType reports whether a media type is that of a DSSE envelope: cosign's, or docker/attest's "…+dsse".
func dsseType(mediaType string) bool {
	bare := bareType(mediaType)
	return bare == mediaTypeDSSE ||
		(strings.HasPrefix(bare, mediaTypeInTotoPrefix) && strings.HasSuffix(bare, "+dsse"))
}

// statementType reports whether a media type is that of an in-toto statement (in-toto attestation spec, envelope.md).
func statementType(mediaType string) bool {
	bare := bareType(mediaType)
	return bare == mediaTypeInToto ||
		(strings.HasPrefix(bare, mediaTypeInTotoPrefix) && strings.HasSuffix(bare, "+json"))
}

func sbomType(mediaType string) bool { return sbomMediaTypes[bareType(mediaType)] }

func documentType(mediaType string) bool { return documentMediaTypes[bareType(mediaType)] }

// layerShape is what a layer's own media type says it is. It is opaque for types that mean something only together
// with the manifest's (notation's JWS and COSE).
func layerShape(mediaType string) (Kind, Format) {
	switch {
	case bareType(mediaType) == mediaTypeSimpleSigning:
		return KindSignature, FormatSimpleSigning
	case dsseType(mediaType):
		return KindAttestation, FormatDSSE
	case bundleType(mediaType):
		return KindAttestation, FormatBundle
	case statementType(mediaType):
		return KindAttestation, FormatStatement
	case sbomType(mediaType):
		return KindSBOM, FormatDocument
	case documentType(mediaType):
		return KindArtifact, FormatDocument
	}
	return KindArtifact, FormatOpaque
}
