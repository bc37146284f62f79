package verifier

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/notaryproject/notation-core-go/signature"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/notation"
	"github.com/attestree/attestree/verifier/trust"
)

// What judges notation envelopes in sigstore-go's place: a library the envelope and its chain of certificates, and this
// package what the trust store and the trust policy say of it.
const (
	notationCore  = "notation-core-go"
	notationStore = notationCore + "; attestree: trust store and trust policy"
)

// notationSteps are the checks of a notation signature, in order.
var notationSteps = []model.CheckID{
	model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckCertificate,
	model.CheckTimestamp, model.CheckExpiry, model.CheckSigner, model.CheckPredicate,
}

// notationMeaning is what checks prove, and where that is specified, where it is not as for Sigstore's signatures.
var notationMeaning = map[model.CheckID]struct{ proves, spec string }{
	model.CheckEnvelope: {
		meaning[model.CheckEnvelope].proves,
		"Notary Project specifications, signature-envelope-jws.md and signature-envelope-cose.md",
	},
	model.CheckSignature: {meaning[model.CheckSignature].proves, "Notary Project specifications, signature-specification.md"},
	model.CheckSubject: {
		"The signed descriptor is that of this very digest and not of another image.",
		"Notary Project specifications, signature-specification.md, Payload",
	},
	model.CheckCertificate: {
		"A certificate of the trust store is in the signer's chain, and the chain was valid when it signed.",
		"Notary Project specifications, trust-store-trust-policy.md; RFC 5280 §6",
	},
	model.CheckTimestamp: {
		"Somebody other than the signer attests when the signature was made.",
		"Notary Project specifications, signing-scheme.md; RFC 3161",
	},
	model.CheckSigner: {
		"The certificate's subject is one that the reader trusts by name, for this image.",
		"Notary Project specifications, trust-store-trust-policy.md, Trusted Identities",
	},
}

// notarized is one notation signature being judged: what each step found out for the later ones.
type notarized struct {
	v  *Verifier
	ev model.Evidence
	ladder

	rule  notation.Rule
	ruled bool
	why   string // there is no rule

	envelope signature.Envelope
	claims   *model.Attestation
	info     *signature.SignerInfo // nil where the library refuses the chain
	chain    []*x509.Certificate
	broken   bool // the chain is none

	anchor   notation.Anchor // in the chain; its zero value if none is
	proven   []time.Time     // the bounds of when it was signed, if somebody attests that
	stamps   []model.Timestamp
	findings []model.Finding
}

// notation judges a notation signature by the trust store and trust policy of the run. Where notation itself would be
// content with less, because the policy says so, this is not (docs/verification.md).
func (v *Verifier) notation(ev model.Evidence) model.Report {
	n := &notarized{v: v, ev: ev, ladder: newLadder(notationSteps...)}
	for id, m := range notationMeaning {
		n.at(id).Proves, n.at(id).Spec = m.proves, m.spec
	}
	n.require(model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckCertificate, model.CheckExpiry)
	n.rule, n.ruled, n.why = v.notary.For(ev.Repository)
	n.set(model.CheckContent, content(ev))
	if ev.Node.Blob.Digest == "" && ev.Node.Raw == nil {
		n.at(model.CheckContent).Required = false
	}
	n.set(model.CheckEnvelope, n.open())
	if len(n.chain) > 0 {
		n.set(model.CheckSignature, n.signature())
		n.set(model.CheckSubject, n.subject())
		n.set(model.CheckPredicate, skip("", "", "a notation signature is about bytes alone and claims nothing further of them"))
		n.believe()
	}
	n.close()
	return n.report()
}

// believe takes the steps that ask whether the certificates are to be believed, and for which time.
func (n *notarized) believe() {
	unknown, found := n.findAnchor()
	if n.info != nil {
		n.set(model.CheckTimestamp, n.timestamp(found))
		if !n.v.at.IsZero() && len(n.proven) == 0 {
			// What may have been made later is not accepted as of an earlier time.
			n.require(model.CheckTimestamp)
		}
		n.set(model.CheckExpiry, n.v.expiry(n.info.SignedAttributes.Expiry))
	}
	if !found {
		n.set(model.CheckCertificate, unknown)
		return
	}
	n.set(model.CheckCertificate, n.certificate())
}

