package verifier

import (
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// logged is a log entry of Rekor 2 for a stranger's signature of something else, proven by a checkpoint of that origin in
// a log of one entry.
func (i *instance) logged(origin string) string {
	i.tb.Helper()
	stranger := i.key(elliptic.P256())
	der, err := x509.MarshalPKIXPublicKey(stranger.Public())
	if err != nil {
		i.tb.Fatal(err)
	}
	digest := sha256.Sum256([]byte("something else"))
	body := i.json(map[string]any{"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": map[string]any{"hashedRekordV002": map[string]any{
		"data": map[string]any{"algorithm": "SHA2_256", "digest": digest[:]},
		"signature": map[string]any{
			"content":  sign(i.tb, stranger, []byte("something else")),
			"verifier": map[string]any{"publicKey": map[string]any{"rawBytes": der}, "keyDetails": "PKIX_ECDSA_P256_SHA_256"},
		},
	}}})
	leaf := sha256.Sum256(append([]byte{0}, body...)) // RFC 6962 §2.1: the hash of a tree of one
	text := origin + "\n1\n" + base64.StdEncoding.EncodeToString(leaf[:]) + "\n"
	id := keyID(i.tb, i.logKey.Public())
	signature := append(append([]byte{}, id[:hintSize]...), sign(i.tb, i.logKey, []byte(text))...)
	return string(i.json(map[string]any{
		"logIndex": "0", "logId": map[string]any{"keyId": id}, "kindVersion": map[string]any{"kind": "hashedrekord", "version": "0.0.2"},
		"canonicalizedBody": body,
		"inclusionProof": map[string]any{"logIndex": "0", "rootHash": leaf[:], "treeSize": "1", "checkpoint": map[string]any{
			"envelope": text + "\n— log " + base64.StdEncoding.EncodeToString(signature) + "\n",
		}},
	}))
}

// TestAnEntryForAnotherSignatureProvesNothingWhateverItsForm attaches a true entry of the log to a signature that the log
// has never seen.
func TestAnEntryForAnotherSignatureProvesNothingWhateverItsForm(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	k, pinned := i.pinned()
	material, err := root.NewTrustedRoot(root.TrustedRootMediaType01,
		[]root.CertificateAuthority{&root.FulcioCertificateAuthority{Root: i.ca, URI: "https://ca"}},
		i.log(i.ctKey, "ct"), []root.TimestampingAuthority{s.authority()}, i.log(i.logKey, "log"))
	if err != nil {
		t.Fatal(err)
	}
	judged := func(stepwise bool) *Verifier {
		v := i.verifier(func(o *Options) {
			o.Roots = []trust.Root{trust.NewRoot(model.TrustRoot{Name: "instance", Source: trust.SourceFile}, material)}
			o.Signers = append(o.Signers, signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned})...)
		})
		v.stepwise = stepwise
		return v
	}
	content, sig := s.enveloped(func(message []byte) []byte { return sign(t, k, message) })
	for origin, says := range map[string]string{"log": "not the one that is attached here", "log - 1": "of two forms"} {
		for by, ev := range map[string]model.Evidence{
			"a certificate": s.bundle(i.leaf(k.Public(), false), content, s.stamp(sig, signedOn)),
			"a key":         s.bundle(nil, content),
		} {
			ev = withBlob(ev, strings.Replace(string(ev.Blob), `"verificationMaterial":{`, `"verificationMaterial":{"tlogEntries":[`+i.logged(origin)+`],`, 1))
			for _, stepwise := range []bool{false, true} {
				if r := judged(stepwise).Verify(t.Context(), ev); r.Verdict != model.Invalid || deciding(r) != model.CheckLog || !strings.Contains(r.Reason, says) {
					t.Errorf("origin %q, by %s: %s by %s (%s)", origin, by, r.Verdict, deciding(r), r.Reason)
				}
			}
		}
	}
}
