package audit

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// SpecReport is a specification with what a reviewer should look at in it.
type SpecReport struct {
	Spec    Spec
	Entries []EntryReport
	Flags   Flags // about the specification as a whole
}

// EntryReport is one allowance, with its scope as written beside its scope as the scanner applies it.
type EntryReport struct {
	Allowance Allowance
	Written   string
	Applied   string
	Flags     Flags
}

// repeats counts equal reasons: in how many specifications each stands.
type repeats map[string]int

// judgeSpec flags everything that the specification shows by itself.
func judgeSpec(s Spec, across repeats) SpecReport {
	report := SpecReport{Spec: s}
	within := map[string]int{}
	for _, a := range s.Allowances {
		within[plain(a.Reason)]++
	}
	for i, a := range s.Allowances {
		e := EntryReport{Allowance: a, Written: written(a, s.Skill), Applied: applied(a, s.Skill)}
		judgeReason(&e.Flags, a, s.Version, within, across)
		judgeScope(&e.Flags, a, s.Skill)
		if doubled := doubledBy(s, i); doubled != "" {
			e.Flags.add(raise(DuplicateCode, "%s", doubled))
		}
		if a.Global {
			e.Flags.add(raise(GlobalAllowance, "this entry is in the list that holds for every %s: it allows %s", noun(s.Skill), e.Applied))
		}
		report.Entries = append(report.Entries, e)
	}
	switch why := drift(s.Ref, s.Version); {
	case why == "":
	case s.Skill && s.Pinned != "":
		report.Flags.add(raise(RefDrift, "%s; what is packaged is pinned to the commit %s (spec.ref)", why, s.Pinned).as(minor))
	default:
		report.Flags.add(raise(RefDrift, "%s", why))
	}
	if s.InsecureIgnore {
		report.Flags.add(raise(InsecureIgnore, "insecure_ignore is set: a scan that gives nothing usable is let through as a warning"))
	}
	if len(s.MockEnv) > 0 {
		report.Flags.add(raise(MockEnv, "the scan runs against made-up values of %s: what the server does with real ones is not seen", strings.Join(s.MockEnv, ", ")))
	}
	return report
}

func noun(skill bool) string {
	if skill {
		return "skill"
	}
	return "server"
}

func judgeReason(flags *Flags, a Allowance, version string, within map[string]int, across repeats) {
	if missing(a.Reason) {
		flags.add(noReason(a.Reason))
		return
	}
	same := plain(a.Reason)
	switch {
	case within[same] >= repeated:
		flags.add(raise(BoilerplateReason, "the same reason stands %d times in this specification", within[same]))
	case across[same] >= repeated:
		flags.add(raise(BoilerplateReason, "the same reason stands in %d specifications", across[same]))
	case short(a.Reason):
		flags.add(raise(BoilerplateReason, "a reason of fewer than %d characters says too little to be checked", shortest))
	}
	if old := stale(a.Reason, version); old != "" {
		flags.add(raise(StaleReason, "the reason cites version %s, and what is packaged is version %s", old, version))
	}
}

func noReason(reason string) Flag {
	if plain(reason) == "" {
		return raise(NoReason, "no reason is given for allowing this")
	}
	return raise(NoReason, "%q is what the scanner writes in place of a reason", plain(reason))
}

func judgeScope(flags *Flags, a Allowance, skill bool) {
	if why := never(a, skill); why != "" {
		flags.add(raise(DeadAllowance, "the entry can never match anything: %s", why))
	} else if odd(a, skill) {
		flags.add(raise(DeadAllowance, "%s is no code of the taxonomy, which writes AITech-X.Y and AISubtech-X.Y.Z: it allows nothing, unless a scanner reports exactly this", a.Code))
	}
	switch {
	case !skill && group.MatchString(a.Code):
		flags.add(raise(TooBroad, "%s allows every technique of its group, with all their sub-techniques", a.Code))
	case skill && a.RuleID != "" && a.Category != "":
		flags.add(raise(TooBroad, "a rule is named, and its category too: every rule in it is allowed, also those that are added later"))
	case skill && a.Category != "" && never(a, skill) == "":
		flags.add(raise(TooBroad, "a whole category is allowed: every rule in it, also those that are added later"))
	}
	if a.Tool != "" {
		flags.add(raise(ToolScopeIgnored, "the entry is written for the tool %s, but the scanner ignores the key: it allows %s", a.Tool, applied(a, skill)))
	}
}

// maxLines is how many lines are named in one sentence.
const maxLines = 10

// doubledBy says which further entries have the key of entry i, and which of them counts; "" if there are none.
func doubledBy(s Spec, i int) string {
	var lines []string // the first few, which are enough to find the rest
	first, last := i, i
	for j, other := range s.Allowances {
		if other.id() != s.Allowances[i].id() {
			continue
		}
		first, last = min(first, j), max(last, j)
		switch {
		case j == i:
		case len(lines) == maxLines:
			lines[maxLines-1] = "…"
		default:
			lines = append(lines, fmt.Sprint(other.Line))
		}
	}
	if len(lines) == 0 {
		return ""
	}
	counts := last // an MCP scan keeps entries by code: later ones replace earlier ones
	if s.Skill {
		counts = first // a skill scan takes the first that fits
	}
	if i == counts {
		return fmt.Sprintf("%s is also in line %s: only this entry counts, and its reason stands for all", s.Allowances[i].Key(), strings.Join(lines, ", "))
	}
	return fmt.Sprintf("%s is also in line %s: the reason in line %d counts, and this one is dropped", s.Allowances[i].Key(), strings.Join(lines, ", "), s.Allowances[counts].Line)
}

// Reach reports whether anything in the specification is flagged at least that severely.
func (r SpecReport) Reach(s model.Severity) bool {
	if r.Flags.reach(s) {
		return true
	}
	for _, e := range r.Entries {
		if e.Flags.reach(s) {
			return true
		}
	}
	return false
}
