package audit

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASpecIsReadInBothShapes(t *testing.T) {
	got, err := ParseSpec("skills/tidy/spec.yaml", []byte(`metadata: {name: tidy}
spec: {repository: "https://forge.example/acme/skills", path: tidy, version: 0.3, extra: [1, 2]}
unknown: {anything: [goes]}
security:
  insecure_ignore: no
  mock_env:
    - {name: A, value: b}
  allowed_issues:
    - rule_id: NO_LICENSE
      reason: it is in the root
    - category: &c style
      tool: [x, y]
    - category: *c
`))
	if err != nil {
		t.Fatal(err)
	}
	const path = "skills/tidy/spec.yaml"
	want := Spec{
		Path: path, Name: "tidy", Version: "0.3", Skill: true, MockEnv: []string{"A"},
		Allowances: []Allowance{
			{RuleID: "NO_LICENSE", Reason: "it is in the root", Line: 9, Path: path},
			{Category: "style", Tool: "x, y", Line: 11, Path: path},
			{Category: "style", Line: 13, Path: path},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASpecThatIsNotAsExpectedIsRefusedWithItsLine(t *testing.T) {
	const head = "metadata: {name: a}\nspec: {package: b, version: 1.0.0}\n"
	for _, test := range []struct {
		name, yaml string
		line       int
		says       string
	}{
		{"nothing", "", 0, "no mapping"},
		{"a list", "- a\n", 1, "not a mapping"},
		{"broken indentation", "metadata:\n  name: a\n bad: [\n", 0, "not YAML"},
		{"no name", "metadata: {}\nspec: {package: b}\n", 1, "no name"},
		{"no spec", "metadata: {name: a}\n", 0, "spec"},
		{"neither package nor repository", "metadata: {name: a}\nspec:\n  version: 1\n", 3, "neither"},
		{"a name that is a list", "metadata:\n  name: [a]\nspec: {package: b}\n", 2, "name is not text"},
		{"allowed issues that are no list", head + "security:\n  allowed_issues: AITech-1.1\n", 4, "not a list"},
		{"an allowed issue that is text", head + "security:\n  allowed_issues:\n    - AITech-1.1\n", 5, "not a mapping"},
		{"an allowed issue without a code", head + "security:\n  allowed_issues:\n    - reason: because\n", 5, "neither code"},
		{"a key twice", head + "security:\n  insecure_ignore: false\n  insecure_ignore: true\n", 5, "twice"},
		{"a merge", head + "security:\n  <<: {insecure_ignore: true}\n", 4, "merges"},
		{"two documents", head + "---\n" + head, 3, "second YAML document"},
		{"quoted truth", head + "security:\n  insecure_ignore: \"false\"\n", 4, "neither true nor false"},
		{"a reason that is a mapping", head + "security:\n  allowed_issues:\n    - code: X\n      reason: {a: b}\n", 6, "reason is not text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ParseSpec("x/spec.yaml", []byte(test.yaml))
			var p *Problem
			if !errors.As(err, &p) {
				t.Fatalf("no problem, but %v", err)
			}
			if p.Path != "x/spec.yaml" || (test.line != 0 && p.Line != test.line) || !strings.Contains(p.Message, test.says) {
				t.Errorf("%v (line %d), want line %d and %q", p, p.Line, test.line, test.says)
			}
		})
	}
}

func TestTheGlobalListMayBeEmpty(t *testing.T) {
	for _, yaml := range []string{"", "# nothing\n", "allowed_issues:\n", "allowed_issues: []\n", "security: {allowed_issues: []}\n"} {
		if list, err := ParseGlobal("g", []byte(yaml)); err != nil || len(list) != 0 {
			t.Errorf("%q: %v, %v", yaml, list, err)
		}
	}
	list, err := ParseGlobal("g", []byte("allowed_issues:\n  - code: AITech-2.1\n"))
	if err != nil || len(list) != 1 || !list[0].Global || list[0].Line != 2 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestASummaryOfASkillIsRead(t *testing.T) {
	s, err := parseSummary([]byte(`{"skill":"tidy","status":"passed","findings_count":1,"analyzers":["static"],
"allowed_issues":[{"code":"R1","rule_id":"R1","category":"c","severity":"LOW","title":"T","file_path":"a.md","line_number":7}]}`))
	if err != nil {
		t.Fatal(err)
	}
	i := s.Allowed[0]
	if !s.Skill || s.Server != "tidy" || i.Code() != "R1" || i.Name() != "T" || i.Where() != "a.md:7" || s.AllowedCount != -1 {
		t.Errorf("%+v", s)
	}
}

// FuzzParseSpec holds that a specification is read whole or refused with its place, and that judging it never fails.
func FuzzParseSpec(f *testing.F) {
	f.Add([]byte(goodSpec))
	f.Add([]byte("a: &a [*a]\nmetadata: *a\n"))
	f.Add([]byte("metadata: {name: a}\nspec: {repository: b}\nsecurity: {allowed_issues: [{category: c}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSpec("p", data)
		if err != nil {
			var p *Problem
			if !errors.As(err, &p) || p.Path != "p" || p.Message == "" {
				t.Errorf("refused without saying where: %v", err)
			}
			return
		}
		c := JudgeCatalogue([]Spec{s}, nil, nil)
		if len(c.Specs[0].Entries) != len(s.Allowances) || s.Name == "" {
			t.Errorf("%d entries of %d", len(c.Specs[0].Entries), len(s.Allowances))
		}
		for _, e := range c.Specs[0].Entries {
			if e.Allowance.Line < 1 || e.Applied == "" {
				t.Errorf("an entry without place or scope: %+v", e)
			}
			if missing(e.Allowance.Reason) != e.Flags.Has(NoReason) {
				t.Errorf("no reason, unflagged: %+v", e)
			}
		}
	})
}

// FuzzParseSummary holds that what is read as a summary has a status, and that every finding that was let through is
// judged.
func FuzzParseSummary(f *testing.F) {
	f.Add([]byte(goodSummary))
	f.Add([]byte(`{"status":"passed","skill":"a","allowed_issues":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseSummary(data)
		if err != nil {
			return
		}
		report := ScanReport{Claim: Claim{Status: "PASSED", Allowed: 1}, Binding: Binding{Summary: &s}}
		judgeIssues(&report, nil, Spec{}, Case{})
		if s.Status == "" || len(report.Issues) != len(s.Allowed) {
			t.Errorf("%d of %d findings judged", len(report.Issues), len(s.Allowed))
		}
	})
}

// FuzzReadClaims holds that an SCAI predicate is read without inventing counts.
func FuzzReadClaims(f *testing.F) {
	f.Add(newStory().predicate())
	f.Add([]byte(`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":1e99}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, c := range readClaims(data) {
			if c.Tools < -1 || c.Allowed < -1 || c.Blocking < -1 || c.Findings < -1 {
				t.Errorf("%+v", c)
			}
			if c.EvidenceDigest != "" && !c.EvidenceDigest.Valid() {
				t.Errorf("digest %q", c.EvidenceDigest)
			}
		}
	})
}
