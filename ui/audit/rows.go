package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// kind is what a row of the audit is about. The kinds stand in this order, however the rows are sorted.
type kind int

const (
	scan       kind = iota // the image, and the scan that counts
	auditSpec              // the specification as a whole
	auditIssue             // a finding that was let through
	auditEntry             // an entry of the specification that let nothing through, as far as is known
	auditOther             // a scan that does not count
	kinds
)

// row is one row of the audit.
type row struct {
	kind     kind
	at       int    // in the list of what it is about
	code     string // or what stands in its place
	name     string
	severity string
	where    string // tool, or file with its line
	analyzer string
	flags    audit.Flags
	review   string
	words    string          // everything that is said of it, in lower case
	rests    [2]model.Digest // what a review of a finding rests on: its reason, and what that allows
}

// rowsOf are the rows of an audit in the order in which they are worth reading.
func rowsOf(r audit.Report) []row {
	rows := []row{scanRow(r)}
	if r.Spec != nil {
		rows = append(rows, row{kind: auditSpec, code: "Specification", name: strings.TrimSpace(r.Spec.Spec.Name + " " + r.Spec.Spec.Version), flags: r.Spec.Flags})
	}
	used := map[audit.Allowance]bool{}
	if r.Current != nil {
		lots := audit.NewLots(r.Current.Issues)
		for i, issue := range r.Current.Issues {
			if issue.Entry != nil {
				used[*issue.Entry] = true
			}
			rows = append(rows, issueRow(i, issue, lots))
		}
	}
	if r.Spec != nil {
		for i, e := range r.Spec.Entries {
			if !used[e.Allowance] {
				rows = append(rows, row{kind: auditEntry, at: i, code: e.Allowance.Key(), name: entryName(r), where: e.Allowance.Tool, flags: e.Flags})
			}
		}
	}
	for i, s := range r.Others {
		rows = append(rows, row{kind: auditOther, at: i, code: "Other scan", name: otherName(s), flags: s.Flags})
	}
	for i := range rows {
		rows[i].words = rows[i].said(r)
	}
	return rows
}

// scanRow is about everything that is no single finding.
func scanRow(r audit.Report) row {
	row := row{kind: scan, code: "Scan", name: "none that counts", flags: slices.Clone(r.Flags)}
	if r.Current != nil {
		row.name = r.Current.Claim.Name()
		if status := r.Current.Claim.Status; status != "" {
			row.code, row.name = strings.TrimSuffix(row.name, " "+status), status
		}
		row.flags = append(row.flags, r.Current.Flags...)
	}
	return row
}

// entryName says what is known of an entry that no finding rests on.
func entryName(r audit.Report) string {
	if r.Current == nil || r.Current.Binding.Summary == nil {
		return "allowed; not known what"
	}
	return "unused: let nothing through"
}

func otherName(s audit.ScanReport) string {
	name := cmp.Or(s.Claim.Status, s.Claim.Name())
	if s.Platform != "" {
		name += " of " + s.Platform
	}
	return name + ", does not count"
}

func issueRow(at int, r audit.IssueReport, lots *audit.Lots) row {
	reason := audit.ReasonHash(r.Issue.Reason)
	i := r.Issue
	return row{
		kind: auditIssue, at: at, code: i.Code(), name: i.Name(), severity: i.Severity, where: i.Where(), analyzer: i.Analyzer,
		flags: r.Flags, review: reviewWord(r.Review), rests: [2]model.Digest{reason, lots.Allowed(r.Key(), reason)},
	}
}

// reviewWord is a review in a word, "" for none.
func reviewWord(r *audit.Reviewed) string {
	switch {
	case r == nil:
		return ""
	case r.Again != "":
		return string(r.Review.Decision) + ", again"
	}
	return string(r.Review.Decision)
}

// said is what the filter looks through.
func (row row) said(r audit.Report) string {
	said := []string{row.code, row.name, row.severity, row.where, row.analyzer, row.review}
	for _, f := range row.flags {
		said = append(said, string(f.ID), f.Message)
	}
	switch row.kind {
	case auditIssue:
		i := r.Current.Issues[row.at]
		said = append(said, i.Issue.Technique, i.Issue.Reason, i.Issue.Message, i.Written)
	case auditEntry:
		e := r.Spec.Entries[row.at]
		said = append(said, e.Allowance.Reason, e.Written)
	case scan, auditSpec, auditOther, kinds:
	}
	return strings.ToLower(strings.Join(said, "\n"))
}

