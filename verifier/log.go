package verifier

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/tlog"
	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/model"
)

const wantEntry = "an entry in a transparency log of the trusted root"

// log judges the log entries, each alone: an entry of a log that the root does not know is ignored, one of a known log
// must be right, and at least one must be.
func (j *judging) log() result {
	switch {
	case j.s.badLog != "":
		return fail(wantEntry, "an entry that cannot be read", j.s.badLog)
	case len(j.s.entries) == 0:
		return skip(wantEntry, "absent", "the signature carries no log entry")
	case j.duplicates():
		return fail(wantEntry, "the same entry twice", "an entry that is listed twice is an attempt to count it twice")
	}
	var good, unknown []string
	for i, entry := range j.s.entries {
		known := j.root.Material().RekorLogs()[hex.EncodeToString([]byte(entry.LogKeyID()))]
		j.entries = append(j.entries, describeEntry(entry, known))
		if known == nil {
			unknown = append(unknown, j.entries[i].Log)
			continue
		}
		if t := entry.IntegratedTime(); !t.IsZero() {
			j.claimed = append(j.claimed, t)
		}
		r := j.entry(entry, known)
		if r.status != model.CheckPassed {
			if r.expected == "" {
				r.expected = wantEntry
			}
			return r
		}
		shown := &j.entries[i]
		verified(shown, entry)
		if shown.Promise {
			j.addTime(model.Timestamp{Authority: shown.Log, Time: shown.Time, Verified: true, Kind: "log", Over: "signature"})
		}
		good = append(good, evidenceOf(*shown))
	}
	if len(good) == 0 {
		return skip(wantEntry, "log "+unknown[0], "the entry is in a log that the trusted root "+j.root.Info.Name+" does not know; another trusted root may")
	}
	return pass(wantEntry, good[0], "")
}

func (j *judging) addTime(t model.Timestamp) {
	j.stamps = append(j.stamps, t)
	j.times = append(j.times, t.Time)
}

func evidenceOf(e model.LogEntry) string {
	how := "inclusion proof and signed checkpoint"
	switch {
	case e.Promise && e.Included:
		how = "signed entry timestamp, inclusion proof and signed checkpoint"
	case e.Promise:
		how = "signed entry timestamp"
	}
	return fmt.Sprintf("%s, by %s", e.Log, how)
}

// describeEntry is an entry for display, before anything of it is proven.
func describeEntry(entry *tlog.Entry, known *root.TransparencyLog) model.LogEntry {
	shown := model.LogEntry{
		Log: hex.EncodeToString([]byte(entry.LogKeyID())), Index: entry.LogIndex(), Kind: kindOf(entry),
	}
	if known != nil && known.BaseURL != "" {
		shown.Log = known.BaseURL
	}
	return shown
}

// verified marks an entry as proven. The log's promise is over index, time and body, and so over the kind; an inclusion
// proof is over less, so that these stay claims (see model.LogEntry).
func verified(shown *model.LogEntry, entry *tlog.Entry) {
	shown.Verified, shown.Promise, shown.Included = true, entry.HasInclusionPromise(), entry.HasInclusionProof()
	if shown.Promise {
		shown.Signed, shown.Time = true, entry.IntegratedTime()
	}
}

// kindOf is the kind that the body of an entry names. The field beside the body is covered by nothing.
func kindOf(entry *tlog.Entry) string {
	var body struct{ Kind, APIVersion string }
	if text, ok := entry.Body().(string); ok {
		if raw, err := base64.StdEncoding.DecodeString(text); err == nil && json.Unmarshal(raw, &body) == nil && body.Kind != "" {
			return body.Kind + " " + body.APIVersion
		}
	}
	field := entry.TransparencyLogEntry().GetKindVersion()
	return field.GetKind() + " " + field.GetVersion()
}

func (j *judging) duplicates() bool {
	for i, a := range j.s.entries {
		for _, b := range j.s.entries[i+1:] {
			if a.LogKeyID() == b.LogKeyID() && a.LogIndex() == b.LogIndex() {
				return true
			}
		}
	}
	return false
}

// entry judges one entry of a known log by sigstore-go, and where it says no, finds out why.
func (j *judging) entry(entry *tlog.Entry, known *root.TransparencyLog) result {
	if isIntoto001(entry) {
		return j.intoto001(entry)
	}
	if mixed(entry) {
		return fail("an entry and a checkpoint of one form", "an entry of Rekor 2 under a checkpoint of Rekor 1",
			"the log entry and its checkpoint are of two forms, so that nothing says that the entry is for this signature")
	}
	masked := oneEntry{SignedEntity: j.entity(), entry: entry, anyTime: true}
	if _, err := verify.VerifyTlogEntry(masked, j.material, 1, true); err == nil {
		return result{status: model.CheckPassed}
	}
	return j.explainEntry(entry, known)
}

// explainEntry finds out why an entry of a known log does not verify. It never makes anything good.
func (j *judging) explainEntry(entry *tlog.Entry, known *root.TransparencyLog) result {
	if tlog.ValidateEntry(entry) != nil {
		return skip("", describeEntry(entry, known).Kind, "log entries of this kind cannot be judged")
	}
	if entry.IsRekorV2() {
		return j.explainV2(entry, known)
	}
	if r := j.explainBody(entry); r.status != model.CheckUnchecked {
		return r
	}
	if entry.HasInclusionPromise() {
		if r := explainPromise(entry, known, j.root.Material()); r.status != model.CheckUnchecked {
			return r
		}
	}
	if entry.HasInclusionProof() {
		return explainProof(entry, known)
	}
	return fail("", "an entry with neither signed entry timestamp nor inclusion proof", "nothing shows that the log has this entry")
}

