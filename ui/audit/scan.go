package audit

import (
	"cmp"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// auditScan is a scan as its attestation tells it, with what is flagged about it.
func (s writer) auditScan(r audit.ScanReport) {
	s.Gap()
	mark := s.Styles.Standing(r.Standing)
	var l widget.Line
	l.Add(mark.Style, safe.Format("%s  ", mark.Text()))
	l.Add(s.Styles.Strong, safe.LineMax(cmp.Or(r.Claim.Attribute, "SCAI without an attribute"), s.Width))
	s.Add(l)
	s.Sentence(r.Standing.Reason, s.Styles.Text, 2)
	s.Field("Platform", r.Platform, "", s.Styles.Text)
	if r.Signer != nil {
		s.Field("Signed by", cmp.Or(r.Signer.Subject, r.Signer.Fingerprint), phrase.KnownAs(r.Signer.Name), s.Styles.Text)
	}
	s.Field("Signed at", phrase.Moment(r.SignedAt), "", s.Proof(r.Signer != nil))
	if r.Nested {
		s.Field("Nested", "a whole statement stands in the predicate", "the inner one is what is read here", s.Styles.Warning)
	}
	for _, c := range r.Claim.Conditions {
		s.Entry(safe.LineMax(c.Label, s.Width), widget.OneLine(audit.Plain(c.Value)), conditionNote(c.Label), s.Styles.Claim, 0, linkColumn)
	}
	s.Field("Target", r.Claim.Target, "", s.Styles.Claim)
	s.Field("Producer", strings.TrimSpace(r.Claim.Producer+" "+r.Claim.ProducerURI), "", s.Styles.Claim)
	s.Field("Commit", r.Claim.ProducerCommit, "", s.Styles.Claim)
	s.bound(r)
	s.links(r.Links)
}

// conditionNote is what to know of a condition that looks better than it is.
func conditionNote(condition string) string {
	switch condition {
	case "sourceRepository":
		return "copied from the specification, not verified"
	case "scanDate":
		return "when the attestation was made"
	}
	return ""
}

// bound says of the evidence where it is and whether it is the one whose digest is signed.
func (s writer) bound(r audit.ScanReport) {
	s.Heading(safe.Const("Evidence"))
	s.Field("File", r.Claim.EvidenceName, r.Claim.EvidenceURI, s.Styles.Claim)
	s.Field("Digest", string(r.Binding.Digest), "as the attestation says", s.Styles.Claim)
	if r.Binding.Summary == nil {
		s.Field("Not there", r.Binding.Problem, "", s.Styles.Bad)
		return
	}
	s.Field("There", r.Binding.From, "its bytes have that digest", s.Styles.Text)
	b := r.Binding.Summary
	s.Field("Says", b.Status+" "+b.Message, "", s.Styles.Text)
	s.Field("Analyzers", strings.Join(b.Analyzers, ", "), "", s.Styles.Text)
}

// auditSpec is the specification that the reasons and scopes are read from, and how far it can be trusted.
func (s writer) auditSpec(r audit.Report) {
	f := r.SpecFile
	s.Field("File", f.From, "", s.Styles.Text)
	s.Field("Commit", cmp.Or(f.Commit, "not known"), "", s.Styles.Text)
	s.Field("Trust", f.Trust, "", s.Styles.Text)
	switch {
	case r.SpecOfAnotherCommit():
		s.Sentence("It is of another commit than the scan: it raises flags and settles none. Check that commit out, or use --fetch-spec.", s.Styles.Warning, 0)
	case !f.Vouched:
		s.Sentence("Anybody can have attached it: it raises flags and settles none. Name one with --spec or --specs.", s.Styles.Warning, 0)
	}
	s.Field("Server", strings.TrimSpace(f.Spec.Name+" "+f.Spec.Version), f.Spec.Protocol, s.Styles.Text)
	s.Field("Made up", strings.Join(f.Spec.MockEnv, ", "), "variables of the scan", s.Styles.Text)
	s.flags(r.Spec.Flags)
}

// flagIDs lists flags by their ids under a heading, nothing where there are none.
func (s writer) flagIDs(heading string, ids []audit.FlagID) {
	if len(ids) == 0 {
		return
	}
	s.Heading(safe.Line(heading))
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, string(id))
	}
	s.Sentence(strings.Join(names, " "), s.Styles.Quiet, 2)
}

// notJudged lists what could not be judged, and why that may be.
func (s writer) notJudged(a audit.Answer) {
	not, partly := a.Report.Unjudged()
	s.flagIDs("Not judged, for lack of evidence", not)
	s.flagIDs("Judged in part, for lack of evidence", partly)
	if !a.Complete {
		s.Remarks([]model.Finding{{Severity: model.SeverityWarning, Message: notAllSeen}})
	}
	for _, n := range a.Notes {
		s.Remarks([]model.Finding{{Severity: model.SeverityWarning, Message: n}})
	}
	s.Field("Reviews", cmp.Or(a.Reviews, "no file of reviews counts"), "", s.Styles.Quiet)
}
