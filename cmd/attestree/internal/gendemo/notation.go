package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

const typeNotation = "application/vnd.cncf.notary.signature"

// nobodysNotation signs the index as notation does, with a certificate that a made-up company issued itself
// (notaryproject/specifications, signature-envelope-jws.md).
func (d *demo) nobodysNotation() {
	k := newKey("notation leaf")
	name := func(common string) pkix.Name {
		return pkix.Name{Country: []string{"CH"}, Organization: []string{"Example Partner AG"}, CommonName: common}
	}
	rootKey := newKey("notation root")
	root := &x509.Certificate{
		SerialNumber: serial("notation root"), Subject: name("Example Partner root"), NotBefore: opened, NotAfter: closed,
		KeyUsage: x509.KeyUsageCertSign, BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true, SubjectKeyId: keyID(rootKey),
	}
	root = issue(root, root, rootKey, rootKey)
	leaf := issue(&x509.Certificate{
		SerialNumber: serial("notation leaf"), Subject: name("Example Partner images"),
		NotBefore: began.Add(-24 * time.Hour), NotAfter: began.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
	}, root, k, rootKey)

	m := d.manifest(oci.Manifest{
		ArtifactType: typeNotation, Config: d.empty(), Subject: d.image.index.Bare(),
		Layers: []oci.Descriptor{d.put("application/jose+json", d.jws(k, leaf, root))},
		Annotations: map[string]string{
			"io.cncf.notary.x509chain.thumbprint#S256": string(marshal([]string{hex.EncodeToString(sum(leaf.Raw)), hex.EncodeToString(sum(root.Raw))})),
			"org.opencontainers.image.created":         rfc3339(signed),
		},
	})
	d.listed(m)
	d.expect(m.Digest, d.image.index.Digest, expectation{
		Name: "signature-notation", Kind: kindSignature, Format: "notation-jws", Found: viaSubject,
		Verdict: unverifiable, Check: "certificate",
		Lesson: "A notation signature is worth what your trust store says of its authority, and there is none for this.",
	})
}

// jws signs the index's descriptor (RFC 7515, flattened JSON serialization).
func (d *demo) jws(k key, chain ...*x509.Certificate) []byte {
	encode := base64.RawURLEncoding.EncodeToString
	protected := encode(marshal(struct {
		Algorithm   string   `json:"alg"`
		Critical    []string `json:"crit"`
		ContentType string   `json:"cty"`
		Scheme      string   `json:"io.cncf.notary.signingScheme"`
		Time        string   `json:"io.cncf.notary.signingTime"`
	}{
		"ES256", []string{"io.cncf.notary.signingScheme"}, "application/vnd.cncf.notary.payload.v1+json",
		"notary.x509", rfc3339(signed),
	}))
	content := encode(marshal(map[string]any{"targetArtifact": d.image.index.Bare()}))

	var point struct{ R, S *big.Int }
	must(asn1.Unmarshal(k.signMessage([]byte(protected+"."+content)), &point))
	signature := append(point.R.FillBytes(make([]byte, 32)), point.S.FillBytes(make([]byte, 32))...)

	type header struct {
		Agent string   `json:"io.cncf.notary.signingAgent"`
		Chain [][]byte `json:"x5c"`
	}
	h := header{Agent: "notation-go/1.3.2 notation/1.3.2"}
	for _, c := range chain {
		h.Chain = append(h.Chain, c.Raw)
	}
	return marshal(struct {
		Payload   string `json:"payload"`
		Protected string `json:"protected"`
		Header    header `json:"header"`
		Signature string `json:"signature"`
	}{content, protected, h, encode(signature)})
}
