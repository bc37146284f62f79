package main

import (
	"bytes"
	"crypto/x509"
	"slices"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// damaged attaches to the index what a reader must not believe.
func (d *demo) damaged() {
	s, index := d.sigstore, d.image.index
	at := signed.Add(6 * time.Minute)

	older := oci.Descriptor{MediaType: oci.TypeIndex, Digest: "sha256:" + hexSum([]byte("demo-server 1.3.0")), Size: index.Size}
	bom := about(older, repository, statementV01, typeSPDX, spdx("1.3.0", "amd64", packages()[:30]))
	d.listed(d.attachBundle(index, marshal(s.attest(s.keyless(release(), "older", at), bom, at.Add(time.Second))), expectation{
		Name: "sbom-other-image", PredicateType: typeSPDX, Verdict: invalid, Check: "subject", Signer: signRelease,
		Lesson: "Genuine, by the trusted workflow, and about release 1.3.0: it says nothing about this image.",
	}))

	altered := s.attest(s.keyless(release(), "altered", at), attested(index, typeTest, "test-result.json"), at.Add(time.Second))
	altered.Envelope.Payload = bytes.Replace(altered.Envelope.Payload, []byte(`"FAILED"`), []byte(`"PASSED"`), 1)
	d.listed(d.attachBundle(index, marshal(altered), expectation{
		Name: "test-altered", PredicateType: typeTest, Verdict: invalid, Check: "signature",
		Lesson: "Signed as FAILED, changed to PASSED afterwards: the signature is over other bytes.",
	}))

	backdated := s.attest(s.keyless(release(), "backdated", at), attested(index, typeVSA, "vsa.json"), at.Add(5*time.Minute))
	backdated.Material.TlogEntries[0].IntegratedTime -= 240
	d.listed(d.attachBundle(index, marshal(backdated), expectation{
		Name: "vsa-backdated", PredicateType: typeVSA, Verdict: invalid, Check: "log",
		Lesson: "The time of the log entry was moved: the proof still holds, for it says nothing about time, but the log's signed promise does not.",
	}))

	d.listed(d.attachBundle(index, marshal(s.attest(d.partner(at), cosignSigned(index), at.Add(time.Second))), expectation{
		Name: "signature-private-authority", PredicateType: typeCosignSign, Verdict: unverifiable, Check: "certificate",
		Lesson: "The certificate is by an authority that the trusted root does not know: neither right nor wrong, unknown.",
	}))
}

// partner is a signer with a certificate by a private authority, which no certificate log has seen.
func (d *demo) partner(at time.Time) signer {
	a := newAuthority("partner", "Example Partner AG", "Example Partner private fulcio", x509.ExtKeyUsageCodeSigning)
	k := newKey("partner")
	return signer{k, issue(a.leaf(person("release@partner.example"), k, at), a.issuing, k, a.key)}
}

// damagedOnPlatform attaches to linux/arm64 one of each remaining way in which a check fails.
func (d *demo) damagedOnPlatform() {
	s, to := d.sigstore, d.image.arm64
	at := signed.Add(7 * time.Minute)
	keyless := func(name, predicateType, template string) *bundle {
		return s.attest(s.keyless(release(), name, at), attested(to, predicateType, template), at.Add(time.Second))
	}

	link := marshal(keyless("link", typeLink, "link.json"))
	m := d.attachBundle(to, link, expectation{
		Name: "link-other-bytes", PredicateType: typeLink, Verdict: invalid, Check: "content",
		Lesson: "The bytes are not those that the manifest names: a broken disk, or somebody who serves something else.",
	})
	d.blobs[hexSum(link)] = bytes.Replace(link, []byte(`"canonicalizedBody"`), []byte(`"canonicalisedBody"`), 1)

	cut := truncatePayload(marshal(keyless("cut", typeRelease, "release.json")))
	d.listed(m, d.attachBundle(to, cut, expectation{
		Name: "release-broken", PredicateType: typeRelease, Verdict: invalid, Check: "envelope",
		Lesson: "The envelope cannot be read: its payload was cut off and is no base64 any more.",
	}))

	imposed := s.attest(s.keylessBy(impostor(s.fulcio), release(), "impostor", at), cosignSigned(to), at.Add(time.Second))
	d.listed(d.attachBundle(to, marshal(imposed), expectation{
		Name: "signature-impostor", PredicateType: typeCosignSign, Verdict: invalid, Check: "certificate",
		Lesson: "The certificate says that the trusted authority issued it. That authority's key did not sign it.",
	}))

	d.listed(d.attachBundle(to, marshal(s.attest(d.borrowedSCT(at), attested(to, typeSVR, "svr.json"), at.Add(time.Second))), expectation{
		Name: "svr-borrowed-sct", PredicateType: typeSVR, Verdict: invalid, Check: "sct", Signer: signRelease,
		Lesson: "The proof that the certificate was made public belongs to another certificate.",
	}))

	late := s.attest(s.keyless(release(), "late", at), attested(to, typeVulns, "vulns.json"), at.Add(3*time.Hour))
	d.listed(d.attachBundle(to, marshal(late), expectation{
		Name: "vulns-late", PredicateType: typeVulns, Verdict: invalid, Check: "certificate",
		Lesson: "Logged three hours after the certificate's ten minutes: whoever signed may have had a stolen key.",
	}))

	// Without the log's promise of a time, the timestamp is all that tells the time.
	restamped := s.stamp(keyless("restamped", typeCustom, "custom.json"), at.Add(time.Second))
	restamped.Material.TlogEntries[0].InclusionPromise = nil
	restamped.Material.Timestamps.RFC3161[0].SignedTimestamp = s.tsa.stamp([]byte("another signature"), at.Add(time.Second))
	d.listed(d.attachBundle(to, marshal(restamped), expectation{
		Name: "custom-borrowed-timestamp", PredicateType: typeCustom, Verdict: invalid, Check: "timestamp",
		Lesson: "The timestamp is genuine and was given to something else, so nothing says when this was signed.",
	}))

	lost := marshal(keyless("lost", typeReference, "reference.json"))
	d.listed(d.attachBundle(to, lost, expectation{
		Name: "reference-lost", PredicateType: typeReference, Verdict: unavailable,
		Lesson: "The manifest is there, its content is not. That is not the same as having nothing attached.",
	}))
	delete(d.blobs, hexSum(lost))
}

// truncatePayload leaves so much of the envelope's payload that it is no base64.
func truncatePayload(raw []byte) []byte {
	const member = `"payload":"`
	start := bytes.Index(raw, []byte(member)) + len(member)
	end := start + bytes.IndexByte(raw[start:], '"')
	return slices.Delete(raw, start+41, end)
}

// borrowedSCT is a signer whose certificate carries the SCT of another.
func (d *demo) borrowedSCT(at time.Time) signer {
	s, k := d.sigstore, newKey("borrowed sct")
	other := s.fulcio.leaf(fork(), k, at)
	return signer{k, s.ct.logged(s.fulcio.leaf(release(), k, at), s.fulcio, k, other)}
}
