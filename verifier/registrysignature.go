package verifier

import (
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
)

// registryJudge names what judges signatures of package registries, which sigstore-go does not know.
const registryJudge = "attestree: ECDSA over name@version:integrity"

// registrySteps are the checks of a registry's signature, in order.
var registrySteps = []model.CheckID{
	model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckTimestamp, model.CheckSigner,
}

// registryMeaning is what checks prove of a registry's signature.
var registryMeaning = map[model.CheckID]struct{ proves, spec string }{
	model.CheckContent:  {"The bytes are those of the registry's answer.", "npm registry API, dist.signatures"},
	model.CheckEnvelope: {"The registry's metadata says what was signed and by which key.", "npm registry API, dist.signatures"},
	model.CheckSignature: {
		"The registry's key signed this name, version and content: it was published through the registry. Who published it is not proven.",
		"npm docs, About ECDSA registry signatures",
	},
	model.CheckSubject:   {"The signed integrity is that of this very file.", "W3C Subresource Integrity, §3"},
	model.CheckTimestamp: {"The version was published, by the registry's own word, before the key was retired.", "npm docs, About ECDSA registry signatures"},
	model.CheckSigner:    {meaning[model.CheckSigner].proves, meaning[model.CheckSigner].spec},
}

// registrySigned judges a package registry's signature.
func (v *Verifier) registrySigned(ev model.Evidence) model.Report {
	l := newLadder(registrySteps...)
	for i := range l {
		l[i].Proves, l[i].Spec = registryMeaning[l[i].ID].proves, registryMeaning[l[i].ID].spec
	}
	l.require(model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckTimestamp)
	l.set(model.CheckContent, content(ev))
	report := model.Report{VerifiedBy: registryJudge, TrustRoot: "registry keys, " + v.packageKeys.Source}
	claims := model.Open(ev.Node, ev.Blob)
	s := claims.RegistrySignature
	if s == nil {
		l.set(model.CheckEnvelope, fail("name, version, integrity, key and signature", "not all of them", claims.Problem))
		l.close()
		return finish(report, l)
	}
	l.set(model.CheckEnvelope, pass("name, version, integrity, key and signature", s.Message(), ""))
	l.set(model.CheckSubject, registrySubject(ev, *s))
	key, problem := v.packageKeys.Judge(*s)
	l.set(model.CheckSignature, registryResult(*s, key, problem))
	if problem != pkgsig.NoProblem {
		report.Claimed = &model.Signer{Kind: model.SignerKey, Hint: s.KeyID}
		l.close()
		return finish(report, l)
	}
	l.set(model.CheckTimestamp, v.registryWindow(*s, key))
	if !s.Published.IsZero() {
		report.Timestamps = []model.Timestamp{{Authority: "the registry", Time: s.Published, Kind: "claimed", Over: "signature"}}
	}
	signer := keySigner(key.Key, s.KeyID)
	signer.Registry = true
	report.Signer = &signer
	answer := v.registrySigner(ev, &signer, &report, l)
	report = finish(report, l)
	if report.Verdict == model.Unchecked {
		report.Verdict, report.Reason = v.registryVerdict(ev, answer, l)
	}
	return report
}

// finish makes the verdict as far as the required checks decide it.
func finish(report model.Report, l ladder) model.Report {
	verdict, blocking := l.blocker()
	report.Verdict, report.Reason, report.Checks = verdict, blocking.Detail, l
	return report
}

// unknownRegistryKey says of a key that is named what it may be, and what can be done.
const unknownRegistryKey = "a key that is not among the registry's known ones: a registry of its own, whose keys --npm-keys gives, or a new key, which trust update brings"

func registryResult(s model.RegistrySignature, key pkgsig.Key, problem pkgsig.Problem) result {
	const want = "a signature by a known key of the registry"
	switch problem {
	case pkgsig.UnknownKey:
		return skip(want, "key "+s.KeyID, "it names "+unknownRegistryKey)
	case pkgsig.Damaged:
		return fail(want, "no base64", "the signature is damaged")
	case pkgsig.Mismatch:
		return fail(want, "not by "+key.ID, fmt.Sprintf("the signature is not by that key over %s: name, version, content or signature was changed", s.Message()))
	case pkgsig.NoProblem:
	}
	return pass(want, key.ID, "published through the registry; who published it is not proven by this")
}

func registrySubject(ev model.Evidence, s model.RegistrySignature) result {
	got := s.Digest()
	switch {
	case ev.Subject == "":
		return skip("", s.Integrity, nothingToCompare)
	case got == "":
		return fail(string(ev.Subject), s.Integrity, "the signed integrity names no SHA-512 or SHA-256 digest that can be compared")
	case got != ev.Subject:
		return fail(string(ev.Subject), string(got), "it is about other content: the file was replaced, or the signature belongs to another version")
	}
	if p := ev.Node.Package; p != nil && (p.Name != s.Name || p.Version != s.Version) {
		return fail(p.Name+"@"+p.Version, s.Name+"@"+s.Version, "it is about another package or version")
	}
	return pass(string(ev.Subject), s.Integrity, "")
}

func (v *Verifier) registryWindow(s model.RegistrySignature, key pkgsig.Key) result {
	if !v.at.IsZero() {
		want := "published before " + when(v.at)
		switch {
		case s.Published.IsZero():
			return skip(want, "absent", "the registry does not say when this version was published, so that nothing can be said as of an earlier time")
		case s.Published.After(v.at):
			return fail(want, when(s.Published), "the version was published later than the time to judge by")
		}
	}
	want := "published before " + when(key.NotAfter)
	switch key.Window(s.Published) {
	case pkgsig.TooLate:
		return fail(want, when(s.Published), "the version was published after this key was retired: it should not have been signed with it")
	case pkgsig.Unknown:
		return skip(want, "absent", "the key was retired, and the registry does not say when this version was published")
	case pkgsig.InTime:
	}
	if key.NotAfter.IsZero() {
		return pass("a key that is in use", "", "the key has no end")
	}
	return pass(want, when(s.Published), "by the registry's own word, which nobody else attests")
}

// registrySigner asks whether the reader trusts the registry's key.
func (v *Verifier) registrySigner(ev model.Evidence, signer *model.Signer, report *model.Report, l ladder) trust.Answer {
	if !v.pinned() {
		l.set(model.CheckSigner, skip("", describe(*signer), "nobody is pinned, so who signed is shown but not judged"))
		return trust.Answer{}
	}
	use := trust.Use{Repository: ev.Repository, Now: v.now()}
	if use.Now.Before(v.at) {
		use.Now = v.at // nobody is trusted who is not today, nor who will not be then
	}
	answer := v.signers.Match(*signer, use)
	report.Findings = append(report.Findings, answer.Findings...)
	l.require(model.CheckSigner)
	if answer.Trusted {
		signer.Name = answer.Name
		l.set(model.CheckSigner, pass("one of the trusted signers", describe(*signer), answer.Name))
		return answer
	}
	// Not failed but skipped for the blocker: whom the reader trusts is no fault of the signature.
	l.at(model.CheckSigner).Required = false
	l.set(model.CheckSigner, fail("one of the trusted signers", describe(*signer),
		"the registry's key is on nobody's list of trusted signers: it says that something was published through the registry, not by whom"))
	return answer
}

func (v *Verifier) registryVerdict(ev model.Evidence, answer trust.Answer, l ladder) (model.Verdict, string) {
	switch {
	case answer.Trusted && ev.Subject != "":
		return model.Trusted, ""
	case answer.Trusted, !v.pinned():
		return model.Valid, ""
	}
	return model.Untrusted, l.at(model.CheckSigner).Detail
}
