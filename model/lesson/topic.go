package lesson

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Topic is what a page is about.
type Topic string

// The topics.
const (
	TopicIndex               Topic = "index"
	TopicImage               Topic = "image"
	TopicAttestationManifest Topic = "attestation-manifest"
	TopicArtifact            Topic = "artifact"
	TopicSignatureManifest   Topic = "signature-manifest"
	TopicSBOMFile            Topic = "sbom-file"

	TopicSignatureOld      Topic = "cosign-signature-old"
	TopicSignatureNew      Topic = "cosign-signature-new"
	TopicSignatureMessage  Topic = "message-signature"
	TopicSignatureNotation Topic = "notation-signature"
	TopicSignatureRegistry Topic = "registry-signature"
	TopicSignatureUnknown  Topic = "unknown-signature"

	TopicProvenance  Topic = "slsa-provenance"
	TopicBuildKit    Topic = "buildkit-provenance"
	TopicSBOM        Topic = "sbom"
	TopicSCAI        Topic = "scai"
	TopicVuln        Topic = "vuln"
	TopicVEX         Topic = "vex"
	TopicVSA         Topic = "vsa"
	TopicSVR         Topic = "svr"
	TopicTest        Topic = "test-result"
	TopicLink        Topic = "link"
	TopicRelease     Topic = "release"
	TopicReference   Topic = "reference"
	TopicTrace       Topic = "runtime-trace"
	TopicReview      Topic = "human-review"
	TopicPublish     Topic = "publish"
	TopicSource      Topic = "source-provenance"
	TopicCollection  Topic = "witness-collection"
	TopicAttestation Topic = "attestation"

	TopicPackage     Topic = "package"
	TopicPackageFile Topic = "package-file"
	TopicBundle      Topic = "bundle"
	TopicEnvelope    Topic = "envelope"
	TopicStatement   Topic = "statement"
	TopicFile        Topic = "file"
)

// topicOf is what a node is about, as far as its bytes have been read.
func topicOf(e *model.Entry) Topic {
	switch n := e.Node; n.Kind {
	case model.KindIndex:
		return TopicIndex
	case model.KindImage:
		return TopicImage
	case model.KindAttestationManifest:
		return TopicAttestationManifest
	case model.KindPackage:
		return TopicPackage
	case model.KindPackageFile:
		return TopicPackageFile
	case model.KindFile:
		return TopicFile
	case model.KindSignature:
		return signatureTopic(e)
	case model.KindArtifact:
		if holdsLayers(e) {
			return TopicSignatureManifest
		}
	case model.KindSBOM, model.KindAttestation, model.KindBundle, model.KindEnvelope, model.KindStatement:
	}
	return contentTopic(e)
}

// holdsLayers reports whether the layers of a manifest are nodes of their own: it stands for them in the tree.
func holdsLayers(e *model.Entry) bool {
	return slices.ContainsFunc(e.Children, func(id string) bool { return strings.HasPrefix(id, e.Node.ID+"#") })
}

// signatureTopic tells the ways of signing apart.
func signatureTopic(e *model.Entry) Topic {
	switch e.Node.Format {
	case model.FormatSimpleSigning:
		return TopicSignatureOld
	case model.FormatNotationJWS, model.FormatNotationCOSE:
		return TopicSignatureNotation
	case model.FormatRegistrySignature:
		return TopicSignatureRegistry
	case model.FormatBundle, model.FormatDSSE:
		if e.Attestation != nil && e.Attestation.Message {
			return TopicSignatureMessage
		}
		return TopicSignatureNew
	case model.FormatNone, model.FormatStatement, model.FormatDocument, model.FormatOpaque:
	}
	return TopicSignatureUnknown
}

// contentTopic is what something says, else what it is wrapped in.
func contentTopic(e *model.Entry) Topic {
	signed := e.Node.Format.Signed() || e.Node.Format == model.FormatStatement
	switch family := model.EntryFamily(e); family {
	case model.FamilySignature:
		return signatureTopic(e)
	case model.FamilySBOM:
		if !signed {
			return TopicSBOMFile
		}
		return TopicSBOM
	case model.FamilyProvenance:
		if e.Node.Format == model.FormatStatement && e.Node.Layered() {
			return TopicBuildKit
		}
		return TopicProvenance
	case model.FamilySCAI, model.FamilyVuln, model.FamilyVEX, model.FamilyVSA:
		return Topic(family)
	case model.FamilyOther:
	}
	if e.Attestation != nil && e.Attestation.Statement != nil {
		base, _ := model.SplitVersion(e.Attestation.Statement.PredicateType)
		if topic, known := predicateTopics[base]; known {
			return topic
		}
	}
	return kindTopic(e.Node)
}

// kindTopic is what a node is where its content says no more.
func kindTopic(n model.Node) Topic {
	switch n.Kind {
	case model.KindSBOM:
		return TopicSBOMFile
	case model.KindAttestation:
		return TopicAttestation
	case model.KindBundle:
		return TopicBundle
	case model.KindEnvelope:
		return TopicEnvelope
	case model.KindStatement:
		return TopicStatement
	default:
		return TopicArtifact
	}
}

// predicateTopics are the pages of predicate types that are no family, by the type's URI without its version.
var predicateTopics = map[string]Topic{
	"https://in-toto.io/attestation/svr":                              TopicSVR,
	"https://in-toto.io/attestation/test-result":                      TopicTest,
	"https://in-toto.io/attestation/link":                             TopicLink,
	"https://in-toto.io/Link":                                         TopicLink,
	"https://in-toto.io/attestation/release":                          TopicRelease,
	"https://in-toto.io/attestation/reference":                        TopicReference,
	"https://in-toto.io/attestation/runtime-trace":                    TopicTrace,
	"https://in-toto.io/attestation/human-review":                     TopicReview,
	"https://in-toto.io/attestation/human-review/vcs":                 TopicReview,
	"https://in-toto.io/attestation/human-review/crev":                TopicReview,
	"http://in-toto.io/attestation/human-review/vcs":                  TopicReview,
	"http://in-toto.io/attestation/human-review/crev":                 TopicReview,
	"https://github.com/npm/attestation/tree/main/specs/publish":      TopicPublish,
	"https://docs.pypi.org/attestations/publish":                      TopicPublish,
	"https://github.com/slsa-framework/source-tool/source-provenance": TopicSource,
	"https://github.com/slsa-framework/source-tool/tag-provenance":    TopicSource,
	"https://witness.testifysec.com/attestation-collection":           TopicCollection,
}
