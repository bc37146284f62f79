package verifier

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"

	"github.com/digitorus/pkcs7"
)

// token is what a timestamp of RFC 3161 says of itself. It is read to explain one that does not verify: libraries read
// none whose certificate has expired or whose signature is wrong. Nothing in it is established.
type token struct {
	time    time.Time
	hash    string // name as protobuf has it, "" for one that nobody uses
	imprint []byte
	// issuer and serial name the certificate of its signer (RFC 5652 §5.3).
	issuer       []byte
	serial       *big.Int
	certificates []*x509.Certificate // that it brings along
}

var tokenHashes = map[string]string{
	"2.16.840.1.101.3.4.2.1": "SHA2_256", "2.16.840.1.101.3.4.2.2": "SHA2_384", "2.16.840.1.101.3.4.2.3": "SHA2_512",
}

// readToken reads a response (RFC 3161 §2.4.2); false if it is none, or grants nothing.
func readToken(raw []byte) (token, bool) {
	var response struct {
		Status asn1.RawValue
		Token  asn1.RawValue `asn1:"optional"`
	}
	if rest, err := asn1.Unmarshal(raw, &response); err != nil || len(rest) > 0 || len(response.Token.FullBytes) == 0 {
		return token{}, false
	}
	signed, err := pkcs7.Parse(response.Token.FullBytes)
	if err != nil || len(signed.Signers) != 1 {
		return token{}, false
	}
	var info struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Algorithm pkix.AlgorithmIdentifier
			Hash      []byte
		}
		Serial *big.Int
		Time   time.Time `asn1:"generalized"`
	}
	if _, err := asn1.Unmarshal(signed.Content, &info); err != nil {
		return token{}, false
	}
	signer := signed.Signers[0].IssuerAndSerialNumber
	return token{
		time: info.Time, hash: tokenHashes[info.Imprint.Algorithm.Algorithm.String()], imprint: info.Imprint.Hash,
		issuer: signer.IssuerName.FullBytes, serial: signer.SerialNumber, certificates: signed.Certificates,
	}, true
}

// over reports whether the imprint is that of the bytes.
func (t token) over(b []byte) bool { return b != nil && bytes.Equal(hashAs(t.hash, b), t.imprint) }

// names reports whether a certificate is the one that the token says is its signer's.
func (t token) names(c *x509.Certificate) bool {
	return c != nil && bytes.Equal(c.RawIssuer, t.issuer) && t.serial != nil && c.SerialNumber.Cmp(t.serial) == 0
}

// signer is the certificate of the token's signer as far as it is at hand: the authority's, or the one that it brings.
func (t token) signer(known *x509.Certificate) *x509.Certificate {
	for _, c := range append([]*x509.Certificate{known}, t.certificates...) {
		if t.names(c) {
			return c
		}
	}
	return nil
}
