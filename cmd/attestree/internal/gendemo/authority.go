package main

import (
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/url"
	"time"
)

// leafLifetime is how long a keyless certificate is valid, as with the public Fulcio.
const leafLifetime = 10 * time.Minute

// authority is a certificate authority: a root and an intermediate that issues.
type authority struct {
	root, issuing *x509.Certificate
	key           key // of issuing
}

// newAuthority makes an authority. Its keys follow from name; organization and commonName are what certificates show.
func newAuthority(name, organization, commonName string, usage x509.ExtKeyUsage) *authority {
	rootKey, issuingKey := newKey(name+" root"), newKey(name+" intermediate")
	root := &x509.Certificate{
		SerialNumber: serial(name + " root"), NotBefore: opened, NotAfter: closed,
		Subject:               pkix.Name{Organization: []string{organization}, CommonName: commonName + " root"},
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true, IsCA: true, MaxPathLen: 1, SubjectKeyId: keyID(rootKey),
	}
	root = issue(root, root, rootKey, rootKey)
	issuing := &x509.Certificate{
		SerialNumber: serial(name + " intermediate"), NotBefore: opened, NotAfter: closed,
		Subject:               pkix.Name{Organization: []string{organization}, CommonName: commonName},
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{usage},
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true, SubjectKeyId: keyID(issuingKey),
	}
	return &authority{root: root, issuing: issue(issuing, root, issuingKey, rootKey), key: issuingKey}
}

// impostor is an authority that bears another's name and key identifier, but not its key.
func impostor(of *authority) *authority {
	k := newKey("impostor")
	template := *of.issuing
	template.PublicKey = k.Public()
	template.SerialNumber = serial("impostor")
	return &authority{root: of.root, issuing: issue(&template, &template, k, k), key: k}
}

// leaf is a template for a keyless certificate: no subject, the identity as alternative name and extensions.
func (a *authority) leaf(id identity, k key, at time.Time) *x509.Certificate {
	template := &x509.Certificate{
		SerialNumber: serial(string(k.id())), NotBefore: at, NotAfter: at.Add(leafLifetime),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
		SubjectKeyId: keyID(k), ExtraExtensions: id.fulcioExtensions(),
	}
	switch {
	case id.email != "":
		template.EmailAddresses = []string{id.email}
	case id.otherName != "":
		template.ExtraExtensions = append(template.ExtraExtensions, otherNameSAN(id.otherName))
	default:
		template.URIs = []*url.URL{must(url.Parse(id.subject))}
	}
	return template
}

// issue signs template for the holder of subject.
func issue(template, parent *x509.Certificate, subject, signer key) *x509.Certificate {
	der := must(x509.CreateCertificate(nil, template, parent, subject.Public(), signer))
	return must(x509.ParseCertificate(der))
}

func keyID(k key) []byte { return k.id()[:20] }

// serial is a serial number that follows from name.
func serial(name string) *big.Int {
	sum := sha256.Sum256([]byte("serial: " + name))
	sum[0] &= 0x7f // positive
	return new(big.Int).SetBytes(sum[:16])
}
