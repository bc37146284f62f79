package kyverno

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// Each of these would take all memory, or time without an end.
func TestExpressionsThatGrowAreNotEvaluated(t *testing.T) {
	t.Parallel()
	for name, expression := range map[string]string{
		"lists in lists":          "kind" + strings.Repeat(" | [@,@]", 60),
		"lists that are put down": "names" + strings.Repeat(" | [@,@][]", 60),
		"objects in objects":      "kind" + strings.Repeat(" | {a:@,b:@}", 60),
		"lists of each":           "names" + strings.Repeat("[].[@,@]", 30),
		"text around text":        "kind" + strings.Repeat(" | join(@, ['a','b','c'])", 20),
		"quotes around quotes":    "kind" + strings.Repeat(" | [@] | to_string(@)", 40),
		"a long list":             "[" + strings.Repeat("kind,", 100) + "kind]",
		"lists by a function":     "names" + strings.Repeat(" | map(&[@,@], @)", 30),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			condition := `{key: "{{ ` + expression + ` }}", operator: NotEquals, value: y}`
			if got := worst(judge(t, policy(attested(condition)), Image{Nodes: []Node{scan(t, passed)}})); got.Result != diagnosis.Unsupported {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}

func TestWhatIsTooLargeIsNotCompared(t *testing.T) {
	t.Parallel()
	large := `{"text":"` + strings.Repeat("a", maxWeight+1) + `","list":["` + strings.Repeat(`a","`, 20000) + `a"]}`
	for name, condition := range map[string]string{
		"a text":                    `{key: "{{ text }}", operator: NotEquals, value: y}`,
		"a text in a text":          `{key: "x{{ text }}", operator: NotEquals, value: y}`,
		"each of many with each":    `{key: "{{ list }}", operator: AnyNotIn, value: "{{ list }}"}`,
		"a list of what is too big": `{key: "{{ [text, list][0] }}", operator: NotEquals, value: y}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := worst(judge(t, policy(attested(condition)), Image{Nodes: []Node{scan(t, large)}})); got.Result != diagnosis.Unsupported {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}

func TestExpressionsAsPoliciesHaveThemAreEvaluated(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		"attributes[?attribute=='PASSED'].count | [0]", "attributes[].{name: attribute, n: count}", "[kind, age]", "attributes[*].[attribute, count][]",
		"length(attributes[?contains(['PASSED','REVIEWED'], attribute)])", "to_string(attributes[0].count)", "max_by(attributes, &count).attribute", "names[0:1]",
		"not_null(nowhere, kind)", "attributes[-1].count", "sort(names) | reverse(@)",
	} {
		if err := checkExpressions("{{ " + expression + " }}"); err != nil {
			t.Errorf("%s: %v", expression, err)
		}
	}
}
