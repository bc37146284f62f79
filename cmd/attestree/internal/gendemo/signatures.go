package main

import (
	"encoding/base64"
	"fmt"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

const (
	typeSimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json"
	typeDSSE          = "application/vnd.dsse.envelope.v1+json"
	cosignSignature   = "dev.cosignproject.cosign/signature"
	cosignCertificate = "dev.sigstore.cosign/certificate"
	cosignChain       = "dev.sigstore.cosign/chain"
	cosignBundle      = "dev.sigstore.cosign/bundle"
)

// signatures signs the index twice: keyless as cosign v3 does, and with keys as cosign v1 and v2 did.
func (d *demo) signatures() {
	at := signed
	s := d.sigstore
	by := s.keyless(release(), "signature", at)
	keyless := s.stamp(s.attest(by, cosignSigned(d.image.index), at.Add(2*time.Second)), at.Add(time.Second))
	m := d.attachBundle(d.image.index, marshal(keyless), expectation{
		Name: "signature-keyless", PredicateType: typeCosignSign, Found: viaFallback, Verdict: trusted, Signer: signRelease,
		Lesson: "The release workflow signed the index with a certificate that lived for ten minutes; the log and a timestamp say that it was used within them.",
	})
	d.list = append(d.list, named(d.fallbackTag(m), "sha256-"+d.image.index.Hex()))
	d.listed(m)
	d.keySignatures(at.Add(time.Minute))
	d.nobodysNotation()
}

// fallbackTag is the index that clients keep where a registry has no referrers API (distribution-spec, "Referrers Tag
// Schema"). It says the wrong artifact type, as many clients did.
func (d *demo) fallbackTag(of oci.Descriptor) oci.Descriptor {
	entry := *of.Bare()
	entry.ArtifactType = oci.TypeEmpty
	return d.manifest(oci.Manifest{MediaType: oci.TypeIndex, Manifests: []oci.Descriptor{entry}})
}

// keySignatures writes cosign's .sig tag: one layer per signature, all over one payload.
func (d *demo) keySignatures(at time.Time) {
	index := d.image.index
	claim := fmt.Appendf(nil, `{"critical":{"identity":{"docker-reference":%q},"image":{"docker-manifest-digest":%q},`+
		`"type":"cosign container image signature"},"optional":null}`, repository, index.Digest)
	layer := func(k key) oci.Descriptor {
		out := d.put(typeSimpleSigning, claim)
		out.Annotations = map[string]string{cosignSignature: base64.StdEncoding.EncodeToString(k.signMessage(claim))}
		return out
	}
	ours, theirs := layer(d.releaseKey), layer(newKey("somebody else"))
	entry := d.sigstore.rekor.add("hashedrekord", hashedBody(claim, d.releaseKey.signMessage(claim), d.releaseKey.pem()), at)
	ours.Annotations[cosignBundle] = legacyBundle(entry)
	m := d.legacy(".sig", ours, theirs)
	d.expect(m.Digest+"#0", index.Digest, expectation{
		Name: "signature-key", Kind: kindSignature, Format: "simple-signing", Found: viaTag, Verdict: trusted, Signer: signKey,
		Lesson: "cosign's old form: the signature is an annotation of a layer in a manifest that is found by its tag.",
	})
	d.expect(m.Digest+"#1", index.Digest, expectation{
		Name: "signature-unknown-key", Kind: kindSignature, Format: "simple-signing", Found: viaTag,
		Verdict: unverifiable, Check: "signature",
		Lesson: "Signed with a key that we do not have and that no log names: it may be right, nobody here can tell.",
	})
}

// legacy stores a manifest in the style of cosign's tags, and names it by tag.
func (d *demo) legacy(suffix string, layers ...oci.Descriptor) oci.Descriptor {
	var diffIDs []string
	for _, layer := range layers {
		diffIDs = append(diffIDs, layer.Digest)
	}
	config := d.put(oci.TypeConfig, marshal(map[string]any{
		"architecture": "", "created": "0001-01-01T00:00:00Z", "os": "", "config": map[string]any{},
		"rootfs": map[string]any{"type": "layers", "diff_ids": diffIDs},
	}))
	m := d.manifest(oci.Manifest{Config: &config, Layers: layers})
	d.list = append(d.list, named(m, "sha256-"+d.image.index.Hex()+suffix))
	return m
}

// legacyBundle is cosign's annotation for a log entry.
func legacyBundle(e logEntry) string {
	return string(marshal(struct {
		SignedEntryTimestamp []byte
		Payload              promisedEntry
	}{e.InclusionPromise.SignedEntryTimestamp, e.promised()}))
}
