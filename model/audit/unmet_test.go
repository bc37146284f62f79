package audit

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestWhyAnAuditIsNotSatisfiedIsSaid(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*story)
		want   string // of the reasons
	}{
		{"nothing is wrong", func(*story) {}, ""},
		{"no scan", func(s *story) { s.noScan = true }, "no scan counts for this digest"},
		{"a stranger's scan", func(s *story) { s.verdict = model.Untrusted }, "nobody whom you trust signed the scan"},
		{"no evidence", func(s *story) { s.noEvidence = true }, "the evidence of the scan is not at hand"},
		{"a flag", specSays("refs/tags/v2.0.1", "refs/heads/main"), "flagged at or above warning: ref-drift"},
		{"what is less severe does not count", func(s *story) { s.second = true }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStory()
			test.change(&s)
			got := s.audit(t).Unmet(model.SeverityWarning)
			if test.want == "" && len(got) > 0 || test.want != "" && !slices.Contains(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestARejectedFindingIsAReason(t *testing.T) {
	t.Parallel()
	s := newStory()
	reviews := review(t, s, Reject)
	s.change = func(c *Case) { c.Reviews = reviews }
	if got := s.audit(t).Unmet(model.SeverityError); len(got) != 1 || !strings.HasPrefix(got[0], "a review rejects 1 ") {
		t.Errorf("%q", got)
	}
}

// TestAFlagIsClearedByWhatItSays does for each flag what it says would clear it, beyond taking back what raised it.
func TestAFlagIsClearedByWhatItSays(t *testing.T) {
	t.Parallel()
	evidence := newStory().summary
	for _, test := range []struct {
		name  string
		flag  FlagID
		raise func(*story)
		clear func(*story)
	}{
		{
			"the finding was read again in the packaged version", StaleReason, both("Read in v2.0.1", "Read in v1.9.0"),
			both("Read in v1.9.0", "Read in v1.9.0 and again in v2.0.1"),
		},
		{
			"the evidence is given", EvidenceProblem, func(s *story) { s.noEvidence = true },
			func(s *story) {
				s.change = func(c *Case) { c.Evidence = &File{Name: "scan-summary.json", Bytes: []byte(evidence)} }
			},
		},
		{
			"the narrowest code that still matches", TooBroad, specSays("AISubtech-1.1.1", "AITech-1"),
			specSays("AITech-1", "AISubtech-1.1.1"),
		},
		{
			"an entry of the server's own", GlobalAllowance, func(s *story) {
				specSays("AISubtech-1.1.1", "AISubtech-1.1.2")(s)
				s.global = "allowed_issues: [{code: AISubtech-1.1.1, reason: '" + goodReason + "'}]"
			}, specSays("AISubtech-1.1.2", "AISubtech-1.1.1"),
		},
		{
			"a further analyzer", WeakAnalyzers, summarySays(`["yara","llm"]`, `["yara"]`),
			summarySays(`["yara"]`, `["yara","llm"]`),
		},
		{
			"one entry for the code", DuplicateCode, moreEntries("- {code: AISubtech-1.1.1, reason: '" + goodReason + " Again.'}"),
			func(s *story) { s.spec = s.spec[:strings.LastIndex(strings.TrimSpace(s.spec), "\n")+1] },
		},
		{
			"a ref that is the tag", RefDrift, specSays("refs/tags/v2.0.1", "refs/heads/main"),
			specSays("refs/heads/main", "refs/tags/2.0.1"),
		},
		{
			"no tool key", ToolScopeIgnored, specSays("code: AISubtech-1.1.1", "code: AISubtech-1.1.1\n      tool: forecast"),
			specSays("\n      tool: forecast", ""),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStory()
			test.raise(&s)
			if all := s.audit(t).everywhere(); !all.Has(test.flag) {
				t.Fatalf("%s was not raised, but %v", test.flag, all.IDs())
			}
			test.clear(&s)
			if all := s.audit(t).everywhere(); all.Has(test.flag) {
				t.Errorf("%s is still there: %v", test.flag, all)
			}
		})
	}
}
