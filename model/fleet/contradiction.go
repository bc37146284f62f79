package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Contradiction says how a row of a report cannot be one that this program wrote, "" where it can: a hand changed one field
// and left the others. Somebody who changes all of them with care is not noticed; a report is worth as much as the place
// where it was kept.
func (h Header) Contradiction(r Row) string {
	switch {
	case r.Policy.Satisfied && r.Problem != "":
		return "it satisfies the policy, and could not be looked at"
	case r.Policy.Satisfied && len(r.Policy.NotMet) > 0:
		return "it satisfies the policy, and does not meet " + strings.Join(r.Policy.NotMet, ", ")
	case r.Policy.Satisfied && h.Judging.Policy.SHA256 == "" && r.Verdict != model.Trusted.String():
		return fmt.Sprintf("it satisfies the default policy, and is %q", r.Verdict)
	case r.Complete && (r.Problem != "" || len(r.Missed) > 0):
		return "everywhere was looked, and something could not be"
	case r.Resolved != "" && !strings.HasSuffix(r.Resolved, "@"+r.Digest):
		return fmt.Sprintf("%s does not name the digest %s", r.Resolved, r.Digest)
	case !isVerdict(r.Verdict):
		return fmt.Sprintf("%q is no verdict", r.Verdict)
	}
	for _, c := range r.Cells {
		if why := c.contradiction(); why != "" {
			return string(c.Column) + ": " + why
		}
	}
	return ""
}

func (c Cell) contradiction() string {
	switch {
	case !isVerdict(string(c.State)) && !slices.Contains([]State{StateNone, StateUnknown, StatePartial}, c.State):
		return fmt.Sprintf("%q is no state", c.State)
	case c.Coverage != "" && !isVerdict(c.Coverage):
		return fmt.Sprintf("%q is no verdict", c.Coverage)
	case c.Level < 0 || c.Level > 4:
		return fmt.Sprintf("there is no level %d", c.Level)
	}
	return ""
}

func isVerdict(word string) bool {
	return slices.ContainsFunc(model.Verdicts, func(v model.Verdict) bool { return v.String() == word })
}
