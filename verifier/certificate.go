package verifier

import (
	"crypto/x509"
	"strings"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/verifier/trust"
)

// certificate judges the chain from the leaf to an authority of the root, at every proven time.
func (j *judging) certificate() result {
	leaf := j.s.leaf
	expected := j.wantIssuer()
	issuers := j.root.Issuers(leaf)
	if len(issuers) == 0 {
		return skip(expected, leaf.Issuer.String(), unknownIssuer(leaf, j.root))
	}
	var issuer *x509.Certificate
	for _, candidate := range issuers {
		if leaf.CheckSignatureFrom(candidate) == nil {
			issuer = candidate
			break
		}
	}
	if issuer == nil {
		return fail(expected, "names "+leaf.Issuer.String(), "the authority's signature on the certificate is not right: it was changed, or somebody made it in the authority's name")
	}
	if len(j.times) == 0 {
		// SCTs do not depend on the time of signing, so they can be judged along a chain at a time that is only assumed.
		j.chains, _ = verify.VerifyLeafCertificate(leaf.NotBefore, leaf, j.root.Material())
		return notReached("no signing time is proven at which the certificate could be judged; its issuer did sign it")
	}
	for _, t := range j.times {
		chains, err := verify.VerifyLeafCertificate(t, leaf, j.root.Material())
		if err != nil {
			return j.explainChain(expected, issuer)
		}
		j.chains = chains
	}
	return j.issued()
}

// issued is the answer to a certificate whose path holds at every proven time.
func (j *judging) issued() result {
	leaf, detail := j.s.leaf, ""
	if now := j.v.judgedAt(); now.After(leaf.NotAfter) {
		detail = "it expired " + length(now.Sub(leaf.NotAfter)) + " ago, which does not matter: it was valid when it signed"
	}
	return pass(j.wantIssuer(), leaf.Issuer.String(), detail)
}

func (j *judging) wantIssuer() string {
	return "issued by an authority of the trusted root " + j.root.Info.Name
}

// explainChain finds out why the path does not validate although the issuer did sign the leaf.
func (j *judging) explainChain(expected string, issuer *x509.Certificate) result {
	leaf := j.s.leaf
	for _, t := range j.times {
		switch {
		case outside(t, leaf.NotBefore, leaf.NotAfter):
			return fail("valid at "+when(t), "valid "+span(leaf.NotBefore, leaf.NotAfter), "the certificate was not valid when it signed: "+howFar(t, leaf.NotBefore, leaf.NotAfter)+"; a short-lived certificate signs within minutes, so entry or timestamp are of another signing, or somebody used an old key")
		case outside(t, issuer.NotBefore, issuer.NotAfter):
			return fail("valid at "+when(t), "its issuer was valid "+span(issuer.NotBefore, issuer.NotAfter), "the issuing authority's certificate was not valid then: "+howFar(t, issuer.NotBefore, issuer.NotAfter))
		}
		for _, authority := range j.root.Material().FulcioCertificateAuthorities() {
			a, ok := authority.(*root.FulcioCertificateAuthority)
			if ok && holds(a, issuer) && outside(t, a.ValidityPeriodStart, a.ValidityPeriodEnd) {
				return fail("issued while the authority was in use", "signed at "+when(t),
					"by the trusted root the authority was in use "+span(a.ValidityPeriodStart, a.ValidityPeriodEnd)+" only")
			}
		}
	}
	if !mayCodeSign(leaf) {
		return fail("a certificate for code signing", "a certificate for something else", "the certificate's extended key usage does not allow signing code")
	}
	return fail(expected, leaf.Issuer.String(), "the certificate's path to the authority does not validate")
}

func holds(a *root.FulcioCertificateAuthority, issuer *x509.Certificate) bool {
	for _, c := range append([]*x509.Certificate{a.Root}, a.Intermediates...) {
		if c != nil && c.Equal(issuer) {
			return true
		}
	}
	return false
}

func mayCodeSign(leaf *x509.Certificate) bool {
	for _, usage := range leaf.ExtKeyUsage {
		if usage == x509.ExtKeyUsageCodeSigning || usage == x509.ExtKeyUsageAny {
			return true
		}
	}
	return len(leaf.ExtKeyUsage) == 0 && len(leaf.UnknownExtKeyUsage) == 0
}

// unknownIssuer says whose certificate this probably is, where the root has no authority of that name and key. It is a
// guess from names that anybody can write, and makes nothing good.
func unknownIssuer(leaf *x509.Certificate, r trust.Root) string {
	organization := strings.Join(leaf.Issuer.Organization, ", ")
	switch {
	case organization == trust.GitHubOrganization && r.Info.Name != trust.GitHubName:
		return "it seems to be signed with GitHub's own instance of Sigstore: give its trusted root with --trusted-root (gh attestation trusted-root prints it)"
	case organization == "sigstore.dev" && r.Info.Name == trust.PublicGoodName:
		return "an authority that calls itself sigstore.dev but is not the public-good instance's: probably Sigstore's staging instance, whose trusted root is fetched by: attestree trust update --name staging"
	case organization == "sigstore.dev":
		return "it seems to be signed with the public-good instance of Sigstore, but judged by the trusted root " + r.Info.Name
	}
	return "the trusted root does not know this authority; if it is a private instance, give its trusted root with --trusted-root"
}

const wantSCT = "a signed certificate timestamp of a log of the trusted root"

func (j *judging) noCertificateLog() result {
	return skip(wantSCT, "", "the trusted root "+j.root.Info.Name+" has no certificate transparency log")
}

// sct judges whether the certificate was logged.
func (j *judging) sct() result {
	logs := j.root.Material().CTLogs()
	if len(logs) == 0 {
		return j.noCertificateLog()
	}
	if len(j.chains) == 0 {
		return notReached("the certificate's issuer is not established")
	}
	stamps, err := certificateTimestamps(j.s.leaf)
	switch {
	case err != nil:
		return fail(wantSCT, "timestamps that cannot be read", "the certificate's list of signed certificate timestamps is damaged")
	case len(stamps) == 0:
		return skip(wantSCT, "absent", "the certificate carries no signed certificate timestamp")
	}
	if verify.VerifySignedCertificateTimestamp(j.chains, 1, j.root.Material()) == nil {
		for _, s := range stamps {
			if known := logs[s.log]; known != nil {
				return pass(wantSCT, known.BaseURL+", "+when(s.time), "")
			}
		}
	}
	for _, s := range stamps {
		known := logs[s.log]
		switch {
		case known == nil:
		case outside(s.time, known.ValidityPeriodStart, known.ValidityPeriodEnd):
			return fail(wantSCT, known.BaseURL+", "+when(s.time), "the log's key was used "+span(known.ValidityPeriodStart, known.ValidityPeriodEnd)+", so it cannot have made this timestamp")
		default:
			return fail(wantSCT, known.BaseURL+", "+when(s.time), "the log's signature is not right: the certificate or the timestamp was changed, or somebody made it in the log's name")
		}
	}
	return skip(wantSCT, "log "+stamps[0].log, "the certificate was logged by a log that the trusted root does not know: another instance's, or one that is newer than the trusted root")
}
