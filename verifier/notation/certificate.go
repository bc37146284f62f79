package notation

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// parseCertificates reads the certificates of one file: PEM, or DER.
func parseCertificates(raw []byte) ([]*x509.Certificate, error) {
	block, rest := pem.Decode(raw)
	if block == nil {
		certificates, err := x509.ParseCertificates(raw)
		if err != nil || len(certificates) == 0 {
			return nil, errors.New("neither PEM nor DER with a certificate")
		}
		return certificates, nil
	}
	var out []*x509.Certificate
	for ; block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("it holds a %s and not only certificates", block.Type)
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errors.New("it holds a damaged certificate")
		}
		out = append(out, c)
	}
	if len(bytes.TrimSpace(rest)) > 0 {
		return nil, errors.New("there is something after the last certificate that is none")
	}
	return out, nil
}

// usable says why a certificate may not be in a store of that type: authorities may, and signers who signed their
// certificate themselves; timestamps need an authority at the top of its chain.
func usable(kind StoreType, c *x509.Certificate) error {
	self := bytes.Equal(c.RawSubject, c.RawIssuer) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
	authority := c.BasicConstraintsValid && c.IsCA
	switch {
	case kind == StoreTSA && (!authority || !self):
		return fmt.Errorf("the certificate of %q is no root authority, and a store for timestamps takes no other", c.Subject)
	case !authority && !self:
		return fmt.Errorf("the certificate of %q is neither an authority's nor signed by itself", c.Subject)
	}
	return nil
}
