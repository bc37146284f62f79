package verifier

import (
	"crypto/elliptic"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// requireTold holds that the check which decides says why, and that the explanation makes nothing good.
func requireTold(t *testing.T, r model.Report, want model.CheckID, verdict model.Verdict, why string) {
	t.Helper()
	if r.Verdict != verdict || deciding(r) != want {
		t.Fatalf("%s at %s: %s", r.Verdict, deciding(r), r.Reason)
	}
	if !strings.Contains(r.Reason, why) || !strings.Contains(r.Check(want).Detail, why) {
		t.Errorf("reason %q, want %q", r.Reason, why)
	}
	requireOwnWords(t, r)
}

func TestAnotherRootThatWouldVerifyIsNamedAndNotBelieved(t *testing.T) {
	i, other := newInstance(t), newInstance(t)
	key := i.key(elliptic.P256())
	ev := i.simple(key, i.leaf(key.Public(), false), signedOn)
	older, newer := i.rootWithLogOf(other), i.root()
	older.Info.Name, newer.Info.Name = "older.json", "newer.json"
	r := i.verifier(func(o *Options) { o.Roots = []trust.Root{older, newer} }).Verify(t.Context(), ev)
	requireTold(t, r, model.CheckLog, model.Unverifiable, "by the trusted root newer.json, which was given too, it does verify")
	if r.TrustRoot != "older.json" {
		t.Errorf("judged by %s", r.TrustRoot)
	}
	r = i.verifier(func(o *Options) { o.Roots = []trust.Root{older} }).Verify(t.Context(), ev)
	if strings.Contains(r.Reason, "does verify") {
		t.Errorf("reason %q", r.Reason)
	}
	// One that an update keeps, and that nobody asked for.
	newer.Info.Name, newer.Info.Source = "staging", trust.SourceTUF
	r = i.verifier(func(o *Options) { o.Roots, o.Spare = []trust.Root{older}, []trust.Root{newer} }).Verify(t.Context(), ev)
	requireTold(t, r, model.CheckLog, model.Unverifiable, "by the trusted root staging that an update keeps it does verify, but it was not asked for: --trusted-root tuf:staging")
	if r.TrustRoot != "older.json" {
		t.Errorf("judged by %s", r.TrustRoot)
	}
	// A real signature of the public-good instance, judged by another root alone.
	public := model.Evidence{
		Node: model.Node{ID: "npm", Format: model.FormatBundle}, Blob: publicGoodFile(t, "sigstore-js-2.0.0.json"),
	}
	requireTold(t, i.verifier().Verify(t.Context(), public), model.CheckCertificate, model.Unverifiable, "trusted root public-good that comes with this program it does verify")
}

func TestASubjectThatIsASiblingIsNamed(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	leaf := i.leaf(key.Public(), false)
	for name, ev := range map[string]model.Evidence{
		"simple signing": i.simple(key, leaf, signedOn), "statement": i.attestation(key, leaf, statementOf(`{"sha256":"`+image.Hex()+`"}`)),
	} {
		t.Run(name, func(t *testing.T) {
			ev.Subject = model.DigestOf([]byte("arm64"))
			ev.Siblings = []model.Sibling{{Digest: model.DigestOf([]byte("the index")), Name: "the index"}, {Digest: image, Name: "linux/amd64"}}
			requireTold(t, i.verifier().Verify(t.Context(), ev), model.CheckSubject, model.Invalid, "it is about linux/amd64 of the same index")
			ev.Siblings = ev.Siblings[:1]
			requireTold(t, i.verifier().Verify(t.Context(), ev), model.CheckSubject, model.Invalid, "about something else")
		})
	}
}

func TestWhoSignedInsteadIsNamed(t *testing.T) {
	i := newInstance(t)
	mine, certified := i.key(elliptic.P256()), i.key(elliptic.P256())
	public, err := trust.NewKey("release.pub", mine.Public())
	if err != nil {
		t.Fatal(err)
	}
	listed := func(o *Options) {
		o.Signers = append(o.Signers, signers(t, trust.Signer{Name: "release", Enabled: true, Key: &public})...)
	}
	leaf := i.leaf(certified.Public(), false)
	requireTold(t, i.verifier(listed).Verify(t.Context(), i.simple(mine, leaf, signedOn)), model.CheckSignature, model.Invalid,
		"signed with the known key release.pub")
	bare := withAnnotation(i.simple(certified, leaf, signedOn), annotationCertificate, otherTextOnce(""))
	requireTold(t, i.verifier().Verify(t.Context(), bare), model.CheckSignature, model.Unverifiable,
		"it was signed with a certificate that is not attached, of https://ci.example/run by its log entry")
}

func TestAMessageDigestThatWasChangedIsTold(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	ev := i.bundled(i.simple(key, i.leaf(key.Public(), false), signedOn))
	requireGood(t, i.verifier(), ev)
	document := edit(t, string(ev.Blob), "messageSignature.messageDigest.digest", func(s string) string { return flip(t, s) })
	requireTold(t, i.verifier().Verify(t.Context(), withBlob(ev, document)), model.CheckSignature, model.Invalid, "its messageDigest was changed")
}

func TestBase64InLinesIsTold(t *testing.T) {
	good := named(t, bundleRekor2)
	const path = "verificationMaterial.timestampVerificationData.rfc3161Timestamps.0.signedTimestamp"
	document := edit(t, string(good.Blob), path, func(s string) string { return s[:64] + "\n" + s[64:] })
	r := testVerifier(t).Verify(t.Context(), withBlob(good, document))
	requireTold(t, r, model.CheckEnvelope, model.Invalid, "line breaks are inside")
	if r.Signer != nil || r.Check(model.CheckTimestamp).Status != model.CheckPassed {
		t.Errorf("signer %v, timestamp %s", r.Signer, r.Check(model.CheckTimestamp).Status)
	}
	document = edit(t, string(good.Blob), path, func(s string) string { return "!" + s })
	requireTold(t, testVerifier(t).Verify(t.Context(), withBlob(good, document)), model.CheckEnvelope, model.Invalid,
		"field "+path+" is not base64")
}

func TestWhatIsWrongWithAProofIsTold(t *testing.T) {
	const proof = "verificationMaterial.tlogEntries.0.inclusionProof."
	lines := func(change func([]string) []string) func(string) string {
		return func(s string) string { return strings.Join(change(strings.Split(s, "\n")), "\n") }
	}
	for name, c := range map[string]struct {
		path   string
		change func(string) string
		why    map[string]string // by fixture
	}{
		"the path": {proof + "hashes.0", func(s string) string { return flip(t, s) }, map[string]string{
			bundleRekor1: "does not lead from this entry", bundleRekor2: "does not lead from this entry",
		}},
		"the checkpoint's root hash": {proof + "checkpoint.envelope", func(s string) string { return checkpointRoot(t, s) }, map[string]string{
			bundleRekor1: "the log's signature on the checkpoint is not right", bundleRekor2: "the log's signature on the checkpoint is not right",
		}},
		"no signature on the checkpoint": {proof + "checkpoint.envelope", func(s string) string { return strings.SplitAfter(s, "\n\n")[0] }, map[string]string{
			bundleRekor1: "it has no signatures", bundleRekor2: "it has no signatures",
		}},
		"no size in the checkpoint": {proof + "checkpoint.envelope", lines(func(l []string) []string { return append(l[:1:1], l[2:]...) }), map[string]string{
			bundleRekor1: "damaged", bundleRekor2: "damaged",
		}},
		"a signature that is none": {proof + "checkpoint.envelope", func(s string) string { return strings.TrimSuffix(s, "\n") + "%\n" }, map[string]string{
			bundleRekor1: "not readable", bundleRekor2: "not readable",
		}},
		"another log's name": {proof + "checkpoint.envelope", lines(func(l []string) []string { return append([]string{"other.example"}, l[1:]...) }), map[string]string{
			bundleRekor1: "signature on the checkpoint is not right", bundleRekor2: "another log's",
		}},
		"another tree's size": {proof + "treeSize", func(string) string { return "99999" }, map[string]string{bundleRekor1: "different states of the log"}},
	} {
		for fixture, why := range c.why {
			t.Run(name+", "+fixture, func(t *testing.T) {
				good := named(t, fixture)
				document := edit(t, string(good.Blob), c.path, c.change)
				requireTold(t, testVerifier(t).Verify(t.Context(), withBlob(good, document)), model.CheckLog, model.Invalid, why)
			})
		}
	}
}

func TestWhatIsWrongWithAnEntrysBodyIsTold(t *testing.T) {
	good := named(t, bundleRekor1)
	const path = "verificationMaterial.tlogEntries.0.canonicalizedBody"
	body, err := base64.StdEncoding.DecodeString(gjson.GetBytes(good.Blob, path).String())
	if err != nil {
		t.Fatal(err)
	}
	for why, changed := range map[string]string{
		"is not JSON":            "{",
		`of kind "rekord 0.0.1"`: `{"apiVersion":"0.0.1","kind":"rekord","spec":{}}`,
		"damaged or was changed": edit(t, string(body), "spec.signatures.0.verifier", otherTextOnce("%")),
	} {
		document := edit(t, string(good.Blob), path, func(string) string { return base64.StdEncoding.EncodeToString([]byte(changed)) })
		requireTold(t, testVerifier(t).Verify(t.Context(), withBlob(good, document)), model.CheckLog, model.Invalid, why)
	}
}

func TestALogsKeyThatHadRetiredIsTold(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	ev := i.simple(key, i.leaf(key.Public(), false), signedOn)
	closed := *i
	closed.end = signedOn.Add(-time.Hour)
	r := closed.verifier().Verify(t.Context(), ev)
	if c := r.Check(model.CheckLog); c.Status != model.CheckFailed || !strings.Contains(c.Detail, "was used from") {
		t.Errorf("%+v", c)
	}
}
