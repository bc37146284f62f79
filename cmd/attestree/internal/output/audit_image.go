package output

import (
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// AuditText writes the audit of an image for a person: the scan that counts and who answers for it, what was let through
// and why, what the specification shows, and what could not be judged.
func AuditText(p *Page, t *model.Tree, r audit.Report, f AuditFacts) error {
	name := f.Source
	if t.Reference != "" {
		name = t.Reference
	}
	p.line("%s", clean(name))
	for _, note := range f.Notes {
		p.line("%s %s", p.mark(model.SeverityWarning), clean(note))
	}
	p.flags("", r.Flags)
	if r.Current != nil {
		p.line("")
		p.scan(*r.Current)
		p.issues(*r.Current)
	}
	if r.Spec != nil {
		p.specFile(r)
	}
	for _, s := range r.Others {
		p.line("")
		p.line("does not count: %s", p.scanTitle(s))
		p.flags("  ", s.Flags)
	}
	p.line("")
	p.notJudged(r.NotJudged)
	if r.Spec != nil && !r.SpecFile.Vouched {
		p.line("nobody whom you trust answers for this specification: it raises flags, and settles none; name one with --spec or --specs")
	}
	p.answer(f)
	return p.flush()
}

func (p *Page) answer(f AuditFacts) {
	if !f.Complete {
		p.line("%s not everything that may be attached could be looked at", p.mark(model.SeverityWarning))
	}
	if f.Satisfied {
		p.line("audit: a trusted scan, and nothing flagged at or above %s", f.FailOn)
		return
	}
	p.line("audit: not satisfied (a trusted scan with its evidence, and nothing flagged at or above %s)", f.FailOn)
}

// scanTitle is a scan in one line: what it says, of which platform, and what to believe of it.
func (p *Page) scanTitle(s audit.ScanReport) string {
	m := p.styles.Standing(s.Standing)
	row := m.Style.Render(m.Text()) + "  " + clean(scanName(s))
	if s.Platform != "" {
		row += " of " + clean(s.Platform)
	}
	if !s.SignedAt.IsZero() {
		row += ", signed " + s.SignedAt.UTC().Format(time.RFC3339)
	}
	return row
}

func scanName(s audit.ScanReport) string {
	if s.Claim.Attribute == "" {
		return "SCAI without an attribute"
	}
	return "SCAI " + s.Claim.Attribute
}

func (p *Page) scan(s audit.ScanReport) {
	p.line("%s", p.scanTitle(s))
	if s.Signer != nil {
		p.line("  by %s", clean(identity(*s.Signer)))
	}
	if s.Nested {
		p.line("  the predicate is a whole statement; the inner one is what is read here")
	}
	for _, c := range s.Claim.Conditions {
		p.line("  %-17s %s%s", clean(c.Label), clean(c.Value), aside(c.Label))
	}
	p.field("target", s.Claim.Target)
	p.field("producer", strings.TrimSpace(s.Claim.Producer+" "+s.Claim.ProducerURI))
	p.field("commit", s.Claim.ProducerCommit)
	p.field("evidence", strings.TrimSpace(s.Claim.EvidenceName+" "+string(s.Binding.Digest)))
	p.field("evidence uri", s.Claim.EvidenceURI)
	if s.Binding.Summary != nil {
		p.field("evidence is", "there, with the signed digest: "+s.Binding.From)
	} else {
		p.field("evidence is", "not there: "+s.Binding.Problem)
	}
	p.links(s.Links)
	p.flags("  ", s.Flags)
}

// aside is what to know of a condition that looks better than it is.
func aside(condition string) string {
	switch condition {
	case "sourceRepository":
		return "  (copied from the specification, not verified)"
	case "scanDate":
		return "  (when the attestation was made)"
	}
	return ""
}

func (p *Page) field(label, value string) {
	if value != "" {
		p.line("  %-17s %s", label, clean(value))
	}
}

// links lists what two places must agree on.
func (p *Page) links(links []audit.Link) {
	for _, l := range links {
		m := p.styles.Check(l.Status)
		row := fmt.Sprintf("  %s %s", m.Style.Render(m.Glyph), l.ID)
		switch l.Status {
		case model.CheckPassed:
			row += "  " + clean(l.Claimed)
		case model.CheckFailed:
			row += "  says " + clean(l.Claimed) + ", is " + clean(l.Actual) + ": " + clean(l.Detail)
		case model.CheckSkipped, model.CheckUnchecked:
			row += "  not compared: " + clean(l.Detail)
		}
		p.line("%s", row)
	}
}

func (p *Page) issues(s audit.ScanReport) {
	if s.Binding.Summary == nil {
		return
	}
	p.line("")
	p.line("%s let through; reasons: %s", plural(len(s.Issues), "issue", "issues"), clean(s.ReasonTrust()))
	for _, row := range s.Issues {
		p.issue(row)
	}
}

func (p *Page) issue(row audit.IssueReport) {
	i := row.Issue
	p.line("")
	p.line("  %s  %s  %s", p.styles.Title.Render(line(i.Code())), clean(i.Severity), clean(i.Name()))
	p.indented("tool", i.Tool)
	if i.Tool == "" {
		p.indented("file", i.Where())
	}
	p.indented("analyzer", i.Analyzer)
	p.indented("found", i.Message)
	p.line("    allowed because")
	p.text("      ", i.Reason)
	if row.Entry != nil {
		p.indented("entry", row.Entry.Place())
		p.indented("as written", row.Written)
		p.indented("as applied", row.Applied)
	}
	if r := row.Review; r != nil {
		p.indented("review", reviewed(*r))
	}
	p.flags("    ", row.Flags)
}

// reviewed is a review in one line.
func reviewed(r audit.Reviewed) string {
	s := fmt.Sprintf("%s by %s on %s", r.Review.Decision, r.Review.Reviewer, r.Review.Date.Format(time.DateOnly))
	if r.Review.Note != "" {
		s += ": " + r.Review.Note
	}
	if r.Again != "" {
		s += " (needs review again: " + r.Again + ")"
	}
	return s
}

func (p *Page) indented(label, value string) {
	if value != "" {
		p.line("    %-11s %s", label, clean(value))
	}
}

func (p *Page) specFile(r audit.Report) {
	p.line("")
	p.line("specification: %s", clean(r.SpecFile.From))
	p.line("  %s", clean(r.SpecFile.Trust))
	p.spec(*r.Spec)
}
