package policyreport

import (
	"bytes"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/theme"
)

// two is one rule on two nodes, and another rule on the first of them, of which the same is wrong.
func two(change func(second *diagnosis.Rule)) []diagnosis.Rule {
	wrong := diagnosis.Finding{Finding: model.Finding{ID: "fails-open", Severity: model.SeverityError, Message: "whoever leaves it out is let through"}}
	rule := diagnosis.Rule{
		File: "p.rego", Kind: diagnosis.KindRego, Rule: "data.x.deny", Line: 3, Result: diagnosis.Undefined, Node: "a", Message: "It is not there.",
		Reads: []diagnosis.Read{{Path: "input.predicate.x", Missing: true}}, Diagnosis: []diagnosis.Finding{wrong},
	}
	second, third := rule, rule
	second.Node, third.Line = "b", 5
	change(&second)
	return []diagnosis.Rule{rule, second, third}
}

func TestWhatIsTheSameOnSeveralNodesIsSaidOnce(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*diagnosis.Rule)
		answers int
	}{
		"the same on both":         {func(*diagnosis.Rule) {}, 2},
		"another result":           {func(r *diagnosis.Rule) { r.Result = diagnosis.Met }, 3},
		"something else was found": {func(r *diagnosis.Rule) { r.Reads = []diagnosis.Read{{Path: "input.predicate.x", Found: "1"}} }, 3},
		"another message":          {func(r *diagnosis.Rule) { r.Message = "It is there." }, 3},
		"it would be met":          {func(r *diagnosis.Rule) { r.WouldBe = true }, 3},
		"on nothing":               {func(r *diagnosis.Rule) { r.Node = "" }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			rules := two(c.change)
			styles := theme.New(theme.Options{})
			var out bytes.Buffer
			err := Text(output.NewPage(&out, &styles), model.NewTree(), diagnosis.Examination{Rules: rules}, Facts{Files: []string{"p.rego"}})
			if err != nil {
				t.Fatal(err)
			}
			text := out.String()
			if got := strings.Count(text, "data.x.deny"); got != c.answers {
				t.Errorf("%d answers, want %d:\n%s", got, c.answers, text)
			}
			if strings.Count(text, "whoever leaves it out") != 1 || strings.Count(text, "as above: fails-open") != c.answers-1 {
				t.Errorf("what is wrong is not said once, and then named:\n%s", text)
			}
		})
	}
}
