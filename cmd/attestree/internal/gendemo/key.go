package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"io"
)

// seed is what every key of the demo is derived from. It is no secret.
const seed = "attestree demo: these keys protect nothing"

// key is an ECDSA P-256 key that signs the same bytes in the same way every time (RFC 6979).
type key struct{ private *ecdsa.PrivateKey }

// newKey derives the key with that name.
func newKey(name string) key {
	secret := must(hkdf.Key(sha256.New, []byte(seed), nil, "key: "+name, 32))
	return key{must(ecdsa.ParseRawPrivateKey(elliptic.P256(), secret))}
}

// Public implements crypto.Signer.
func (k key) Public() crypto.PublicKey { return k.private.Public() }

// Sign implements crypto.Signer. It ignores its source of randomness, which makes ECDSA deterministic.
func (k key) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return k.private.Sign(nil, digest, opts)
}

// signMessage returns the ASN.1 signature over the SHA-256 digest of message.
func (k key) signMessage(message []byte) []byte {
	digest := sha256.Sum256(message)
	return must(k.Sign(nil, digest[:], crypto.SHA256))
}

// spki is the PKIX encoding of the public key.
func (k key) spki() []byte { return must(x509.MarshalPKIXPublicKey(k.Public())) }

// id is the SHA-256 digest of the public key, which is how logs are named (RFC 6962 §3.2).
func (k key) id() []byte {
	sum := sha256.Sum256(k.spki())
	return sum[:]
}

func (k key) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.spki()})
}

func certificatePEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
