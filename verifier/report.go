package verifier

import (
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// report makes the verdict from the checks (docs/verification.md).
func (j *judging) report() model.Report {
	r := model.Report{TrustRoot: j.root.Info.Name, VerifiedBy: "sigstore-go", Log: j.entries, Timestamps: j.stamps}
	if j.substitute != "" {
		r.VerifiedBy = j.substitute
	}
	verdict, blocking := j.blocker()
	r.Reason = blocking.Detail
	proven := j.proven()
	if proven == nil {
		r.Claimed = j.claimedSigner()
		j.set(model.CheckSigner, notReached("it is not proven who signed"))
	} else {
		r.Signer = proven
		r.SignedAt = j.signedAt()
		answer := j.signer(proven)
		if verdict == model.Unchecked {
			verdict, r.Reason = j.standing(answer)
		}
	}
	if verdict == model.Trusted || verdict == model.Valid || verdict == model.Untrusted {
		if why := j.disagreement(); why != "" {
			verdict, r.Reason = model.Invalid, why
		}
	}
	r.Verdict, r.Checks, r.Findings = verdict, j.ladder, j.findings
	return r
}

// proven is who signed, nil as long as certificate (or key) and signature have not passed.
func (j *judging) proven() *model.Signer {
	switch {
	case !j.passed(model.CheckSignature) || !j.passed(model.CheckEnvelope):
		return nil
	case j.key != nil:
		s := keySigner(*j.key, j.s.hint)
		s.Registry = j.registry
		return &s
	case j.s.leaf != nil && j.passed(model.CheckCertificate):
		s := signerOf(j.s.leaf)
		return &s
	}
	return nil
}

// claimedSigner is who the bytes say signed, nil if they say nothing.
func (j *judging) claimedSigner() *model.Signer {
	switch {
	case j.s.leaf != nil:
		s := signerOf(j.s.leaf)
		return &s
	case j.s.keyed:
		return &model.Signer{Kind: model.SignerKey, Hint: j.s.hint}
	}
	return nil
}

// signedAt is the earliest proven time, zero without one.
func (j *judging) signedAt() (earliest time.Time) {
	if len(j.times) == 0 || j.failed(model.CheckTimestamp) {
		return earliest
	}
	return slices.MinFunc(j.times, time.Time.Compare)
}

// signer asks the trusted signers, and says so in its check.
func (j *judging) signer(proven *model.Signer) trust.Answer {
	j.describeRun(*proven)
	if !j.v.pinned() && len(j.listed) == 0 {
		j.set(model.CheckSigner, skip("", describe(*proven), "nobody is pinned, so who signed is shown but not judged"))
		return trust.Answer{}
	}
	list := j.v.signers
	if j.by != nil {
		list = trust.Signers{*j.by}
	}
	answer := list.Match(*proven, j.purpose())
	j.findings = append(j.findings, answer.Findings...)
	j.require(model.CheckSigner)
	expected := "one of the trusted signers: " + strings.Join(j.v.signers.Names(maxListed), ", ")
	if answer.Trusted {
		proven.Name = answer.Name
		j.set(model.CheckSigner, pass(expected, describe(*proven), answer.Name))
		return answer
	}
	detail := "it is nobody on the list of trusted signers"
	switch {
	case len(answer.Near) > 0:
		detail = strings.Join(answer.Near[:min(len(answer.Near), maxNear)], "; ")
	case j.embedded:
		detail = "it is signed with the key that its log entry names, which nobody listed: if you know whose it is, trust it with --key"
	}
	j.set(model.CheckSigner, fail(expected, describe(*proven), detail))
	return answer
}

// purpose is what the signature is used for, as far as a trusted signer's limits depend on it.
func (j *judging) purpose() trust.Use {
	use := trust.Use{
		Root: j.root.Info.Name, DefaultRoot: j.ownRoot, PredicateType: j.s.predicateType(), Repository: j.ev.Repository,
		SignedAt: j.signedAt(), Now: j.v.now(),
	}
	if use.Now.Before(j.v.at) {
		use.Now = j.v.at // nobody is trusted who is not today, nor who will not be then
	}
	if claims := j.s.claims.SimpleSigning; claims != nil && claims.DockerReference != "" {
		use.SignedName = model.ImageRepository(claims.DockerReference)
	}
	return use
}

// maxNear is how many signers that come close are told of.
const maxNear = 2

// standing is the verdict of a signature whose other required checks passed.
func (j *judging) standing(answer trust.Answer) (model.Verdict, string) {
	bare := j.ev.Subject == ""
	switch {
	case answer.Trusted && bare:
		return model.Valid, nothingToCompare
	case answer.Trusted:
		return model.Trusted, ""
	case j.v.pinned(), len(j.listed) > 0: // a key that is known from disabled entries alone is nobody's
		return model.Untrusted, j.at(model.CheckSigner).Detail
	case j.embedded:
		if j.ev.Node.Package != nil && j.s.hint != "" {
			return model.Untrusted, "the key is the one that its log entry names: " + unknownRegistryKey
		}
		return model.Untrusted, "the key is the one that its log entry names, and nobody listed it"
	case bare:
		return model.Valid, nothingToCompare
	}
	return model.Valid, ""
}

// describe is a signer in a line.
func describe(s model.Signer) string {
	switch s.Kind {
	case model.SignerKey:
		return s.Algorithm + " key " + s.Fingerprint
	case model.SignerCertificate:
		return s.Subject + " by " + s.Issuer
	case model.SignerX509:
	}
	return s.Subject
}

// describeRun warns of runs that sign for others.
func (j *judging) describeRun(s model.Signer) {
	if source := trust.ReusedBy(s); source != "" {
		j.findings = append(j.findings, model.Finding{
			ID: "reusable-workflow", Severity: model.SeverityInfo,
			Message: "the signing workflow is a reusable one of another repository, called by " + source + "; anybody can call it",
		})
	}
	for _, e := range s.Extensions {
		switch {
		case e.Name == "buildTrigger" && (e.Value == "pull_request" || e.Value == "pull_request_target"):
			j.warn("pull-request-run", "the signing run was started by "+e.Value+", which can run a stranger's code")
		case e.Name == "runnerEnvironment" && e.Value == "self-hosted":
			j.warn("self-hosted-runner", "the signing run used a self-hosted runner, which its owner controls")
		}
	}
}
