package output

import (
	"io"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// AuditMarkdown writes the audit of an image as a report, with the digests that it rests on.
func AuditMarkdown(w io.Writer, t *model.Tree, r audit.Report, f AuditFacts) error {
	m := &markdown{}
	m.line("# Audit of allowed issues: %s\n", inline(f.Source))
	m.line("- image: %s", inline(strings.TrimSpace(t.Reference+" "+string(r.Digest))))
	m.line("- judged: %s by %s", instant(f.JudgedAt), inline(f.Tool))
	if f.Satisfied {
		m.line("- answer: a trusted scan, and nothing flagged at or above %s", f.FailOn)
	} else {
		m.line("- answer: **not satisfied** (a trusted scan with its evidence, and nothing flagged at or above %s)", f.FailOn)
	}
	if !f.Complete {
		m.line("- **not everything that may be attached could be looked at**")
	}
	for _, note := range f.Notes {
		m.line("- %s", inline(note))
	}
	m.flags("", r.Flags)
	if r.Current != nil {
		m.scan(*r.Current)
		m.issues(*r.Current)
	}
	if r.Spec != nil {
		m.line("\n# Specification: %s\n", inline(r.SpecFile.From))
		m.line("%s\n", inline(r.SpecFile.Trust))
		m.spec(*r.Spec)
	}
	for _, s := range r.Others {
		m.line("\n## Does not count: %s, %s\n", inline(scanName(s)), s.Standing.Verdict)
		m.line("- attestation: %s", inline(s.ID))
		m.flags("", s.Flags)
	}
	if len(r.NotJudged) > 0 {
		m.line("\nNot judged, for lack of evidence: %s", joinIDs(r.NotJudged))
	}
	return m.write(w)
}

func (m *markdown) item(label, value string) {
	if value != "" {
		m.line("- %s: %s", label, inline(value))
	}
}

func (m *markdown) scan(s audit.ScanReport) {
	m.line("\n## %s, %s\n", inline(scanName(s)), s.Standing.Verdict)
	m.item("attestation", s.ID)
	if s.Signer != nil {
		m.item("signed by", identity(*s.Signer))
	}
	m.item("signed at", instant(s.SignedAt))
	for _, c := range s.Claim.Conditions {
		m.item(inline(c.Label), c.Value)
	}
	m.item("producer", strings.TrimSpace(s.Claim.Producer+" "+s.Claim.ProducerURI))
	m.item("commit", s.Claim.ProducerCommit)
	m.item("evidence digest", string(s.Binding.Digest))
	if s.Binding.Summary != nil {
		m.item("evidence", "there, with the signed digest: "+s.Binding.From)
	} else {
		m.item("evidence", "not there: "+s.Binding.Problem)
	}
	m.flags("", s.Flags)
	m.line("\n| link | status | says | is | |\n|---|---|---|---|---|")
	for _, l := range s.Links {
		detail := l.Detail
		if l.Status == model.CheckPassed {
			detail = ""
		}
		m.line("| %s | %s | %s | %s | %s |", l.ID, l.Status, inline(l.Claimed), inline(l.Actual), inline(detail))
	}
}

func (m *markdown) issues(s audit.ScanReport) {
	if s.Binding.Summary == nil {
		return
	}
	m.line("\n## %s let through\n", plural(len(s.Issues), "issue", "issues"))
	m.line("Reasons: %s.\n", inline(s.ReasonTrust()))
	m.line("| code | severity | where | analyzer | as written | as applied | flags | review |\n|---|---|---|---|---|---|---|---|")
	for _, row := range s.Issues {
		i, review := row.Issue, ""
		if row.Review != nil {
			review = reviewed(*row.Review)
		}
		m.line("| %s %s | %s | %s | %s | %s | %s | %s | %s |", inline(i.Code()), inline(i.Name()), inline(i.Severity), inline(i.Where()),
			inline(i.Analyzer), inline(row.Written), inline(row.Applied), joinIDs(row.Flags.IDs()), inline(review))
	}
	lots := audit.NewLots(s.Issues)
	for _, row := range s.Issues {
		reason := audit.ReasonHash(row.Issue.Reason)
		m.line("\n### %s on %s\n", inline(row.Issue.Code()), inline(row.Issue.Where()))
		m.line("Found: %s\n", inline(row.Issue.Message))
		m.line("> %s\n", inline(row.Issue.Reason))
		if row.Entry != nil {
			m.item("entry", row.Entry.Place())
		}
		m.item("reason digest", string(reason))
		m.item("allowed digest", string(lots.Allowed(row.Key(), reason)))
		if r := row.Review; r != nil {
			m.item("reviewed on", r.Review.Date.Format(time.DateOnly)+" for "+string(r.Review.Digest))
		}
		m.flags("", row.Flags)
	}
}