// report makes the verdict from the checks.
func (n *notarized) report() model.Report {
	verdict, blocking := n.blocker()
	r := model.Report{VerifiedBy: notationCore, Reason: blocking.Detail}
	if n.ruled {
		r.VerifiedBy, r.TrustRoot = notationStore, "notation "+strings.Join(n.rule.Stores, ", ")
	}
	if n.rule.Laxer != "" {
		n.find("notation-level", n.rule.Laxer+"; here every check is required all the same")
	}
	signer := notationSigner(n.chain)
	switch {
	case signer == nil || !n.passed(model.CheckEnvelope) || !n.passed(model.CheckSignature) || !n.passed(model.CheckCertificate):
		r.Claimed = signer
		n.set(model.CheckSigner, notReached("it is not proven who signed"))
	default:
		n.find("revocation-not-checked", "whether the certificate was revoked was not asked, for that needs the network")
		r.Signer = signer
		if len(n.proven) > 0 {
			r.SignedAt = n.proven[0]
		}
		named := n.signer(signer)
		if verdict == model.Unchecked {
			verdict, r.Reason = n.standing(named)
		}
	}
	r.Verdict, r.Checks, r.Timestamps, r.Findings = verdict, n.ladder, n.stamps, n.findings
	return r
}

// signer says in its check whether a proven signer is trusted by name.
func (n *notarized) signer(proven *model.Signer) bool {
	who, named := n.rule.Signer(n.chain[0])
	switch listed := n.rule.Identities(); {
	case named:
		proven.Name = who
		n.require(model.CheckSigner)
		n.set(model.CheckSigner, pass("one of the trusted identities", proven.Subject, who))
	case len(listed) > 0:
		n.require(model.CheckSigner)
		n.set(model.CheckSigner, fail(strings.Join(listed, "; or "), proven.Subject, "it is none of the identities that the trust policy trusts for this image"))
	case n.v.pinned():
		n.require(model.CheckSigner)
		n.set(model.CheckSigner, fail("one of the trusted signers", proven.Subject, "an authority of the trust store knows it, but nobody trusts it by name"))
	default:
		n.set(model.CheckSigner, skip("", proven.Subject, "an authority of the trust store knows it; nobody is trusted by name, so who signed is shown but not judged"))
	}
	return named
}

// standing is the verdict of a signature whose other required checks passed.
func (n *notarized) standing(named bool) (model.Verdict, string) {
	switch bare := n.ev.Subject == ""; {
	case n.failed(model.CheckSigner):
		return model.Untrusted, n.at(model.CheckSigner).Detail
	case bare:
		return model.Valid, nothingToCompare
	case named:
		return model.Trusted, ""
	}
	return model.Valid, ""
}

// pinned reports whether anybody is trusted by name, whichever way they sign.
func (v *Verifier) pinned() bool { return v.signers.Pinned() || v.notary.Names() }

func (n *notarized) find(id, message string) {
	n.findings = append(n.findings, model.Finding{ID: id, Severity: model.SeverityInfo, Message: message})
}

// expiry judges until when the signer wants the signature to be used.
func (v *Verifier) expiry(expiry time.Time) result {
	switch {
	case expiry.IsZero():
		return pass("not expired", "no expiry", "")
	case !v.judgedAt().Before(expiry):
		return fail("not expired at "+when(v.judgedAt()), when(expiry), "the signer wanted the signature to be used until then only")
	}
	return pass("not expired at "+when(v.judgedAt()), when(expiry), "")
}

// notationSigner describes the holder of a chain's first certificate, nil if there is none.
func notationSigner(chain []*x509.Certificate) *model.Signer {
	if len(chain) == 0 {
		return nil
	}
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

// ordinal names one certificate of a chain in a sentence.
func ordinal(i, of int) string {
	switch i {
	case 0:
		return "the certificate"
	case of - 1:
		return "the root certificate"
	}
	return fmt.Sprintf("intermediate certificate %d", i)
}
