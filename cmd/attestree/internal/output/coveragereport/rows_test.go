package coveragereport

import (
	"bytes"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/theme"
)

// TestNothingOfACatalogueIsLeftOut has a row for each way in which a specification can end.
func TestNothingOfACatalogueIsLeftOut(t *testing.T) {
	rows := []pkg.Row{
		{Spec: "npx/plain", Protocol: "npx", Package: "pkg:npm/plain@1.0.0", Coverage: pkg.None, Reasons: []string{"nothing is signed about it, by what r.example says"}},
		{Spec: "npx/lost", Protocol: "npx", Package: "pkg:npm/lost@1.0.0", Coverage: pkg.Unknown, Problem: "it was denied"},
		{
			Spec: "npx/bad", Protocol: "npx", Package: "pkg:npm/bad@1.0.0", Coverage: pkg.Unknown, Problem: "half of it was denied", Wrong: true, Reasons: []string{"it lies"},
			Findings: []model.Finding{{ID: "x", Severity: model.SeverityError, Message: "it lies"}},
		},
		{Spec: "skills/one"},
	}
	facts := Facts{Folder: "specs", Problems: []audit.Problem{{Path: "npx/e", Line: 1, Message: "not YAML"}}}
	var text, document, markdown bytes.Buffer
	styles := theme.New(theme.Options{Mono: true})
	for _, err := range []error{Text(output.NewPage(&text, &styles), rows, facts), JSON(&document, rows, facts), Markdown(&markdown, rows, facts)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for form, want := range map[string][]string{
		text.String(): {
			"pkg:npm/plain@1.0.0  none", "by what r.example says", "pkg:npm/lost@1.0.0  unknown\n", "pkg:npm/bad@1.0.0  unknown, wrong",
			"1 specification is of a skill and names no package", "not read: npx/e:1: not YAML",
		},
		document.String(): {`"skills": 1`, `"wrong": 1`, `"unknown": 2`, `"coverage": "unknown"`, "npx/e:1: not YAML"},
		markdown.String(): {"| unknown, wrong |", "by what r.example says", "1 specification is of a skill", "not read: npx/e:1: not YAML"},
	} {
		for _, w := range want {
			if !strings.Contains(form, w) {
				t.Errorf("%q is not said:\n%s", w, form)
			}
		}
		if strings.Count(form, "it lies") > 2 {
			t.Errorf("said more than once:\n%s", form)
		}
	}
}
