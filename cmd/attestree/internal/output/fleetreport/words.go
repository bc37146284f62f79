package fleetreport

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
)

// words are a cell without colours and glyphs.
func words(c fleet.Cell) string {
	state := string(cmp.Or(c.State, fleet.StateUnknown))
	switch {
	case c.State == fleet.StatePartial:
		return state + ", " + c.On
	case c.Coverage != "":
		state += " (" + c.Coverage + ")"
	}
	if c.Value == "" {
		return state
	}
	return state + ", " + c.Value
}

// remarks are what there is to say of a row beside its cells, one sentence each.
func remarks(r fleet.Row) []string {
	var out []string
	for _, name := range r.Lookalikes {
		out = append(out, "may only look like a name that you know: "+name)
	}
	if r.Problem != "" {
		out = append(out, "could not be looked at ("+r.ProblemKind+"): "+r.Problem)
	} else {
		if !r.Policy.Satisfied {
			out = append(out, r.Policy.Reasons...)
		}
		if r.Outdated {
			out = append(out, "as of "+r.AsOf+": what the tag names now is not known")
		}
		for _, missed := range r.Missed {
			out = append(out, "not everything could be looked at: "+missed)
		}
		if len(r.SignedAs) > 0 {
			out = append(out, "signed as "+strings.Join(r.SignedAs, ", ")+" and not by this name: a mirrored image, or one that is passed off as another")
		}
		if r.Invalid > 0 {
			out = append(out, fmt.Sprintf("invalid: %d of what is attached", r.Invalid))
		}
	}
	for _, c := range r.Changes {
		lead := "changed: "
		if c.Worse {
			lead = "changed for the worse: "
		}
		out = append(out, lead+c.String())
	}
	return out
}

// policyWord is the policy's answer. Of an image that could not be looked at whole, nobody knows that it does not satisfy.
func policyWord(r fleet.Row) string {
	switch r.Outcome() {
	case fleet.OutcomeSatisfied:
		return "satisfied"
	case fleet.OutcomeNotSatisfied:
		return "not satisfied"
	case fleet.OutcomeIncomplete:
	}
	return "not known"
}

// difference is a digest whose copies differ, in a sentence.
func difference(d fleet.Difference) string {
	s := fmt.Sprintf("%s has %s in %s and not in %s", model.Digest(d.Digest).Short(), d.Column, strings.Join(d.Has, ", "), strings.Join(d.Lacks, ", "))
	if len(d.Has) == 0 {
		s = fmt.Sprintf("%s has other %s in each of %s", model.Digest(d.Digest).Short(), d.Column, strings.Join(d.Lacks, ", "))
	}
	if len(d.Unknown) > 0 {
		s += "; not known of " + strings.Join(d.Unknown, ", ")
	}
	return s
}

// totals are the counts of a fleet, one sentence each.
func totals(f Report) []string {
	s := f.Footer.Summary
	out := []string{fmt.Sprintf("%s: %d satisfy the policy, %d do not, %d could not be looked at completely",
		output.Plural(s.Images, "image", "images"), s.Satisfied, s.NotSatisfied, s.Incomplete)}
	if shard := f.Header.Shard.String(); shard != "" {
		out[0] += fmt.Sprintf(" (part %s of %d images)", shard, f.Header.Images)
	}
	if s.Problems > 0 {
		out = append(out, fmt.Sprintf("%d could not be looked at at all: %s", s.Problems, counts(s.Kinds)))
	}
	for _, c := range f.Columns {
		states := map[string]int{}
		for state, n := range s.Columns[c.ID] {
			states[string(state)] = n
		}
		line := c.Title + ": " + counts(states)
		if c.ID == fleet.ColumnProvenance {
			for _, level := range slices.Sorted(maps.Keys(s.Levels)) {
				line += fmt.Sprintf("; L%d %d", level, s.Levels[level])
			}
		}
		out = append(out, line)
	}
	if s.Changed > 0 {
		out = append(out, fmt.Sprintf("%d changed since the earlier report", s.Changed))
	}
	switch n := len(f.Header.Problems); {
	case n > 0:
		out = append(out, "the report is not whole: what is missing is said below, in "+output.Plural(n, "remark", "remarks"))
	case !f.Footer.Complete:
		out = append(out, "the report is not whole: some images have no row")
	}
	return out
}

// counts lists what is counted, the most frequent first.
func counts(of map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(of), func(a, b string) int {
		return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, key := range keys {
		parts = append(parts, fmt.Sprintf("%d %s", of[key], key))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
