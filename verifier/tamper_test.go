package verifier

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// The good instances that are tampered with, one for each way of storing a signature.
const (
	bundleRekor1    = "sig bundle keyless github log=rekor1"
	bundleRekor2    = "att bundle keyless vuln log=rekor2"
	bundleKey       = "sig bundle key=rsa4096 log=rekor1"
	bundleKeyRekor2 = "sig bundle key=p256 log=rekor2"
)

// flip changes one byte in the middle of base64, and keeps it base64.
func flip(t *testing.T, encoded string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) == 0 {
		t.Fatalf("not base64: %q", encoded)
	}
	raw[len(raw)/2] ^= 0x01
	return base64.StdEncoding.EncodeToString(raw)
}

// edit replaces the string at a path in JSON.
func edit(t *testing.T, document, path string, change func(string) string) string {
	t.Helper()
	found := gjson.Get(document, path)
	if !found.Exists() {
		t.Fatalf("%s is not there", path)
	}
	encoded, err := json.Marshal(change(found.String()))
	if err != nil {
		t.Fatal(err)
	}
	return document[:found.Index] + string(encoded) + document[found.Index+len(found.Raw):]
}

// withBlob is the evidence with another payload that the manifest names, as an attacker who can write to the registry
// would arrange.
func withBlob(ev model.Evidence, blob string) model.Evidence {
	ev.Blob = []byte(blob)
	ev.Node.Blob.Digest, ev.Node.Blob.Size = model.DigestOf(ev.Blob), int64(len(blob))
	return ev
}

// withAnnotation is the evidence with one annotation of its layer changed.
func withAnnotation(ev model.Evidence, key string, change func(string) string) model.Evidence {
	annotations := map[string]string{}
	for k, v := range ev.Node.Blob.Annotations {
		annotations[k] = v
	}
	annotations[key] = change(annotations[key])
	ev.Node.Blob.Annotations = annotations
	return ev
}

// tamper is one change to a good instance and the check that must notice it first.
type tamper struct {
	what, path string
	change     func(*testing.T, string) string
	want       model.CheckID
}

func otherText(with string) func(*testing.T, string) string {
	return func(*testing.T, string) string { return with }
}

// checkpointRoot changes the root hash in a signed checkpoint.
func checkpointRoot(t *testing.T, s string) string {
	lines := strings.Split(s, "\n")
	lines[2] = flip(t, lines[2])
	return strings.Join(lines, "\n")
}

// checkpointSignature changes the last signature of a checkpoint.
func checkpointSignature(t *testing.T, s string) string {
	s = strings.TrimSuffix(s, "\n")
	at := strings.LastIndex(s, " ") + 1
	return s[:at] + flip(t, s[at:]) + "\n"
}

func requireGood(t *testing.T, v *Verifier, ev model.Evidence) {
	t.Helper()
	if r := v.Verify(t.Context(), ev); r.Verdict != model.Trusted {
		t.Fatalf("the good instance is %s: %s", r.Verdict, r.Reason)
	}
}

func requireCaught(t *testing.T, v *Verifier, ev model.Evidence, want model.CheckID) {
	t.Helper()
	r := v.Verify(t.Context(), ev)
	switch r.Verdict {
	case model.Invalid, model.Unverifiable:
	case model.Unchecked, model.Trusted, model.Valid, model.Untrusted, model.Covered, model.Unsigned, model.Unavailable:
		t.Fatalf("verdict %s", r.Verdict)
	}
	if got := deciding(r); got != want {
		t.Errorf("noticed by %q (%s), want %q", got, r.Reason, want)
	}
	if r.Reason == "" || r.Reason == internalDisagreement {
		t.Errorf("reason %q", r.Reason)
	}
	requireOwnWords(t, r)
	requireExplained(t, r.Check(want))
}

