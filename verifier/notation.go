package verifier

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	"github.com/notaryproject/notation-core-go/signature/cose"
	"github.com/notaryproject/notation-core-go/signature/jws"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// notationCore names the library that judges a notation envelope.
const notationCore = "notation-core-go"

// notationPayload is the payload type that is known (notary project, signature-specification.md, "Payload").
const notationPayload = "application/vnd.cncf.notary.payload.v1+json"

// noTrustStore is what keeps a notation signature from being believed.
const noTrustStore = "no trust store is given, so it cannot be said whether the certificate is to be believed"

// notationSteps are the checks of a notation signature, in order.
var notationSteps = []model.CheckID{
	model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckCertificate,
	model.CheckExpiry, model.CheckSigner, model.CheckPredicate,
}

// notation judges a notation signature as far as it goes without a trust store: that the envelope is whole, what it is
// about and when it expires. Nobody is believed, so the verdict is unverifiable at best.
func (v *Verifier) notation(ev model.Evidence) model.Report {
	l := newLadder(notationSteps...)
	l.require(model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckCertificate, model.CheckExpiry)
	l.set(model.CheckContent, content(ev))
	if ev.Node.Blob.Digest == "" && ev.Node.Raw == nil {
		l.at(model.CheckContent).Required = false
	}
	claims := model.Open(ev.Node, ev.Blob)
	report := model.Report{VerifiedBy: notationCore}
	envelope, parsed, opened := openNotation(ev)
	l.set(model.CheckEnvelope, opened)
	if parsed != nil {
		report.Claimed = notationSigner(parsed.SignerInfo.CertificateChain)
		l.set(model.CheckSignature, notationSignature(envelope))
		l.set(model.CheckSubject, notationSubject(l, ev, claims))
		l.set(model.CheckCertificate, skip("a certificate of a trust store", report.Claimed.Subject, noTrustStore))
		l.set(model.CheckExpiry, v.expiry(parsed.SignerInfo.SignedAttributes.Expiry))
		if t := parsed.SignerInfo.SignedAttributes.SigningTime; !t.IsZero() {
			report.Timestamps = []model.Timestamp{{Authority: "the signer's own clock", Time: t, Kind: "claimed"}}
		}
	}
	l.close()
	verdict, blocking := l.blocker()
	report.Verdict, report.Reason, report.Checks = verdict, blocking.Detail, l
	return report
}

// openNotation parses the envelope. Its error texts may quote the bytes, so they are not passed on.
func openNotation(ev model.Evidence) (signature.Envelope, *signature.EnvelopeContent, result) {
	mediaType := jws.MediaTypeEnvelope
	if ev.Node.Format == model.FormatNotationCOSE {
		mediaType = cose.MediaTypeEnvelope
	}
	const want = "a notation signature"
	envelope, err := signature.ParseEnvelope(mediaType, ev.Blob)
	if err != nil {
		return nil, nil, fail(want, "no readable envelope", "the bytes are not an envelope of the type that the manifest names")
	}
	parsed, err := envelope.Content()
	switch {
	case err != nil || len(parsed.SignerInfo.CertificateChain) == 0:
		return nil, nil, fail(want, "no readable envelope", "the envelope lacks what a notation signature must have, or it was changed")
	case parsed.Payload.ContentType != notationPayload:
		return nil, nil, skip("payload type "+notationPayload, parsed.Payload.ContentType, "this type of payload is not known here")
	}
	return envelope, parsed, pass("payload type "+notationPayload, parsed.Payload.ContentType, string(parsed.SignerInfo.SignedAttributes.SigningScheme))
}

func notationSignature(envelope signature.Envelope) result {
	const want = "a signature by the certificate's key"
	if _, err := envelope.Verify(); err != nil {
		return fail(want, "the signature is not by that key over these bytes", "payload, attributes or signature were changed after signing")
	}
	return pass(want, "the signature is by that key over these bytes", "")
}

func notationSubject(l ladder, ev model.Evidence, claims *model.Attestation) result {
	switch {
	case claims.Target == nil:
		return fail(string(ev.Subject), "nothing", "the signed payload does not name what it is about")
	case ev.Subject == "":
		l.at(model.CheckSubject).Required = false
		return skip("", string(claims.Target.Digest), nothingToCompare)
	case claims.Target.Digest != ev.Subject:
		return otherSubject(string(ev.Subject), string(claims.Target.Digest))
	}
	return pass(string(ev.Subject), string(claims.Target.Digest), "the signed payload names this digest")
}

func (v *Verifier) expiry(expiry time.Time) result {
	switch {
	case expiry.IsZero():
		return pass("not expired", "no expiry", "")
	case !v.judgedAt().Before(expiry):
		return fail("not expired at "+when(v.judgedAt()), when(expiry), "the signer wanted the signature to be used until then only")
	}
	return pass("not expired at "+when(v.judgedAt()), when(expiry), "")
}

func notationSigner(chain []*x509.Certificate) *model.Signer {
	leaf := chain[0]
	sum := sha256.Sum256(leaf.Raw)
	s := &model.Signer{
		Kind: model.SignerX509, Issuer: leaf.Issuer.String(), Subject: leaf.Subject.String(),
		Fingerprint: "sha256:" + hex.EncodeToString(sum[:]), NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter,
		Authority: leaf.Issuer.String(),
	}
	if key, err := trust.NewKey("", leaf.PublicKey); err == nil {
		s.Algorithm = key.Algorithm
	}
	return s
}
