package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// timestamper is an RFC 3161 timestamp authority. Its responses are encoded here because libraries put the present
// time and random serial numbers into them.
type timestamper struct {
	authority *authority
	leaf      *x509.Certificate
	key       key
	issued    int64
}

func newTimestamper() *timestamper {
	a := newAuthority("tsa", "attestree demo", "attestree demo TSA intermediate", x509.ExtKeyUsageTimeStamping)
	k := newKey("tsa")
	usage := must(asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}}))
	leaf := &x509.Certificate{
		SerialNumber: serial("tsa"), NotBefore: opened, NotAfter: closed,
		Subject:      pkix.Name{Organization: []string{"attestree demo"}, CommonName: "attestree demo TSA"},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		SubjectKeyId: keyID(k),
		// RFC 3161 §2.3: this purpose alone, and critical.
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}
	return &timestamper{authority: a, leaf: issue(leaf, a.issuing, k, a.key), key: k}
}

var (
	oidSHA256         = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSASHA256    = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidSignedData     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertificateV2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSigstorePolicy = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57264, 2}
)

// tstInfo is what is stamped (RFC 3161 §2.4.2).
type tstInfo struct {
	Version        int
	Policy         asn1.ObjectIdentifier
	MessageImprint messageImprint
	SerialNumber   *big.Int
	GenTime        time.Time `asn1:"generalized"`
}

type messageImprint struct {
	HashAlgorithm pkix.AlgorithmIdentifier
	HashedMessage []byte
}

// stamp returns a timestamp response over message.
func (t *timestamper) stamp(message []byte, at time.Time) []byte {
	t.issued++
	info := must(asn1.Marshal(tstInfo{
		Version: 1, Policy: oidSigstorePolicy, SerialNumber: big.NewInt(810_000 + t.issued), GenTime: at,
		MessageImprint: messageImprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256}, sum(message)},
	}))
	type status struct{ Status int }
	return must(asn1.Marshal(struct {
		Status status
		Token  asn1.RawValue
	}{status{0}, asn1.RawValue{FullBytes: t.token(info)}}))
}
