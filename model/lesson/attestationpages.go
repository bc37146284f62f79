package lesson

// What every attestation proves and does not, once its checks have passed.
const (
	provesSaid = "The signer said this, about exactly this digest, and not a byte of it has changed since."
	// provesCovered stands in its place where nobody signed it.
	provesCovered = "Nothing by itself: nobody signed it. If what holds it is signed, it has not changed since, and that is all."

	notTrue = "That it is true. You believe it as far as you trust its signer."
	anybody = "Anybody can sign an attestation about any image. So look at the signer first."
)

var attestationPages = map[Topic]Page{
	TopicProvenance: {
		Title: "SLSA provenance",
		What: "How the image was built: by which builder, from which source at which commit, started by what, with which inputs. " +
			"A build service that signs this itself, with an identity that the project cannot use otherwise, is what makes it worth reading.",
		Proves: []string{
			provesSaid,
			"Where a workflow signed, its certificate names source repository, commit and run too. This program holds the two against each other.",
		},
		Not: []string{
			notTrue,
			"That the source is free of errors, or was reviewed. Provenance tells where to look.",
			"A build level by itself: that follows from who signed, never from a field in the payload.",
		},
		Links: []Link{
			{"SLSA: provenance", "https://slsa.dev/spec/v1.1/provenance"},
			{"SLSA: build levels", "https://slsa.dev/spec/v1.1/levels"},
			{"SLSA: verifying artifacts", "https://slsa.dev/spec/v1.1/verifying-artifacts"},
			{"Fulcio: what certificates say", fulcioOIDs},
		},
	},
	TopicBuildKit: {
		Title: "BuildKit's provenance",
		What:  "What Docker's builder noted while it built this platform: base images, build arguments, source. It is stored inside of the index and is not signed.",
		Proves: []string{
			"If the index is signed: this was part of it then, and has not changed since. That is what covered means.",
		},
		Not: []string{
			"That it is true. Nobody signed what it says; who signed the index may never have read it.",
			"More than SLSA build level 1: whoever ran the build could write anything here.",
		},
		Links: []Link{
			{"BuildKit: attestation storage", buildkitStorage},
			{"SLSA: build levels", "https://slsa.dev/spec/v1.1/levels"},
		},
	},
	TopicSBOM: {
		Title:  "SBOM, as an attestation",
		What:   "A software bill of materials: the packages inside of the image, with versions and licences, in SPDX, CycloneDX or another form. A statement around it names the image.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"That the list is complete. A tool lists what it recognises; what was compiled in or copied by hand is often missed.",
			"That the packages are free of vulnerabilities. That is another question, asked with the list.",
		},
		Links: []Link{
			{"in-toto: SPDX predicate", intoto + "spec/predicates/spdx.md"},
			{"in-toto: CycloneDX predicate", intoto + "spec/predicates/cyclonedx.md"},
			{"SPDX 2.3", "https://spdx.github.io/spdx-spec/v2.3/"},
			{"CycloneDX", "https://cyclonedx.org/specification/overview/"},
		},
	},
	TopicSCAI: {
		Title: "SCAI: attributes with evidence",
		What: "A list of properties that somebody claims of the image, each with conditions and a pointer to evidence. Here it mostly says how " +
			"a security scan of an MCP server or a skill ended, and how many findings were allowed.",
		Proves: []string{
			provesSaid,
			"Where the evidence is named by digest, a file with that digest is the evidence that was meant.",
		},
		Not: []string{
			notTrue,
			"That an allowed finding is harmless. Somebody decided so and gave a reason; the audit (key a) shows it.",
		},
		Links: []Link{{"in-toto: SCAI predicate", intoto + "spec/predicates/scai.md"}},
	},
	TopicVuln: {
		Title:  "Vulnerability scan",
		What:   "What a scanner found when it looked at the image: known vulnerabilities, with severity and the package that has them.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"That the image has no other vulnerabilities. A scan knows what its database knew that day, in packages that it recognised.",
			"That an empty result is a clean one. It may be that nothing was scanned, or that the result was lost.",
		},
		Links: []Link{
			{"in-toto: vulnerabilities predicate", intoto + "spec/predicates/vulns_02.md"},
			{"cosign: vulnerability predicate", "https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md"},
		},
	},
	TopicVEX: {
		Title: "VEX: which vulnerabilities matter here",
		What: "A vulnerability in a package need not matter in a product that has the package. VEX (Vulnerability Exploitability eXchange) says for each " +
			"whether the product is affected, and if not, why.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"That a vulnerability is harmless. It is an opinion with a name on it: ask whether that name is the product's maker.",
		},
		Links: []Link{{"OpenVEX specification", "https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md"}},
	},
	TopicVSA: {
		Title: "Verification summary (VSA)",
		What: "Somebody else verified the image against a policy and writes down how that ended, so that not everybody has to do it again. " +
			"It names the verifier, the policy and the level that was reached.",
		Proves: []string{provesSaid},
		Not: []string{
			notTrue,
			"What was looked at. You rely on the verifier and on the policy; the material may not even be public.",
		},
		Links: []Link{{"SLSA: verification summary", "https://slsa.dev/spec/v1.1/verification_summary"}},
	},
	TopicSVR: {
		Title:  "Simple verification result (SVR)",
		What:   "Like a verification summary, and shorter: who verified, when, and which named properties held.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "What a property means: only the one who verified defines its name."},
		Links:  []Link{{"in-toto: simple verification result", intoto + "spec/predicates/svr.md"}},
	},
	TopicTest: {
		Title:  "Test result",
		What:   "How a run of tests on the image or its source ended: passed, warned or failed, and which tests.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "That the tests are good ones. Passing tests show what they test."},
		Links:  []Link{{"in-toto: test result predicate", intoto + "spec/predicates/test-result.md"}},
	},
	TopicLink: {
		Title:  "in-toto link",
		What:   "A record of one step: the command that ran, the files that went in (materials) and what came out (products). The oldest of these types.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "That the steps belong together. A layout, signed by the project, would say which steps there must be."},
		Links:  []Link{{"in-toto: link predicate", intoto + "spec/predicates/link.md"}},
	},
	TopicRelease: {
		Title:  "Release",
		What:   "Says that these files are a release of a package, under this name and version.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "How the files were built. For that look at SLSA provenance."},
		Links:  []Link{{"in-toto: release predicate", intoto + "spec/predicates/release.md"}},
	},
	TopicReference: {
		Title:  "Reference",
		What:   "Points to documents about the image that are kept elsewhere, by address and digest: an SBOM that is too large to attach, for instance.",
		Proves: []string{provesSaid, "A document with the named digest is the one that was meant."},
		Not:    []string{notTrue, "That the document can still be had. This program does not fetch it."},
		Links:  []Link{{"in-toto: reference predicate", intoto + "spec/predicates/reference.md"}},
	},
	TopicTrace: {
		Title:  "Runtime trace",
		What:   "What a monitor saw while a build or a test ran: processes, files, connections.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "That nothing else happened. A monitor sees what it is made to see."},
		Links:  []Link{{"in-toto: runtime trace predicate", intoto + "spec/predicates/runtime-trace.md"}},
	},
	TopicReview: {
		Title:  "Review by people",
		What:   "Says who read a change or a package, when, and with which outcome.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "How closely they looked."},
		Links:  []Link{{"in-toto: predicate types", intoto + "spec/predicates/README.md"}},
	},
	TopicPublish: {
		Title:  "Publish attestation of a package registry",
		What:   "Says that a file was published as this version of a package: by the registry itself (npm), or by the workflow that uploaded it (Python).",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "From which source the file was built, unless provenance says so."},
		Links: []Link{
			{"npm: publish attestation", "https://github.com/npm/attestation/tree/main/specs/publish/v0.1"},
			{"Python: PEP 740", "https://peps.python.org/pep-0740/"},
		},
	},
	TopicSource: {
		Title:  "Source provenance",
		What:   "How a commit or a tag came about: who pushed, which rules the repository enforced then, and since when.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "Anything about the image that was built from it. Provenance of the build has to name this commit."},
		Links:  []Link{{"SLSA: source track", "https://slsa.dev/spec/v1.2/source-requirements"}},
	},
	TopicCollection: {
		Title:  "Witness collection",
		What:   "Several observations of one step in one statement, as the Witness tool makes them: the source's state, the command, materials, products.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, "That nothing was left out. The policy of a project says which observations there must be."},
		Links:  []Link{{"Witness: attestors", "https://github.com/in-toto/witness/blob/main/docs/concepts/attestor.md"}},
	},
	TopicAttestation: {
		Title: "Attestation",
		What: "A signed statement about the image. It names the image by digest (the subject), says of which type it is (the predicate type), and " +
			"then says something in the form of that type (the predicate). There are types for builds, packages, scans and much else; anybody can make up another.",
		Proves: []string{provesSaid},
		Not:    []string{notTrue, anybody},
		Links: []Link{
			{"in-toto: statement", intotoStatement},
			{"in-toto: predicate", intotoPredicate},
			{"in-toto: predicate types", intoto + "spec/predicates/README.md"},
		},
	},
}
