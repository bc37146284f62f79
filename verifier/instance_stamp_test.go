package verifier

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"

	"github.com/digitorus/timestamp"
	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// stamper is a timestamp authority of an instance.
type stamper struct {
	i          *instance
	key        *ecdsa.PrivateKey
	leaf       *x509.Certificate
	start, end time.Time // when the trusted root says that it was in use
}

func (i *instance) stamper() *stamper {
	i.tb.Helper()
	s := &stamper{i: i, key: i.key(elliptic.P256()), start: i.start}
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		i.tb.Fatal(err)
	}
	s.leaf = i.certificate(&x509.Certificate{
		SerialNumber: big.NewInt(9), Subject: pkix.Name{CommonName: "stamper"}, KeyUsage: x509.KeyUsageDigitalSignature,
		// The library that makes timestamps writes the real time into them, which must be within.
		NotBefore: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}, i.ca, s.key.Public())
	return s
}

// stamp is a timestamp over the bytes.
func (s *stamper) stamp(over []byte, at time.Time) []byte {
	s.i.tb.Helper()
	sum := sha256.Sum256(over)
	t := timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: sum[:], Time: at, SerialNumber: big.NewInt(1),
		Policy: asn1.ObjectIdentifier{1, 2, 3}, AddTSACertificate: true,
	}
	raw, err := t.CreateResponseWithOpts(s.leaf, s.key, crypto.SHA256)
	if err != nil {
		s.i.tb.Fatal(err)
	}
	return raw
}

func (s *stamper) authority() root.TimestampingAuthority {
	return &root.SigstoreTimestampingAuthority{
		Root: s.i.ca, Leaf: s.leaf, URI: "https://tsa", ValidityPeriodStart: s.start, ValidityPeriodEnd: s.end,
	}
}

// logless is a root as GitHub's: an authority and a timestamp authority, and no logs.
func (s *stamper) logless(name string, intermediates ...*x509.Certificate) trust.Root {
	s.i.tb.Helper()
	material, err := root.NewTrustedRoot(root.TrustedRootMediaType01,
		[]root.CertificateAuthority{&root.FulcioCertificateAuthority{Root: s.i.ca, Intermediates: intermediates, URI: "https://ca"}},
		nil, []root.TimestampingAuthority{s.authority()}, nil)
	if err != nil {
		s.i.tb.Fatal(err)
	}
	return trust.NewRoot(model.TrustRoot{Name: name, Source: trust.SourceFile}, material)
}

// verifier judges by the logless root.
func (s *stamper) verifier(change ...func(*Options)) *Verifier {
	return s.i.verifier(append([]func(*Options){func(o *Options) { o.Roots = []trust.Root{s.logless("instance")} }}, change...)...)
}

// bundle is a bundle v0.3 with a certificate and a timestamp and nothing else. Without a leaf it is signed with a key.
func (s *stamper) bundle(leaf *x509.Certificate, content map[string]any, stamps ...[]byte) model.Evidence {
	s.i.tb.Helper()
	material := map[string]any{"publicKey": map[string]any{"hint": ""}}
	if leaf != nil {
		material = map[string]any{"certificate": map[string]any{"rawBytes": leaf.Raw}}
	}
	var list []any
	for _, raw := range stamps {
		list = append(list, map[string]any{"signedTimestamp": raw})
	}
	if list != nil {
		material["timestampVerificationData"] = map[string]any{"rfc3161Timestamps": list}
	}
	document := map[string]any{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": material}
	for k, v := range content {
		document[k] = v
	}
	return s.i.layer(model.FormatBundle, string(s.i.json(document)), nil)
}

// enveloped is a statement about image, signed.
func (s *stamper) enveloped(signer func([]byte) []byte) (content map[string]any, sig []byte) {
	payload := []byte(statementOf(`{"sha256":"` + image.Hex() + `"}`))
	sig = signer(pae(inToto, payload))
	return map[string]any{"dsseEnvelope": map[string]any{
		"payloadType": inToto, "payload": payload, "signatures": []any{map[string]any{"sig": sig}},
	}}, sig
}

// message is a signature over the bytes of image itself.
func (s *stamper) message(signer func([]byte) []byte, algorithm string) (content map[string]any, sig []byte) {
	artifact := []byte("an image")
	sig = signer(artifact)
	return map[string]any{"messageSignature": map[string]any{
		"messageDigest": map[string]any{"algorithm": algorithm, "digest": hashAs(algorithm, artifact)}, "signature": sig,
	}}, sig
}

// withArtifact is the evidence with image's bytes and further digest at hand.
func withArtifact(ev model.Evidence) model.Evidence {
	ev.Artifact = []byte("an image")
	ev.Also = []model.Digest{model.Compute("sha512", ev.Artifact)}
	return ev
}
