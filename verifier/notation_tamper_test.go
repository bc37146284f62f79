package verifier

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
	"github.com/veraison/go-cose"

	"github.com/attestree/attestree/model"
)

// bad is one change to a good notation signature, in the words of either format, and the check that must notice it.
type bad struct {
	what string
	jws  func(t *testing.T, raw string) string
	cose func(m *cose.Sign1Message)
	want model.CheckID
	// other is the check that notices it in COSE, where that is another one.
	other model.CheckID
}

// flipURL changes one byte in the middle of base64url.
func flipURL(t *testing.T, encoded string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil || len(raw) == 0 {
		t.Fatalf("not base64url: %q", encoded)
	}
	raw[len(raw)/2] ^= 1
	return base64.RawURLEncoding.EncodeToString(raw)
}

// rewrite changes the JSON text inside base64url.
func rewrite(old, new string) func(*testing.T, string) string {
	return func(t *testing.T, encoded string) string {
		t.Helper()
		raw, err := base64.RawURLEncoding.DecodeString(encoded)
		if err != nil || !bytes.Contains(raw, []byte(old)) {
			t.Fatalf("%q is not in %q", old, raw)
		}
		return base64.RawURLEncoding.EncodeToString(bytes.Replace(raw, []byte(old), []byte(new), 1))
	}
}

func at(path string, change func(*testing.T, string) string) func(*testing.T, string) string {
	return func(t *testing.T, raw string) string {
		return edit(t, raw, path, func(s string) string { return change(t, s) })
	}
}

// coseChain changes the certificates of a COSE envelope.
func coseChain(change func([]any) []any) func(*cose.Sign1Message) {
	return func(m *cose.Sign1Message) {
		m.Headers.RawUnprotected = nil
		chain, _ := m.Headers.Unprotected[cose.HeaderLabelX5Chain].([]any)
		m.Headers.Unprotected[cose.HeaderLabelX5Chain] = change(chain)
	}
}

// jwsChain changes the certificates of a JWS envelope.
func jwsChain(change func([]any) []any) func(*testing.T, string) string {
	return func(t *testing.T, raw string) string {
		var chain []any
		for _, c := range gjson.Get(raw, "header.x5c").Array() {
			der, err := base64.StdEncoding.DecodeString(c.String())
			if err != nil {
				t.Fatal(err)
			}
			chain = append(chain, der)
		}
		encoded, err := json.Marshal(change(chain))
		if err != nil {
			t.Fatal(err)
		}
		found := gjson.Get(raw, "header.x5c")
		return raw[:found.Index] + string(encoded) + raw[found.Index+len(found.Raw):]
	}
}

func chained(what string, want model.CheckID, change func([]any) []any) bad {
	return bad{what, jwsChain(change), coseChain(change), want, ""}
}

// flipped is a copy of a certificate with its last byte changed, which is in its signature.
func flipped(der any) []byte {
	out := bytes.Clone(der.([]byte))
	out[len(out)-1] ^= 1
	return out
}

