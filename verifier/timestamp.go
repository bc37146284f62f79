package verifier

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"slices"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
)

const wantTime = "a time that the log or a timestamp authority of the trusted root attests"

// timestamp judges when the signature was made: signed entry timestamps have given their times already, timestamps of
// RFC 3161 are judged here.
func (j *judging) timestamp() result {
	stamps, err := j.s.bundle.Timestamps()
	if err != nil {
		return fail(wantTime, "timestamps that cannot be read", "the signature's timestamps are damaged")
	}
	var wrong, unknown result
	for _, raw := range stamps {
		shown, r := j.rfc3161(raw)
		switch r.status {
		case model.CheckPassed:
			j.addTime(shown)
			continue
		case model.CheckFailed:
			wrong = r
		case model.CheckSkipped, model.CheckUnchecked:
			unknown = r
		}
		j.stamps = append(j.stamps, shown)
	}
	switch {
	case wrong.status != model.CheckUnchecked:
		return wrong
	case len(j.times) == 0:
		return j.noTime(len(stamps), unknown)
	}
	return j.withinValidity()
}

// noTime is the answer where nothing attests a time.
func (j *judging) noTime(stamps int, unknown result) result {
	switch {
	case unknown.status != model.CheckUnchecked:
		return unknown
	case j.failed(model.CheckLog):
		return notReached("the log check failed, and there is no other timestamp")
	case len(j.s.entries) > 0 && stamps == 0 && j.passed(model.CheckLog):
		return skip(wantTime, "absent", "the log entry proves inclusion but no time, and there is no timestamp of an authority")
	}
	why := "nothing attests when the signature was made"
	switch {
	case j.s.leaf != nil:
		why += ", so it cannot be said whether the certificate was valid then"
	case !j.v.at.IsZero():
		why += ", so it cannot be said whether that was before the time to judge by, " + when(j.v.at)
	}
	return skip(wantTime, "absent", why)
}

// withinValidity compares every time with the certificate's validity. That of an entry which proves inclusion alone is
// no proof of a time, but one outside contradicts the entry.
func (j *judging) withinValidity() result {
	for _, t := range j.times {
		if !j.v.at.IsZero() && t.After(j.v.at) {
			j.require(model.CheckTimestamp)
			return fail("not after "+when(j.v.at), when(t), "the signature was made "+length(t.Sub(j.v.at))+" later than the time to judge by")
		}
	}
	if t := slices.MaxFunc(j.times, time.Time.Compare); t.After(j.v.now()) {
		j.warn("clock-skew", "it was signed at "+when(t)+", which is "+length(t.Sub(j.v.now()))+" in the future by this computer's clock")
	}
	attested := "attested by " + j.stampOf(j.times[0])
	leaf := j.s.leaf
	if leaf == nil {
		return pass(wantTime, when(j.times[0]), attested)
	}
	valid := "a time " + span(leaf.NotBefore, leaf.NotAfter)
	for _, t := range append(append(j.times[:0:0], j.times...), j.claimed...) {
		if outside(t, leaf.NotBefore, leaf.NotAfter) {
			return fail(valid, when(t), "the signature was made while the certificate was not valid: "+howFar(t, leaf.NotBefore, leaf.NotAfter))
		}
	}
	return pass(valid, when(j.times[0]), attested)
}

// stampOf is who attests a proven time.
func (j *judging) stampOf(t time.Time) string {
	for _, s := range j.stamps {
		if s.Verified && s.Time.Equal(t) {
			return s.Authority
		}
	}
	return "nobody"
}

// rfc3161 judges one timestamp by the root's authorities: failed if it is, or claims to be, by one of them and does not
// verify, skipped if it is by somebody else.
func (j *judging) rfc3161(raw []byte) (model.Timestamp, result) {
	for _, over := range j.stampedBytes() {
		for _, authority := range j.root.Material().TimestampingAuthorities() {
			if t, err := authority.Verify(raw, over.bytes); err == nil {
				shown := model.Timestamp{Kind: "rfc3161", Over: over.what, Authority: authorityName(authority), Time: t.Time, Verified: true}
				return shown, result{status: model.CheckPassed}
			}
		}
	}
	return j.explainStamp(raw)
}

