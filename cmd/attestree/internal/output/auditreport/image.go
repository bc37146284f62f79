package auditreport

import (
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
)

// ImageText writes the audit of an image for a person: the scan that counts and who answers for it, what was let through
// and why, what the specification shows, and what could not be judged.
func ImageText(on *output.Page, t *model.Tree, r audit.Report, f ImageFacts) error {
	p := page{on}
	p.Head(t, f.Facts)
	p.Flags("", r.Flags)
	if r.Current != nil {
		p.Line("")
		p.scan(*r.Current)
		p.issues(*r.Current)
	}
	if r.Spec != nil {
		p.specFile(r)
	}
	for _, s := range r.Others {
		p.Line("")
		p.Line("does not count: %s", p.scanTitle(s))
		p.Flags("  ", s.Flags)
	}
	p.cleared(r.Raised())
	p.Line("")
	not, partly := r.Unjudged()
	p.notJudged(not)
	p.partlyJudged(partly)
	switch {
	case r.Spec == nil:
	case !r.SpecFile.Vouched:
		p.Line("nobody whom you trust answers for this specification: it raises flags, and settles none; name one with --spec or --specs")
	case r.SpecOfAnotherCommit():
		p.Line("this specification is of another commit than the scan: it raises flags, and settles none; check that commit out, or --fetch-spec")
	}
	p.answer(r, f)
	return p.Flush()
}

// cleared says what would make each flag go away.
func (p page) cleared(ids []audit.FlagID) {
	if len(ids) == 0 {
		return
	}
	p.Line("")
	for _, id := range ids {
		p.Line("%-22s cleared by %s", id, id.Clears())
	}
}

func (p page) answer(r audit.Report, f ImageFacts) {
	if !f.Complete {
		p.Line("%s not everything that may be attached could be looked at", p.Mark(model.SeverityWarning))
	}
	if r.Hidden > 0 {
		p.Line("%s %s that may be scans could not be had", p.Mark(model.SeverityWarning), output.Plural(r.Hidden, "attachment", "attachments"))
	}
	if f.Satisfied {
		p.Line("audit: a trusted scan, and nothing flagged at or above %s", f.FailOn)
		return
	}
	p.Line("audit: not satisfied")
	for _, why := range r.Unmet(f.FailOn) {
		p.Line("  %s", output.Clean(why))
	}
}

// scanTitle is a scan in one line: what it says, of which platform, and what to believe of it.
func (p page) scanTitle(s audit.ScanReport) string {
	m := p.Styles().Standing(s.Standing)
	row := p.Title(m) + "  " + output.Clean(scanName(s))
	if s.Platform != "" {
		row += " of " + output.Clean(s.Platform)
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

func (p page) scan(s audit.ScanReport) {
	p.Line("%s", p.scanTitle(s))
	if s.Signer != nil {
		p.Line("  by %s", output.Clean(output.Identity(*s.Signer)))
	}
	if s.Nested {
		p.Line("  the predicate is a whole statement; the inner one is what is read here")
	}
	for _, c := range s.Claim.Conditions {
		p.Line("  %-17s %s%s", output.Clean(c.Label), output.Clean(audit.Plain(c.Value)), aside(c.Label))
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
	p.Flags("  ", s.Flags)
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

func (p page) field(label, value string) {
	if value != "" {
		p.Line("  %-17s %s", label, output.Clean(value))
	}
}

// links lists what two places must agree on.
func (p page) links(links []audit.Link) {
	for _, l := range links {
		m := p.Styles().Check(l.Status)
		row := fmt.Sprintf("  %s %s", p.Sign(m), l.ID)
		switch l.Status {
		case model.CheckPassed:
			row += "  " + output.Clean(l.Claimed)
		case model.CheckFailed:
			row += "  says " + output.Clean(l.Claimed) + ", is " + output.Clean(l.Actual) + ": " + output.Clean(l.Detail)
		case model.CheckSkipped, model.CheckUnchecked:
			row += "  not compared: " + output.Clean(l.Detail)
		}
		p.Line("%s", row)
	}
}

func (p page) issues(s audit.ScanReport) {
	if s.Binding.Summary == nil {
		return
	}
	p.Line("")
	p.Line("%s let through; reasons: %s", output.Plural(len(s.Issues), "issue", "issues"), output.Clean(s.ReasonTrust()))
	for _, row := range s.Issues {
		p.issue(row)
	}
}

func (p page) issue(row audit.IssueReport) {
	i := row.Issue
	p.Line("")
	p.Line("  %s  %s  %s", p.Styles().Title.Render(safe.Line(i.Code())), output.Clean(i.Severity), output.Clean(i.Name()))
	p.indented("tool", i.Tool)
	if i.Tool == "" {
		p.indented("file", i.Where())
	}
	p.indented("analyzer", i.Analyzer)
	p.indented("found", i.Message)
	p.Line("    allowed because")
	p.Text("      ", i.Reason)
	if row.Entry != nil {
		p.indented("entry", row.Entry.Place())
		p.indented("as written", row.Written)
		p.indented("as applied", row.Applied)
	}
	if r := row.Review; r != nil {
		p.indented("review", reviewed(*r))
	}
	p.Flags("    ", row.Flags)
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
	if r.Unseen != "" {
		s += " (" + r.Unseen + ")"
	}
	return s
}

func (p page) indented(label, value string) {
	if value != "" {
		p.Line("    %-11s %s", label, output.Clean(value))
	}
}

func (p page) specFile(r audit.Report) {
	p.Line("")
	p.Line("specification: %s", output.Clean(r.SpecFile.From))
	p.Line("  %s", output.Clean(r.SpecFile.Trust))
	p.spec(*r.Spec)
}
