package kyverno

import (
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// FuzzParse: on an image without anything attached, no file is ever met, and every file that is read has an outcome.
func FuzzParse(f *testing.F) {
	f.Add([]byte(policy(attested(`{key: "{{ kind }}", operator: Equals, value: x}`))))
	f.Add([]byte(policy(about("attestors: [{entries: [{keyless: " + keyless + "}]}]"))))
	f.Add([]byte("apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: {rules: []}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse("p.yaml", data)
		if err != nil {
			return
		}
		list := file.Judge(Image{References: []string{"ghcr.io/acme/app:1"}})
		if len(list) == 0 {
			t.Fatal("a file without an outcome")
		}
		for _, o := range list {
			if o.Result == diagnosis.Met {
				t.Errorf("met by nothing: %s", o.Path)
			}
		}
	})
}

// FuzzExpression: no expression ends the program, and one that names nothing in an empty predicate is never compared as
// if it were there.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"a.b[0].c", "length(a)", "a[?b=='c']", "a || `1`", "join(',', a[*].b)", "a.\"b-c\"", "@"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		text := "{{ " + expression + " }}"
		if checkExpressions(text) != nil {
			return
		}
		paths(text)
		if _, missing, err := substitute(text, map[string]any{}); err == nil && missing == "" {
			if v, _ := search(expression, map[string]any{}); v == nil && variable.MatchString(text) && len(variable.FindAllString(text, -1)) == 1 && variable.FindString(text) == text {
				t.Errorf("%q is nothing, and was taken for something", expression)
			}
		}
	})
}
