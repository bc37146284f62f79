package verifier

import "github.com/attestree/attestree/model"

// meaning says what each check proves, and where that is specified.
var meaning = map[model.CheckID]struct{ proves, spec string }{
	model.CheckContent: {
		"The bytes are those that the manifest names: nothing was changed in the registry or on the way.",
		"OCI image-spec, descriptor.md, Verification",
	},
	model.CheckEnvelope: {
		"The envelope is well-formed and says what kind of payload it carries.",
		"Sigstore bundle specification; DSSE v1.0.2, envelope.md",
	},
	model.CheckSignature: {
		"Whoever holds the private key signed exactly these bytes.",
		"Sigstore client specification, Signature Verification; DSSE v1.0.2, protocol.md",
	},
	model.CheckSubject: {
		"The signed statement is about this very digest and not about another image.",
		"in-toto attestation specification, statement.md; cosign SIGNATURE_SPEC.md",
	},
	model.CheckCertificate: {
		"An authority of the trusted root issued the certificate to this identity, and it was valid when it signed.",
		"Sigstore client specification, Certificate; RFC 5280 §6",
	},
	model.CheckSCT: {
		"The certificate was published in a log, so an authority that hands out false certificates can be noticed.",
		"Sigstore client specification, Certificate; RFC 6962 §3.2",
	},
	model.CheckLog: {
		"The signature was published in a log that its owner can watch for signatures they did not make.",
		"Sigstore client specification, Transparency Log Entry; RFC 6962 §2.1.1",
	},
	model.CheckTimestamp: {
		"A third party attests when the signature was made, and the certificate was valid then.",
		"Sigstore client specification, Establishing a Time for the Signature; RFC 3161",
	},
	model.CheckExpiry: {
		"The signature has not passed the date until which its maker wants it to be used.",
		"Notary Project signature specification, Expiry",
	},
	model.CheckSigner: {
		"The signer is one of those that the reader trusts, for this purpose and this image.",
		"Sigstore client specification, Certificate (verification policy)",
	},
	model.CheckPredicate: {
		"The payload has the shape that its type promises. This decides no verdict.",
		"in-toto attestation specification, predicate.md",
	},
}
