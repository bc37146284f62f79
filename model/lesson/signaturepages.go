package lesson

// What every good signature proves, and does not.
const (
	provesSigner = "Whoever holds the private key signed this very digest. Who that is stands in the Signer tab."
	notContent   = "That the image is good or safe. A signature says who answers for it, not what is in it."
	notBuilt     = "That the signer built it. For that look at SLSA provenance."
)

var signaturePages = map[Topic]Page{
	TopicSignatureOld: {
		Title: "cosign signature, older form",
		What: "cosign signs a small JSON document that names the image's digest, called simple signing. The document is a layer of a manifest " +
			"under a tag made from the image's digest; the signature itself stands beside it, in an annotation of that layer.",
		Proves: []string{provesSigner},
		Not: []string{
			notContent, notBuilt,
			"The name in docker-reference: it is signed, but cosign does not compare it with where the image was found. Images are mirrored.",
		},
		Links: []Link{
			{"cosign: signature specification", cosignSignatures},
			{"cosign: simple signing", cosignSignatures + "#simple-signing"},
		},
	},
	TopicSignatureNew: {
		Title: "cosign signature, newer form",
		What: "Since version 3 cosign signs an in-toto statement whose predicate type is https://sigstore.dev/cosign/sign/v1. Its subject is the image's " +
			"digest. Signature, certificate and proofs are together in one Sigstore bundle, which names the image as what it refers to.",
		Proves: []string{provesSigner},
		Not:    []string{notContent, notBuilt},
		Links: []Link{
			{"cosign: bundles in registries", cosignBundles},
			{"Sigstore client specification: verification", sigstoreClient + "#4-verification"},
		},
	},
	TopicSignatureMessage: {
		Title: "Signature over bytes, as a Sigstore bundle",
		What: "A bundle that holds a signature over a file's or a manifest's own bytes: there is no statement around them. " +
			"The bundle notes the digest of what was signed.",
		Proves: []string{"Whoever holds the private key signed exactly the bytes with this digest."},
		Not: []string{
			notContent, notBuilt,
			"What the signer meant by it: without a statement, the signature says nothing but these bytes.",
		},
		Links: []Link{
			{"Sigstore: bundle format", sigstoreBundle},
			{"Sigstore client specification: signature verification", sigstoreClient + "#45-signature-verification"},
		},
	},
	TopicSignatureNotation: {
		Title: "notation signature",
		What: "The Notary Project's way of signing: an envelope (JWS or COSE) around a small JSON document that names the image's descriptor. " +
			"The certificates are ordinary X.509 ones from an authority that an organisation runs or buys from. There is no public log.",
		Proves: []string{
			"The holder of the certificate signed this very digest, and an authority in your trust store vouches for who that is.",
		},
		Not: []string{
			notContent, notBuilt,
			"Anything, as long as nobody told this program which authorities to believe: give it a trust store with --notation-trust-store.",
			"That the certificate was not revoked. This program asks nobody about that, and says so.",
		},
		Links: []Link{
			{"Notary Project: signature specification", notarySignature},
			{"Notary Project: trust store and trust policy", notaryTrust},
		},
	},
	TopicSignatureRegistry: {
		Title: "Signature by a package registry",
		What:  "The registry signs the name, the version and the hash of every package that is published through it, with a key of its own.",
		Proves: []string{
			"The registry served this file under this name and version: a mirror did not change it.",
		},
		Not: []string{
			"Who published the package, or from which source. For that look for provenance.",
			"That the package is good: the registry signs everything.",
		},
		Links: []Link{
			{"npm: registry signatures", "https://docs.npmjs.com/about-registry-signatures"},
			{"W3C: Subresource Integrity", "https://www.w3.org/TR/SRI/"},
		},
	},
	TopicSignatureUnknown: {
		Title: "Signature in an unknown form",
		What:  "The manifest says that this is a signature, in a format that this program cannot read.",
		Proves: []string{
			"Nothing: it was not checked.",
		},
		Not:   []string{"That it is wrong. It may be right; nobody here can tell."},
		Links: []Link{{"OCI image-spec: artifacts", ociArtifacts}},
	},
}