func TestNoChangeToANotationSignaturePasses(t *testing.T) {
	n, other := newNotary(t, brief), newNotary(t, brief)
	n.stamped, other.stamped = true, true
	later := newNotary(t, brief)
	later.clock, later.clockRoot, later.stamped = n.clock, n.clockRoot, true
	laterRaw := string(later.sign(model.FormatNotationJWS).Blob)
	otherRaw := string(other.sign(model.FormatNotationJWS).Blob)
	const stampPath = `header.io\.cncf\.notary\.timestampSignature`
	stampOf := func(raw string) []byte {
		der, err := base64.StdEncoding.DecodeString(gjson.Get(raw, stampPath).String())
		if err != nil || len(der) == 0 {
			t.Fatalf("no timestamp: %v", err)
		}
		return der
	}
	stamped := func(what string, want model.CheckID, change func([]byte) []byte) bad {
		const label = "io.cncf.notary.timestampSignature"
		return bad{
			what, at(stampPath, func(_ *testing.T, s string) string {
				return base64.StdEncoding.EncodeToString(change(stampOf(`{"header":{"io.cncf.notary.timestampSignature":"` + s + `"}}`)))
			}), func(m *cose.Sign1Message) {
				m.Headers.RawUnprotected = nil
				der, _ := m.Headers.Unprotected[label].([]byte)
				m.Headers.Unprotected[label] = change(der)
			}, want, "",
		}
	}
	always := func(with []byte) func([]byte) []byte { return func([]byte) []byte { return with } }
	lastByte := func(der []byte) []byte { return flipped(der) }

	for _, c := range []bad{
		{"signature", at("signature", flipURL), func(m *cose.Sign1Message) { m.Signature[7] ^= 1 }, model.CheckSignature, ""},
		{"no signature", at("signature", otherText("")), func(m *cose.Sign1Message) { m.Signature = []byte{0} }, model.CheckEnvelope, model.CheckSignature},
		{"the image", at("payload", rewrite(string(notarizedImage.Digest), string(model.DigestOf([]byte("evil"))))), func(m *cose.Sign1Message) {
			m.Payload = bytes.Replace(m.Payload, []byte(notarizedImage.Digest), []byte(model.DigestOf([]byte("evil"))), 1)
		}, model.CheckSignature, ""},
		{"its size", at("payload", rewrite(`"size":5`, `"size":6`)), func(m *cose.Sign1Message) {
			m.Payload = bytes.Replace(m.Payload, []byte(`"size":5`), []byte(`"size":6`), 1)
		}, model.CheckSignature, ""},
		{"a second target", at("payload", rewrite(`{"targetArtifact"`, `{"targetArtifact":{},"targetArtifact"`)), func(m *cose.Sign1Message) {
			m.Payload = append([]byte(`{"targetArtifact":{},`), m.Payload[1:]...)
		}, model.CheckEnvelope, ""},
		{"a target in capitals", at("payload", rewrite(`{"targetArtifact"`, `{"TargetArtifact":{},"targetArtifact"`)), func(m *cose.Sign1Message) {
			m.Payload = append([]byte(`{"TARGETARTIFACT":{},`), m.Payload[1:]...)
		}, model.CheckEnvelope, ""},
		{"the signing time", at("protected", rewrite("2026-0", "2025-0")), func(m *cose.Sign1Message) {
			const label = "io.cncf.notary.signingTime" // then come a tag, a head and four bytes of seconds
			m.Headers.RawProtected[bytes.Index(m.Headers.RawProtected, []byte(label))+len(label)+5] ^= 1
		}, model.CheckSignature, ""},
		{"the scheme", at("protected", rewrite(`"notary.x509"`, `"notary.x509.signingAuthority"`)), func(m *cose.Sign1Message) {
			m.Headers.RawProtected = bytes.Replace(m.Headers.RawProtected, []byte("notary.x509"), []byte("notary.x508"), 1)
		}, model.CheckEnvelope, ""},
		{"the payload's type", at("protected", rewrite("payload.v1", "payload.v2")), func(m *cose.Sign1Message) {
			m.Headers.RawProtected = bytes.Replace(m.Headers.RawProtected, []byte("payload.v1"), []byte("payload.v2"), 1)
		}, model.CheckSignature, ""},
		chained("no certificates", model.CheckEnvelope, func([]any) []any { return []any{} }),
		chained("another signer of the same authority", model.CheckSignature, func(c []any) []any {
			return []any{n.issue("mallory", brief, &n.middle, false).Raw, c[1], c[2]}
		}),
		chained("the signature of the certificate", model.CheckCertificate, func(c []any) []any { return []any{flipped(c[0]), c[1], c[2]} }),
		chained("the signature of its authority", model.CheckCertificate, func(c []any) []any { return []any{c[0], flipped(c[1]), c[2]} }),
		chained("the signature of the root", model.CheckCertificate, func(c []any) []any { return []any{c[0], c[1], flipped(c[2])} }),
		chained("no intermediate", model.CheckCertificate, func(c []any) []any { return []any{c[0], c[2]} }),
		chained("no root", model.CheckCertificate, func(c []any) []any { return []any{c[0], c[1]} }),
		chained("another order", model.CheckCertificate, func(c []any) []any { return []any{c[0], c[2], c[1]} }),
		chained("one more", model.CheckCertificate, func(c []any) []any { return append(c, other.root.Raw) }),
		chained("very many", model.CheckEnvelope, func(c []any) []any { return slices.Repeat(c, maxChain) }),
		chained("a root of the same name", model.CheckCertificate, func(c []any) []any { return []any{c[0], c[1], other.root.Raw} }),
		chained("no certificate at all", model.CheckEnvelope, func(c []any) []any { return []any{[]byte("x"), c[1], c[2]} }),
		stamped("a damaged timestamp", model.CheckTimestamp, lastByte),
		stamped("something else for a timestamp", model.CheckTimestamp, always([]byte("x"))),
		stamped("another signature's timestamp", model.CheckTimestamp, always(stampOf(laterRaw))),
		stamped("another signature's timestamp by a stranger", model.CheckTimestamp, always(stampOf(otherRaw))),
	} {
		for format := range notationFormats {
			t.Run(string(format)+": "+c.what, func(t *testing.T) {
				v, good := notationVerifier(t, n.whole()), n.sign(format)
				requireGood(t, v, good)
				changed := ""
				if format == model.FormatNotationJWS {
					changed = c.jws(t, string(good.Blob))
				} else {
					changed = editCOSE(t, good.Blob, c.cose)
				}
				if changed == string(good.Blob) {
					t.Fatal("nothing was changed")
				}
				want := c.want
				if format == model.FormatNotationCOSE && c.other != "" {
					want = c.other
				}
				requireCaught(t, v, withBlob(good, changed), want)
				r := v.Verify(t.Context(), withBlob(good, changed))
				if signed := r.Check(model.CheckSignature).Status == model.CheckPassed; r.Signer != nil && !signed {
					t.Errorf("%s is called its signer, and did not sign it", r.Signer.Subject)
				}
			})
		}
	}
}

