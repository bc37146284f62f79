package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/attestree/attestree/model"
)

// reviewsHeader begins a new file of reviews.
const reviewsHeader = "# Reviews of allowed issues. Each holds as long as the reason and what it allows stay as they were.\nreviews:\n"

// Record makes reviews of what an entry let through: one for each reason that stands beside its code. The error says why
// there is nothing to review; a person reviews only what is bound to the signed evidence.
func (r Report) Record(code string, decision Decision, note, reviewer string, now time.Time) ([]Review, error) {
	if r.Current == nil || r.Current.Binding.Summary == nil {
		return nil, errors.New("there is no evidence at hand, so there is nothing to review")
	}
	var out []Review
	seen := map[model.Digest]bool{}
	lots := NewLots(r.Current.Issues)
	for _, row := range r.Current.Issues {
		reason := ReasonHash(row.Issue.Reason)
		if !keyed(row.Issue, code) || seen[reason] {
			continue
		}
		seen[reason] = true
		out = append(out, Review{
			Code: code, Decision: decision, Note: note, Reviewer: reviewer, Date: now.UTC().Truncate(time.Second), Digest: r.Digest,
			Reason: reason, Allowed: lots.Allowed(code, reason), Scope: lots.Scope(code, reason),
		})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("nothing was let through by an entry with the code %q", code)
	}
	return out, nil
}

// Reviewed is the report with these reviews beside what they are about.
func (r Report) Reviewed(reviews []Review) Report {
	if r.Current == nil {
		return r
	}
	current := *r.Current
	current.Issues = append([]IssueReport{}, r.Current.Issues...)
	lots := NewLots(current.Issues)
	for i := range current.Issues {
		current.Issues[i].Review = reviewOf(reviews, current.Issues[i].Issue, lots)
	}
	r.Current = &current
	return r
}

// Append adds reviews to a file of them, and leaves what is there as it is. The error is that the file is not written in
// a way that allows it.
func Append(path string, data []byte, reviews []Review) ([]byte, error) {
	before, err := ParseReviews(path, data)
	if err != nil {
		return nil, err
	}
	out := bytes.Clone(data)
	switch {
	case len(bytes.TrimSpace(out)) == 0:
		out = []byte(reviewsHeader)
	case !bytes.HasSuffix(out, []byte("\n")):
		out = append(out, '\n')
	}
	for _, r := range reviews {
		out = r.appendTo(out)
	}
	after, err := ParseReviews(path, out)
	if err != nil || len(after) != len(before)+len(reviews) {
		return nil, fmt.Errorf("%s is not written as a plain list that ends the file, so that nothing can be added to it", path)
	}
	return out, nil
}

// appendTo writes a review as an element of a YAML list. A JSON string is a YAML string.
func (r Review) appendTo(out []byte) []byte {
	quote := func(s string) string {
		quoted, err := json.Marshal(s)
		if err != nil {
			return `""` // strings can always be encoded
		}
		return string(quoted)
	}
	out = fmt.Appendf(out, "  - code: %s\n    decision: %s\n", quote(r.Code), r.Decision)
	if r.Note != "" {
		out = fmt.Appendf(out, "    note: %s\n", quote(r.Note))
	}
	out = fmt.Appendf(out, "    reviewer: %s\n    date: %s\n    digest: %s\n    reason: %s\n    allowed: %s\n",
		quote(r.Reviewer), r.Date.UTC().Format(time.RFC3339), r.Digest, r.Reason, r.Allowed)
	if r.Scope != "" {
		out = fmt.Appendf(out, "    scope: %s\n", quote(r.Scope))
	}
	return out
}
