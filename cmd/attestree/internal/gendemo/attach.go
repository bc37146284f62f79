package main

import "github.com/attestree/attestree/cmd/attestree/internal/oci"

// Predicate types.
const (
	typeCosignSign = "https://sigstore.dev/cosign/sign/v1"
	typeProvenance = "https://slsa.dev/provenance/v1"
	typeSCAI       = "https://in-toto.io/attestation/scai/v0.3"
	typeCycloneDX  = "https://cyclonedx.org/bom"
	typeSPDX       = "https://spdx.dev/Document"
	typeVuln       = "https://cosign.sigstore.dev/attestation/vuln/v1"
	typeVulns      = "https://in-toto.io/attestation/vulns/v0.2"
	typeVEX        = "https://openvex.dev/ns/v0.2.0"
	typeTest       = "https://in-toto.io/attestation/test-result/v0.1"
	typeVSA        = "https://slsa.dev/verification_summary/v1"
	typeRelease    = "https://in-toto.io/attestation/release/v0.1"
	typeLink       = "https://in-toto.io/attestation/link/v0.3"
	typeSVR        = "https://in-toto.io/attestation/svr/v0.1"
	typeReference  = "https://in-toto.io/attestation/reference/v0.1"
	typeCustom     = "https://cosign.sigstore.dev/attestation/v1"
)

// attachBundle stores a bundle as a referrer of subject, as cosign v3 and actions/attest do. The manifest is not
// listed in index.json: see listed.
func (d *demo) attachBundle(to oci.Descriptor, content []byte, e expectation) oci.Descriptor {
	layer := d.put(bundleType, content)
	m := d.manifest(oci.Manifest{
		ArtifactType: bundleType, Config: d.empty(), Layers: []oci.Descriptor{layer}, Subject: to.Bare(),
		Annotations: map[string]string{
			"dev.sigstore.bundle.content":       "dsse-envelope",
			"dev.sigstore.bundle.predicateType": e.PredicateType,
			"org.opencontainers.image.created":  rfc3339(signed),
		},
	})
	e.Format, e.Kind = "sigstore-bundle", kindAttestation
	if e.Found == "" {
		e.Found = viaSubject
	}
	if e.PredicateType == typeCosignSign {
		e.Kind = kindSignature
	}
	if e.Verdict == unavailable || e.Check == "content" || e.Check == "envelope" {
		e.PredicateType = "" // no payload says it; the annotation is not believed
	}
	d.expect(m.Digest, to.Digest, e)
	return m
}

// listed names manifests in index.json, without a tag.
func (d *demo) listed(manifests ...oci.Descriptor) {
	for _, m := range manifests {
		d.list = append(d.list, *m.Bare())
	}
}

// attachFile stores a file as a referrer of subject, as `oras attach` does.
func (d *demo) attachFile(to oci.Descriptor, artifactType, mediaType, name, content string, e expectation) oci.Descriptor {
	layer := d.put(mediaType, []byte(content))
	layer.Annotations = map[string]string{"org.opencontainers.image.title": name}
	m := d.manifest(oci.Manifest{
		ArtifactType: artifactType, Config: d.empty(), Layers: []oci.Descriptor{layer}, Subject: to.Bare(),
		Annotations: map[string]string{"org.opencontainers.image.created": rfc3339(signed)},
	})
	e.Found = viaSubject
	d.expect(m.Digest, to.Digest, e)
	return m
}

// cosignSigned is the statement that cosign v3 signs in place of an image.
func cosignSigned(d oci.Descriptor) []byte {
	return about(d, "", statementV1, typeCosignSign, []byte("{}"))
}

// attested is a predicate about a descriptor, as `cosign attest` states it.
func attested(d oci.Descriptor, predicateType, template string) []byte {
	return about(d, repository, statementV01, predicateType, predicate(template, map[string]string{"Digest": d.Digest}))
}
