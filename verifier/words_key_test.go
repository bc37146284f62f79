package verifier

import (
	"crypto/elliptic"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// TestANameThatIsNotQuiteTheRightOneIsToldAsSuch judges what nobody changed: it names its key, or its subject, in a way
// that is refused. A person must not be told that something was altered.
func TestANameThatIsNotQuiteTheRightOneIsToldAsSuch(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	k := i.key(elliptic.P256())
	mine, err := trust.NewKey("release", k.Public())
	if err != nil {
		t.Fatal(err)
	}
	other, err := trust.NewKey("other", i.key(elliptic.P256()).Public())
	if err != nil {
		t.Fatal(err)
	}
	by := func(keys ...trust.Key) *Verifier {
		return s.verifier(func(o *Options) {
			o.Signers = nil
			for _, key := range keys {
				o.Signers = append(o.Signers, signers(t, trust.Signer{Name: key.Name, Enabled: true, Key: &key, NoLog: true})...)
			}
		})
	}
	about := func(digests, hint, keyid string) model.Evidence {
		payload := []byte(statementOf(digests))
		ev := s.bundle(nil, map[string]any{"dsseEnvelope": map[string]any{
			"payloadType": inToto, "payload": payload,
			"signatures": []any{map[string]any{"sig": sign(t, k, pae(inToto, payload)), "keyid": keyid}},
		}})
		return withBlob(ev, strings.Replace(string(ev.Blob), `"hint":""`, `"hint":"`+hint+`"`, 1))
	}
	right := `{"sha256":"` + image.Hex() + `"}`
	leaf := i.leaf(k.Public(), true)
	content, sig := s.enveloped(func(message []byte) []byte { return sign(t, k, message) })
	keyless := s.bundle(leaf, content, s.stamp(sig, signedOn))
	const cosignHint, fingerprint = "K5oI/PuDSSbK/n9PSR7p8/Aa21STV7PlirBltNHTGII=", "sha256:2b9a08fcfb834926cafe7f4f491ee9f3f01adb549357b3e58ab065b4d1d31882"
	for name, c := range map[string]struct {
		v    *Verifier
		ev   model.Evidence
		want model.Verdict
		says string
	}{
		"nothing is odd":                        {by(mine), about(right, "", ""), model.Trusted, ""},
		"the digest is in capitals":             {by(mine), about(strings.ToUpper(right), "", ""), model.Invalid, "in capital letters"},
		"the algorithm is in capitals":          {by(mine), about(strings.Replace(right, "sha", "SHA", 1), "", ""), model.Invalid, "in capital letters"},
		"another digest is in capitals":         {by(mine), about(`{"sha256":"`+strings.Repeat("AB", 32)+`"}`, "", ""), model.Invalid, "about something else"},
		"a keyid of another form":               {by(mine), about(right, "", mine.Fingerprint), model.Invalid, "the signature is by the key " + mine.Fingerprint},
		"a keyid of another form, keyless":      {by(), withBlob(keyless, strings.Replace(string(keyless.Blob), `"sig":`, `"keyid":"x","sig":`, 1)), model.Invalid, "the signature is by the key " + mine.Fingerprint},
		"the hint is of a key that is not here": {by(other), about(right, cosignHint, ""), model.Unverifiable, "says that it is by the key " + fingerprint},
		"the hint is of a key, and none is":     {by(), about(right, cosignHint, ""), model.Unverifiable, "says that it is by the key " + fingerprint},
		"the hint is anything":                  {by(other), about(right, "release key 3", ""), model.Unverifiable, `the key "release key 3", which is none`},
		"there is no hint":                      {by(other), about(right, "", ""), model.Unverifiable, "another key, or payload or signature was changed"},
		"there is neither hint nor key":         {by(), about(right, "", ""), model.Unverifiable, "give the public key with --key"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := c.v.Verify(t.Context(), c.ev); r.Verdict != c.want || !strings.Contains(r.Reason, c.says) {
				t.Errorf("%s: %s", r.Verdict, r.Reason)
			}
		})
	}
}
