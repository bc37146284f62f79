package verifier

import (
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// signing is a key and one of the ways in which it signs.
type signing struct {
	public crypto.PublicKey
	by     func([]byte) []byte
	digest string // of a message signature, as protobuf names it
}

// by signs with a key whose signatures are over a hash.
func by(t *testing.T, k crypto.Signer, h crypto.Hash, opts crypto.SignerOpts) func([]byte) []byte {
	return func(message []byte) []byte {
		digest := message
		if h != 0 {
			sum := h.New()
			sum.Write(message)
			digest = sum.Sum(nil)
		}
		sig, err := k.Sign(rand.Reader, digest, opts)
		if err != nil {
			t.Fatal(err)
		}
		return sig
	}
}

// signings are the ways in which tools sign, by name.
func signings(t *testing.T, i *instance) map[string]signing {
	t.Helper()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p256, p384, p521 := i.key(elliptic.P256()), i.key(elliptic.P384()), i.key(elliptic.P521())
	return map[string]signing{
		"P-256 with SHA-256":         {p256.Public(), by(t, p256, crypto.SHA256, crypto.SHA256), "SHA2_256"},
		"P-384 with SHA-384":         {p384.Public(), by(t, p384, crypto.SHA384, crypto.SHA384), "SHA2_384"},
		"P-384 with SHA-256":         {p384.Public(), by(t, p384, crypto.SHA256, crypto.SHA256), "SHA2_256"},
		"P-521 with SHA-512":         {p521.Public(), by(t, p521, crypto.SHA512, crypto.SHA512), "SHA2_512"},
		"P-521 with SHA-384":         {p521.Public(), by(t, p521, crypto.SHA384, crypto.SHA384), "SHA2_384"},
		"P-521 with SHA-256":         {p521.Public(), by(t, p521, crypto.SHA256, crypto.SHA256), "SHA2_256"},
		"RSA PKCS #1 v1.5":           {rsaKey.Public(), by(t, rsaKey, crypto.SHA256, crypto.SHA256), "SHA2_256"},
		"RSA PSS":                    {rsaKey.Public(), by(t, rsaKey, crypto.SHA256, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}), "SHA2_256"},
		"RSA PSS with SHA-512":       {rsaKey.Public(), by(t, rsaKey, crypto.SHA512, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto, Hash: crypto.SHA512}), "SHA2_512"},
		"Ed25519":                    {ed.Public(), by(t, ed, 0, crypto.Hash(0)), "SHA2_256"},
		"Ed25519 over SHA-512 first": {ed.Public(), by(t, ed, crypto.SHA512, &ed25519.Options{Hash: crypto.SHA512}), "SHA2_512"},
	}
}

func TestKeysMayUseAnyOfTheirSchemes(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	for name, signing := range signings(t, i) {
		key, err := trust.NewKey(name, signing.public)
		if err != nil {
			t.Fatal(err)
		}
		listed := func(o *Options) {
			o.Signers = signers(t, trust.Signer{Name: "k", Enabled: true, Key: &key, NoLog: true})
		}
		envelope, _ := s.enveloped(signing.by)
		message, _ := s.message(signing.by, signing.digest)
		for form, content := range map[string]map[string]any{"envelope": envelope, "message": message} {
			t.Run(name+", "+form, func(t *testing.T) {
				good := withArtifact(s.bundle(nil, content))
				requireGood(t, s.verifier(listed), good)
				requireCaught(t, s.verifier(listed), withBlob(good, flipSignature(t, form, string(good.Blob))), model.CheckSignature)
			})
		}
	}
}

func flipSignature(t *testing.T, form, document string) string {
	t.Helper()
	path := "dsseEnvelope.signatures.0.sig"
	if form == "message" {
		path = "messageSignature.signature"
	}
	return edit(t, document, path, func(s string) string { return flip(t, s) })
}

func TestCertificatesMayBeForAnyKindOfKey(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	for name, signing := range signings(t, i) {
		leaf := i.leaf(signing.public, true)
		envelope, envelopeSig := s.enveloped(signing.by)
		message, messageSig := s.message(signing.by, signing.digest)
		for form, c := range map[string]struct {
			content map[string]any
			sig     []byte
		}{"envelope": {envelope, envelopeSig}, "message": {message, messageSig}} {
			t.Run(name+", "+form, func(t *testing.T) {
				good := withArtifact(s.bundle(leaf, c.content, s.stamp(c.sig, signedOn)))
				v, stepwise := s.verifier(), s.verifier()
				stepwise.stepwise = true
				r := v.Verify(t.Context(), good)
				if again := stepwise.Verify(t.Context(), good); again.Verdict != r.Verdict {
					t.Errorf("%s, step by step %s", r.Verdict, again.Verdict)
				}
				if want := keylessVerdict(name, form); r.Verdict != want {
					t.Fatalf("%s at %s: %s; want %s", r.Verdict, deciding(r), r.Reason, want)
				}
				if r.Verdict == model.Trusted {
					requireCaught(t, v, withBlob(good, flipSignature(t, form, string(good.Blob))), model.CheckSignature)
				}
			})
		}
	}
}

// keylessVerdict is what sigstore-go allows for certificates: one scheme for each kind of key, and SHA-256 with larger
// curves as old clients had it.
func keylessVerdict(name, form string) model.Verdict {
	switch {
	case strings.Contains(name, "PSS"), name == "P-521 with SHA-384":
		return model.Invalid
	case name == "Ed25519" && form == "message", name == "Ed25519 over SHA-512 first" && form == "envelope":
		return model.Invalid
	}
	return model.Trusted
}

func TestAKeyInACertificateSignsWithinItsValidity(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	k := i.key(elliptic.P256())
	pem := func(start, end time.Duration) trust.Key {
		t.Helper()
		c := i.certificate(&x509.Certificate{
			SerialNumber: i.ca.SerialNumber, NotBefore: signedOn.Add(start), NotAfter: signedOn.Add(end),
		}, i.ca, k.Public())
		key, err := trust.ParseKey("release.crt", []byte(pemOf(c.Raw)))
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	content, sig := s.enveloped(by(t, k, crypto.SHA256, crypto.SHA256))
	stamped, bare := s.bundle(nil, content, s.stamp(sig, signedOn)), s.bundle(nil, content)
	for name, c := range map[string]struct {
		key    trust.Key
		ev     model.Evidence
		want   model.Verdict
		reason string
	}{
		"within":              {pem(-time.Hour, time.Hour), stamped, model.Trusted, ""},
		"before it was valid": {pem(time.Hour, 2*time.Hour), stamped, model.Invalid, "1h0m0s before it began"},
		"after it was valid":  {pem(-2*time.Hour, -time.Hour), stamped, model.Invalid, "1h0m0s after it ended"},
		"at no attested time": {pem(-time.Hour, time.Hour), bare, model.Unverifiable, "nothing attests when"},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.verifier(func(o *Options) {
				o.Signers = signers(t, trust.Signer{Name: "release", Enabled: true, Key: &c.key, NoLog: true})
			})
			r := v.Verify(t.Context(), c.ev)
			if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("%s: %q", r.Verdict, r.Reason)
			}
			if c.want != model.Trusted && deciding(r) != model.CheckTimestamp {
				t.Errorf("decided by %s", deciding(r))
			}
		})
	}
}