func TestANotationSignatureIsForItsImageAndFormatAlone(t *testing.T) {
	n := newNotary(t, long)
	v := notationVerifier(t, n.trust(trustPolicy(`"ca:acme"`, namedIdentity("images"), `"level":"strict"`), map[string]certified{"ca/acme": n.root}))
	for format := range notationFormats {
		good := n.sign(format)
		requireGood(t, v, good)

		moved := good
		moved.Subject = model.DigestOf([]byte("another image"))
		requireCaught(t, v, moved, model.CheckSubject)

		longer := good
		longer.Artifact = []byte("imagery")
		requireCaught(t, v, longer, model.CheckSubject)

		resized := good
		resized.Node.Raw = []byte(strings.ReplaceAll(`{"schemaVersion":2,"artifactType":"x","config":{"mediaType":"y","digest":"D","size":2},"layers":[],`+
			`"subject":{"mediaType":"z","digest":"S","size":6}}`, `"S"`, `"`+string(notarizedImage.Digest)+`"`))
		requireCaught(t, v, resized, model.CheckSubject)

		other := good
		other.Node.Format = map[model.Format]model.Format{
			model.FormatNotationJWS: model.FormatNotationCOSE, model.FormatNotationCOSE: model.FormatNotationJWS,
		}[format]
		requireCaught(t, v, other, model.CheckEnvelope)

		truncated := withBlob(good, string(good.Blob[:len(good.Blob)-1]))
		requireCaught(t, v, truncated, model.CheckEnvelope)

		bare := good
		bare.Subject = ""
		if r := v.Verify(t.Context(), bare); r.Verdict != model.Valid || r.Reason != nothingToCompare {
			t.Errorf("%s, about nothing: %s (%s)", format, r.Verdict, r.Reason)
		}
	}
}

// TestNoByteOfANotationSignatureMayChange changes every second byte in turn: nothing may panic, and nothing may be good
// that says something else than before.
func TestNoByteOfANotationSignatureMayChange(t *testing.T) {
	n := newNotary(t, long)
	v := notationVerifier(t, n.trust(trustPolicy(`"ca:acme"`, namedIdentity("images"), `"level":"strict"`), map[string]certified{"ca/acme": n.root}))
	for format := range notationFormats {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			good := n.sign(format)
			want, payload := v.Verify(t.Context(), good), model.Open(good.Node, good.Blob).Payload
			for i := 0; i < len(good.Blob); i += 2 {
				changed := bytes.Clone(good.Blob)
				changed[i] ^= 1
				r := v.Verify(t.Context(), withBlob(good, string(changed)))
				switch {
				case strings.HasPrefix(r.Reason, "internal error"):
					t.Fatalf("byte %d: %s", i, r.Reason)
				case r.Verdict != model.Trusted:
				case r.Signer.Fingerprint != want.Signer.Fingerprint:
					t.Fatalf("byte %d makes it by %s", i, r.Signer.Subject)
				case !bytes.Equal(model.Open(good.Node, changed).Payload, payload):
					t.Fatalf("byte %d makes it about something else", i)
				}
			}
		})
	}
}

func TestWhatIsNotAskedOfNotationSignaturesIsSaid(t *testing.T) {
	n := newNotary(t, long)
	v := notationVerifier(t, n.trust(trustPolicy(`"ca:acme"`, namedIdentity("images"), `"level":"permissive"`), map[string]certified{"ca/acme": n.root}))
	for format, r := range inBothFormats(t, n, v, model.Trusted, "") {
		found := map[string]bool{}
		for _, f := range r.Findings {
			found[f.ID] = true
		}
		if !found["revocation-not-checked"] || !found["notation-level"] {
			t.Errorf("%s: findings %+v", format, r.Findings)
		}
	}
}

func FuzzNotation(f *testing.F) {
	trust := realTrust(f, `"*"`)
	v := notationVerifier(f, trust)
	payloads := map[string]bool{}
	for _, name := range []string{realJWS, realCOSE} {
		ev := named(f, name)
		payloads[string(model.Open(ev.Node, ev.Blob).Payload)] = true
		f.Add(ev.Blob, name == realCOSE)
	}
	subject := named(f, realJWS).Subject
	f.Fuzz(func(t *testing.T, raw []byte, inCOSE bool) {
		node := model.Node{Format: model.FormatNotationJWS, Subject: subject}
		if inCOSE {
			node.Format = model.FormatNotationCOSE
		}
		ev := withBlob(model.Evidence{Node: node, Subject: subject}, string(raw))
		r := v.Verify(t.Context(), ev)
		switch {
		case strings.HasPrefix(r.Reason, "internal error"), r.Verdict == model.Unchecked:
			t.Fatalf("verdict %s: %s", r.Verdict, r.Reason)
		case r.Verdict == model.Trusted && !payloads[string(model.Open(node, raw).Payload)]:
			t.Fatal("something is trusted that notation never signed")
		}
	})
}
