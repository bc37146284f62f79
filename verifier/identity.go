package verifier

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"

	"github.com/sigstore/sigstore/pkg/cryptoutils"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// signerOf is who a certificate says its holder is. It is a claim as long as the certificate is not proven.
func signerOf(leaf *x509.Certificate) model.Signer {
	sum := sha256.Sum256(leaf.Raw)
	s := model.Signer{
		Kind: model.SignerCertificate, Subject: subjectName(leaf), Fingerprint: "sha256:" + hex.EncodeToString(sum[:]),
		NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter, Authority: leaf.Issuer.String(),
		Extensions: fulcioExtensions(leaf),
	}
	if key, err := trust.NewKey("", leaf.PublicKey); err == nil {
		s.Algorithm = key.Algorithm
	}
	s.Issuer = oidcIssuer(leaf)
	return s
}

// subjectName is the subject alternative name that Fulcio puts the identity in: a URI, an e-mail address or an
// otherName (fulcio docs/oid-info.md).
func subjectName(leaf *x509.Certificate) string {
	switch {
	case len(leaf.URIs) > 0:
		return leaf.URIs[0].String()
	case len(leaf.EmailAddresses) > 0:
		return leaf.EmailAddresses[0]
	}
	name, err := cryptoutils.UnmarshalOtherNameSAN(leaf.Extensions)
	if err != nil {
		return ""
	}
	return name
}

// keySigner describes a key.
func keySigner(k trust.Key, hint string) model.Signer {
	return model.Signer{
		Kind: model.SignerKey, Fingerprint: k.Fingerprint, Algorithm: k.Algorithm, Name: k.Name, Hint: hint,
		NotBefore: k.NotBefore, NotAfter: k.NotAfter, KeyPEM: k.PEM(),
	}
}
