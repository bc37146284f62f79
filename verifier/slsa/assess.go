package slsa

import (
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// Assess says at which level the node was built, as far as its provenance is proven by report, or which level a
// verification summary states that is believed. It is nil for any other node, and while nothing has been judged. ev is
// what the report is about and a what its bytes claim.
func (t Table) Assess(ev model.Evidence, a *model.Attestation, report model.Report) *model.SLSA {
	if a == nil || a.Statement == nil || report.Verdict == model.Unchecked {
		return nil
	}
	switch model.FamilyOf(a.Statement.PredicateType) { // what was signed, never a type nested in it
	case model.FamilyProvenance:
		return t.provenance(ev, a, report)
	case model.FamilyVSA:
		return t.summary(ev, a, report)
	case model.FamilySignature, model.FamilySBOM, model.FamilySCAI, model.FamilyVuln, model.FamilyVEX, model.FamilyOther:
	}
	return nil
}

// provenance finds the level of a provenance. Level 1 needs no more than one that is about the artifact and
// says how it was built.
func (t Table) provenance(ev model.Evidence, a *model.Attestation, report model.Report) *model.SLSA {
	p, plain, ok := predicate.As[predicate.Provenance](a.Predicate)
	if why := worthless(ev, a, report); why != "" {
		return &model.SLSA{Reason: why}
	}
	if !ok {
		return &model.SLSA{Reason: "it cannot be read as a provenance"}
	}
	if p.BuilderID == "" && p.BuildType == "" {
		return &model.SLSA{Reason: "it says neither who built it nor how"}
	}
	x := &scale{table: t, claims: p, report: report}
	x.subject(ev)
	switch {
	case report.Signer == nil || !good(report.Verdict):
		x.unproven()
		return x.levelOne(unsigned(report))
	case report.Signer.Kind == model.SignerKey:
		return x.byKey()
	case report.Signer.Kind != model.SignerCertificate:
		x.unproven()
		return x.levelOne("it is signed with a certificate that says nothing about a build platform")
	}
	switch {
	case a.Nested != nil:
		x.lack("it is a statement inside another one, which programs that verify provenance do not read")
	case !plain || ambiguous(a.Statement.Predicate):
		x.lack("it has keys twice, so that programs read different things in it")
	}
	return x.byWorkflow()
}

func good(v model.Verdict) bool {
	return v == model.Trusted || v == model.Valid || v == model.Untrusted
}

// worthless is why a provenance does not even count for level 1, "" if it does.
func worthless(ev model.Evidence, a *model.Attestation, report model.Report) string {
	switch {
	case report.Verdict == model.Invalid:
		return "it is invalid: " + report.Reason
	case report.Verdict == model.Unavailable:
		return "it could not be had: " + report.Reason
	case len(a.Statement.Subjects) == 0:
		return "it is about nothing"
	case ev.Subject != "" && !a.Statement.Names(ev.Subject):
		return "it is about something else than " + ev.Subject.Short()
	}
	return ""
}

// unsigned is why nobody vouches for a provenance.
func unsigned(report model.Report) string {
	if report.Verdict == model.Unsigned {
		return "nobody signed it: whoever pushed it could write what they like, also where a signed index covers its bytes"
	}
	return "it is not proven who signed it: " + report.Reason
}

// scale weighs one provenance.
type scale struct {
	table  Table
	claims predicate.Provenance
	report model.Report
	lines  []model.SLSALine
	lacks  []string // why it is not level 2, the most telling first
	// unlisted is the builder that a delegator named, where it is not on the list.
	unlisted string
}

func (x *scale) add(l model.SLSALine) { x.lines = append(x.lines, l) }

func (x *scale) lack(why string) { x.lacks = append(x.lacks, why) }

func (x *scale) levelOne(why string) *model.SLSA {
	s := &model.SLSA{Level: 1, Reason: why, Lines: x.lines}
	if byCloudBuild(x.claims.BuilderID) {
		s.Hint = "it says that Google Cloud Build made it: trust Google's key for that builder to have it judged"
	}
	return s
}

// subject says what the provenance was found to be about.
func (x *scale) subject(ev model.Evidence) {
	if ev.Subject == "" {
		x.add(model.SLSALine{Label: "Subject", Status: model.CheckSkipped,
			Because: "there is nothing to compare its subject with: the level is that of whatever it names"})
		return
	}
	x.add(model.SLSALine{Label: "Subject", Claimed: string(ev.Subject), Verified: string(ev.Subject), Status: model.CheckPassed,
		Because: "its statement names this digest"})
}

// unproven lists what the predicate says, with nothing to hold it against.
func (x *scale) unproven() {
	origin := x.claims.Origin()
	for _, l := range []struct{ label, claimed string }{
		{"Builder", x.claims.BuilderID}, {"Build type", x.claims.BuildType}, {"Runner", x.claims.Runner},
		{"Source", x.claims.Repository}, {"Ref", origin.Ref}, {"Commit", x.claims.Commit}, {"Run", origin.Run},
	} {
		if l.claimed != "" {
			x.add(model.SLSALine{Label: l.label, Claimed: l.claimed, Status: model.CheckSkipped, Tenant: true,
				Because: "nobody who is known vouches for it"})
		}
	}
}

// byKey is the level of a provenance that a key signed: level 1, unless the key is known as a build platform's.
func (x *scale) byKey() *model.SLSA {
	signer := x.report.Signer
	b, known := x.table.keyed(signer, x.claims.BuilderID)
	if !known || x.report.Verdict != model.Trusted {
		x.unproven()
		return x.levelOne(fmt.Sprintf("it is signed with the key %s, which is not known as a build platform's", named(signer)))
	}
	s := &model.SLSA{Level: 2, Builder: b.ID, Source: model.CanonicalRepository(x.claims.Repository),
		Reason: "the build platform " + b.ID + " signed it, with the key that you trust as " + b.Signer}
	s.Ref, s.Commit, s.Run = x.claims.Ref, x.claims.Commit, x.claims.Invocation
	x.add(model.SLSALine{Label: "Builder", Claimed: x.claims.BuilderID, Verified: b.ID, Status: model.CheckPassed,
		Because: "you list this builder for the key " + b.Signer})
	for _, l := range []struct{ label, claimed string }{
		{"Source", x.claims.Repository}, {"Commit", x.claims.Commit}, {"Run", x.claims.Invocation},
	} {
		if l.claimed != "" {
			x.add(model.SLSALine{Label: l.label, Claimed: l.claimed, Status: model.CheckSkipped, Because: "the platform's word"})
		}
	}
	s.Lines = x.lines
	return s
}

func named(s *model.Signer) string {
	if s.Name != "" {
		return s.Name
	}
	return model.Digest(s.Fingerprint).Short()
}
