package breaking

import (
	"slices"
	"strings"
	"testing"
)

func TestValuesAreBrokenBeforeTheWordsThatSayOfWhatFormSomethingIs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		statement  bool
		first      string // what the first letter that is changed is in
	}{
		{"a predicate", `{"_type":"a","predicate":{"passed":true}}`, true, `passed`},
		{"a statement without a predicate", `{"_type":"a","subject":[{"digest":{"sha256":"0123456789"}}],"predicate":{}}`, true, `sha256`},
		{"a simple signature", `{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":"sha256:0123456789"}}}`, false, `docker-manifest-digest`},
		{"a name", "https://github.com/org/app", false, "github.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := letters([]byte(c.text), c.statement)
			at := strings.Index(c.text, c.first)
			if all[0] < at || all[0] > at+len(c.first) {
				t.Errorf("the first is %q at %d", c.text[all[0]:], all[0])
			}
			slices.Sort(all)
			if len(slices.Compact(all)) != len(all) {
				t.Error("a place is named twice")
			}
		})
	}
}
