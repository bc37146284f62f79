package lesson

var otherPages = map[Topic]Page{
	TopicPackage: {
		Title:  "Package",
		What:   "One version of a package that is inside of the image, or that was asked for. What its registry says about it was looked up there.",
		Proves: []string{"Nothing by itself. What hangs below may: signatures of the registry, provenance of the package."},
		Not:    []string{"That the image really holds it. That is what the SBOM says, and its signer answers for it."},
		Links: []Link{
			{"Package URLs", "https://github.com/package-url/purl-spec"},
			{"SLSA: distributing provenance", "https://slsa.dev/spec/v1.1/distributing-provenance"},
		},
	},
	TopicPackageFile: {
		Title:  "File of a package",
		What:   "What is downloaded when the package is installed: a tarball or a wheel. The registry names its hash.",
		Proves: []string{"By its hash, signatures and provenance can be about exactly this file."},
		Not:    []string{"That it was built from the source that the package names. Provenance says that, where there is some."},
		Links:  []Link{{"Package URLs", "https://github.com/package-url/purl-spec"}},
	},
	TopicBundle: {
		Title: "Sigstore bundle",
		What: "One JSON file that holds all that is needed to verify: what was signed, the signature, the certificate or a hint to the key, the " +
			"log's entry with its proof, and timestamps. It can be verified without a connection.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"What it is about, as long as nothing is at hand to compare it with: give the file with --artifact or its digest with --digest.",
		},
		Links: []Link{
			{"Sigstore: bundle format", sigstoreBundle},
			{"Sigstore client specification: verification", sigstoreClient + "#4-verification"},
		},
	},
	TopicEnvelope: {
		Title:  "DSSE envelope",
		What:   "A small JSON wrapper (Dead Simple Signing Envelope): the payload in base64, the payload's type, and signatures over both.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"When it was signed. An envelope alone holds neither certificate nor log entry: it can be verified with a public key that you have.",
		},
		Links: []Link{{"DSSE: envelope", dsseEnvelope}, {"DSSE: protocol", dsseProtocol}},
	},
	TopicStatement: {
		Title: "in-toto statement",
		What:  "A statement without a signature: it names what it is about by digest, and says something of a certain type about it.",
		Proves: []string{
			"Nothing. Anybody can have written it.",
		},
		Not:   []string{notTrue, "Who wrote it. Signed, it would be an attestation."},
		Links: []Link{{"in-toto: statement", intotoStatement}},
	},
	TopicFile: {
		Title:  "File with several attestations",
		What:   "One file with a bundle, an envelope or a statement on each line. Each is a node of its own, and each is judged by itself.",
		Proves: []string{"Nothing by itself."},
		Not:    []string{"That they belong together. They only stand in one file."},
		Links:  []Link{{"in-toto: bundle of attestations", intoto + "spec/v1/bundle.md"}},
	},
}
