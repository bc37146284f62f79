package verifier

import (
	"crypto/elliptic"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// envelope is a DSSE envelope with the given signatures in JSON, about image.
func envelope(payload string, signatures ...string) model.Evidence {
	document := fmt.Sprintf(`{"payloadType":%q,"payload":%q,"signatures":[%s]}`, inToto,
		base64.StdEncoding.EncodeToString([]byte(payload)), strings.Join(signatures, ","))
	return model.Evidence{Node: model.Node{ID: "file", Format: model.FormatDSSE}, Blob: []byte(document), Subject: image}
}

func statementOf(digests string) string {
	return fmt.Sprintf(`{"_type":%q,"predicateType":"https://x.example/v1","subject":[{"digest":%s}],"predicate":{}}`, model.StatementV1, digests)
}

func TestEnvelopesFromFiles(t *testing.T) {
	i := newInstance(t)
	mine, other := i.key(elliptic.P256()), i.key(elliptic.P256())
	public, err := trust.NewKey("mine", mine.Public())
	if err != nil {
		t.Fatal(err)
	}
	by := func(payload string) (string, string) {
		over := pae(inToto, []byte(payload))
		format := func(sig []byte) string { return fmt.Sprintf(`{"sig":%q}`, base64.StdEncoding.EncodeToString(sig)) }
		return format(sign(t, mine, over)), format(sign(t, other, over))
	}
	sha256Of := fmt.Sprintf(`{"sha256":%q}`, image.Hex())
	right, stranger := by(statementOf(sha256Of))
	wrongToo := statementOf(fmt.Sprintf(`{"sha256":%q,"sha512":%q}`, image.Hex(), strings.Repeat("ab", 64)))
	contradiction, _ := by(wrongToo)
	twice := strings.Replace(statementOf(sha256Of), `"subject"`, `"SUBJECT":[],"subject"`, 1)
	ambiguous, _ := by(twice)
	for name, c := range map[string]struct {
		ev      model.Evidence
		listed  bool
		noLog   bool
		verdict model.Verdict
		check   model.CheckID
	}{
		"by a listed key":                              {envelope(statementOf(sha256Of), right), true, true, model.Trusted, ""},
		"by a listed key that needs a log entry":       {envelope(statementOf(sha256Of), right), true, false, model.Unverifiable, model.CheckLog},
		"by nobody known":                              {envelope(statementOf(sha256Of), right), false, true, model.Unverifiable, model.CheckSignature},
		"by somebody else":                             {envelope(statementOf(sha256Of), stranger), true, true, model.Unverifiable, model.CheckSignature},
		"by two, one of them listed":                   {envelope(statementOf(sha256Of), stranger, right), true, true, model.Trusted, ""},
		"without a signature":                          {envelope(statementOf(sha256Of)), true, true, model.Invalid, model.CheckEnvelope},
		"naming another digest of the same bytes":      {envelope(wrongToo, contradiction), true, true, model.Invalid, model.CheckSubject},
		"with a second subject in other letters' case": {envelope(twice, ambiguous), true, true, model.Invalid, model.CheckEnvelope},
		"by docker/attest":                             {envelope(statementOf(sha256Of), `{"sig":"aaaa","extension":{"kind":"application/vnd.docker.attestation-verification.v1+json"}}`), true, true, model.Unverifiable, model.CheckSignature},
		"by the early slsa-github-generator":           {envelope(statementOf(sha256Of), `{"sig":"aaaa","cert":"PEM"}`), true, true, model.Unverifiable, model.CheckSignature},
		"not JSON":                                     {model.Evidence{Node: model.Node{Format: model.FormatDSSE}, Blob: []byte("{"), Subject: image}, true, true, model.Invalid, model.CheckEnvelope},
		"too many signatures":                          {envelope(statementOf(sha256Of), strings.Split(strings.Repeat(right+"|", 17)+right, "|")...), true, true, model.Invalid, model.CheckEnvelope},
	} {
		t.Run(name, func(t *testing.T) {
			c.ev.Also = []model.Digest{model.Compute("sha512", []byte("an image"))}
			v := testVerifier(t, func(o *Options) {
				o.Signers = nil
				if c.listed {
					o.Signers = signers(t, trust.Signer{Name: "mine", Enabled: true, Key: &public, NoLog: c.noLog})
				}
			})
			r := v.Verify(t.Context(), c.ev)
			if r.Verdict != c.verdict || deciding(r) != c.check {
				t.Errorf("%s at %q: %s", r.Verdict, deciding(r), r.Reason)
			}
			if strings.Contains(name, "two") && (len(r.Findings) != 1 || r.Findings[0].ID != "further-signature") {
				t.Errorf("findings %v", r.Findings)
			}
		})
	}
}

func TestAKeyThatSignedSomethingElseIsNamedByItsHint(t *testing.T) {
	v := testVerifier(t)
	good := named(t, bundleKeyRekor2)
	document := edit(t, string(good.Blob), "dsseEnvelope.payload", func(s string) string { return flipText(t, s) })
	r := v.Verify(t.Context(), withBlob(good, document))
	if r.Verdict != model.Invalid || deciding(r) != model.CheckSignature || !strings.Contains(r.Reason, "p256") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

// publicGoodFile is a real bundle of the public-good instance, see testdata/public-good/README.md.
func publicGoodFile(t *testing.T, name string) []byte {
	t.Helper()
	blob, err := os.ReadFile(filepath.Join("testdata", "public-good", name))
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

func TestRealSignaturesVerifyUnderTheEmbeddedRoot(t *testing.T) {
	public, err := trust.PublicGood()
	if err != nil {
		t.Fatal(err)
	}
	v := testVerifier(t, func(o *Options) { o.Roots, o.Signers = []trust.Root{public}, nil })
	for name, want := range map[string]model.Verdict{
		"sigstore-js-2.0.0.json": model.Valid,
		"dsse.json":              model.Valid,
		"two-signatures.json":    model.Invalid,
	} {
		ev := model.Evidence{Node: model.Node{ID: name, Format: model.FormatBundle}, Blob: publicGoodFile(t, name)}
		if r := v.Verify(t.Context(), ev); r.Verdict != want || r.Verdict == model.Valid && r.Signer == nil {
			t.Errorf("%s: %s at %q: %s", name, r.Verdict, deciding(r), r.Reason)
		}
		ours := testVerifier(t, func(o *Options) { o.Signers = nil })
		if r := ours.Verify(t.Context(), ev); r.Verdict == model.Valid || r.Verdict == model.Trusted {
			t.Errorf("%s: %s under another root", name, r.Verdict)
		}
	}
}
