package lesson

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Form is a way in which things are stored and signed.
type Form struct {
	ID     FormID
	Name   string
	Stored string // where the bytes are, and how they are found
	Signed string // which bytes a signature is over, "" where there is none
	Links  []Link
}

// FormID names a form.
type FormID string

// The forms.
const (
	FormManifest     FormID = "manifest"
	FormSimple       FormID = "cosign-sig"
	FormDSSETag      FormID = "cosign-att"
	FormDSSE         FormID = "dsse"
	FormBundle       FormID = "bundle-referrer"
	FormBundleFile   FormID = "bundle-file"
	FormBuildKit     FormID = "buildkit"
	FormStatement    FormID = "statement"
	FormDocument     FormID = "document"
	FormNotationJWS  FormID = "notation-jws"
	FormNotationCOSE FormID = "notation-cose"
	FormRegistry     FormID = "registry"
)

// formOf is how a node is stored.
func formOf(e *model.Entry) Form { return forms[formID(e.Node)].with(formID(e.Node)) }

func (f Form) with(id FormID) Form {
	f.ID = id
	return f
}

func formID(n model.Node) FormID {
	switch n.Format {
	case model.FormatNone:
		return FormManifest
	case model.FormatSimpleSigning:
		return FormSimple
	case model.FormatDSSE:
		if slices.Contains(n.Found, model.FoundCosignTag) {
			return FormDSSETag
		}
		return FormDSSE
	case model.FormatBundle:
		if n.Raw == nil {
			return FormBundleFile
		}
		return FormBundle
	case model.FormatStatement:
		if n.Layered() && slices.Contains(n.Found, model.FoundBuildKit) {
			return FormBuildKit
		}
		return FormStatement
	case model.FormatNotationJWS:
		return FormNotationJWS
	case model.FormatNotationCOSE:
		return FormNotationCOSE
	case model.FormatRegistrySignature:
		return FormRegistry
	case model.FormatDocument, model.FormatOpaque:
	}
	return FormDocument
}

// paeText says what DSSE signs.
const paeText = "Not the payload alone: the pre-authentication encoding (PAE), which is the word DSSEv1, then length and text of the payload type, " +
	"then length and bytes of the payload. So the type cannot be swapped for another."

var forms = map[FormID]Form{
	FormManifest: {
		Name:   "a manifest",
		Stored: "A JSON document in the registry, kept under its own digest. A tag is a name for that digest, and can be moved to another.",
		Links:  []Link{{"OCI image-spec: descriptors", ociDescriptor}},
	},
	FormSimple: {
		Name: "a layer under cosign's .sig tag",
		Stored: "A manifest under the tag sha256-<digest of the image>.sig. Each layer is one signed document; signature, certificate and log entry " +
			"are annotations of that layer.",
		Signed: "The layer's bytes as they are. The signature in the annotation is base64.",
		Links:  []Link{{"cosign: storage of signatures", cosignStorage}},
	},
	FormDSSETag: {
		Name:   "a layer under cosign's .att tag",
		Stored: "A manifest under the tag sha256-<digest of the image>.att. Each layer is one envelope; certificate and log entry are annotations of that layer.",
		Signed: paeText,
		Links:  []Link{{"cosign: attestations", cosignAttestations}, {"DSSE: protocol", dsseProtocol}},
	},
	FormDSSE: {
		Name:   "a DSSE envelope",
		Stored: "A JSON document with the payload in base64, its type, and the signatures.",
		Signed: paeText,
		Links:  []Link{{"DSSE: envelope", dsseEnvelope}, {"DSSE: protocol", dsseProtocol}},
	},
	FormBundle: {
		Name: "a Sigstore bundle that refers to the image",
		Stored: "A manifest whose subject field names the image, with the bundle as its only layer. Registries list such manifests when asked for " +
			"referrers; older ones keep the list under the tag sha256-<digest>.",
		Signed: paeText,
		Links: []Link{
			{"cosign: bundles in registries", cosignBundles},
			{"OCI distribution-spec: listing referrers", ociReferrers},
			{"DSSE: protocol", dsseProtocol},
		},
	},
	FormBundleFile: {
		Name:   "a Sigstore bundle",
		Stored: "One JSON document, given as a file or by a service: it hangs in no registry.",
		Signed: paeText,
		Links:  []Link{{"Sigstore: bundle format", sigstoreBundle}, {"DSSE: protocol", dsseProtocol}},
	},
	FormBuildKit: {
		Name: "a layer of BuildKit's attestation manifest",
		Stored: "The index lists one more manifest for each platform, marked with the annotation vnd.docker.reference.type: attestation-manifest. " +
			"Each of its layers is a statement, as it is.",
		Links: []Link{{"BuildKit: attestation storage", buildkitStorage}},
	},
	FormStatement: {
		Name:   "a statement without an envelope",
		Stored: "The statement's JSON as it is. There is nothing around it that could hold a signature.",
		Links:  []Link{{"in-toto: statement", intotoStatement}},
	},
	FormDocument: {
		Name:   "a file",
		Stored: "The file's bytes as they are, as a layer of a manifest or by themselves. There is nothing around them that could hold a signature.",
		Links:  []Link{{"OCI image-spec: artifacts", ociArtifacts}},
	},
	FormNotationJWS: {
		Name:   "a JWS envelope that refers to the image",
		Stored: "A manifest whose subject field names the image, with the envelope as its only layer: JSON with payload, protected header and signature, each in base64url.",
		Signed: "The protected header and the payload, both in base64url, with a full stop between them.",
		Links:  []Link{{"Notary Project: JWS envelope", notary + "signature-envelope-jws.md"}},
	},
	FormNotationCOSE: {
		Name:   "a COSE envelope that refers to the image",
		Stored: "A manifest whose subject field names the image, with the envelope as its only layer: a COSE_Sign1 message in CBOR, a binary form of JSON's ideas.",
		Signed: "A CBOR list of the word Signature1, the protected header, nothing, and the payload.",
		Links: []Link{
			{"Notary Project: COSE envelope", notary + "signature-envelope-cose.md"},
			{"RFC 9052: signing process", "https://www.rfc-editor.org/rfc/rfc9052#section-4.4"},
		},
	},
	FormRegistry: {
		Name:   "a line in the registry's answer",
		Stored: "The registry's metadata of the version holds a list of signatures, each with the name of a key.",
		Signed: "The text name@version:integrity, where integrity is the hash of the file.",
		Links:  []Link{{"npm: registry signatures", "https://docs.npmjs.com/about-registry-signatures"}},
	},
}
