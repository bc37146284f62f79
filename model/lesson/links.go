package lesson

// Specifications that several pages name.
const (
	ociIndex        = "https://github.com/opencontainers/image-spec/blob/main/image-index.md"
	ociManifest     = "https://github.com/opencontainers/image-spec/blob/main/manifest.md"
	ociArtifacts    = ociManifest + "#guidelines-for-artifact-usage"
	ociDescriptor   = "https://github.com/opencontainers/image-spec/blob/main/descriptor.md"
	ociDigests      = ociDescriptor + "#digests"
	ociVerification = ociDescriptor + "#verification"
	ociReferrers    = "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers"

	buildkitStorage = "https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md"

	cosignSignatures   = "https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md"
	cosignStorage      = cosignSignatures + "#storage"
	cosignAttestations = "https://github.com/sigstore/cosign/blob/main/specs/ATTESTATION_SPEC.md"
	cosignBundles      = "https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md"

	sigstoreBundle = "https://docs.sigstore.dev/about/bundle/"
	sigstoreClient = "https://github.com/sigstore/architecture-docs/blob/main/client-spec.md"
	fulcioOIDs     = "https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md"

	dsseProtocol = "https://github.com/secure-systems-lab/dsse/blob/master/protocol.md"
	dsseEnvelope = "https://github.com/secure-systems-lab/dsse/blob/master/envelope.md"

	intoto          = "https://github.com/in-toto/attestation/blob/main/"
	intotoStatement = intoto + "spec/v1/statement.md"
	intotoPredicate = intoto + "spec/v1/predicate.md"

	notary          = "https://github.com/notaryproject/specifications/blob/main/specs/"
	notarySignature = notary + "signature-specification.md"
	notaryTrust     = notary + "trust-store-trust-policy.md"

	rfc3161 = "https://www.rfc-editor.org/rfc/rfc3161"
	rfc5280 = "https://www.rfc-editor.org/rfc/rfc5280#section-6"
	rfc6962 = "https://www.rfc-editor.org/rfc/rfc6962#section-3.2"
)
