package lesson

import "github.com/attestree/attestree/model"

// CheckPage is what there is to know about one check of the ladder.
type CheckPage struct {
	Title string
	Asks  string // the question that it answers
	How   string // what is compared with what
	// Proves and Not are as those of a Page, for this check alone.
	Proves, Not string
	Fails       string // what it mostly means when it fails, or cannot be answered
	Links       []Link
}

// AboutCheck is the page on a check of material of that format. There is one for every check.
func AboutCheck(id model.CheckID, f model.Format) CheckPage {
	switch f {
	case model.FormatNotationJWS, model.FormatNotationCOSE:
		if p, there := notationChecks[id]; there {
			return p
		}
	case model.FormatRegistrySignature:
		if p, there := registryChecks[id]; there {
			return p
		}
	case model.FormatNone, model.FormatSimpleSigning, model.FormatDSSE, model.FormatBundle, model.FormatStatement,
		model.FormatDocument, model.FormatOpaque:
	}
	return checkPages[id]
}

var checkPages = map[model.CheckID]CheckPage{
	model.CheckContent: {
		Title:  "content: are these the right bytes?",
		Asks:   "Are the bytes that came the ones that the manifest names?",
		How:    "The hash and the length of the bytes are computed and compared with the digest and the size in the manifest.",
		Proves: "Nothing was changed in the registry or on the way.",
		Not:    "Who wrote the bytes. A registry can name any bytes it likes.",
		Fails:  "A broken disk, or somebody who serves something else. Nothing further is judged then: it would be about other bytes.",
		Links:  []Link{{"OCI image-spec: verification", ociVerification}},
	},
	model.CheckEnvelope: {
		Title: "envelope: can it be read?",
		Asks:  "Are the bytes an envelope, a bundle or a document of a form that we know, and is it clear what is in it?",
		How: "The bytes are parsed strictly. A key that is there twice, or in other letters' case, is refused: two programs could read " +
			"two different things in it.",
		Proves: "There is one way to read it.",
		Not:    "That it is signed, or by whom.",
		Fails:  "It was cut off or damaged, or it is of a type that did not exist when this program was made.",
		Links:  []Link{{"DSSE: envelope", dsseEnvelope}, {"Sigstore: bundle format", sigstoreBundle}},
	},
	model.CheckSignature: {
		Title: "signature: did this key sign these bytes?",
		Asks:  "Does the signature fit the public key and exactly these bytes?",
		How: "The bytes that were signed are put together again, and the signature is checked with the public key: the one in the certificate, or the " +
			"one that you gave. A signature over other bytes does not fit, not even if one bit differs.",
		Proves: "Whoever holds the private key signed exactly these bytes.",
		Not:    "Whose key it is. For that there is the certificate, or your word for a key that you gave.",
		Fails:  "The payload, the signature or the certificate was changed after signing; or it was signed with another key than the one at hand.",
		Links:  []Link{{"Sigstore client specification: signature verification", sigstoreClient + "#45-signature-verification"}, {"DSSE: protocol", dsseProtocol}},
	},
	model.CheckSubject: {
		Title: "subject: is it about this image?",
		Asks:  "Do the signed bytes name the digest of what they are attached to?",
		How:   "The digest in the signed statement (its subject) is compared with the digest of the image. Names do not count, only digests.",
		Proves: "The signer meant this image and no other. Without this check, anybody could take a good signature of one image and attach it " +
			"to another.",
		Not:   "That the name beside the digest is right. Images are copied to other names.",
		Fails: "It was made for another image: for an older release, for one platform instead of the index, or attached here to deceive.",
		Links: []Link{{"in-toto: statement", intotoStatement}, {"cosign: subject of an attestation", cosignAttestations + "#subject-verification"}},
	},
	model.CheckCertificate: {
		Title: "certificate: who vouches for this identity?",
		Asks:  "Did an authority that you believe give this certificate to this identity, and was it valid when it was used?",
		How: "Sigstore's authority, Fulcio, asks somebody else who you are (GitHub, Google, …), and writes that into a certificate which lives about ten " +
			"minutes. Its signature is followed up to a trusted root, and its dates are compared with the time of signing, not with now.",
		Proves: "The identity in the certificate could sign at that time. No long-lived key has to be kept or can be stolen.",
		Not:    "That this identity is one you want. That is the check signer.",
		Fails:  "It was made in the authority's name, was changed, or was not valid then. An authority that is not in the root is not wrong but unknown.",
		Links: []Link{
			{"Sigstore client specification: certificate", sigstoreClient + "#43-certificate"},
			{"Fulcio: what certificates say", fulcioOIDs},
			{"RFC 5280: path validation", rfc5280},
		},
	},
	model.CheckSCT: {
		Title: "sct: was the certificate made public?",
		Asks:  "Did a public log promise to list the certificate?",
		How: "A certificate transparency log lists every certificate of an authority. It signs a receipt, the signed certificate timestamp (SCT), " +
			"which is part of the certificate. That signature is checked with the log's key.",
		Proves: "The certificate cannot have been made in secret: whoever owns the identity can find it in the log.",
		Not:    "That somebody did look. A log shows; people and programs have to watch it.",
		Fails:  "The receipt belongs to another certificate, or was made up.",
		Links:  []Link{{"RFC 6962: signed certificate timestamp", rfc6962}, {"Sigstore client specification: certificate", sigstoreClient + "#43-certificate"}},
	},
	model.CheckLog: {
		Title: "log: is the signature in the public log?",
		Asks:  "Does a transparency log hold an entry for this signature, over these bytes, with this key?",
		How: "Sigstore's log, Rekor, can be added to and never changed. Either an inclusion proof shows that the entry is part of a list which the log signed " +
			"(a checkpoint), or the log signed a promise for this entry. Then the entry is compared with signature, bytes and key.",
		Proves: "The signature was made public. Whoever owns the identity or key can find signatures that they did not make.",
		Not:    "When it was signed, by an inclusion proof alone: that needs the signed promise, or a timestamp.",
		Fails:  "The entry is about something else, or it was changed after the log signed it.",
		Links:  []Link{{"Sigstore client specification: log entry", sigstoreClient + "#44-transparency-log-entry"}, {"RFC 6962: Merkle audit paths", "https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1"}},
	},
	model.CheckTimestamp: {
		Title: "timestamp: when was it signed?",
		Asks:  "Who other than the signer says when this was signed, and was the certificate valid then?",
		How: "The time is the log's, where it signed that too, or that of a timestamp authority, which signs the hash of the signature together with the time " +
			"(RFC 3161). It has to lie within the certificate's dates.",
		Proves: "It was signed within the certificate's few minutes, and not later with a key that somebody found.",
		Not:    "When the image was built. That is the builder's word, in its provenance.",
		Fails:  "The timestamp was taken from another signature, or the time lies outside of the certificate's.",
		Links:  []Link{{"Sigstore client specification: time", sigstoreClient + "#42-establishing-a-time-for-the-signature"}, {"RFC 3161", rfc3161}},
	},
	model.CheckExpiry: {
		Title:  "expiry: may it still be used?",
		Asks:   "Has the date passed until which the signer wants it to be used?",
		How:    "A notation signature may carry such a date, which is signed with the rest. It is compared with now.",
		Proves: "The signer still stands by it, as far as they said so when they signed.",
		Not:    "That the certificate was not revoked since.",
		Fails:  "It is too old. Ask for a newer signature.",
		Links:  []Link{{"Notary Project: expiry", notarySignature + "#expiry"}},
	},
	model.CheckSigner: {
		Title: "signer: is it somebody you trust?",
		Asks:  "Is the proven identity or key on your list, for this purpose and this image?",
		How: "The identity and its issuer, or the key, are compared with the signers that you named: with flags, in your policy file, or with t on " +
			"the screen. Nothing in the image can put anybody on that list.",
		Proves: "The one who signed is one that you named. Only then a node is trusted; without a list it is at most valid.",
		Not:    "That they were right in what they signed.",
		Fails:  "Somebody else signed. That may be fine, a vendor for instance, and it is for you to say so.",
		Links:  []Link{{"Sigstore client specification: certificate", sigstoreClient + "#43-certificate"}},
	},
	model.CheckPredicate: {
		Title:  "predicate: does it look as its type promises?",
		Asks:   "Has the payload the fields that its predicate type asks for?",
		How:    "The payload is read as its type says, and what is missing or odd is noted.",
		Proves: "It can be read by programs that expect this type.",
		Not:    "Anything about who signed. This check gives findings and never decides a verdict.",
		Fails:  "The tool that made it wrote another form than it announced.",
		Links:  []Link{{"in-toto: predicate", intotoPredicate}},
	},
}

