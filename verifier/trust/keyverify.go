package trust

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha256" // SHA-256
	_ "crypto/sha512" // SHA-384 and SHA-512
	"errors"
	"fmt"
	"io"

	"github.com/sigstore/sigstore/pkg/signature"
)

// errMismatch is the only answer to a signature that is not by the key.
var errMismatch = errors.New("the signature is not by this key over these bytes")

// Verifier verifies with a key whatever hash or padding its owner used: tools differ in what they pick for P-384,
// P-521, RSA and Ed25519 keys, and the envelope does not say. Each of these schemes is sound, so trying them in turn
// makes nothing weaker.
func (k Key) Verifier() signature.Verifier { return anyScheme{k.public} }

// Verifies reports whether sig is by the key over message, without copying the message.
func (k Key) Verifies(message, sig []byte) bool {
	return anyScheme{k.public}.message(sig, message) == nil
}

type anyScheme struct{ public crypto.PublicKey }

// PublicKey implements signature.Verifier.
func (v anyScheme) PublicKey(...signature.PublicKeyOption) (crypto.PublicKey, error) {
	return v.public, nil
}

// VerifySignature implements signature.Verifier. With a digest option the message is not read, and only the schemes
// whose hash has that length are tried.
func (v anyScheme) VerifySignature(sig, message io.Reader, opts ...signature.VerifyOption) error {
	signed, err := io.ReadAll(sig)
	if err != nil {
		return fmt.Errorf("read signature: %w", err)
	}
	var digest []byte
	for _, o := range opts {
		o.ApplyDigest(&digest)
	}
	if digest != nil {
		return v.digest(signed, digest)
	}
	body, err := io.ReadAll(message)
	if err != nil {
		return fmt.Errorf("read message: %w", err)
	}
	return v.message(signed, body)
}

func (v anyScheme) message(sig, body []byte) error {
	if public, ok := v.public.(ed25519.PublicKey); ok && ed25519.Verify(public, body, sig) {
		return nil
	}
	for _, h := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		hash := h.New()
		hash.Write(body)
		if v.digest(sig, hash.Sum(nil)) == nil {
			return nil
		}
	}
	return errMismatch
}

func (v anyScheme) digest(sig, digest []byte) error {
	h := hashOf(digest)
	if h == 0 {
		return errMismatch
	}
	var good bool
	switch public := v.public.(type) {
	case *ecdsa.PublicKey:
		good = ecdsa.VerifyASN1(public, digest, sig)
	case *rsa.PublicKey:
		good = rsa.VerifyPKCS1v15(public, h, digest, sig) == nil || rsa.VerifyPSS(public, h, digest, sig, nil) == nil
	case ed25519.PublicKey:
		good = h == crypto.SHA512 && ed25519.VerifyWithOptions(public, digest, sig, &ed25519.Options{Hash: crypto.SHA512}) == nil
	}
	if !good {
		return errMismatch
	}
	return nil
}

func hashOf(digest []byte) crypto.Hash {
	for _, h := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		if h.Size() == len(digest) {
			return h
		}
	}
	return 0
}
