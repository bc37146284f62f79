package screen

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/testdata"
)

const signedStep = "The exact bytes that were signed"

// What the lesson calls the bytes that were signed has to be that: the key verifies the signature over them.
func TestTheBytesOfTheLessonAreThoseThatWereSigned(t *testing.T) {
	block, _ := pem.Decode(testdata.DemoReleaseKey)
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	key, is := parsed.(*ecdsa.PublicKey)
	if !is {
		t.Fatalf("the demo's key is a %T", parsed)
	}
	_, tree := whole(t)
	verified := map[model.Format]int{}
	tree.Walk(func(e *model.Entry) {
		if e.Report == nil || e.Report.Signer == nil || e.Report.Signer.Kind != model.SignerKey {
			return
		}
		encoded := e.Node.Blob.Annotations["dev.cosignproject.cosign/signature"]
		if e.Node.Format == model.FormatBundle {
			encoded = gjson.GetBytes(e.Blob, "dsseEnvelope.signatures.0.sig").String()
		}
		signature, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range lesson.Trail(tree, e) {
			if s.Name != signedStep {
				continue
			}
			sum := s.Recompute().Digest
			if !ecdsa.VerifyASN1(key, unhex(t, sum.Hex()), signature) {
				t.Errorf("%s: the signature is not over what the lesson says", model.EntryTitle(e))
			}
			verified[e.Node.Format]++
		}
	})
	for _, f := range []model.Format{model.FormatSimpleSigning, model.FormatBundle} {
		if verified[f] == 0 {
			t.Errorf("nothing in the form %s was held against its signature", f)
		}
	}
}

func unhex(t *testing.T, digits string) []byte {
	t.Helper()
	out, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Where everything is right, every hash is as it was named; where the content was altered, the trail shows where.
func TestTheTrailShowsWhatWasAltered(t *testing.T) {
	_, tree := whole(t)
	differ := map[string]string{}
	tree.Walk(func(e *model.Entry) {
		for _, s := range lesson.Trail(tree, e) {
			if r := s.Recompute(); r.Status == lesson.Differs {
				differ[model.EntryTitle(e)] = s.Name
				if e.Standing.Verdict != model.Invalid {
					t.Errorf("%s is %s, and %q is not as it was named: %s", model.EntryTitle(e), e.Standing.Verdict, s.Name, r.Text)
				}
			}
		}
	})
	for title, step := range map[string]string{
		"Test result · PASSED · 3 passed · 1 failed": "The payload in the envelope",
		"SBOM SPDX 2.3 · 31 packages":                "The statement",
		"attestation · announced as link v0.3":       "The layer: the Sigstore bundle",
	} {
		if differ[title] != step {
			t.Errorf("%s: what differs is %q, want %q", title, differ[title], step)
		}
	}
}
