package verifier

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
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
	wrong, unknown := "", ""
	for _, raw := range stamps {
		shown, why, known := j.rfc3161(raw)
		switch {
		case why == "":
			j.addTime(shown)
		case known:
			wrong = why
		default:
			unknown = why
		}
		if why != "" {
			j.stamps = append(j.stamps, shown)
		}
	}
	if wrong != "" {
		return fail(wantTime, "a timestamp that does not verify", wrong)
	}
	if len(j.times) == 0 {
		return j.noTime(len(stamps), unknown)
	}
	return j.withinValidity()
}

// noTime is the answer where nothing attests a time.
func (j *judging) noTime(stamps int, unknown string) result {
	switch {
	case unknown != "":
		return skip(wantTime, "a timestamp by an unknown authority", unknown)
	case j.failed(model.CheckLog):
		return notReached("the log check failed, and there is no other timestamp")
	case len(j.s.entries) > 0 && stamps == 0 && j.passed(model.CheckLog):
		return skip(wantTime, "absent", "the log entry proves inclusion but no time, and there is no timestamp of an authority")
	}
	why := "nothing attests when the signature was made"
	if j.s.leaf != nil {
		why += ", so it cannot be said whether the certificate was valid then"
	}
	return skip(wantTime, "absent", why)
}

// withinValidity compares every time with the certificate's validity. That of an entry which proves inclusion alone is
// no proof of a time, but one outside contradicts the entry.
func (j *judging) withinValidity() result {
	for _, t := range j.times {
		if !j.v.at.IsZero() && t.After(j.v.at) {
			j.require(model.CheckTimestamp)
			return fail("not after "+when(j.v.at), when(t), "the signature was made later than the time to judge by")
		}
	}
	if t := j.times[0]; t.After(j.v.now()) {
		j.warn("clock-skew", "it was signed at "+when(t)+", which is in the future by this computer's clock")
	}
	attested := "attested by " + j.stampOf(j.times[0])
	leaf := j.s.leaf
	if leaf == nil {
		return pass(wantTime, when(j.times[0]), attested)
	}
	valid := "a time " + span(leaf.NotBefore, leaf.NotAfter)
	for _, t := range append(append(j.times[:0:0], j.times...), j.claimed...) {
		if outside(t, leaf.NotBefore, leaf.NotAfter) {
			return fail(valid, when(t), "the signature was made while the certificate was not valid")
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

// rfc3161 judges one timestamp by the root's authorities. If it does not verify, why says so, and known whether one of
// those authorities made it, or claims to.
func (j *judging) rfc3161(raw []byte) (shown model.Timestamp, why string, known bool) {
	shown = model.Timestamp{Kind: "rfc3161", Over: "signature"}
	over := map[string][]byte{"signature": j.s.content.Signature()}
	if j.s.whole != nil {
		// Until version 3 cosign had the whole envelope of an attestation timestamped.
		over["envelope"] = j.s.whole
	}
	authorities := j.root.Material().TimestampingAuthorities()
	for _, what := range []string{"signature", "envelope"} {
		if over[what] == nil {
			continue
		}
		for _, authority := range authorities {
			t, err := authority.Verify(raw, over[what])
			if err == nil {
				return model.Timestamp{Kind: "rfc3161", Over: what, Authority: authorityName(authority), Time: t.Time, Verified: true}, "", true
			}
		}
	}
	parsed, err := timestamp.ParseResponse(raw)
	if err != nil {
		return shown, "it cannot be read as a timestamp of RFC 3161", true
	}
	shown.Time = parsed.Time
	maker := j.makerOf(parsed)
	switch {
	case maker == nil:
		return shown, "it was made by an authority that the trusted root " + j.root.Info.Name + " does not know", false
	case !imprints(parsed, over):
		return shown, "it is over other bytes than this signature", true
	case outside(parsed.Time, maker.ValidityPeriodStart, maker.ValidityPeriodEnd):
		return shown, "it says " + when(parsed.Time) + ", but its authority was trusted " + span(maker.ValidityPeriodStart, maker.ValidityPeriodEnd), true
	}
	return shown, "the authority's signature on it is not right: it was changed, or somebody else made it", true
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

func imprints(t *timestamp.Timestamp, over map[string][]byte) bool {
	algorithm := map[crypto.Hash]string{crypto.SHA256: "SHA2_256", crypto.SHA384: "SHA2_384", crypto.SHA512: "SHA2_512"}[t.HashAlgorithm]
	for _, b := range over {
		if bytes.Equal(hashAs(algorithm, b), t.HashedMessage) {
			return true
		}
	}
	return false
}

// makerOf is the root's authority that a timestamp claims to be by, nil if there is none: it names the certificate of
// its signer by issuer and serial number (RFC 5652 §5.3).
func (j *judging) makerOf(t *timestamp.Timestamp) *root.SigstoreTimestampingAuthority {
	token, err := pkcs7.Parse(t.RawToken)
	if err != nil || len(token.Signers) != 1 {
		return nil
	}
	signer := token.Signers[0].IssuerAndSerialNumber
	for _, authority := range j.root.Material().TimestampingAuthorities() {
		a, ok := authority.(*root.SigstoreTimestampingAuthority)
		if !ok {
			continue
		}
		if a.Leaf != nil {
			if bytes.Equal(a.Leaf.RawIssuer, signer.IssuerName.FullBytes) && a.Leaf.SerialNumber.Cmp(signer.SerialNumber) == 0 {
				return a
			}
			continue
		}
		for _, issuer := range append([]*x509.Certificate{a.Root}, a.Intermediates...) {
			if issuer != nil && bytes.Equal(issuer.RawSubject, signer.IssuerName.FullBytes) {
				return a
			}
		}
	}
	return nil
}
