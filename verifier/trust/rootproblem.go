package trust

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"slices"
)

// rootShape is a trusted root as far as it is looked at to say what is wrong with it (protobuf-specs,
// sigstore_trustroot.proto).
type rootShape struct {
	Tlogs, Ctlogs                                []logShape
	CertificateAuthorities, TimestampAuthorities []authorityShape
}

type logShape struct {
	BaseURL   string
	PublicKey struct {
		RawBytes []byte
		ValidFor *struct{ Start string }
	}
}

type authorityShape struct {
	URI       string
	CertChain struct {
		Certificates []struct{ RawBytes []byte }
	}
}

// rootProblem says why a document is not usable as a trusted root.
func rootProblem(document []byte) string {
	var shape rootShape
	if json.Unmarshal(document, &shape) != nil {
		return "a field has a value of another kind than it should"
	}
	for i, l := range slices.Concat(shape.Tlogs, shape.Ctlogs) {
		kind := "transparency log"
		if i >= len(shape.Tlogs) {
			kind = "certificate log"
		}
		if why := l.problem(); why != "" {
			return fmt.Sprintf("the %s %q %s", kind, l.BaseURL, why)
		}
	}
	for i, a := range slices.Concat(shape.CertificateAuthorities, shape.TimestampAuthorities) {
		kind := "certificate authority"
		if i >= len(shape.CertificateAuthorities) {
			kind = "timestamp authority"
		}
		if why := a.problem(); why != "" {
			return fmt.Sprintf("the %s %q %s", kind, a.URI, why)
		}
	}
	return "one of its authorities or logs is damaged, or of a kind that is not known here"
}

func (l logShape) problem() string {
	switch {
	case len(l.PublicKey.RawBytes) == 0:
		return "has no public key"
	case l.PublicKey.ValidFor == nil || l.PublicKey.ValidFor.Start == "":
		return "does not say from when on its key is used (validFor.start), which it has to"
	}
	if _, err := x509.ParsePKIXPublicKey(l.PublicKey.RawBytes); err != nil {
		if _, err := x509.ParsePKCS1PublicKey(l.PublicKey.RawBytes); err != nil {
			return "has a damaged public key, or one of an unknown kind"
		}
	}
	return ""
}

func (a authorityShape) problem() string {
	if len(a.CertChain.Certificates) == 0 {
		return "has no certificate"
	}
	for _, c := range a.CertChain.Certificates {
		if _, err := x509.ParseCertificate(c.RawBytes); err != nil {
			return "has a damaged certificate"
		}
	}
	return ""
}