// stamped is something that a timestamp may be over.
type stamped struct {
	what  string
	bytes []byte
}

// stampedBytes are the signature and, where an envelope was stored as a layer, that whole envelope: until version 3 cosign
// had the envelope of an attestation timestamped.
func (j *judging) stampedBytes() []stamped {
	all := []stamped{{"signature", j.s.content.Signature()}}
	if j.s.whole != nil {
		all = append(all, stamped{"envelope", j.s.whole})
	}
	return all
}

// explainStamp finds out why a timestamp does not verify.
func (j *judging) explainStamp(raw []byte) (model.Timestamp, result) {
	shown := model.Timestamp{Kind: "rfc3161", Over: "signature"}
	t, ok := readToken(raw)
	if !ok {
		return shown, fail(wantTime, "bytes that are no timestamp", "it cannot be read as a timestamp of RFC 3161: it was damaged")
	}
	shown.Time = t.time
	maker := j.makerOf(t)
	if maker == nil {
		return shown, skip(wantTime, "a timestamp by an unknown authority", "the timestamp was made by an authority that the trusted root "+
			j.root.Info.Name+" does not know; if that authority is to be believed, give a trusted root that has it with --trusted-root")
	}
	shown.Authority = authorityName(maker)
	over := false
	for _, s := range j.stampedBytes() {
		over = over || t.over(s.bytes)
	}
	signer := t.signer(maker.Leaf)
	switch {
	case !over:
		return shown, fail("a timestamp over this signature", "one over other bytes",
			"the timestamp was made for other bytes than this signature: it was taken from another one, or the signature was replaced")
	case outside(t.time, maker.ValidityPeriodStart, maker.ValidityPeriodEnd):
		return shown, fail("a time "+span(maker.ValidityPeriodStart, maker.ValidityPeriodEnd), when(t.time),
			"the trusted root says that this timestamp authority was in use "+span(maker.ValidityPeriodStart, maker.ValidityPeriodEnd)+", so it cannot have made this timestamp")
	case signer != nil && outside(t.time, signer.NotBefore, signer.NotAfter):
		return shown, fail("a time "+span(signer.NotBefore, signer.NotAfter), when(t.time),
			"the timestamp authority's certificate was not valid then: "+howFar(t.time, signer.NotBefore, signer.NotAfter))
	}
	return shown, fail("a timestamp signed by "+shown.Authority, "one with another signature",
		"the authority's signature on the timestamp is not right: it was changed, or somebody else made it in the authority's name")
}

// howFar says by how much a time misses a span.
func howFar(t, start, end time.Time) string {
	if t.Before(start) {
		return length(start.Sub(t)) + " before it began"
	}
	return length(t.Sub(end)) + " after it ended"
}

// length is a duration as people say it: days where there are several.
func length(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= 2*day {
		return fmt.Sprintf("%d days", d/day)
	}
	return d.Round(time.Second).String()
}

func authorityName(authority root.TimestampingAuthority) string {
	a, ok := authority.(*root.SigstoreTimestampingAuthority)
	switch {
	case !ok:
		return "timestamp authority"
	case a.URI != "":
		return a.URI
	case a.Leaf != nil:
		return a.Leaf.Subject.String()
	}
	return a.Root.Subject.String()
}

// makerOf is the root's authority that a timestamp claims to be by, nil if there is none.
func (j *judging) makerOf(t token) *root.SigstoreTimestampingAuthority {
	for _, authority := range j.root.Material().TimestampingAuthorities() {
		a, ok := authority.(*root.SigstoreTimestampingAuthority)
		if !ok {
			continue
		}
		if a.Leaf != nil {
			if t.names(a.Leaf) {
				return a
			}
			continue
		}
		for _, issuer := range append([]*x509.Certificate{a.Root}, a.Intermediates...) {
			if issuer != nil && bytes.Equal(issuer.RawSubject, t.issuer) {
				return a
			}
		}
	}
	return nil
}
