package audit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func mustSpec(t testing.TB, path, yaml string) Spec {
	t.Helper()
	s, err := ParseSpec(path, []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func server(name string, entries ...string) string {
	return fmt.Sprintf("metadata: {name: %s, protocol: npx}\nspec: {package: %s, version: 1.0.0}\nsecurity:\n  allowed_issues:\n    %s\n",
		name, name, strings.Join(entries, "\n    "))
}

const longReason = "This was read by two people and is harmless for the following reason: it is a test."

func TestTheSameReasonEverywhereIsBoilerplate(t *testing.T) {
	entry := func(code string) string { return "- {code: " + code + ", reason: '" + longReason + "'}" }
	for _, test := range []struct {
		name  string
		specs []string
		want  int
	}{
		{"twice in one specification is none", []string{server("a", entry("AISubtech-1.1.1"), entry("AISubtech-1.1.2"))}, 0},
		{"three times in one specification", []string{server("a", entry("AISubtech-1.1.1"), entry("AISubtech-1.1.2"), entry("AISubtech-1.1.3"))}, 3},
		{"in two specifications is none", []string{server("a", entry("AISubtech-1.1.1")), server("b", entry("AISubtech-1.1.1"))}, 0},
		{"in three specifications", []string{server("a", entry("AISubtech-1.1.1")), server("b", entry("AISubtech-1.1.1")), server("c", entry("AISubtech-1.1.1"))}, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			var specs []Spec
			for i, yaml := range test.specs {
				specs = append(specs, mustSpec(t, fmt.Sprintf("%d/spec.yaml", i), yaml))
			}
			c := JudgeCatalogue(specs, nil, nil)
			if got := c.Totals().Flags[BoilerplateReason]; got != test.want {
				t.Errorf("%d are boilerplate, want %d", got, test.want)
			}
		})
	}
}

func TestTotalsCountOncePerEntryOrSpec(t *testing.T) {
	c := JudgeCatalogue([]Spec{
		mustSpec(t, "b/spec.yaml", server("b", "- {code: W001, tool: x}", "- {code: W001, tool: y}")),
		mustSpec(t, "a/spec.yaml", server("a")),
	}, nil, []Problem{{Path: "z", Message: "m"}, {Path: "c", Message: "m"}})
	totals := c.Totals()
	if totals.Specs != 2 || totals.Entries != 2 || totals.Flags[ToolScopeIgnored] != 2 || totals.Flags[DuplicateCode] != 2 ||
		totals.Flags[DeadAllowance] != 2 || totals.Flags[NoReason] != 2 {
		t.Errorf("%+v", totals)
	}
	if c.Specs[0].Spec.Path != "a/spec.yaml" || c.Problems[0].Path != "c" {
		t.Error("not in the order of paths")
	}
}

func TestEveryFlagIsJudgedOrSaidNotToBe(t *testing.T) {
	c := JudgeCatalogue(nil, nil, nil)
	for _, id := range FlagIDs() {
		if slices.Contains(fromSpecs, id) == slices.Contains(c.NotJudged, id) {
			t.Errorf("%s is both or neither", id)
		}
	}
}

func TestSelectKeepsWhatIsAskedFor(t *testing.T) {
	all := JudgeCatalogue([]Spec{
		mustSpec(t, "npx/alpha/spec.yaml", server("alpha", "- {code: AITech-1.1}", "- {code: AITech-2, reason: '"+longReason+"'}")),
		mustSpec(t, "npx/beta/spec.yaml", server("beta", "- {code: AISubtech-1.1.1, reason: '"+longReason+"'}")),
	}, nil, nil)
	for _, test := range []struct {
		name, pattern  string
		flags          []FlagID
		specs, entries int
	}{
		{"everything", "", nil, 2, 3},
		{"by name", "al*", nil, 1, 2},
		{"by folder", "npx/beta", nil, 1, 1},
		{"by flag", "", []FlagID{NoReason}, 1, 1},
		{"by one of two flags", "", []FlagID{NoReason, TooBroad}, 1, 2},
		{"by both", "beta", []FlagID{NoReason}, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := all.Select(test.pattern, test.flags)
			if err != nil {
				t.Fatal(err)
			}
			if totals := got.Totals(); totals.Specs != test.specs || totals.Entries != test.entries {
				t.Errorf("%+v", totals)
			}
		})
	}
	if _, err := all.Select("[", nil); err == nil {
		t.Error("a malformed pattern is taken")
	}
	if !all.Reach(model.SeverityError) {
		t.Error("a missing reason is no error")
	}
}

// BenchmarkFiveHundredSpecs reads and judges a catalogue of the size of a large public one.
func BenchmarkFiveHundredSpecs(b *testing.B) {
	var files [][]byte
	for i := range 500 {
		var entries []string
		for n := range i % 12 {
			entries = append(entries, fmt.Sprintf("- {code: AISubtech-%d.1.%d, tool: t%d, reason: '%s %d'}", n, n, n, longReason, i%7))
		}
		files = append(files, []byte(server(fmt.Sprintf("s%d", i), entries...)))
	}
	for b.Loop() {
		specs := make([]Spec, 0, len(files))
		for i, data := range files {
			specs = append(specs, mustSpec(b, fmt.Sprint(i), string(data)))
		}
		JudgeCatalogue(specs, nil, nil)
	}
}

func TestWhatCanNeverMatchIsNotTooBroad(t *testing.T) {
	spec, err := ParseSpec("skills/tidy/spec.yaml", []byte("metadata: {name: tidy}\nspec: {repository: r}\nsecurity: {allowed_issues: [{category: '*', reason: '"+goodReason+"'}]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	flags := judgeSpec(spec, nil).Entries[0].Flags
	if !flags.Has(DeadAllowance) || flags.Has(TooBroad) {
		t.Errorf("of a pattern that nothing reads: %v", flags)
	}
}
