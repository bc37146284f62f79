package audit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// reviewed is a review of the story's finding as it is recorded on paper.
func review(t *testing.T, s story, decision Decision) []Review {
	t.Helper()
	row := s.audit(t).Current.Issues[0]
	rows := []IssueReport{row}
	yaml := fmt.Sprintf("reviews:\n  - code: %s\n    decision: %s\n    reviewer: ann\n    date: 2026-03-02\n    digest: %s\n    reason: %s\n    allowed: %s\n",
		row.Key(), decision, imageDigest, ReasonHash(row.Issue.Reason), AllowedHash(Together(row.Key(), row.Issue, rows)))
	list, err := ParseReviews("reviews.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAReviewHoldsAsLongAsWhatItWasMadeOn(t *testing.T) {
	high := newStory()
	summarySays(`"LOW"`, `"HIGH"`)(&high)
	for _, test := range []struct {
		name      string
		decision  Decision
		change    func(*story)
		satisfied bool
		again     string
	}{
		{"what is accepted is not counted", Accept, func(*story) {}, true, ""},
		{"what is questioned is", Question, func(*story) {}, false, ""},
		{"what is rejected is", Reject, func(*story) {}, false, ""},
		{"the reason grows", Accept, both(goodReason, goodReason+" And more."), false, "the reason has changed"},
		{"line breaks do not make a reason grow", Accept, summarySays("Read in", `\n Read in`), true, ""},
		{"the severity grows", Accept, summarySays(`"HIGH"`, `"CRITICAL"`), false, "what the reason allows has changed"},
		{"another tool is let through", Accept, func(s *story) {
			second := strings.Replace(between(s.summary, "[{", "}]"), "forecast", "alert", 1)
			summarySays("}]", "},{"+second+"}]")(s)
			summarySays(`"allowed_count":1`, `"allowed_count":2`)(s)
			with("allowedIssues", "2")(s)
		}, false, "what the reason allows has changed"},
		{"an acceptance does not cover evidence that disagrees", Accept, func(s *story) { s.spec = replaced(s.spec, "AISubtech-1.1.1", "AISubtech-1.1.2") }, false, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := high
			reviews := review(t, s, test.decision)
			test.change(&s)
			s.change = func(c *Case) { c.Reviews = reviews }
			r := s.audit(t)
			got := r.Current.Issues[0].Review
			if got == nil || !strings.HasPrefix(got.Again, test.again) || (test.again == "") != (got.Again == "") {
				t.Errorf("the review: %+v", got)
			}
			if r.Satisfied(model.SeverityWarning) != test.satisfied {
				t.Errorf("satisfied: %v; %v", !test.satisfied, r.everywhere())
			}
		})
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func TestARejectionOutlivesWhatItWasMadeOn(t *testing.T) {
	s := newStory()
	reviews := review(t, s, Reject)
	both(goodReason, goodReason+" And more.")(&s)
	s.change = func(c *Case) { c.Reviews = reviews }
	if s.audit(t).Satisfied(model.SeverityError) {
		t.Error("a rejected finding is let through because its reason was rewritten")
	}
}

func TestReviewsThatAreNotWholeAreRefused(t *testing.T) {
	whole := "reviews:\n  - {code: A, decision: accept, reviewer: a, date: 2026-01-01, digest: D, reason: D, allowed: D}\n"
	whole = strings.ReplaceAll(whole, "D", string(imageDigest))
	if _, err := ParseReviews("r", []byte(whole)); err != nil {
		t.Fatal(err)
	}
	for _, broken := range []string{
		strings.Replace(whole, "accept", "accepted", 1), strings.Replace(whole, "code: A, ", "", 1), strings.Replace(whole, "reviewer: a, ", "", 1),
		strings.Replace(whole, "2026-01-01", "soon", 1), strings.Replace(whole, "reason: sha256", "reason: md5", 1), "reviews: none\n", "[]\n",
	} {
		if _, err := ParseReviews("r", []byte(broken)); err == nil || !strings.Contains(err.Error(), "r:") {
			t.Errorf("%q: %v", broken, err)
		}
	}
}
