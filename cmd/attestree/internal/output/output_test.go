package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/theme"
)

const (
	imageDigest     = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	signatureDigest = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	deniedDigest    = "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
)

var judgedAt = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// sample is an image with a signature that says hostile things and a referrer that was denied.
func sample() *model.Tree {
	t := model.NewTree()
	for _, e := range []model.Event{
		model.Resolved{Reference: "example.com/a/b@" + imageDigest, Digest: imageDigest},
		model.NodeFound{Node: model.Node{
			ID: imageDigest, Kind: model.KindImage, Digest: imageDigest, Size: 7,
			MediaType: model.MediaTypeOCIManifest, Found: []model.Found{model.FoundRoot},
		}},
		model.LookedUp{Lookup: model.Lookup{
			Mechanism: model.MechanismReferrersAPI, Subject: imageDigest, Status: model.LookupFound, Count: 2,
		}},
		model.LookedUp{Lookup: model.Lookup{
			Mechanism: model.MechanismCosignSig, Subject: imageDigest, Status: model.LookupDenied,
			Detail: "403 \x1b[2J\u009b31mFORBIDDEN",
		}},
		model.NodeFound{Node: model.Node{
			ID: signatureDigest, Parent: imageDigest, Kind: model.KindSignature, Format: model.FormatBundle,
			Digest: signatureDigest, Subject: imageDigest, Found: []model.Found{model.FoundReferrersAPI},
			Blob: model.Descriptor{Digest: signatureDigest, Size: 2},
		}},
		model.NodeFound{Node: model.Node{
			ID: deniedDigest, Parent: imageDigest, Kind: model.KindArtifact, Digest: deniedDigest, Subject: imageDigest,
			Found: []model.Found{model.FoundReferrersAPI}, Unavailable: "denied (403)",
		}},
		model.Judged{ID: deniedDigest, Report: model.Report{Verdict: model.Unavailable, Reason: "denied (403)"}},
		model.BlobLoaded{ID: signatureDigest, Bytes: []byte("{}")},
		model.Judged{ID: signatureDigest, Report: model.Report{
			Verdict: model.Untrusted, Reason: "the signer is not one of those you trust", VerifiedBy: "sigstore-go", SignedAt: judgedAt,
			Signer: &model.Signer{
				Kind: model.SignerCertificate, Issuer: "https://issuer.example", Subject: "mallory\u202e@example.net",
				Fingerprint: "sha256:00", Extensions: []model.Extension{{Name: "runnerEnvironment", Value: "self\u200bhosted"}},
			},
			Checks: []model.Check{{ID: model.CheckSignature, Status: model.CheckPassed, Required: true, Expected: "a", Actual: "a"}},
		}},
		model.DiscoveryDone{}, model.Done{},
	} {
		t.Apply(e)
	}
	t.Judge()
	return t
}

func sampleFacts() Facts {
	return Facts{
		Tool: "attestree test", Source: "example.com/a/b:1", JudgedAt: judgedAt, Verified: true,
		Roots:  []model.TrustRoot{{Name: "public-good", Source: "embedded", Date: "2025-09-22", SHA256: "00"}},
		Policy: model.PolicyAnswer{Reasons: []string{"not signed by anybody whom you trust"}},
	}
}

func TestJSONHasEveryFieldOfTheContract(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, sample(), sampleFacts()); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("not JSON: %v", err)
	}
	want(t, "document", got, "schemaVersion", "tool", "judgedAt", "offline", "source", "resolved", "digest", "verdict",
		"policy", "trustRoots", "discovery", "root")
	root, ok := got["root"].(map[string]any)
	if !ok {
		t.Fatal("root is no object")
	}
	want(t, "node", root, "id", "kind", "title", "digest", "size", "mediaType", "artifactType", "platform", "found",
		"manifest", "predicateType", "subjects", "verifiedBy", "claimedSigner", "signer", "signedAt", "verdict", "reason",
		"vouchedBy", "coveredBy", "coverage", "checks", "summary", "findings", "children")
}

func want(t *testing.T, what string, object map[string]any, fields ...string) {
	t.Helper()
	for _, f := range fields {
		if _, ok := object[f]; !ok {
			t.Errorf("the %s has no field %q", what, f)
		}
	}
}

func TestJSONLosesNothingAndHidesNothing(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, sample(), sampleFacts()); err != nil {
		t.Fatal(err)
	}
	for _, r := range out.String() {
		if r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' {
			t.Errorf("the output has the raw character %U", r)
		}
	}
	for _, escaped := range []string{`mallory\u202e@example.net`, `\u001b[2J\u009b31m`, `self\u200bhosted`} {
		if !strings.Contains(out.String(), escaped) {
			t.Errorf("the output does not have %s", escaped)
		}
	}
	var got document
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("403 \x1b[2J\u009b31mFORBIDDEN", got.Discovery[0].Detail); diff != "" {
		t.Errorf("the detail is not what the registry said (-want +got):\n%s", diff)
	}
}

func TestJSONWritesCharactersBeyondTheBasicPlaneAsPairs(t *testing.T) {
	in, _ := json.Marshal("a\U000e0041b\U0001f600")
	var back string
	if err := json.Unmarshal(escape(in), &back); err != nil || back != "a\U000e0041b\U0001f600" {
		t.Errorf("escaped and read again: %q, %v", back, err)
	}
}

func FuzzEscapeKeepsWhatJSONSays(f *testing.F) {
	f.Add("plain")
	f.Add("\x1b]52;c;x\x07\u009b\u202e\U000e0041\x7f\xff")
	f.Fuzz(func(t *testing.T, s string) {
		in, err := json.Marshal(s)
		if err != nil {
			t.Fatalf("a string that cannot be encoded: %v", err)
		}
		var before, after string
		if json.Unmarshal(in, &before) != nil || json.Unmarshal(escape(in), &after) != nil || before != after {
			t.Errorf("%q became %q", before, after)
		}
	})
}

func TestTextSaysWhatCouldNotBeLookedAt(t *testing.T) {
	var out bytes.Buffer
	styles := theme.New(theme.Options{Mono: true})
	if err := Text(&out, sample(), sampleFacts(), &styles); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, words := range []string{
		"example.com/a/b@" + imageDigest, "denied  cosign-sig of sha256:aaaaaaaaaaaa", "not everything could be looked at",
		"the signer is not one of those you trust", "policy: not satisfied", "not signed by anybody whom you trust",
		"unavailable", "denied (403)",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("the text does not say %q:\n%s", words, text)
		}
	}
	for _, r := range ansi.Strip(text) {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("the text has the raw character %U", r)
		}
	}
}
