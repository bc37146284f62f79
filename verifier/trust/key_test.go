package trust

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sigstore/sigstore/pkg/signature/options"
)

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func must[T any](tb testing.TB) func(T, error) T {
	return func(v T, err error) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}

func newECDSA(tb testing.TB, c elliptic.Curve) *ecdsa.PrivateKey {
	return must[*ecdsa.PrivateKey](tb)(ecdsa.GenerateKey(c, rand.Reader))
}

func keyOf(tb testing.TB, public crypto.PublicKey) Key {
	return must[Key](tb)(NewKey("k", public))
}

func TestKeysAreReadInEveryFormThatToolsWrite(t *testing.T) {
	ec, small := newECDSA(t, elliptic.P256()), must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(1, 0), NotAfter: time.Unix(2, 0)}
	certificate := must[[]byte](t)(x509.CreateCertificate(rand.Reader, template, template, ec.Public(), ec))
	for name, c := range map[string]struct {
		data      []byte
		algorithm string
	}{
		"PKIX":        {block("PUBLIC KEY", must[[]byte](t)(x509.MarshalPKIXPublicKey(ec.Public()))), "ECDSA P-256"},
		"PKCS #1":     {block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&small.PublicKey)), "RSA 2048"},
		"certificate": {block("CERTIFICATE", certificate), "ECDSA P-256"},
	} {
		t.Run(name, func(t *testing.T) {
			key := must[Key](t)(ParseKey("k", c.data))
			if key.Algorithm != c.algorithm || len(key.Fingerprint) != 71 {
				t.Errorf("%+v", key)
			}
			if (name == "certificate") != key.NotAfter.Equal(time.Unix(2, 0)) {
				t.Errorf("valid until %v", key.NotAfter)
			}
		})
	}
}

func TestWhatIsNoPublicKeyIsNamed(t *testing.T) {
	ec := newECDSA(t, elliptic.P256())
	private := must[[]byte](t)(x509.MarshalPKCS8PrivateKey(ec))
	public := must[[]byte](t)(x509.MarshalPKIXPublicKey(ec.Public()))
	p224 := must[[]byte](t)(x509.MarshalPKIXPublicKey(newECDSA(t, elliptic.P224()).Public()))
	for name, c := range map[string]struct{ data, want string }{
		"a private key":         {string(block("PRIVATE KEY", private)), "private key"},
		"cosign's private key":  {string(block("ENCRYPTED SIGSTORE PRIVATE KEY", private)), "private key"},
		"nothing":               {"\n", "empty"},
		"text":                  {"hello", "not PEM"},
		"SSH":                   {"ssh-ed25519 AAAA", "ssh-keygen"},
		"JSON":                  {"{}", "JSON"},
		"DER":                   {string(public), "DER"},
		"a certificate request": {string(block("CERTIFICATE REQUEST", nil)), "request"},
		"something else":        {string(block("PGP MESSAGE", nil)), "PGP MESSAGE"},
		"two keys":              {string(block("PUBLIC KEY", public)) + string(block("PUBLIC KEY", public)), "more than one"},
		"a key after a damaged one": {
			strings.Replace(string(block("PUBLIC KEY", public)), "-----END PUBLIC KEY-----", "-----END PUBLIC KEY", 1) + string(block("PUBLIC KEY", public)),
			"damaged before the first",
		},
		"a damaged key":           {string(block("PUBLIC KEY", public[:20])), "damaged"},
		"a curve nobody uses":     {string(block("PUBLIC KEY", p224)), "P-224"},
		"far too much":            {strings.Repeat("x", maxKeyFile+1), "too many"},
		"a damaged certificate":   {string(block("CERTIFICATE", []byte("x"))), "damaged"},
		"a damaged PKCS #1 key":   {string(block("RSA PUBLIC KEY", []byte("x"))), "damaged"},
		"an RSA key of 1024 bits": {string(block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 1023), E: 65537}))), "1024 bits"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseKey("k", []byte(c.data))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestEveryHashAndPaddingIsVerified(t *testing.T) {
	message := []byte("message")
	p384, rsaKey := newECDSA(t, elliptic.P384()), must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	edPublic, edPrivate, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(h crypto.Hash) []byte {
		hash := h.New()
		hash.Write(message)
		return hash.Sum(nil)
	}
	sha512Sum := sha512.Sum512(message)
	type signed struct {
		name   string
		public crypto.PublicKey
		sig    []byte
		digest []byte
	}
	cases := []signed{
		{"Ed25519", edPublic, ed25519.Sign(edPrivate, message), nil},
		{"Ed25519ph", edPublic, must[[]byte](t)(edPrivate.Sign(nil, sha512Sum[:], crypto.SHA512)), sha512Sum[:]},
	}
	for _, h := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		cases = append(cases,
			signed{"ECDSA P-384 with " + h.String(), p384.Public(), must[[]byte](t)(ecdsa.SignASN1(rand.Reader, p384, sum(h))), sum(h)},
			signed{"RSA PKCS #1 with " + h.String(), rsaKey.Public(), must[[]byte](t)(rsa.SignPKCS1v15(nil, rsaKey, h, sum(h))), sum(h)},
			signed{"RSA PSS with " + h.String(), rsaKey.Public(), must[[]byte](t)(rsa.SignPSS(rand.Reader, rsaKey, h, sum(h), nil)), sum(h)})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := keyOf(t, c.public).Verifier()
			if err := v.VerifySignature(bytes.NewReader(c.sig), bytes.NewReader(message)); err != nil {
				t.Error(err)
			}
			if v.VerifySignature(bytes.NewReader(c.sig), strings.NewReader("massage")) == nil {
				t.Error("another message passes")
			}
			other := keyOf(t, newECDSA(t, elliptic.P256()).Public()).Verifier()
			if other.VerifySignature(bytes.NewReader(c.sig), bytes.NewReader(message)) == nil {
				t.Error("another key passes")
			}
			err := v.VerifySignature(bytes.NewReader(c.sig), strings.NewReader(""), options.WithDigest(c.digest))
			if (err == nil) != (c.digest != nil) {
				t.Errorf("with a digest: %v", err)
			}
		})
	}
}

func TestAHintNamesAKeyByItsHash(t *testing.T) {
	key := keyOf(t, newECDSA(t, elliptic.P256()).Public())
	raw := must[[]byte](t)(hex.DecodeString(strings.TrimPrefix(key.Fingerprint, "sha256:")))
	for _, hint := range []string{base64.StdEncoding.EncodeToString(raw), hex.EncodeToString(raw), key.Fingerprint} {
		if !key.Hinted(hint) {
			t.Errorf("%q is not recognised", hint)
		}
	}
	if key.Hinted("") || key.Hinted("k") {
		t.Error("anything is a hint")
	}
}

func FuzzAKeyThatParsesHasAFingerprint(f *testing.F) {
	f.Add([]byte("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----"))
	f.Fuzz(func(t *testing.T, data []byte) {
		key, err := ParseKey("k", data)
		if (err == nil) == (key.Fingerprint == "") {
			t.Fatalf("key %+v, error %v", key, err)
		}
	})
}
