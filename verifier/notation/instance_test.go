package notation

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"testing/fstest"
	"time"
)

// made is a certificate with its key.
type made struct {
	*x509.Certificate
	key crypto.Signer
}

func subject(common string) pkix.Name {
	return pkix.Name{Country: []string{"CH"}, Province: []string{"Zug"}, Organization: []string{"Acme, Inc."}, CommonName: common}
}

// issue makes a certificate; by nobody for one that signs itself.
func issue(tb testing.TB, common string, authority bool, by *made) *made {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: subject(common), NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<32, 0),
		BasicConstraintsValid: true, IsCA: authority, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if authority {
		template.KeyUsage = x509.KeyUsageCertSign
	}
	parent, signer := template, crypto.Signer(key)
	if by != nil {
		parent, signer = by.Certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		tb.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return &made{c, key}
}

func pemFile(certificates ...*made) *fstest.MapFile {
	var out []byte
	for _, c := range certificates {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return &fstest.MapFile{Data: out}
}

func readStore(tb testing.TB, files fstest.MapFS) Store {
	tb.Helper()
	s, err := ReadStore(files)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func parsePolicy(tb testing.TB, text string) *Policy {
	tb.Helper()
	p, err := ParsePolicy([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return p
}
