package audit

import (
	"fmt"
	"slices"
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
		row.Key(), decision, imageDigest, ReasonHash(row.Issue.Reason), NewLots(rows).Allowed(row.Key(), ReasonHash(row.Issue.Reason)))
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

func TestAReviewSaysWhenABroaderEntryWouldGoUnnoticed(t *testing.T) {
	s := newStory()
	r := s.audit(t)
	row := r.Current.Issues[0]
	made, err := r.Record(row.Key(), Accept, "", "ann", auditNow)
	if err != nil || len(made) != 1 || made[0].Scope == "" {
		t.Fatalf("%+v, %v", made, err)
	}
	for _, test := range []struct {
		name, before string
		entry        bool // it is known
		again, says  string
	}{
		{"both are known", made[0].Scope, true, "", ""},
		{"it was another", "one sub-technique", true, "the entry allowed one sub-technique", ""},
		{"it was not recorded", "", true, "", "does not record how far"},
		{"no specification is at hand now", made[0].Scope, false, "", "is not known"},
	} {
		t.Run(test.name, func(t *testing.T) {
			review, now := made[0], r
			review.Scope = test.before
			if !test.entry {
				current := *r.Current
				current.Issues = []IssueReport{{Issue: row.Issue}}
				now.Current = &current
			}
			got := now.Reviewed([]Review{review}).Current.Issues[0].Review
			if got == nil || !strings.HasPrefix(got.Again, test.again) || (got.Again == "") != (test.again == "") {
				t.Errorf("again: %+v", got)
			}
			if got == nil || !strings.Contains(got.Unseen, test.says) || (got.Unseen == "") != (test.says == "") {
				t.Errorf("unseen: %+v", got)
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

func TestWhatIsRecordedIsReadAgain(t *testing.T) {
	r := newStory().audit(t)
	made, err := r.Record("AITech-1.1", Accept, "line\nbreak: \"quoted\" # no comment", "ann", auditNow)
	if err != nil {
		t.Fatal(err)
	}
	for _, before := range []string{"", "# mine\nreviews:\n", "reviews:", reviewsHeader} {
		out, err := Append("r", []byte(before), made)
		if err != nil {
			t.Fatalf("%q: %v", before, err)
		}
		list, err := ParseReviews("r", out)
		if err != nil || len(list) != 1 {
			t.Fatalf("%q: %v, %v", before, list, err)
		}
		list[0].Line = 0
		if list[0] != made[0] {
			t.Errorf("%+v, want %+v", list[0], made[0])
		}
		if !strings.HasPrefix(string(out), strings.TrimSpace(before)) {
			t.Errorf("what was there is not any more: %q", out)
		}
		if got := r.Reviewed(list).Current.Issues[0].Review; got == nil || !got.accepted() {
			t.Errorf("it does not count: %+v", got)
		}
	}
	for _, before := range []string{"reviews: []\n", "reviews:\nother: 1\n", "not: [yaml"} {
		if out, err := Append("r", []byte(before), made); err == nil {
			t.Errorf("%q became %q", before, out)
		}
	}
}

func TestOnlyWhatIsBoundCanBeReviewed(t *testing.T) {
	s := newStory()
	s.noEvidence = true
	if _, err := s.audit(t).Record("AITech-1.1", Accept, "", "ann", auditNow); err == nil {
		t.Error("reasons that nobody has seen are reviewed")
	}
	if _, err := newStory().audit(t).Record("AITech-7.7", Accept, "", "ann", auditNow); err == nil {
		t.Error("what was not let through is reviewed")
	}
}

// FuzzAppend holds that a review is added whole or not at all, and that whatever a person writes in it comes back.
func FuzzAppend(f *testing.F) {
	f.Add("reviews:\n", "ann", "a note")
	f.Add("", "\u202e\x00", "- code: x\n")
	f.Fuzz(func(t *testing.T, before, reviewer, note string) {
		before, reviewer, note = strings.ToValidUTF8(before, ""), strings.ToValidUTF8(reviewer, ""), strings.ToValidUTF8(note, "")
		if reviewer == "" {
			return
		}
		r := Review{
			Code: "A", Decision: Reject, Note: note, Reviewer: reviewer, Date: auditNow, Digest: imageDigest, Reason: imageDigest, Allowed: imageDigest,
		}
		out, err := Append("r", []byte(before), []Review{r})
		if err != nil {
			return
		}
		list, err := ParseReviews("r", out)
		if err != nil {
			t.Fatal(err)
		}
		got := list[len(list)-1]
		got.Line = 0
		if got != r {
			t.Errorf("%+v, want %+v", got, r)
		}
	})
}

// Two entries may stand in one line: an acceptance of what one lets through says nothing of the other.
func TestAnAcceptanceDoesNotCoverTheEntryBesideIt(t *testing.T) {
	s := newStory()
	summarySays(`"LOW"`, `"HIGH"`)(&s)
	reviews := review(t, s, Accept)
	s.spec = replaced(s.spec, "    - code: AISubtech-1.1.1\n      reason: \""+goodReason+"\"\n", "    [{code: AISubtech-1.1.1, reason: \""+goodReason+"\"}, {code: AITech-9.1, reason: \""+goodReason+"\"}]\n")
	s.change = func(c *Case) { c.Reviews = reviews }
	if r := s.audit(t); r.Satisfied(model.SeverityWarning) {
		t.Errorf("a dead entry is accepted with its neighbour: %v", r.everywhere())
	}
}

func TestAReviewDoesNotCoverAnEntryThatWasBroadenedSince(t *testing.T) {
	s := newStory()
	summarySays(`"LOW"`, `"HIGH"`)(&s)
	made, err := s.audit(t).Record("AISubtech-1.1.1", Accept, "", "ann", scanTime)
	if err != nil {
		t.Fatal(err)
	}
	file, err := Append("reviews.yaml", nil, made)
	if err != nil {
		t.Fatal(err)
	}
	reviews, err := ParseReviews("reviews.yaml", file)
	if err != nil {
		t.Fatal(err)
	}
	s.change = func(c *Case) { c.Reviews = reviews }
	if r := s.audit(t); !r.Satisfied(model.SeverityWarning) {
		t.Errorf("what was accepted counts: %v", r.Unmet(model.SeverityWarning))
	}
	specSays("code: AISubtech-1.1.1", "code: AITech-1")(&s)
	r := s.audit(t)
	if got := r.Current.Issues[0].Review; got == nil || !strings.Contains(got.Again, "and allows every technique AITech-1.*") || r.Satisfied(model.SeverityWarning) {
		t.Errorf("the entry allows more than was accepted, and nobody has to look again: %+v", got)
	}
}

func TestASpecificationOfAnotherCommitSettlesNothing(t *testing.T) {
	s := newStory()
	if r := s.audit(t); len(r.NotJudged) != 0 {
		t.Fatalf("%v of the story itself is not judged", r.NotJudged)
	}
	s.change = func(c *Case) { c.Spec.Commit = strings.Repeat("9", 40) }
	if not, _ := s.audit(t).Unjudged(); !slices.Contains(not, ToolScopeIgnored) || !slices.Contains(not, InsecureIgnore) {
		t.Errorf("the specification is of another commit than the scan's, and only %v is not judged", not)
	}
}
