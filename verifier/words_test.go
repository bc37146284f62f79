package verifier

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// foreignWords are what libraries' error texts look like. Those are written for programmers, quote hostile bytes, and some
// are changed at random by their makers.
var foreignWords = []string{
	"%!", "[162 ", "\u00a0", "protojson", "proto:", "x509:", "asn1:", "pkcs7", "json:", "ecdsa:", "rsa:", "ed25519:", "pem:",
	"illegal base64", "invalid character", "unexpected end", "unexpected EOF", "failed to ", "unmarshal", "threshold", "<nil>",
	"strconv.", "hex:", "encoding/", "error ", "could not verify", "unable to",
}

// requireOwnWords holds that a report says everything in our words.
func requireOwnWords(tb testing.TB, r model.Report) {
	tb.Helper()
	texts := []string{r.Reason}
	for _, c := range r.Checks {
		texts = append(texts, c.Expected, c.Actual, c.Detail)
	}
	for _, f := range r.Findings {
		texts = append(texts, f.Message)
	}
	for _, text := range texts {
		for _, word := range foreignWords {
			if strings.Contains(text, word) {
				tb.Errorf("a library speaks (%q): %q", word, text)
			}
		}
	}
}

// requireExplained holds that a check which decides says what was checked, what was found and the likely cause.
func requireExplained(tb testing.TB, c model.Check) {
	tb.Helper()
	if c.Detail == "" || c.Expected == "" && c.Actual == "" {
		tb.Errorf("%s decides, and says %q: expected %q, found %q", c.ID, c.Detail, c.Expected, c.Actual)
	}
}

func TestBytesOfAllKindsAreRefusedInOurWords(t *testing.T) {
	v := testVerifier(t)
	good := string(named(t, bundleRekor1).Blob)
	documents := []string{
		"", "{", "[]", "null", "7", `""`, "{}", "\x00\xff", strings.Repeat("[", 100000), good[:len(good)/2], "[" + good + "]",
		strings.Replace(good, `"logIndex"`, `"logIndex":"x","was"`, 1), strings.Replace(good, `"mediaType"`, `"mediaType":1,"was"`, 1),
		strings.Replace(good, `"keyId":"`, `"keyId":"%%`, 1), strings.Replace(good, `"payload":"`, `"payload":"é`, 1),
		strings.Replace(good, `"sig":"`, `"sig":"*`, 1), strings.Replace(good, `"rawBytes":"`, `"rawBytes":"aaaa`, 1),
		strings.Replace(good, `"canonicalizedBody":"`, `"canonicalizedBody":"aaaa`, 1),
		strings.Replace(good, `"integratedTime":"`, `"integratedTime":"99999999999999999999`, 1),
		strings.Replace(good, `"payloadType":"`, `"payloadType":"\u0000`, 1), strings.Replace(good, `"hashes":["`, `"hashes":["aaaa","`, 1),
	}
	for _, format := range []model.Format{model.FormatBundle, model.FormatDSSE, model.FormatSimpleSigning} {
		for _, document := range documents {
			ev := model.Evidence{Node: model.Node{ID: "x", Format: format}, Blob: []byte(document), Subject: image}
			for _, signature := range []string{"", "aaaa", "%"} {
				ev.Node.Blob.Annotations = map[string]string{
					annotationSignature: signature, annotationCertificate: signature, annotationBundle: document, annotationTimestamp: document,
				}
				r := v.Verify(t.Context(), ev)
				if r.Verdict != model.Invalid && r.Verdict != model.Unverifiable || r.Reason == "" {
					t.Errorf("%s %.40q: %s: %q", format, document, r.Verdict, r.Reason)
				}
				requireOwnWords(t, r)
			}
		}
	}
}
