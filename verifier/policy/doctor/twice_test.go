package doctor

import (
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

func TestAKeyThatIsThereTwiceIsFound(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"a":1,"b":2}`:                             "",
		`{"a":1,"a":2}`:                             "a",
		`{"a":"b","b":"a"}`:                         "",
		`{"a":["a","a"],"b":{"a":1}}`:               "",
		`{"a":[{"b":1},{"b":1}]}`:                   "",
		`{"a":[{"b":1,"c":[{}],"b":2}]}`:            "b",
		`{"a":1,"\u0061":2}`:                        "a",
		`{"a":1,"A":2}`:                             "",
		`{"x":{"y":{"":1,"z":[[{"k":{},"k":3}]]}}}`: "k",
		`[1,2,2]`:                                   "",
		`"a"`:                                       "",
		`{"a":`:                                     "",
	} {
		if got := twice([]byte(document)); got != want {
			t.Errorf("%s: %q, want %q", document, got, want)
		}
	}
}

func TestNoPolicyIsMetWhereAKeyIsThereTwice(t *testing.T) {
	t.Parallel()
	hidden := attests(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_FAILED","attribute":"MCP_SECURITY_SCAN_PASSED"}]}`, nested)
	for file, text := range map[string]string{
		"p.rego": "package signature\nimport rego.v1\nallow if input.predicate.predicate.attributes[0].attribute == \"MCP_SECURITY_SCAN_PASSED\"",
		"p.yaml": kyvernoGood(),
	} {
		if rules := examine(t, file, text, image(t, hidden)); (diagnosis.Examination{Rules: rules}).Satisfied() {
			t.Errorf("%s is met: %+v", file, rules)
		}
		beside := image(t, attests(typeSCAI, scanned, nested), hidden)
		if rules := examine(t, file, text, beside); (diagnosis.Examination{Rules: rules}).Satisfied() {
			t.Errorf("%s is met beside it: %+v", file, rules)
		}
		if rules := examine(t, file, text, image(t, attests(typeSCAI, scanned, nested))); !(diagnosis.Examination{Rules: rules}).Satisfied() {
			t.Errorf("%s is not met without it: %+v", file, rules)
		}
	}
}