// explainBody compares what the entry says with the signature that it came with.
func (j *judging) explainBody(entry *tlog.Entry) result {
	content, err := j.entity().VerificationContent()
	if err != nil {
		return result{}
	}
	switch {
	case !bytes.Equal(entry.Signature(), j.s.content.Signature()):
		return fail("", "an entry for another signature", "the logged signature is not the one that is attached here")
	case !content.CompareKey(entry.PublicKey(), j.material):
		return fail("", "an entry by another signer", "the logged certificate or key is not the one that the signature was made with")
	}
	if payload := j.s.payload(); payload != nil {
		sum := sha256.Sum256(payload)
		if logged, ok := entry.GetDssePayloadHash(); !ok || !bytes.Equal(logged, sum[:]) {
			return fail("", "an entry for another payload", "the logged payload hash is not that of this payload")
		}
		return result{}
	}
	logged, algorithm, ok := entry.GetHashedRekordDigest()
	m := j.messageDigest()
	if !ok || algorithm != m.Algorithm || !bytes.Equal(logged, m.Digest) {
		return fail("", "an entry for another payload", "the logged hash is not that of the signed bytes")
	}
	return result{}
}

func explainPromise(entry *tlog.Entry, known *root.TransparencyLog, material root.TrustedMaterial) result {
	if tlog.VerifySET(entry, material.RekorLogs()) == nil {
		return result{}
	}
	t := entry.IntegratedTime()
	if outside(t, known.ValidityPeriodStart, known.ValidityPeriodEnd) {
		return fail("", "an entry of "+when(t), "the log's key was used "+span(known.ValidityPeriodStart, known.ValidityPeriodEnd)+", so it cannot have made this entry")
	}
	return fail("", "a signed entry timestamp that "+known.BaseURL+" did not make",
		"the entry, its time or its index was changed after the log signed it, or the log's signature was")
}

// explainV2 explains an entry of Rekor 2. Its hash is made from the signature itself, so that any difference between
// entry and signature shows up in the proof.
func (j *judging) explainV2(entry *tlog.Entry, known *root.TransparencyLog) result {
	if !entry.HasInclusionProof() {
		return fail("", "an entry without inclusion proof", "an entry of this log is proven by its inclusion proof alone")
	}
	logged, _, _ := entry.GetHashedRekordDigest()
	switch {
	case !bytes.Equal(entry.Signature(), j.s.content.Signature()):
		return fail("", "an entry for another signature", "the logged signature is not the one that is attached here")
	case j.s.payload() != nil && !oneOfHashes(logged, pae(j.s.bundle.GetDsseEnvelope().GetPayloadType(), j.s.payload())):
		return fail("", "an entry for another payload", "the logged hash is not that of this payload")
	}
	return explainProof(entry, known)
}

func oneOfHashes(digest, message []byte) bool {
	for _, algorithm := range []string{"SHA2_256", "SHA2_384", "SHA2_512"} {
		if bytes.Equal(digest, hashAs(algorithm, message)) {
			return true
		}
	}
	return false
}

// pae is what a DSSE signature is over (DSSE v1.0.2, protocol.md, "PAE").
func pae(payloadType string, payload []byte) []byte {
	head := fmt.Sprintf("DSSEv1 %d %s %d ", len(payloadType), payloadType, len(payload))
	return append(append(make([]byte, 0, len(head)+len(payload)), head...), payload...)
}

// entity is the signature as sigstore-go reads it.
func (j *judging) entity() verify.SignedEntity {
	if j.s.badLog != "" {
		return j.s.bundle
	}
	return readOnce{j.s.bundle, j.s.entries, j.s.content}
}

// logWindow compares proven times with the window in which the log's key was used. sigstore-go does so only for signed
// entry timestamps; an entry that has only an inclusion proof needs it as much.
func (j *judging) logWindow() {
	if !j.passed(model.CheckLog) {
		return
	}
	for _, entry := range j.s.entries {
		known := j.root.Material().RekorLogs()[hex.EncodeToString([]byte(entry.LogKeyID()))]
		if known == nil || entry.HasInclusionPromise() {
			continue
		}
		for _, t := range j.times {
			if outside(t, known.ValidityPeriodStart, known.ValidityPeriodEnd) {
				j.set(model.CheckLog, fail(wantEntry, "a signature of "+when(t),
					"the log's key was used "+span(known.ValidityPeriodStart, known.ValidityPeriodEnd)+", so it cannot have logged this signature"))
				return
			}
		}
	}
}

func outside(t, start, end time.Time) bool {
	return !start.IsZero() && t.Before(start) || !end.IsZero() && t.After(end)
}

func when(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func span(start, end time.Time) string {
	switch {
	case start.IsZero() && end.IsZero():
		return "at any time"
	case end.IsZero():
		return "from " + when(start) + " on"
	case start.IsZero():
		return "until " + when(end)
	}
	return "from " + when(start) + " to " + when(end)
}
