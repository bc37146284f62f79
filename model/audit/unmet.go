package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Unmet is why the audit is not satisfied, one sentence each; none where it is. See Satisfied.
func (r Report) Unmet(s model.Severity) []string {
	var out []string
	switch c := r.Current; {
	case c == nil:
		out = append(out, "no scan counts for this digest")
	case !c.Trusted():
		out = append(out, "nobody whom you trust signed the scan")
	}
	if r.Current != nil && r.Current.Binding.Summary == nil {
		out = append(out, "the evidence of the scan is not at hand")
	}
	counted, rejected := r.counted()
	if rejected > 0 {
		out = append(out, fmt.Sprintf("a review rejects %d of what was let through", rejected))
	}
	if ids := counted.reaching(s); len(ids) > 0 {
		out = append(out, fmt.Sprintf("flagged at or above %s: %s", s, strings.Join(ids, " ")))
	}
	return out
}

// counted are the flags that decide, each id at its most severe, and how many findings a review rejects. What a review
// accepts is not counted, nor is an entry of which every finding is accepted.
func (r Report) counted() (flags Flags, rejected int) {
	count := func(more Flags) {
		for _, f := range more {
			flags.add(f)
		}
	}
	count(r.Flags)
	accepted := map[Allowance]bool{}
	if r.Current != nil {
		count(r.Current.Flags)
		for _, i := range r.Current.Issues {
			ok := i.Review != nil && i.Review.accepted()
			if i.Review != nil && i.Review.rejected() {
				rejected++
			}
			if ok {
				count(i.Flags.beyondReview())
			} else {
				count(i.Flags)
			}
			if i.Entry != nil {
				before, seen := accepted[*i.Entry]
				accepted[*i.Entry] = ok && (before || !seen)
			}
		}
	}
	if r.Spec != nil {
		count(r.Spec.Flags)
		for _, e := range r.Spec.Entries {
			if !accepted[e.Allowance] {
				count(e.Flags)
			}
		}
	}
	return flags, rejected
}

// Raised are the ids of every flag of the report, in the order of their table.
func (r Report) Raised() []FlagID {
	var all Flags
	for _, flags := range r.flags() {
		for _, f := range flags {
			all.add(f)
		}
	}
	return all.IDs()
}

// Unjudged are the ids of the flags that could not be judged for lack of evidence: not at all, and those of which some
// were raised all the same, so that there may be more of them.
func (r Report) Unjudged() (not, partly []FlagID) {
	raised := r.Raised()
	for _, id := range r.NotJudged {
		if slices.Contains(raised, id) {
			partly = append(partly, id)
		} else {
			not = append(not, id)
		}
	}
	return not, partly
}

// flags are all flags, whatever they are about.
func (r Report) flags() []Flags {
	out := []Flags{r.Flags}
	scans := r.Others
	if r.Current != nil {
		scans = append([]ScanReport{*r.Current}, scans...)
	}
	for _, s := range scans {
		out = append(out, s.Flags)
		for _, i := range s.Issues {
			out = append(out, i.Flags)
		}
	}
	if r.Spec != nil {
		out = append(out, r.Spec.Flags)
		for _, e := range r.Spec.Entries {
			out = append(out, e.Flags)
		}
	}
	return out
}

// reaching are the ids of those that are at least that severe.
func (f Flags) reaching(s model.Severity) (ids []string) {
	for _, flag := range f {
		if weight(flag.Severity) >= weight(s) {
			ids = append(ids, string(flag.ID))
		}
	}
	return ids
}
