package verifier

import (
	"crypto/elliptic"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// TestDamagedLogEntriesAreNeverOverlooked judges bundles for which no log entry is needed. One whose entries cannot be
// read is refused by every other program, and is by this one.
func TestDamagedLogEntriesAreNeverOverlooked(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	k := i.key(elliptic.P256())
	leaf := i.leaf(k.Public(), true)
	pinned, err := trust.NewKey("release", k.Public())
	if err != nil {
		t.Fatal(err)
	}
	content, sig := s.enveloped(func(message []byte) []byte { return sign(t, k, message) })
	with := func(ev model.Evidence, entries string) model.Evidence {
		document := strings.Replace(string(ev.Blob), `"verificationMaterial":{`, `"verificationMaterial":{"tlogEntries":[`+entries+`],`, 1)
		return i.layer(model.FormatBundle, document, nil)
	}
	v := s.verifier(func(o *Options) {
		o.Signers = append(o.Signers, signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned, NoLog: true})...)
	})
	for name, entries := range map[string]string{
		"an entry of nothing":      `{}`,
		"an entry without a body":  `{"logIndex":"1","logId":{"keyId":"AAAA"},"kindVersion":{"kind":"dsse","version":"0.0.1"},"integratedTime":"1"}`,
		"an entry without a proof": `{"logIndex":"1","logId":{"keyId":"AAAA"},"kindVersion":{"kind":"dsse","version":"0.0.1"},"integratedTime":"1","canonicalizedBody":"e30="}`,
	} {
		for by, ev := range map[string]model.Evidence{
			"by a key":         s.bundle(nil, content),
			"by a certificate": s.bundle(leaf, content, s.stamp(sig, signedOn)),
		} {
			if r := v.Verify(t.Context(), ev); r.Verdict != model.Trusted {
				t.Fatalf("%s, without an entry: %s (%s)", by, r.Verdict, r.Reason)
			}
			if r := v.Verify(t.Context(), with(ev, entries)); r.Verdict != model.Invalid || deciding(r) != model.CheckLog {
				t.Errorf("%s %s: %s by %s (%s)", name, by, r.Verdict, deciding(r), r.Reason)
			}
		}
	}
}

func TestADamagedLogAnnotationIsNeverOverlooked(t *testing.T) {
	i := newInstance(t)
	k, pinned := i.pinned()
	v := i.verifier(func(o *Options) {
		o.Signers = signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned, NoLog: true})
	})
	for name, c := range map[string]struct {
		annotation string
		want       model.Verdict
	}{
		"none":                {"", model.Trusted},
		"no JSON":             {"garbage", model.Invalid},
		"an id in no hex":     {`{"SignedEntryTimestamp":"","Payload":{"body":"e30=","logID":"x"}}`, model.Invalid},
		"a body that is none": {`{"SignedEntryTimestamp":"","Payload":{"body":"","logID":""}}`, model.Invalid},
	} {
		ev := i.keyed(k, false)
		ev.Node.Blob.Annotations[annotationBundle] = c.annotation
		if r := v.Verify(t.Context(), ev); r.Verdict != c.want || c.want == model.Invalid && deciding(r) != model.CheckLog {
			t.Errorf("%s: %s by %s (%s)", name, r.Verdict, deciding(r), r.Reason)
		}
	}
}

// TestAKeyIDDecidesNothing judges envelopes whose keyid is in the form of other tools, of another key, or of nobody.
func TestAKeyIDDecidesNothing(t *testing.T) {
	i := newInstance(t)
	k, pinned := i.pinned()
	v := i.verifier(func(o *Options) {
		o.Signers = append(o.Signers, signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned, NoLog: true})...)
	})
	layer := i.attestation(k, i.leaf(k.Public(), false), statementOf(`{"sha256":"`+image.Hex()+`"}`))
	for _, keyid := range []string{"", "https://kms.example/release", "SHA256:AAAA", pinned.Fingerprint, `\u0000`} {
		for by, annotations := range map[string]map[string]string{"certificate": layer.Node.Blob.Annotations, "key": nil} {
			envelope := strings.Replace(string(layer.Blob), `"sig":`, `"keyid":"`+keyid+`","sig":`, 1)
			if r := v.Verify(t.Context(), i.layer(model.FormatDSSE, envelope, annotations)); r.Verdict != model.Trusted {
				t.Errorf("by a %s, keyid %q: %s (%s)", by, keyid, r.Verdict, r.Reason)
			}
			broken := strings.Replace(envelope, `"sig":"`, `"sig":"AA`, 1)
			if r := v.Verify(t.Context(), i.layer(model.FormatDSSE, broken, annotations)); r.Verdict == model.Trusted || r.Signer != nil {
				t.Errorf("by a %s, keyid %q, of another signature: %s", by, keyid, r.Verdict)
			}
		}
	}
}

// TestAsOfAnotherTimeANotationSignatureNeedsAProvenOne judges signatures as of a time before they were made.
func TestAsOfAnotherTimeANotationSignatureNeedsAProvenOne(t *testing.T) {
	n := newNotary(t, long)
	n.signedOn = judgedOn.AddDate(-2, 0, 0)
	n.stampedOn = n.signedOn
	acme := n.trust(trustPolicy(`"ca:acme","tsa:clock"`, namedIdentity("images"), `"verifyTimestamp":"afterCertExpiry","level":"strict"`),
		map[string]certified{"ca/acme": n.root, "tsa/clock": n.clockRoot})
	at := func(when time.Time) *Verifier {
		return notationVerifier(t, acme, func(o *Options) { o.At = when })
	}
	inBothFormats(t, n, at(time.Time{}), model.Trusted, "")
	inBothFormats(t, n, at(n.signedOn.AddDate(-1, 0, 0)), model.Unverifiable, model.CheckTimestamp)
	inBothFormats(t, n, at(n.signedOn.AddDate(1, 0, 0)), model.Unverifiable, model.CheckTimestamp)
	n.stamped = true
	inBothFormats(t, n, at(n.stampedOn.AddDate(1, 0, 0)), model.Trusted, "")
	inBothFormats(t, n, at(n.stampedOn.AddDate(-1, 0, 0)), model.Invalid, model.CheckTimestamp)
}
