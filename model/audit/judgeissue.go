package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// judgeIssues makes a row of each finding that was let through.
func judgeIssues(s *ScanReport, report *SpecReport, spec Spec, c Case) {
	b := s.Binding.Summary
	if b == nil {
		if report != nil && s.Claim.Allowed > 0 && len(spec.Allowances)+len(c.Global) == 0 {
			s.Flags.add(raise(CountMismatch, "%s, and the specification allows nothing", model.Counted(s.Claim.Allowed, "issue")+" allowed"))
		}
		return
	}
	rules := newRulebook(b.Skill, spec.Allowances, c.Global)
	for _, issue := range b.Allowed {
		row := IssueReport{Issue: issue}
		if entry, found := rules.allowing(issue); found {
			row.Entry, row.Written, row.Applied = &entry, written(entry, b.Skill), applied(entry, b.Skill)
		}
		judgeIssue(&row, s, report, spec.Version)
		s.Issues = append(s.Issues, row)
	}
	slices.SortStableFunc(s.Issues, byUrgency)
}

func judgeIssue(row *IssueReport, s *ScanReport, report *SpecReport, version string) {
	i := row.Issue
	if missing(i.Reason) {
		row.Flags.add(noReason(i.Reason))
	} else if short(i.Reason) {
		row.Flags.add(raise(BoilerplateReason, "a reason of fewer than %d characters says too little to be checked", shortest))
	}
	if old := stale(i.Reason, version); old != "" && !missing(i.Reason) {
		row.Flags.add(raise(StaleReason, "the reason cites version %s, and what is packaged is version %s", old, version))
	}
	if llmConfirms.MatchString(plain(i.Reason)) && !usesLLM(s.analyzers()) {
		row.Flags.add(raise(WeakAnalyzers, "the reason says that an LLM confirms it, and none took part in this scan (analyzers: %s)", strings.Join(s.analyzers(), ", ")))
	}
	switch rank := severity(i.Severity); {
	case rank == unknownSeverity:
		row.Flags.add(raise(HighSeverityAllowed, "an issue of severity %q was allowed, which is none that is known: it may be any", i.Severity))
	case rank >= highSeverity:
		row.Flags.add(raise(HighSeverityAllowed, "an issue of severity %s was allowed", i.Severity))
	}
	switch {
	case row.Entry != nil && row.Entry.Global, strings.EqualFold(strings.TrimSuffix(plain(i.Reason), "."), "globally allowed"):
		row.Flags.add(raise(GlobalAllowance, "it was allowed by the list that holds for every %s, and not by an entry for this one", noun(s.Claim.Skill)))
	case row.Entry == nil && report != nil:
		row.Flags.add(raise(CountMismatch, "no entry of the specification at hand allows this"))
	}
}

// Severities, as the scanners rank them.
const (
	unknownSeverity = -1
	highSeverity    = 3
)

func severity(s string) int {
	switch strings.ToUpper(s) {
	case "SAFE", "INFO", "INFORMATIONAL":
		return 0
	case "LOW":
		return 1
	case "MEDIUM":
		return 2
	case "HIGH":
		return highSeverity
	case "CRITICAL":
		return highSeverity + 1
	}
	return unknownSeverity
}

// SeverityRank orders what scanners call severe: nothing said first, then upwards. One that is not known may be any, and
// comes above all.
func SeverityRank(s string) int {
	switch rank := severity(s); {
	case s == "":
		return unknownSeverity
	case rank == unknownSeverity:
		return highSeverity + 2
	default:
		return rank
	}
}

// urgent are the techniques to look at first: data leaving, code being injected, tools being misused.
var urgent = []string{"AITech-8.2", "AITech-9.1", "AITech-12.1"}

func byUrgency(a, b IssueReport) int {
	rank := func(i Issue) int {
		if r := severity(i.Severity); r != unknownSeverity {
			return r
		}
		return highSeverity
	}
	return cmp.Or(
		first(isUrgent(a.Issue), isUrgent(b.Issue)),
		cmp.Compare(rank(b.Issue), rank(a.Issue)),
		cmp.Compare(a.Issue.Code(), b.Issue.Code()),
		cmp.Compare(a.Issue.Where(), b.Issue.Where()),
	)
}

func isUrgent(i Issue) bool {
	return severity(i.Severity) != 0 && slices.ContainsFunc(codes(i), func(code string) bool { return slices.Contains(urgent, code) })
}

