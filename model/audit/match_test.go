package audit

import "testing"

func TestAnEntryAllowsWhatTheScannerLetsItAllow(t *testing.T) {
	mcp := func(tech, sub string) Issue { return Issue{Technique: tech, Subtechnique: sub, Tool: "any"} }
	skill := func(rule, category string) Issue { return Issue{Rule: rule, Category: category} }
	code := func(c string) Allowance { return Allowance{Code: c} }
	for _, test := range []struct {
		name   string
		skill  bool
		entry  Allowance
		issue  Issue
		allows bool
	}{
		{"a sub-technique allows itself", false, code("AISubtech-8.2.1"), mcp("AITech-8.2", "AISubtech-8.2.1"), true},
		{"a sub-technique does not allow its sister", false, code("AISubtech-8.2.1"), mcp("AITech-8.2", "AISubtech-8.2.2"), false},
		{"a sub-technique does not allow its technique", false, code("AISubtech-8.2.1"), mcp("AITech-8.2", ""), false},
		{"a technique allows its sub-techniques", false, code("AITech-8.2"), mcp("AITech-8.2", "AISubtech-8.2.1"), true},
		{"a technique is cut from the sub-technique alone", false, code("AITech-8.2"), mcp("", "AISubtech-8.2.1"), true},
		{"a technique does not allow one that begins like it", false, code("AITech-8.2"), mcp("AITech-8.20", "AISubtech-8.20.1"), false},
		{"a group allows its techniques", false, code("AITech-8"), mcp("AITech-8.2", "AISubtech-8.2.1"), true},
		{"a group does not allow another", false, code("AITech-1"), mcp("AITech-12.1", "AISubtech-12.1.1"), false},
		{"half a sub-technique allows nothing", false, code("AISubtech-8.2"), mcp("AITech-8.2", "AISubtech-8.2.1"), false},
		{"a technique with three numbers allows no sub-technique", false, code("AITech-8.2.1"), mcp("AITech-8.2", "AISubtech-8.2.1"), false},
		{"a technique with three numbers allows what is reported so", false, code("AITech-8.2.1"), mcp("AITech-8.2.1", ""), true},
		{"letters' case counts", false, code("aitech-8.2"), mcp("AITech-8.2", ""), false},
		{"a tool key is ignored", false, Allowance{Code: "AITech-8.2", Tool: "other"}, mcp("AITech-8.2", ""), true},
		{"an MCP scan looks at no category", false, Allowance{Category: "X"}, Issue{Category: "X"}, false},
		{"a rule allows itself", true, Allowance{RuleID: "R1"}, skill("R1", "c"), true},
		{"a rule does not allow its category", true, Allowance{RuleID: "R1"}, skill("R2", "c"), false},
		{"a category allows all its rules", true, Allowance{Category: "c"}, skill("R2", "c"), true},
		{"a skill scan knows no technique", true, code("AITech-8.2"), Issue{Technique: "AITech-8.2", Rule: "R", Category: "c"}, false},
		{"an entry with both allows what has its category alone", true, Allowance{RuleID: "R1", Category: "c"}, skill("R2", "c"), true},
		{"an entry with both allows what has its rule alone", true, Allowance{RuleID: "R1", Category: "c"}, skill("R1", "d"), true},
		{"a star is no pattern", false, code("*"), mcp("AITech-8.2", "AISubtech-8.2.1"), false},
		{"a star in a code is no pattern", false, code("AITech-8.*"), mcp("AITech-8.2", "AISubtech-8.2.1"), false},
		{"a group is cut from the technique as reported alone", false, code("AITech-8"), mcp("", "AISubtech-8.2.1"), false},
		{"what is empty allows nothing", true, Allowance{Code: "AITech-8"}, skill("", ""), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, got := newRulebook(test.skill, []Allowance{test.entry}, nil).allowing(test.issue); got != test.allows {
				t.Errorf("allowed: %v, want %v", got, test.allows)
			}
		})
	}
}

func TestWhichOfSeveralEntriesCounts(t *testing.T) {
	issue := Issue{Technique: "AITech-8.2", Subtechnique: "AISubtech-8.2.1", Rule: "R1", Category: "c"}
	for _, test := range []struct {
		name        string
		skill       bool
		own, global []Allowance
		want        string
	}{
		{"the last of equal codes", false, []Allowance{{Code: "AITech-8.2", Reason: "first"}, {Code: "AITech-8.2", Reason: "last"}}, nil, "last"},
		{"the sub-technique before its technique", false, []Allowance{{Code: "AISubtech-8.2.1", Reason: "sub"}, {Code: "AITech-8.2", Reason: "tech"}}, nil, "sub"},
		{"the technique before its group", false, []Allowance{{Code: "AITech-8", Reason: "group"}, {Code: "AITech-8.2", Reason: "tech"}}, nil, "tech"},
		{"the server's own before the global list", false, []Allowance{{Code: "AITech-8.2", Reason: "own"}}, []Allowance{{Code: "AITech-8.2", Reason: "global"}}, "own"},
		{"the global list where it is more exact", false, []Allowance{{Code: "AITech-8.2", Reason: "own"}}, []Allowance{{Code: "AISubtech-8.2.1", Reason: "global"}}, "global"},
		{"the first of equal rules", true, []Allowance{{RuleID: "R1", Reason: "first"}, {RuleID: "R1", Reason: "last"}}, nil, "first"},
		{"a category that comes before a rule", true, []Allowance{{Category: "c", Reason: "category"}, {RuleID: "R1", Reason: "rule"}}, nil, "category"},
		{"a rule that comes before its category", true, []Allowance{{RuleID: "R1", Reason: "rule"}, {Category: "c", Reason: "category"}}, nil, "rule"},
		{"of a skill the global list before its own", true, []Allowance{{RuleID: "R1", Reason: "own"}}, []Allowance{{Category: "c", Reason: "global"}}, "global"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, found := newRulebook(test.skill, test.own, test.global).allowing(issue)
			if !found || got.Reason != test.want {
				t.Errorf("the entry %q counts (found: %v), want %q", got.Reason, found, test.want)
			}
		})
	}
}

// What is said of an entry's scope must be what the matching does.
func TestTheScopeAsAppliedIsWhatMatches(t *testing.T) {
	for _, test := range []struct {
		entry Allowance
		skill bool
		want  string
	}{
		{Allowance{Code: "AITech-8"}, false, "every technique AITech-8.* and all their sub-techniques, on every tool"},
		{Allowance{Code: "AITech-8.2", Tool: "a"}, false, "AITech-8.2 and every AISubtech-8.2.*, on every tool"},
		{Allowance{Code: "AISubtech-8.2.1"}, false, "AISubtech-8.2.1, on every tool"},
		{Allowance{RuleID: "R"}, true, "every finding of the rule R, in every file"},
		{Allowance{RuleID: "R", Category: "c"}, true, "every finding of the rule R, and every finding of every rule in the category c, in every file"},
		{Allowance{Code: "*"}, false, "nothing: the scan compares whole codes, and knows no patterns"},
		{Allowance{Code: "AITech-8.*"}, false, "nothing: the scan compares whole codes, and knows no patterns"},
		{Allowance{Category: "*"}, true, "nothing: the skill scanner compares whole names, and knows no patterns"},
		{Allowance{Code: "AITech-8.2.1"}, false, "what is reported as exactly AITech-8.2.1, on every tool"},
		{Allowance{Category: "c"}, true, "every finding of every rule in the category c, in every file"},
	} {
		if got := applied(test.entry, test.skill); got != test.want {
			t.Errorf("%+v applies to %q, want %q", test.entry, got, test.want)
		}
	}
}
