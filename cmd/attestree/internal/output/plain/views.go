package plain

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/model/packages"
)

// Audit writes what scans were told to overlook, with the reason of each as it was written, and what to look at.
func (p *Reading) Audit(w io.Writer, a audit.Answer) error {
	r := a.Report
	if a.Satisfied {
		p.say("Audit: a trusted scan, and nothing flagged as a warning or worse.")
	} else {
		p.say("Audit: not satisfied.")
	}
	if !a.Complete {
		p.say("Incomplete: not everything that may be attached could be looked at.")
	}
	for _, note := range a.Notes {
		p.say("Note: %s", note)
	}
	p.flags(r.Flags)
	if r.Current == nil {
		return p.flush(w)
	}
	p.say("Scan that counts: %s, %s", r.Current.Standing.Verdict, r.Current.Claim.Attribute)
	p.flags(r.Current.Flags)
	p.say("Findings that were let through: %d.", len(r.Current.Issues))
	for i, issue := range r.Current.Issues {
		what := issue.Issue
		p.say("Finding %d: %s, severity %s", i+1, strings.TrimSpace(what.Code()+" "+what.Name()), what.Severity)
		for _, part := range []struct{ label, value string }{
			{"Tool", what.Tool}, {"File", what.File}, {"Analyzer", what.Analyzer}, {"Message", what.Message}, {"Reason as written", what.Reason},
			{"Scope as written", issue.Written}, {"Scope as the scanner applies it", issue.Applied},
		} {
			if part.value != "" {
				p.say("%s: %s", part.label, strings.Join(strings.Fields(part.value), " "))
			}
		}
		p.flags(issue.Flags)
	}
	return p.flush(w)
}

func (p *Reading) flags(all audit.Flags) {
	for _, f := range all {
		p.say("Flag, %s: %s. %s", f.Severity, f.ID, f.Message)
	}
}

// mostPackages is how many packages, and changes of packages, are written.
const mostPackages = 200

// Packages writes the rows of a table that were chosen, and how many there are.
func (p *Reading) Packages(w io.Writer, t *packages.Table, chosen []int32) error {
	p.say("Packages: %d of %d, in %d SBOMs.", len(chosen), t.Len(), len(t.Sources()))
	for _, row := range chosen[:min(len(chosen), mostPackages)] {
		r := t.Row(int(row))
		said := fmt.Sprintf("%s %s", r.Name, r.Version)
		for _, part := range []string{r.Type, r.Licence, r.Supplier} {
			if part != "" {
				said += "; " + part
			}
		}
		p.say("%s", said)
	}
	if n := len(chosen) - mostPackages; n > 0 {
		p.say("and %d more: say packages and a filter, such as name:ssl", n)
	}
	return p.flush(w)
}

// Diff writes what is different from another image, what is about trust first.
func (p *Reading) Diff(w io.Writer, r diff.Report) error {
	p.say("Before: %s", side(r.Before))
	p.say("After: %s", side(r.After))
	for _, note := range r.Notes {
		p.say("Note: %s", note)
	}
	if r.Same() {
		p.say("Nothing is different.")
		return p.flush(w)
	}
	p.say("Changes: %d.", len(r.Changes))
	for _, c := range r.Changes {
		said := fmt.Sprintf("%s: %s, %s", c.Weight, spoken(c.What), c.Way)
		if c.Detail != "" {
			said += ", " + c.Detail
		}
		p.say("%s%s", said, values(c.Before, c.After))
	}
	if r.Packages == nil {
		return p.flush(w)
	}
	p.say("Packages: %d before, %d after, %d the same, %d changed.", r.Packages.Before, r.Packages.After, r.Packages.Same, len(r.Packages.Changes))
	for i, c := range r.Packages.Changes {
		if i == mostPackages {
			p.say("and %d more: attestree diff -o json has all", len(r.Packages.Changes)-i)
			break
		}
		p.say("%s: %s%s", c.Way, c.Name, values(c.Before, c.After))
	}
	return p.flush(w)
}

func side(s diff.Side) string {
	said := s.Name
	if s.Judged {
		said += ", " + s.Verdict
	}
	if s.Saved {
		said += ", as saved"
	}
	return said
}

func values(before, after string) string {
	switch {
	case before != "" && after != "":
		return ". Before: " + before + ". After: " + after
	case before != "":
		return ". Before: " + before
	case after != "":
		return ". After: " + after
	}
	return ""
}