// judgeUse flags entries that the scan shows to be dead or wider than what was found.
func judgeUse(s *ScanReport, spec *SpecReport) {
	b := s.Binding.Summary
	if b == nil {
		return
	}
	defer s.inherit(spec)
	if !usable(s) {
		return
	}
	rules := newRulebook(b.Skill, spec.Spec.Allowances, nil)
	found := map[string]map[string]bool{} // sub-techniques, by what let them through
	for _, i := range slices.Concat(b.Allowed, b.Warnings, b.Blocking) {
		entry, ok := rules.allowing(i)
		if !ok {
			continue
		}
		if found[entry.id()] == nil {
			found[entry.id()] = map[string]bool{}
		}
		found[entry.id()][i.Subtechnique] = true
	}
	for i := range spec.Entries {
		e := &spec.Entries[i]
		subs := found[e.Allowance.id()]
		if subs == nil {
			e.Flags.add(raise(DeadAllowance, "the scan found nothing that this entry allows"))
		}
		if technique.MatchString(e.Allowance.Code) && len(subs) == 1 && !subs[""] {
			for sub := range subs {
				e.Flags.add(raise(TooBroad, "only %s was found, and the entry allows every sub-technique of %s", sub, e.Allowance.Code))
			}
		}
	}
}

// inherit gives rows the flags of their entries, once all rows are there.
func (s *ScanReport) inherit(spec *SpecReport) {
	for i := range s.Issues {
		row := &s.Issues[i]
		for _, e := range spec.Entries {
			if row.Entry == nil || e.Allowance != *row.Entry {
				continue
			}
			row.inherit(e.Flags)
		}
	}
}

// inherit takes over the flags of the entry that let the finding through. That an entry reaches beyond the tool that it
// was written for is worst where it did.
func (i *IssueReport) inherit(flags Flags) {
	for _, f := range flags {
		if f.ID == ToolScopeIgnored && i.Issue.Tool != "" && i.Issue.Tool != i.Entry.Tool {
			f = raise(ToolScopeIgnored, "the entry is written for the tool %s, and let this through on the tool %s", i.Entry.Tool, i.Issue.Tool).as(severe)
		}
		i.Flags.add(f)
	}
}

// usable reports whether the scan looked at anything, so that what it did not find is not there.
func usable(s *ScanReport) bool {
	b := s.Binding.Summary
	return s.Claim.Status == "PASSED" && b != nil && b.Status == "passed" && (b.Skill || b.Tools > 0)
}

// SpecOfAnotherCommit reports whether the specification at hand is known to be of another commit than the scan's. Such a one
// raises flags, and settles none.
func (r Report) SpecOfAnotherCommit() bool {
	return r.Current != nil && slices.ContainsFunc(r.Current.Links, func(l Link) bool {
		return l.ID == "spec-commit" && l.Status == model.CheckFailed
	})
}

// notJudged lists the flags for which something is missing.
func (r Report) notJudged(t *model.Tree, c Case) []FlagID {
	s := r.Current
	lacks := map[FlagID]bool{}
	lack := func(missing bool, ids ...FlagID) {
		for _, id := range ids {
			lacks[id] = lacks[id] || missing
		}
	}
	evidence := s != nil && s.Binding.Summary != nil
	spec := r.Spec != nil && r.SpecFile.Vouched && !r.SpecOfAnotherCommit()
	lack(s == nil, HollowPass, ScanWarning, WeakAnalyzers, ScannerVersion, StaleScan, EvidenceProblem, ChainMismatch, UntrustedSCAI, SeveralSCAI)
	lack(!evidence, CountMismatch, HighSeverityAllowed)
	lack(!evidence && !spec, NoReason, BoilerplateReason)
	lack(!evidence || !spec || !usable(s), DeadAllowance, TooBroad)
	lack(!spec, ToolScopeIgnored, DuplicateCode, StaleReason, RefDrift, InsecureIgnore, MockEnv)
	lack(!c.HasGlobal, GlobalAllowance)
	lack(c.MinScanner == "" && s != nil && !s.Flags.Has(ScannerVersion), ScannerVersion)
	lack(c.MaxAge == 0 && created(t).IsZero() && s != nil && !s.Flags.Has(StaleScan), StaleScan)
	var out []FlagID
	for _, k := range kinds {
		if lacks[k.id] {
			out = append(out, k.id)
		}
	}
	return out
}
