package verifier

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// The good instances among cosign's layers under tags.
const (
	layerSignature = "sig legacy keyless github rekor1+tsa"
	layerStatement = "att legacy keyless vuln"
	layerKey       = "sig legacy key=p256 rekor1, annotations"
)

func TestNoChangeToALayerPasses(t *testing.T) {
	annotation := func(key string, change func(*testing.T, string) string) func(*testing.T, model.Evidence) model.Evidence {
		return func(t *testing.T, ev model.Evidence) model.Evidence {
			return withAnnotation(ev, key, func(s string) string { return change(t, s) })
		}
	}
	inBundle := func(path string, change func(*testing.T, string) string) func(*testing.T, model.Evidence) model.Evidence {
		return annotation(annotationBundle, func(t *testing.T, s string) string {
			return edit(t, s, path, func(s string) string { return change(t, s) })
		})
	}
	number := func(path, value string) func(*testing.T, model.Evidence) model.Evidence {
		return annotation(annotationBundle, func(_ *testing.T, s string) string {
			found := gjson.Get(s, path)
			return s[:found.Index] + value + s[found.Index+len(found.Raw):]
		})
	}
	absent := func(*testing.T, string) string { return "" }
	for _, c := range []struct {
		what, name string
		change     func(*testing.T, model.Evidence) model.Evidence
		want       model.CheckID
	}{
		{"a signature's payload", layerSignature, func(_ *testing.T, ev model.Evidence) model.Evidence {
			return withBlob(ev, strings.Replace(string(ev.Blob), `"optional":`, `"optional" :`, 1))
		}, model.CheckSignature},
		{"a signature's payload is about another image", layerSignature, func(_ *testing.T, ev model.Evidence) model.Evidence {
			ev.Subject = model.DigestOf(nil)
			return ev
		}, model.CheckSubject},
		{"a signature", layerSignature, annotation(annotationSignature, flip), model.CheckSignature},
		{"no signature", layerSignature, annotation(annotationSignature, absent), model.CheckEnvelope},
		{"no base64 in the signature", layerSignature, annotation(annotationSignature, otherText("%%%")), model.CheckEnvelope},
		{"the certificate is taken away", layerSignature, annotation(annotationCertificate, absent), model.CheckSignature},
		{"the certificate is not PEM", layerSignature, annotation(annotationCertificate, otherText("nonsense")), model.CheckCertificate},
		{"the certificate of somebody else", layerSignature, func(t *testing.T, ev model.Evidence) model.Evidence {
			other := named(t, "sig legacy keyless alice rekor1").Node.Blob.Annotations[annotationCertificate]
			return withAnnotation(ev, annotationCertificate, func(string) string { return other })
		}, model.CheckSignature},
		{"signed entry timestamp", layerSignature, inBundle("SignedEntryTimestamp", flip), model.CheckLog},
		{"body of the entry", layerSignature, inBundle("Payload.body", flip), model.CheckLog},
		{"time of the entry", layerSignature, number("Payload.integratedTime", "1795256000"), model.CheckLog},
		{"index of the entry", layerSignature, number("Payload.logIndex", "12345"), model.CheckLog},
		{"the log", layerSignature, inBundle("Payload.logID", otherText(strings.Repeat("ab", 32))), model.CheckLog},
		{"the entry of another signature", layerSignature, func(t *testing.T, ev model.Evidence) model.Evidence {
			other := named(t, "sig legacy keyless alice rekor1").Node.Blob.Annotations[annotationBundle]
			return withAnnotation(ev, annotationBundle, func(string) string { return other })
		}, model.CheckLog},
		{"no entry", layerSignature, annotation(annotationBundle, absent), model.CheckLog},
		{"an entry that is not JSON", layerSignature, annotation(annotationBundle, otherText("{")), model.CheckLog},
		{"timestamp", layerSignature, annotation(annotationTimestamp, func(t *testing.T, s string) string {
			return edit(t, s, "SignedRFC3161Timestamp", func(s string) string { return flip(t, s) })
		}), model.CheckTimestamp},
		{"a timestamp that is not JSON", layerSignature, annotation(annotationTimestamp, otherText("[")), model.CheckTimestamp},
		{"a statement's payload", layerStatement, func(t *testing.T, ev model.Evidence) model.Evidence {
			return withBlob(ev, edit(t, string(ev.Blob), "payload", func(s string) string { return flipText(t, s) }))
		}, model.CheckSignature},
		{"a statement's signature", layerStatement, func(t *testing.T, ev model.Evidence) model.Evidence {
			return withBlob(ev, edit(t, string(ev.Blob), "signatures.0.sig", func(s string) string { return flip(t, s) }))
		}, model.CheckSignature},
		{"a statement's payload is damaged", layerStatement, func(t *testing.T, ev model.Evidence) model.Evidence {
			return withBlob(ev, edit(t, string(ev.Blob), "payload", otherTextOnce(base64.StdEncoding.EncodeToString([]byte(`{"_type":1}`)))))
		}, model.CheckEnvelope},
		{"a statement's entry", layerStatement, inBundle("SignedEntryTimestamp", flip), model.CheckLog},
		{"a statement of another image", layerStatement, func(_ *testing.T, ev model.Evidence) model.Evidence {
			ev.Subject = model.DigestOf(nil)
			return ev
		}, model.CheckSubject},
		{"a key's payload", layerKey, func(_ *testing.T, ev model.Evidence) model.Evidence {
			return withBlob(ev, strings.Replace(string(ev.Blob), `"build":"42"`, `"build":"43"`, 1))
		}, model.CheckSignature},
		{"a key's signature", layerKey, annotation(annotationSignature, flip), model.CheckSignature},
		{"a key's entry", layerKey, inBundle("SignedEntryTimestamp", flip), model.CheckLog},
		{"a key's entry is taken away", layerKey, annotation(annotationBundle, absent), model.CheckLog},
	} {
		t.Run(c.what, func(t *testing.T) {
			v := testVerifier(t, requireLogs(t))
			good := named(t, c.name)
			requireGood(t, v, good)
			requireCaught(t, v, c.change(t, good), c.want)
		})
	}
}

