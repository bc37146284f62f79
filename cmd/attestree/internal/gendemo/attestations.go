package main

import (
	"encoding/json"
	"time"
)

// attestations are those that are as they should be, and one by a stranger.
func (d *demo) attestations() {
	s, index := d.sigstore, d.image.index
	at := signed.Add(2 * time.Minute)

	provenance := about(index, repository, statementV1, typeProvenance, predicate("provenance.json", nil))
	by := s.keyless(release(), "provenance", at)
	d.listed(d.attachBundle(index, marshal(s.stamp(s.attest(by, provenance, at.Add(2*time.Second)), at.Add(time.Second))), expectation{
		Name: "provenance", PredicateType: typeProvenance, Verdict: trusted, Signer: signRelease,
		Lesson: "Who built the image, from which commit, by which workflow. What it says agrees with the certificate.",
	}))

	at = at.Add(time.Minute)
	bom := about(index, repository, statementV01, typeCycloneDX, cyclonedx(packages()))
	d.listed(d.attachBundle(index, marshal(s.attest(signer{key: d.releaseKey}, bom, at)), expectation{
		Name: "sbom-cyclonedx", PredicateType: typeCycloneDX, Verdict: trusted, Signer: signKey,
		Lesson: "What is inside, signed with a key that does not change instead of a certificate.",
	}))

	at = at.Add(time.Minute)
	d.listed(d.attachBundle(index, marshal(s.attest(s.keyless(release(), "empty scan", at), attested(index, typeVuln, "vuln-empty.json"), at.Add(time.Second))), expectation{
		Name: "vuln-empty", PredicateType: typeVuln, Verdict: trusted, Signer: signRelease,
		Lesson: "Rightly signed and saying nothing: the scanner's output had the wrong shape, so no finding was kept and the dates are zero.",
	}))

	// In no list at all, as `cosign save` leaves referrers: it is found by its subject.
	at = at.AddDate(0, 0, 1)
	d.attachBundle(index, marshal(s.attest(s.keyless(person(reviewer), "vex", at), attested(index, typeVEX, "openvex.json"), at.Add(time.Second))), expectation{
		Name: "vex", PredicateType: typeVEX, Verdict: trusted, Signer: signReviewer,
		Lesson: "A person, not a workflow, says which vulnerabilities matter here. That person is trusted for this and for nothing else.",
	})
	d.strangersScan(began.AddDate(0, 0, 1).Add(-7 * time.Hour))
}

// strangersScan is a cosign .att tag with a scan by a fork's workflow.
func (d *demo) strangersScan(at time.Time) {
	s, index := d.sigstore, d.image.index
	by := s.keyless(fork(), "stranger", at)
	e := seal(by.key, attested(index, typeVuln, "vuln.json"))
	layer := d.put(typeDSSE, marshal(e))
	layer.Annotations = map[string]string{
		cosignSignature: "", "predicateType": typeVuln,
		cosignCertificate: string(certificatePEM(by.cert.Raw)),
		cosignChain:       string(certificatePEM(s.fulcio.issuing.Raw)) + string(certificatePEM(s.fulcio.root.Raw)),
		cosignBundle:      legacyBundle(s.rekor.add("dsse", dsseBody(e, by.verifier()), at.Add(time.Second))),
	}
	d.expect(d.legacy(".att", layer).Digest+"#0", index.Digest, expectation{
		Name: "vuln-stranger", Kind: kindAttestation, Format: "dsse", Found: viaTag, PredicateType: typeVuln,
		Verdict: untrusted, Check: "signer",
		Lesson: "Everything about the signature is right, and the signer is a fork's workflow that nobody here trusts.",
	})
}

// scan attaches the MCP scan: the evidence, signed by itself; the specification that allowed what was found; and the
// attestation, in which the predicate is a whole statement, as happens when one is given to `cosign attest --predicate`.
func (d *demo) scan() {
	s, index := d.sigstore, d.image.index
	at := signed.Add(90 * time.Second)
	summary := payload("scan-summary.json", nil)
	evidence := d.attachFile(index, "application/vnd.demo.scan-summary.v1+json", "application/json", "scan-summary.json", summary, expectation{
		Name: "scan-summary", Kind: kindArtifact, Format: "opaque", Verdict: trusted,
		Lesson: "The evidence that the scan attestation names by digest. A file carries no signature: this one has one attached.",
	})
	nested := d.attachBundle(evidence, marshal(s.attest(s.keyless(release(), "evidence", at), cosignSigned(evidence), at.Add(time.Second))), expectation{
		Name: "signature-of-evidence", PredicateType: typeCosignSign, Verdict: trusted, Signer: signRelease,
		Lesson: "What is attached can have attachments of its own.",
	})
	spec := d.attachFile(index, "application/vnd.demo.mcp-spec.v1+yaml", "application/yaml", "spec.yaml", payload("spec.yaml", nil), expectation{
		Name: "spec", Kind: kindArtifact, Format: "opaque", Verdict: unsigned,
		Lesson: "Why findings were allowed. Nobody signed this copy; compare it with the commit that the certificate names.",
	})
	inner := about(index, repository, statementV1, typeSCAI, predicate("scai.json", map[string]string{"Evidence": hexSum([]byte(summary))}))
	outer := about(index, repository, statementV01, typeSCAI, json.RawMessage(inner))
	at = at.Add(5 * time.Second)
	d.listed(evidence, nested, spec, d.attachBundle(index, marshal(s.attest(s.keyless(release(), "scai", at), outer, at.Add(time.Second))), expectation{
		Name: "scai", PredicateType: typeSCAI, Verdict: trusted, Signer: signRelease,
		Lesson: "The scan passed because two findings were allowed; the reasons are not in here, but in the evidence and the specification.",
	}))
}

// artifacts attaches files that nobody signed.
func (d *demo) artifacts() {
	readme := d.attachFile(d.image.index, "application/vnd.demo.readme.v1", "text/markdown", "README.md", payload("README.md", nil), expectation{
		Name: "readme", Kind: kindArtifact, Format: "opaque", Verdict: unsigned,
		Lesson: "Anybody who may push to the repository can have put this here.",
	})
	sarif := d.attachFile(d.image.amd64, "application/sarif+json", "application/sarif+json", "lint.sarif", payload("lint.sarif", nil), expectation{
		Name: "sarif", Kind: kindArtifact, Format: "document", Verdict: unsigned,
		Lesson: "A report that nobody signed. The signature of the index does not cover what is attached to a platform.",
	})
	bom := d.attachFile(d.image.amd64, "application/vnd.cyclonedx+json", "application/vnd.cyclonedx+json", "demo-server.cdx.json", string(cyclonedx(packages()[:16])), expectation{
		Name: "sbom-unsigned", Kind: kindSBOM, Format: "document", Verdict: unsigned,
		Lesson: "A bill of materials as a bare file: it may be right, and nobody answers for it.",
	})
	d.listed(readme, sarif, bom)
}