// notationChecks are those that mean something else for notation.
var notationChecks = map[model.CheckID]CheckPage{
	model.CheckCertificate: {
		Title: "certificate: does your trust store know this authority?",
		Asks:  "Is a certificate of your trust store in the signer's chain, and was the chain valid when it signed?",
		How: "A chain of certificates leads from the signer's to an authority's. Each signs the next one, and one of them has to be in the trust store " +
			"that you gave with --notation-trust-store.",
		Proves: "An authority that you chose vouches for the name in the certificate.",
		Not:    "That the certificate was not revoked: this program asks nobody about that.",
		Fails:  "The chain is broken, or ended before the signature was made. Without a trust store nobody can tell.",
		Links:  []Link{{"Notary Project: trust store", notaryTrust + "#trust-store"}, {"RFC 5280: path validation", rfc5280}},
	},
	model.CheckTimestamp: {
		Title:  "timestamp: when was it signed?",
		Asks:   "Does somebody other than the signer say when it was signed?",
		How:    "Either a timestamp authority of your trust store signed the time, or a signing authority did. The signer's own clock counts for nothing.",
		Proves: "The certificate was valid when it was used, even if it has ended since.",
		Not:    "Anything where no time is attested: then the certificate has to be valid now.",
		Fails:  "There is no such time, or its authority is not in the trust store.",
		Links:  []Link{{"Notary Project: signing scheme", notary + "signing-scheme.md"}, {"RFC 3161", rfc3161}},
	},
	model.CheckSigner: {
		Title:  "signer: is it somebody you trust by name?",
		Asks:   "Is the name in the certificate one that your trust policy lists for this image?",
		How:    "The parts of the certificate's subject are compared with the trusted identities of the policy that you gave with --notation-trust-policy.",
		Proves: "The one who signed is one that you named.",
		Not:    "That they were right in what they signed.",
		Fails:  "Somebody else of the same authority signed.",
		Links:  []Link{{"Notary Project: trusted identities", notaryTrust + "#trusted-identities-constraints"}},
	},
}