// worst is the most severe of the flags, "" where there is none.
func worst(flags audit.Flags) model.Severity {
	var out model.Severity
	for _, f := range flags {
		if flagWeight(f.Severity) > flagWeight(out) {
			out = f.Severity
		}
	}
	return out
}

func flagWeight(s model.Severity) int {
	switch s {
	case model.SeverityInfo:
		return 1
	case model.SeverityWarning:
		return 2
	case model.SeverityError:
		return 3
	}
	return 0
}

// Columns of the audit.
const (
	code = iota
	severity
	where
	flags
	review
	analyzer
)

// order is which rows match what was typed, sorted. sorted is as in table.
func order(rows []row, filter string, sorted int) []int {
	terms := terms(filter)
	var out []int
	for i, row := range rows {
		if row.matches(terms) {
			out = append(out, i)
		}
	}
	if sorted == 0 {
		return out
	}
	column, sign := max(sorted, -sorted)-1, 1
	if sorted < 0 {
		sign = -1
	}
	slices.SortStableFunc(out, func(a, b int) int {
		x, y := rows[a], rows[b]
		if g := cmp.Compare(x.group(), y.group()); g != 0 {
			return g
		}
		return sign * compareAudit(x, y, column)
	})
	return out
}

// group keeps findings and entries together, the scan before and other scans behind them.
func (row row) group() kind {
	if row.kind == auditEntry {
		return auditIssue
	}
	return row.kind
}

// compareAudit compares two rows by a column, what asks for attention first.
func compareAudit(x, y row, column int) int {
	switch column {
	case severity:
		return cmp.Compare(audit.SeverityRank(y.severity), audit.SeverityRank(x.severity))
	case where:
		return cmp.Compare(x.where, y.where)
	case flags:
		return cmp.Or(cmp.Compare(flagWeight(worst(y.flags)), flagWeight(worst(x.flags))), cmp.Compare(len(y.flags), len(x.flags)))
	case review:
		return cmp.Compare(x.review, y.review)
	case analyzer:
		return cmp.Compare(x.analyzer, y.analyzer)
	}
	return cmp.Compare(x.code, y.code)
}

// term is one word of a filter: a field with what it should contain, or any text.
type term struct{ field, text string }

// terms reads a filter: words, all of which must be found; "flag:no-reason", "severity:high", "tool:search",
// "review:none" and "analyzer:yara" look in one place.
func terms(filter string) []term {
	var out []term
	for word := range strings.FieldsSeq(strings.ToLower(filter)) {
		name, text, found := strings.Cut(word, ":")
		if found && slices.Contains([]string{"flag", "severity", "tool", "review", "analyzer", "code"}, name) {
			out = append(out, term{name, text})
			continue
		}
		out = append(out, term{"", word})
	}
	return out
}

func (row row) matches(terms []term) bool {
	for _, t := range terms {
		if !row.matchesTerm(t) {
			return false
		}
	}
	return true
}

func (row row) matchesTerm(t term) bool {
	within := func(s string) bool { return strings.Contains(strings.ToLower(s), t.text) }
	switch t.field {
	case "flag":
		return slices.ContainsFunc(row.flags, func(f audit.Flag) bool { return within(string(f.ID)) })
	case "severity": // of the finding, or of a flag
		return row.severity != "" && strings.HasPrefix(strings.ToLower(row.severity), t.text) ||
			slices.ContainsFunc(row.flags, func(f audit.Flag) bool { return strings.HasPrefix(string(f.Severity), t.text) })
	case "tool":
		return within(row.where)
	case "review":
		return t.text == "none" && row.review == "" && row.kind == auditIssue || row.review != "" && within(row.review)
	case "analyzer":
		return within(row.analyzer)
	case "code":
		return within(row.code)
	}
	return strings.Contains(row.words, t.text)
}
