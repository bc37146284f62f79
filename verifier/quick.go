package verifier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/hex"
	"slices"

	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/model"
)

// quick asks sigstore-go for the whole certificate signature first. If that says yes, its steps need not be taken again
// one by one: they are filled in from what it verified. It returns false, and leaves the ladder alone, where the answer
// is no, where there is more in the signature than the answer vouches for, or where the whole cannot be asked for.
func (j *judging) quick() bool {
	if j.v.stepwise || j.substitute != "" || j.s.badLog != "" || printsWhenTried(j.s) {
		return false
	}
	entries := 0
	if j.root.Requires.Log {
		entries = 1
	}
	if len(j.s.entries) != entries || entries == 1 && !j.root.HasLog([]byte(j.s.entries[0].LogKeyID())) {
		return false
	}
	if slices.ContainsFunc(j.s.entries, mixed) {
		return false
	}
	stamps, err := j.s.bundle.Timestamps()
	if err != nil || j.s.whole != nil && len(stamps) > 0 {
		return false // what such a timestamp is over has to be found out
	}
	answer, err := j.whole()
	if err != nil {
		return false
	}
	verified := 0
	for _, t := range answer.VerifiedTimestamps {
		if t.Type == "TimestampAuthority" {
			verified++
		}
	}
	if verified != len(stamps) {
		return false
	}
	j.agreed = true
	j.fillIn(answer)
	return true
}

// printsWhenTried reports whether sigstore-go's Verifier would write to standard error if the signature is not right: for
// every key but one on P-256 it has a second verifier, and says so when it turns to that.
func printsWhenTried(s *signed) bool {
	k, ok := s.leaf.PublicKey.(*ecdsa.PublicKey)
	return !ok || k.Curve != elliptic.P256()
}

// fillIn sets the checks that sigstore-go's yes implies.
func (j *judging) fillIn(answer *verify.VerificationResult) {
	j.set(model.CheckSignature, signedByLeaf())
	for _, entry := range j.s.entries {
		known := j.root.Material().RekorLogs()[hex.EncodeToString([]byte(entry.LogKeyID()))]
		if t := entry.IntegratedTime(); !t.IsZero() {
			j.claimed = append(j.claimed, t)
		}
		shown := describeEntry(entry, known)
		verified(&shown, entry)
		j.entries = append(j.entries, shown)
		j.set(model.CheckLog, pass(wantEntry, evidenceOf(shown), ""))
	}
	if len(j.s.entries) == 0 {
		j.set(model.CheckLog, skip(wantEntry, "absent", "the signature carries no log entry"))
	}
	for _, t := range answer.VerifiedTimestamps {
		kind := "log"
		if t.Type == "TimestampAuthority" {
			kind = "rfc3161"
		}
		j.addTime(model.Timestamp{Authority: t.URI, Time: t.Timestamp, Verified: true, Kind: kind, Over: "signature"})
	}
	j.set(model.CheckTimestamp, j.withinValidity())
	j.set(model.CheckCertificate, j.issued())
	j.set(model.CheckSCT, j.provenSCT())
	j.logWindow()
}

// provenSCT describes the timestamp that sigstore-go verified.
func (j *judging) provenSCT() result {
	logs := j.root.Material().CTLogs()
	if len(logs) == 0 {
		return j.noCertificateLog()
	}
	stamps, err := certificateTimestamps(j.s.leaf)
	if err != nil {
		return fail(wantSCT, "timestamps that cannot be read", "the certificate's list of signed certificate timestamps is damaged")
	}
	for _, s := range stamps {
		if known := logs[s.log]; known != nil {
			return pass(wantSCT, known.BaseURL+", "+when(s.time), "")
		}
	}
	return skip(wantSCT, "absent", "the certificate carries no signed certificate timestamp of a known log")
}
