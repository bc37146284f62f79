package ui

import (
	"cmp"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
)

// auditScan is a scan as its attestation tells it, with what is flagged about it.
func (s *sheet) auditScan(r audit.ScanReport) {
	s.gap()
	mark := s.styles.Standing(r.Standing)
	var l line
	l.add(mark.Style, safe.Format("%s  ", mark.Text()))
	l.add(s.styles.Strong, safe.LineMax(cmp.Or(r.Claim.Attribute, "SCAI without an attribute"), s.width))
	s.add(l)
	s.sentence(r.Standing.Reason, s.styles.Text, 2)
	s.field("Platform", r.Platform, "", s.styles.Text)
	if r.Signer != nil {
		s.field("Signed by", cmp.Or(r.Signer.Subject, r.Signer.Fingerprint), knownAs(r.Signer.Name), s.styles.Text)
	}
	s.field("Signed at", moment(r.SignedAt), "", s.proof(r.Signer != nil))
	if r.Nested {
		s.field("Nested", "a whole statement stands in the predicate", "the inner one is what is read here", s.styles.Warning)
	}
	for _, c := range r.Claim.Conditions {
		s.entry(safe.LineMax(c.Label, s.width), oneLine(audit.Plain(c.Value)), conditionNote(c.Label), s.styles.Claim, 0, linkColumn)
	}
	s.field("Target", r.Claim.Target, "", s.styles.Claim)
	s.field("Producer", strings.TrimSpace(r.Claim.Producer+" "+r.Claim.ProducerURI), "", s.styles.Claim)
	s.field("Commit", r.Claim.ProducerCommit, "", s.styles.Claim)
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
func (s *sheet) bound(r audit.ScanReport) {
	s.heading(safe.Const("Evidence"))
	s.field("File", r.Claim.EvidenceName, r.Claim.EvidenceURI, s.styles.Claim)
	s.field("Digest", string(r.Binding.Digest), "as the attestation says", s.styles.Claim)
	if r.Binding.Summary == nil {
		s.field("Not there", r.Binding.Problem, "", s.styles.Bad)
		return
	}
	s.field("There", r.Binding.From, "its bytes have that digest", s.styles.Text)
	b := r.Binding.Summary
	s.field("Says", b.Status+" "+b.Message, "", s.styles.Text)
	s.field("Analyzers", strings.Join(b.Analyzers, ", "), "", s.styles.Text)
}

// auditSpec is the specification that the reasons and scopes are read from, and how far it can be trusted.
func (s *sheet) auditSpec(r audit.Report) {
	f := r.SpecFile
	s.field("File", f.From, "", s.styles.Text)
	s.field("Commit", cmp.Or(f.Commit, "not known"), "", s.styles.Text)
	s.field("Trust", f.Trust, "", s.styles.Text)
	if !f.Vouched {
		s.sentence("Anybody can have attached it: it raises flags and settles none. Name one with --spec or --specs.", s.styles.Warning, 0)
	}
	s.field("Server", strings.TrimSpace(f.Spec.Name+" "+f.Spec.Version), f.Spec.Protocol, s.styles.Text)
	s.field("Made up", strings.Join(f.Spec.MockEnv, ", "), "variables of the scan", s.styles.Text)
	s.flags(r.Spec.Flags)
}

// notJudged lists what could not be judged, and why that may be.
func (s *sheet) notJudged(a audit.Answer) {
	if len(a.Report.NotJudged) > 0 {
		s.heading(safe.Const("Not judged, for lack of evidence"))
		var ids []string
		for _, id := range a.Report.NotJudged {
			ids = append(ids, string(id))
		}
		s.sentence(strings.Join(ids, " "), s.styles.Quiet, 2)
	}
	if !a.Complete {
		s.remarks([]model.Finding{{Severity: model.SeverityWarning, Message: notAllSeen}})
	}
	for _, n := range a.Notes {
		s.remarks([]model.Finding{{Severity: model.SeverityWarning, Message: n}})
	}
	s.field("Reviews", cmp.Or(a.Reviews, "no file of reviews counts"), "", s.styles.Quiet)
}
