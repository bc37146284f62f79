package verifier

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/sha512"
	"io"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/sigstore/sigstore/pkg/signature/options"
)

// signatureByLeaf judges the signature against the certificate's key, whatever is to be thought of the certificate.
func (j *judging) signatureByLeaf() result {
	const expected = wantLeafSignature
	verifiers := leafVerifiers(j.s.leaf.PublicKey, j.s.content.EnvelopeContent() != nil)
	if len(verifiers) == 0 {
		return skip(expected, "", "the certificate's kind of key is not supported")
	}
	for i, v := range verifiers {
		if j.signedBy(v) {
			if i > 0 {
				j.substitute = stepByStep
			}
			return signedByLeaf()
		}
	}
	return j.explainSignature(expected, verifiers)
}

const wantLeafSignature = "a signature by the certificate's key"

func signedByLeaf() result {
	return pass(wantLeafSignature, "the signature is by that key over these bytes", "")
}

// leafVerifiers are the verifiers that sigstore-go's Verify uses for a certificate's key: the default one and, for P-384
// and P-521, SHA-256 as old clients had it.
func leafVerifiers(public crypto.PublicKey, envelope bool) []signature.Verifier {
	var opts []signature.LoadOption
	if !envelope {
		opts = append(opts, options.WithED25519ph())
	}
	first, err := signature.LoadDefaultVerifier(public, opts...)
	if err != nil {
		return nil
	}
	all := []signature.Verifier{first}
	if k, ok := public.(*ecdsa.PublicKey); ok && (k.Curve == elliptic.P384() || k.Curve == elliptic.P521()) {
		if old, err := signature.LoadECDSAVerifier(k, crypto.SHA256); err == nil {
			all = append(all, old)
		}
	}
	return all
}

// signedBy reports whether the signature is by the verifier's key. A message signature is judged against the message
// where it is at hand, else against the digest that the bundle names for it; whether that digest is the right one is the
// subject check's business.
func (j *judging) signedBy(v signature.Verifier) bool {
	whole, err := j.s.bundle.VerificationContent()
	if err != nil {
		return false
	}
	content := byKey{whole}
	material := withKey{TrustedMaterial: j.root.Material(), verifier: v}
	if j.s.content.EnvelopeContent() != nil {
		return verify.VerifySignature(j.s.content, content, material) == nil
	}
	if body := j.message(); body != nil {
		return verify.VerifySignatureWithArtifacts(j.s.content, content, material, []io.Reader{bytes.NewReader(body)}) == nil
	}
	return verify.VerifySignatureWithArtifactDigests(j.s.content, content, material, []verify.ArtifactDigest{j.messageDigest()}) == nil
}

// message is what a message signature is over, nil if it is not at hand.
func (j *judging) message() []byte {
	m := j.s.content.MessageSignatureContent()
	if j.s.body == nil || m == nil || !bytes.Equal(hashAs(m.DigestAlgorithm(), j.s.body), m.Digest()) {
		return nil
	}
	return j.s.body
}

func (j *judging) messageDigest() verify.ArtifactDigest {
	m := j.s.content.MessageSignatureContent()
	return verify.ArtifactDigest{Algorithm: digestName(m.DigestAlgorithm()), Digest: m.Digest()}
}

// digestName is the OCI name of a protobuf hash algorithm, "" for those that nobody signs with.
func digestName(algorithm string) string {
	switch algorithm {
	case "SHA2_256":
		return "sha256"
	case "SHA2_384":
		return "sha384"
	case "SHA2_512":
		return "sha512"
	}
	return ""
}

func hashAs(algorithm string, b []byte) []byte {
	switch digestName(algorithm) {
	case "sha256":
		sum := sha256.Sum256(b)
		return sum[:]
	case "sha384":
		sum := sha512.Sum384(b)
		return sum[:]
	case "sha512":
		sum := sha512.Sum512(b)
		return sum[:]
	}
	return nil
}

var _ root.TrustedMaterial = withKey{}
