package model

// Check is how a person can see for themselves what a finding says: a field to look at, or a command. Every finding has
// one.
func (f Finding) Check() string {
	for _, way := range waysToCheck {
		if way.id == f.ID {
			return way.how
		}
	}
	return "the payload and the checks of the node"
}

// What several findings are checked by.
const (
	lookAtAttributes  = "predicate.attributes in the payload"
	lookAtCertificate = "the certificate's extensions (cosign verify-attestation -o json, or the Signer tab)"
	lookAtOrigins     = "the source, commit and run in the payloads of both nodes, and the certificates' extensions"
	lookAtRegistry    = "the registry's entry of the version (npm view NAME@VERSION --json, pip index)"
	lookAtSpec        = "the provenance section of the spec.yaml beside the certificate of the package's attestation"
	lookAtTimes       = "the time in the payload beside the time of signing"
	lookAtRun         = "the page of the run: what started it, and on which machine"
	lookAtFlags       = "the flags and the settings that attestree was started with"
)

// waysToCheck is by the finding's id.
var waysToCheck = []struct{ id, how string }{
	// The payload's shape.
	{"nested-statement", "predicate._type in the payload, where the fields of the predicate ought to be"},
	{"nested-subject-mismatch", "subject[].digest and predicate.subject[].digest in the payload"},
	{"other-subject", "subject[].digest in the payload beside the image's digest (crane digest IMAGE)"},
	{"string-predicate", "the first character of predicate in the payload: a quotation mark"},
	{FindingUnexpectedShape, "the first keys of predicate in the payload"},
	{FindingDuplicateKey, "the key in the raw payload; jq shows the last of them only"},
	{"announced-type", "predicateType in the payload beside the manifest's annotations (crane manifest)"},
	{"partial-scan", "the results in the payload"},
	{"unknown-report", "scanner.result in the payload"},
	{"listed-elsewhere", "subject in the node's manifest (crane manifest)"},
	{"duplicate", "the payloads' digests: sha256sum of what cosign download attestation prints for each"},
	{"labels-unread", "crane config IMAGE"},
	{"tag-moved", "crane digest IMAGE:TAG"},

	// Builds.
	{"builder-id-is-run-url", "builder.id in the payload"},
	{"no-builder-id", "builder.id in the payload"},
	{"self-hosted-runner", lookAtRun},
	{"pull-request-trigger", lookAtRun},
	{"pull-request-run", lookAtRun},
	{"build-args-secret", "the named parameter in the payload; revoke it if it is real"},
	{"reusable-workflow", lookAtCertificate},
	{"uncommitted-changes", "git status where it was built; the revision in the payload ends with -dirty"},

	// Origins and times.
	{"predicate-certificate-mismatch", lookAtOrigins},
	{"source-mismatch", lookAtOrigins},
	{"ref-mismatch", lookAtOrigins},
	{"commit-mismatch", lookAtOrigins},
	{"run-mismatch", lookAtOrigins},
	{"mixed-origins", lookAtOrigins},
	{"mixed-script", "the bytes of the name: echo NAME | xxd, or the code points in attestree verify -o json"},
	{FindingPublisherMismatch, lookAtOrigins},
	// Packages.
	{"withdrawn", lookAtRegistry},
	{"attestations-missing", lookAtRegistry},
	{"provenance-withheld", lookAtRegistry},
	{"package-repository-mismatch", "repository in the package's metadata (npm view NAME repository) beside " + lookAtCertificate},
	{"spec-attestations-missing", lookAtSpec},
	{"spec-attestations-unmentioned", lookAtSpec},
	{"spec-attestations-unverified", lookAtSpec},
	{"spec-repository-mismatch", lookAtSpec},
	{"spec-ref-mismatch", lookAtSpec},
	{"spec-publisher-mismatch", lookAtSpec},
	{"spec-publisher-unproven", lookAtSpec},
	{"spec-publisher-unknown", lookAtSpec},
	{"spec-signer-mismatch", lookAtSpec},
	{"spec-signer-unproven", lookAtSpec},
	{"spec-sigstore-mismatch", lookAtSpec},
	{"spec-sigstore-unchecked", lookAtSpec},
	{"image-version-mismatch", "the package's name in the SBOM or among the materials of the provenance"},
	{"image-without-package", "the package's name in the image's SBOMs"},
	{"image-wraps", lookAtCertificate},
	{"package-unvouched", "the document that names the package: its own signature, or who signed the image around it"},
	{"package-disputed", "metadata.component.purl or documentDescribes of the SBOMs, and spec.package of the spec.yaml"},

	{"times-out-of-order", lookAtTimes},
	{"time-zero", lookAtTimes},
	{"time-in-future", lookAtTimes + ", and the clock of this computer"},
	{"made-after-signing", lookAtTimes},
	{"made-before-build", "the time in the payload beside the start of the build in the provenance"},
	{"clock-skew", lookAtTimes},

	// SBOMs, scans, VEX.
	{"no-packages", "packages, or components, in the payload; syft IMAGE for a list of your own"},
	{"empty-scan", "scanner in the payload, and the file that was given to cosign attest --predicate"},
	{"no-statements", "statements in the payload"},
	{"unjustified-vex", "statements[].justification, or vulnerabilities[].analysis, in the payload"},
	{"secrets-found", "the payload: what was found, and where"},
	{"malicious-package", "the entry of that name at osv.dev, and what the package has done where it ran"},
	{"unfinished-scan", "invocations[].executionSuccessful, and toolExecutionNotifications beside it, in the payload"},
	{"unknown-status", "statements[].status in the payload"},
	{"virus-found", "scanner.report in the payload, through base64 -d"},
	{"module-not-active", "the certificate's number in NIST's list of validated modules"},
	{"failed-checks", "output[] in the payload: the report, through base64 -d"},

	// Scans of MCP servers and skills.
	{"no-attributes", lookAtAttributes},
	{"scan-warning", lookAtAttributes + "; attestree audit IMAGE"},
	{"scan-failed", lookAtAttributes + "; attestree audit IMAGE"},
	{"hollow-pass", "conditions.toolsScanned in the payload; attestree audit IMAGE"},
	{"uncounted-pass", "conditions.blockingIssues and conditions.allowedIssues in the payload; attestree audit IMAGE"},
	{"blocking-pass", "conditions.blockingIssues in the payload; attestree audit IMAGE"},

	// Others.
	{"not-passed", "verificationResult in the payload"},
	{"no-properties", "properties in the payload"},
	{"no-policies", "verifier.policies in the payload"},
	{"no-controls", "controls in the payload"},
	{"no-result", "predicate.result in the payload"},
	{"uncounted-tests", "results.summary in the payload"},
	{"no-references", "predicate.references in the payload"},
	{"failed-tests", "failedTests, or results.tests, in the payload"},
	{"no-tests", "passedTests, or results.summary, in the payload"},
	{"failed-step", "byproducts, or exitcode and stderr, in the payload"},
	{"empty-collection", "attestations in the payload"},
	{"empty-trace", "monitorLog in the payload"},
	{"reference-without-digest", "references[].digest in the payload"},

	// Signatures and trust.
	{FindingNameMismatch, "the name in the payload beside the one that was asked for (cosign verify IMAGE)"},
	{"further-signature", "signatures[] in the envelope"},
	{"log-entry-wrong", "the entry in the log (rekor-cli get --log-index)"},
	{"root-in-bundle", "the certificates in the bundle: the last is its own issuer"},
	{"unanchored-pattern", lookAtFlags},

	// Where things come from.
	{"credentials", "the credential helper that the docker configuration names, by hand"},
	{"docker-save", "crane pull --format oci, which keeps digests"},
	{"platform", lookAtFlags},
	{"as-of", "the same without --offline"},
	{"waiting", "the registry's own page on rate limits"},
	{"judging", lookAtFlags},
}