// registryChecks are those that mean something else for a package registry's signatures.
var registryChecks = map[model.CheckID]CheckPage{
	model.CheckContent: {
		Title:  "content: is this the registry's answer?",
		Asks:   "Are these the fields that the registry gave for this version?",
		How:    "Name, version, hash and signature are taken from the registry's metadata as they came. There is no manifest that would name them by digest.",
		Proves: "What is checked next is what the registry says.",
		Not:    "That the registry is right.",
		Fails:  "The answer could not be had or is not whole.",
		Links:  []Link{{"npm: registry signatures", "https://docs.npmjs.com/about-registry-signatures"}},
	},
	model.CheckSubject: {
		Title:  "subject: is it about this very file?",
		Asks:   "Is the hash that was signed that of the file?",
		How:    "The integrity value in the signed text holds a hash. It is compared with the digest of the file.",
		Proves: "The registry signed this file, under this name and version.",
		Not:    "Who published it.",
		Fails:  "The file was changed, by a mirror for instance.",
		Links:  []Link{{"W3C: Subresource Integrity", "https://www.w3.org/TR/SRI/"}},
	},
	model.CheckTimestamp: {
		Title:  "timestamp: was the key still in use?",
		Asks:   "Was the version published before the registry retired the key?",
		How:    "The registry's own date of the version is compared with the end of the key.",
		Proves: "By the registry's word, the key was the current one.",
		Not:    "The date itself: nobody but the registry attests it.",
		Fails:  "A retired key signed something newer.",
		Links:  []Link{{"npm: registry signatures", "https://docs.npmjs.com/about-registry-signatures"}},
	},
}