func TestNoChangeToABundlePasses(t *testing.T) {
	const (
		material = "verificationMaterial."
		entry    = material + "tlogEntries.0."
		stamp    = material + "timestampVerificationData.rfc3161Timestamps.0.signedTimestamp"
		logID    = entry + "logId.keyId"
	)
	both := []tamper{
		{"signature", "dsseEnvelope.signatures.0.sig", flip, model.CheckSignature},
		{"payload", "dsseEnvelope.payload", flipText, model.CheckSignature},
		{"payload type", "dsseEnvelope.payloadType", otherText("application/vnd.in-toto.other+json"), model.CheckSignature},
		{"unknown payload type", "dsseEnvelope.payloadType", otherText("text/plain"), model.CheckSignature},
		{"media type", "mediaType", otherText("application/vnd.dev.sigstore.bundle.v0.9+json"), model.CheckEnvelope},
		{"path of the proof", entry + "inclusionProof.hashes.0", flip, model.CheckLog},
		{"checkpoint's root", entry + "inclusionProof.checkpoint.envelope", checkpointRoot, model.CheckLog},
		{"checkpoint's signature", entry + "inclusionProof.checkpoint.envelope", checkpointSignature, model.CheckLog},
		{"log id", logID, flip, model.CheckLog},
	}
	rekor1 := []tamper{
		{"entry's body", entry + "canonicalizedBody", flip, model.CheckLog},
		{"signed entry timestamp", entry + "inclusionPromise.signedEntryTimestamp", flip, model.CheckLog},
		{"integrated time", entry + "integratedTime", otherText("1795256000"), model.CheckLog},
		{"log index", entry + "logIndex", otherText("7777"), model.CheckLog},
		{"proof's root hash", entry + "inclusionProof.rootHash", flip, model.CheckLog},
		{"proof's tree size", entry + "inclusionProof.treeSize", otherText("99999"), model.CheckLog},
	}
	stamped := []tamper{{"timestamp", stamp, flip, model.CheckTimestamp}}
	certified := []tamper{
		{"certificate", material + "certificate.rawBytes", flip, model.CheckCertificate},
		{"certificate of somebody else", material + "certificate.rawBytes", otherCertificate, model.CheckSignature},
	}
	for name, changes := range map[string][][]tamper{
		bundleRekor1:    {both, rekor1, certified},
		bundleRekor2:    {both, stamped, certified},
		bundleKey:       {both, rekor1},
		bundleKeyRekor2: {both[:5], both[6:]},
	} {
		// Keys need their log entry here, so that every part is required.
		v := testVerifier(t, requireLogs(t))
		good := named(t, name)
		requireGood(t, v, good)
		for _, group := range changes {
			for _, c := range group {
				t.Run(name+": "+c.what, func(t *testing.T) {
					document := edit(t, string(good.Blob), c.path, func(s string) string { return c.change(t, s) })
					requireCaught(t, v, withBlob(good, document), c.want)
				})
			}
		}
		t.Run(name+": another image's", func(t *testing.T) {
			moved := good
			moved.Subject = model.DigestOf([]byte("another image"))
			requireCaught(t, v, moved, model.CheckSubject)
		})
		t.Run(name+": the same image with another second digest", func(t *testing.T) {
			document := good
			document.Also = []model.Digest{model.Compute("sha512", []byte("something"))}
			requireGood(t, v, document)
		})
	}
}

// flipText changes one letter in encoded JSON, so that it stays JSON.
func flipText(t *testing.T, encoded string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(raw), `"predicate":{`, `"predicate":{"added":1,`, 1)
	changed = strings.Replace(changed, `"predicate":{"added":1,}`, `"predicate":{"added":1}`, 1)
	changed = strings.Replace(changed, `"predicate": {`, `"predicate": {"added":1,`, 1)
	if changed == string(raw) {
		changed += " "
	}
	changed = strings.Replace(changed, `,}`, `}`, 1)
	return base64.StdEncoding.EncodeToString([]byte(changed))
}

// otherCertificate is a good certificate of the same authority, for another key.
func otherCertificate(t *testing.T, _ string) string {
	return gjson.GetBytes(named(t, "sig bundle keyless alice").Blob, "verificationMaterial.certificate.rawBytes").String()
}

func requireLogs(tb testing.TB) func(*Options) {
	return func(o *Options) {
		list := make([]trust.Signer, 0, len(o.Signers))
		for _, s := range o.Signers {
			s.NoLog = false
			list = append(list, s)
		}
		o.Signers = signers(tb, list...)
	}
}