func otherTextOnce(with string) func(string) string { return func(string) string { return with } }

func TestBytesThatTheManifestDoesNotNameAreInvalid(t *testing.T) {
	v := testVerifier(t)
	ev := named(t, bundleRekor2)
	ev.Blob = append([]byte(" "), ev.Blob...)
	requireCaught(t, v, ev, model.CheckContent)

	ev = named(t, bundleRekor2)
	ev.Blob, ev.Tampered, ev.Problem = nil, true, "other bytes came"
	requireCaught(t, v, ev, model.CheckContent)

	ev.Node.Format = model.FormatDocument
	requireCaught(t, v, ev, model.CheckContent)
}

func TestWhatCouldNotBeFetchedIsUnavailableAndNeverInvalidOrUnsigned(t *testing.T) {
	v := testVerifier(t)
	for _, format := range []model.Format{model.FormatBundle, model.FormatSimpleSigning, model.FormatDSSE, model.FormatNotationJWS, model.FormatDocument, model.FormatNone} {
		ev := model.Evidence{Node: model.Node{Format: format}, Problem: "access denied"}
		if r := v.Verify(t.Context(), ev); r.Verdict != model.Unavailable || r.Reason != "access denied" {
			t.Errorf("%s: %s %q", format, r.Verdict, r.Reason)
		}
		ev = model.Evidence{Node: model.Node{Format: format, Unavailable: "rate limited"}}
		if r := v.Verify(t.Context(), ev); r.Verdict != model.Unavailable || r.Reason != "rate limited" {
			t.Errorf("%s: %s %q", format, r.Verdict, r.Reason)
		}
	}
}
