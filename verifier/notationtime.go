package verifier

import (
	"context"
	"crypto/x509"
	"errors"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	notationx509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/tspclient-go"

	"github.com/attestree/attestree/model"
)

const wantStamp = "a timestamp by an authority of the trust store"

// timestamp judges when the signature was made. anchored says that a certificate of the trust store is in the chain: a
// signing authority that is none of the store's says nothing.
func (n *notarized) timestamp(anchored bool) result {
	attributes := n.info.SignedAttributes
	if attributes.SigningScheme == signature.SigningSchemeX509SigningAuthority {
		return n.authorityTime(anchored)
	}
	n.stamps = append(n.stamps, model.Timestamp{Authority: "the signer's own clock", Time: attributes.SigningTime, Kind: "claimed"})
	token := n.info.UnsignedAttributes.TimestampSignature
	n.at(model.CheckTimestamp).Required = n.rule.TimestampAlways
	switch {
	case len(token) == 0:
		return skip(wantStamp, "absent", "nothing but the signer's own clock says when it was signed")
	case len(n.rule.TSA) == 0:
		return skip(wantStamp, "not judged", "it has a timestamp, and there is no trust store of the type tsa to judge it by")
	}
	stamp, bounds, r := n.rfc3161(token)
	n.stamps = append(n.stamps, stamp)
	if r.status == model.CheckPassed {
		n.proven = bounds
		r = n.plausible(r)
	}
	if r.status == model.CheckFailed {
		// Whoever could write a wrong timestamp could have left it out; but nobody honest writes one.
		n.require(model.CheckTimestamp)
	}
	return r
}

// authorityTime takes the word of a signing authority, which is among what it signed (signing-scheme.md).
func (n *notarized) authorityTime(anchored bool) result {
	const want = "a time that a signing authority of the trust store attests"
	stamp := model.Timestamp{Authority: n.chain[0].Subject.String(), Time: n.info.SignedAttributes.SigningTime, Kind: "authority", Over: "signature"}
	n.require(model.CheckTimestamp)
	if !anchored || !n.passed(model.CheckSignature) {
		n.stamps = append(n.stamps, stamp)
		return notReached("it is not proven that a signing authority of the trust store says so")
	}
	stamp.Verified = true
	n.stamps = append(n.stamps, stamp)
	n.proven = []time.Time{stamp.Time}
	return n.plausible(pass(want, when(stamp.Time), "attested by "+stamp.Authority))
}

// plausible compares a proven time with the clock, and with the time to judge by.
func (n *notarized) plausible(r result) result {
	t := n.proven[0]
	if !n.v.at.IsZero() && t.After(n.v.at) {
		return fail("not after "+when(n.v.at), when(t), "the signature was made later than the time to judge by")
	}
	if t.After(n.v.now()) {
		n.findings = append(n.findings, model.Finding{
			ID: "clock-skew", Severity: model.SeverityWarning,
			Message: "it was signed at " + when(t) + ", which is in the future by this computer's clock",
		})
	}
	return r
}

// rfc3161 judges a timestamp token over the signature. bounds are the earliest and the latest time that it may mean.
func (n *notarized) rfc3161(raw []byte) (stamp model.Timestamp, bounds []time.Time, r result) {
	stamp = model.Timestamp{Kind: "rfc3161", Over: "signature"}
	damaged := fail(wantStamp, "a timestamp that does not verify", "it cannot be read as a timestamp of RFC 3161")
	token, err := tspclient.ParseSignedToken(raw)
	if err != nil {
		return stamp, nil, damaged
	}
	info, err := token.Info()
	if err != nil {
		return stamp, nil, damaged
	}
	stamp.Time = info.GenTime
	t, err := info.Validate(n.info.Signature)
	if err != nil {
		return stamp, nil, fail(wantStamp, "a timestamp that does not verify", "it is over other bytes than this signature")
	}
	roots := x509.NewCertPool()
	for _, a := range n.rule.TSA {
		roots.AddCert(a.Certificate)
	}
	// Verifying opens no connection, so there is nothing to cancel.
	chain, err := token.Verify(context.Background(), x509.VerifyOptions{Roots: roots, CurrentTime: t.Value})
	unknown := x509.UnknownAuthorityError{}
	switch {
	case errors.As(err, &unknown):
		return stamp, nil, skip(wantStamp, "a timestamp by an unknown authority", "it was made by an authority that the trust store does not know")
	case err != nil || notationx509.ValidateTimestampingCertChain(chain) != nil:
		return stamp, nil, fail(wantStamp, "a timestamp that does not verify", "the authority's signature or certificate on it is not right: it was changed, or somebody else made it")
	}
	stamp.Authority, stamp.Verified = chain[0].Subject.String(), true
	bounds = []time.Time{t.Value.Add(-t.Accuracy), t.Value.Add(t.Accuracy)}
	return stamp, bounds, pass(wantStamp, when(t.Value), "attested by "+stamp.Authority)
}
