package auditreport

import (
	"io"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// ImageMarkdown writes the audit of an image as a report, with the digests that it rests on.
func ImageMarkdown(w io.Writer, t *model.Tree, r audit.Report, f ImageFacts) error {
	m := markdown{&output.Markdown{}}
	m.Line("# Audit of allowed issues: %s\n", output.Inline(f.Source))
	m.Line("- image: %s", output.Inline(strings.TrimSpace(t.Reference+" "+string(r.Digest))))
	m.Line("- judged: %s by %s", output.Instant(f.JudgedAt), output.Inline(f.Tool))
	if f.Satisfied {
		m.Line("- answer: a trusted scan, and nothing flagged at or above %s", f.FailOn)
	} else {
		m.Line("- answer: **not satisfied**: %s", output.Inline(strings.Join(r.Unmet(f.FailOn), "; ")))
	}
	if !f.Complete {
		m.Line("- **not everything that may be attached could be looked at**")
	}
	for _, note := range f.Notes {
		m.Line("- %s", output.Inline(note))
	}
	m.flags("", r.Flags)
	if r.Current != nil {
		m.scan(*r.Current)
		m.issues(*r.Current)
	}
	if r.Spec != nil {
		m.Line("\n# Specification: %s\n", output.Inline(r.SpecFile.From))
		m.Line("%s\n", output.Inline(r.SpecFile.Trust))
		m.spec(*r.Spec)
	}
	for _, s := range r.Others {
		m.Line("\n## Does not count: %s, %s\n", output.Inline(scanName(s)), s.Standing.Verdict)
		m.Line("- attestation: %s", output.Inline(s.ID))
		m.flags("", s.Flags)
	}
	not, partly := r.Unjudged()
	if len(not) > 0 {
		m.Line("\nNot judged, for lack of evidence: %s", joinIDs(not))
	}
	if len(partly) > 0 {
		m.Line("\nJudged in part, for lack of evidence: %s", joinIDs(partly))
	}
	return m.Write(w)
}

func (m markdown) item(label, value string) {
	if value != "" {
		m.Line("- %s: %s", label, output.Inline(value))
	}
}

func (m markdown) scan(s audit.ScanReport) {
	m.Line("\n## %s, %s\n", output.Inline(scanName(s)), s.Standing.Verdict)
	m.item("attestation", s.ID)
	if s.Signer != nil {
		m.item("signed by", output.Identity(*s.Signer))
	}
	m.item("signed at", output.Instant(s.SignedAt))
	for _, c := range s.Claim.Conditions {
		m.item(output.Inline(c.Label), audit.Plain(c.Value))
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
	m.Line("\n| link | status | says | is | |\n|---|---|---|---|---|")
	for _, l := range s.Links {
		detail := l.Detail
		if l.Status == model.CheckPassed {
			detail = ""
		}
		m.Line("| %s | %s | %s | %s | %s |", l.ID, l.Status, output.Inline(l.Claimed), output.Inline(l.Actual), output.Inline(detail))
	}
}

func (m markdown) issues(s audit.ScanReport) {
	if s.Binding.Summary == nil {
		return
	}
	m.Line("\n## %s let through\n", output.Plural(len(s.Issues), "issue", "issues"))
	m.Line("Reasons: %s.\n", output.Inline(s.ReasonTrust()))
	m.Line("| code | severity | where | analyzer | as written | as applied | flags | review |\n|---|---|---|---|---|---|---|---|")
	for _, row := range s.Issues {
		i, review := row.Issue, ""
		if row.Review != nil {
			review = reviewed(*row.Review)
		}
		m.Line("| %s %s | %s | %s | %s | %s | %s | %s | %s |", output.Inline(i.Code()), output.Inline(i.Name()), output.Inline(i.Severity), output.Inline(i.Where()),
			output.Inline(i.Analyzer), output.Inline(row.Written), output.Inline(row.Applied), joinIDs(row.Flags.IDs()), output.Inline(review))
	}
	lots := audit.NewLots(s.Issues)
	for _, row := range s.Issues {
		reason := audit.ReasonHash(row.Issue.Reason)
		m.Line("\n### %s on %s\n", output.Inline(row.Issue.Code()), output.Inline(row.Issue.Where()))
		m.Line("Found: %s\n", output.Inline(row.Issue.Message))
		m.Line("> %s\n", output.Inline(row.Issue.Reason))
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
