package trust

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Key is a public key that somebody signs with.
type Key struct {
	Name        string
	Fingerprint string // "sha256:<hex>" of the PKIX encoding
	Algorithm   string // e.g. "ECDSA P-256"
	// NotBefore and NotAfter bound when the key signs, where it came in a certificate; zero otherwise.
	NotBefore, NotAfter time.Time

	public crypto.PublicKey
	sum    [sha256.Size]byte
}

// PEM is the key in PEM (PKIX, "PUBLIC KEY"), "" for the zero Key.
func (k Key) PEM() string {
	der, err := x509.MarshalPKIXPublicKey(k.public)
	if err != nil {
		return ""
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// Public is the key itself.
func (k Key) Public() crypto.PublicKey { return k.public }

// Equal reports whether both are the same key, whatever their names.
func (k Key) Equal(other Key) bool { return k.Fingerprint != "" && k.Fingerprint == other.Fingerprint }

// Hinted reports whether hint names this key in one of the ways that signing tools use: the SHA-256 of the PKIX
// encoding as base64 (cosign) or hex. A hint is never proof.
func (k Key) Hinted(hint string) bool {
	return hint != "" && (hint == base64.StdEncoding.EncodeToString(k.sum[:]) || strings.EqualFold(hint, hex.EncodeToString(k.sum[:])) ||
		strings.EqualFold(hint, k.Fingerprint))
}

// maxHint is how much of a hint is shown, in bytes.
const maxHint = 80

// HintText is what a signature says of its key, as a person can compare it: a fingerprint like Key's where it is cosign's
// form of one. It is a claim, and a stranger's text.
func HintText(hint string) string {
	if sum, err := base64.StdEncoding.DecodeString(hint); err == nil && len(sum) == sha256.Size {
		return "sha256:" + hex.EncodeToString(sum)
	}
	if len(hint) > maxHint {
		hint = hint[:maxHint] + "…"
	}
	if hint == "" {
		return ""
	}
	return strconv.Quote(hint)
}

// NewKey describes a public key of a kind that this program can verify with: ECDSA on the NIST curves, RSA from 2048
// bits, Ed25519.
func NewKey(name string, public crypto.PublicKey) (Key, error) {
	algorithm, err := algorithmOf(public)
	if err != nil {
		return Key{}, err
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return Key{}, fmt.Errorf("encode public key: %w", err)
	}
	sum := sha256.Sum256(der)
	return Key{Name: name, Fingerprint: "sha256:" + hex.EncodeToString(sum[:]), Algorithm: algorithm, public: public, sum: sum}, nil
}

func algorithmOf(public crypto.PublicKey) (string, error) {
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		switch name := k.Curve.Params().Name; name {
		case "P-256", "P-384", "P-521":
			return "ECDSA " + name, nil
		default:
			return "", fmt.Errorf("elliptic curve %s is not supported (P-256, P-384 and P-521 are)", name)
		}
	case *rsa.PublicKey:
		bits := k.N.BitLen()
		if bits < 2048 || bits > 8192 {
			return "", fmt.Errorf("RSA key of %d bits is not supported (2048 to 8192 are)", bits)
		}
		return fmt.Sprintf("RSA %d", bits), nil
	case ed25519.PublicKey:
		return "Ed25519", nil
	}
	return "", fmt.Errorf("keys of type %T are not supported (ECDSA, RSA and Ed25519 are)", public)
}

// maxKeyFile is far above any public key or certificate, in bytes.
const maxKeyFile = 64 << 10

// ParseKey reads a public key in PEM: PKIX ("PUBLIC KEY"), PKCS #1 ("RSA PUBLIC KEY") or an X.509 certificate. The
// errors say what was given instead.
func ParseKey(name string, data []byte) (Key, error) {
	key, err := parseKey(name, data)
	if err != nil {
		return Key{}, fmt.Errorf("read public key %s: %w", name, err)
	}
	return key, nil
}

func parseKey(name string, data []byte) (Key, error) {
	if len(data) > maxKeyFile {
		return Key{}, fmt.Errorf("%d bytes are too many for a public key", len(data))
	}
	block, rest := pem.Decode(data)
	if block == nil {
		return Key{}, notPEM(data)
	}
	if bytes.Count(data[:len(data)-len(rest)], []byte("-----BEGIN ")) > 1 {
		return Key{}, errors.New("the file holds something damaged before the first key that can be read; give one file for each key")
	}
	if more, _ := pem.Decode(rest); more != nil && more.Type != "CERTIFICATE" {
		return Key{}, errors.New("the file holds more than one key; give one file for each")
	}
	switch block.Type {
	case "PUBLIC KEY":
		public, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return Key{}, damaged(block.Type)
		}
		return NewKey(name, public)
	case "RSA PUBLIC KEY":
		public, err := x509.ParsePKCS1PublicKey(block.Bytes)
		if err != nil {
			return Key{}, damaged(block.Type)
		}
		return NewKey(name, public)
	case "CERTIFICATE":
		return certificateKey(name, block.Bytes)
	case "CERTIFICATE REQUEST":
		return Key{}, errors.New("this is a certificate request; give the certificate or its public key")
	}
	if strings.Contains(block.Type, "PRIVATE KEY") {
		return Key{}, fmt.Errorf("this is a private key (%s), which nobody should hand around; give the public key", block.Type)
	}
	return Key{}, fmt.Errorf("PEM block %q is not a public key or certificate", block.Type)
}

func certificateKey(name string, der []byte) (Key, error) {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return Key{}, damaged("CERTIFICATE")
	}
	key, err := NewKey(name, certificate.PublicKey)
	if err != nil {
		return Key{}, err
	}
	key.NotBefore, key.NotAfter = certificate.NotBefore, certificate.NotAfter
	return key, nil
}

// damaged stands for the many ways in which a parser refuses the content of a PEM block.
func damaged(block string) error {
	return fmt.Errorf("damaged %s: its content is no key that can be used (cut off, of an unknown kind, or no point on its curve)", block)
}

// notPEM says what data seems to be instead.
func notPEM(data []byte) error {
	text := bytes.TrimSpace(data)
	switch {
	case len(text) == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(text, []byte("ssh-")) || bytes.HasPrefix(text, []byte("ecdsa-sha2-")):
		return errors.New("this is an SSH public key; convert it with ssh-keygen -e -m PKCS8")
	case bytes.HasPrefix(text, []byte("{")):
		return errors.New("this is JSON and not a public key in PEM")
	case len(data) > 0 && data[0] == 0x30:
		return errors.New("this looks like DER and not PEM; convert it with openssl pkey -pubin -inform DER")
	}
	return errors.New("not PEM: no -----BEGIN PUBLIC KEY----- in it")
}
