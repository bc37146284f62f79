package kyverno

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

const (
	actions  = "https://token.actions.githubusercontent.com"
	release  = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
	scanType = "https://example.com/scan/v1"
)

// policy is a ClusterPolicy with one entry of verifyImages.
func policy(entry string) string {
	lines := strings.Split(strings.TrimSpace(entry), "\n")
	return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p}
spec:
  validationFailureAction: Enforce
  rules:
    - name: r
      match: {any: [{resources: {kinds: [Pod]}}]}
      verifyImages:
        - ` + strings.Join(lines, "\n          ") + "\n"
}

// about is an entry for our image, by the release workflow, with bundles.
func about(more string) string {
	return `imageReferences: ["ghcr.io/acme/*"]
type: SigstoreBundle
` + more
}

const keyless = `{issuer: "` + actions + `", subject: "` + release + `"}`

func attested(condition string) string {
	return about(`attestations:
  - type: ` + scanType + `
    attestors: [{entries: [{keyless: ` + keyless + `}]}]
    conditions:
      - all:
          - ` + condition)
}

func signer() model.Signer {
	return model.Signer{Kind: model.SignerCertificate, Issuer: actions, Subject: release, Fingerprint: "sha256:1"}
}

func bundle(change ...func(*Node)) Node {
	n := Node{ID: "sha256:sig", Trusted: true, Signature: true, Signer: signer(), Bundle: true, Referrer: true, Logged: true, LogTime: true, Size: 1000}
	for _, c := range change {
		c(&n)
	}
	return n
}

func scan(t testing.TB, predicate string, change ...func(*Node)) Node {
	t.Helper()
	n := Node{ID: "sha256:scan", Trusted: true, Type: scanType, Signer: signer(), Bundle: true, Referrer: true, Logged: true, LogTime: true, Size: 1000}
	if err := json.Unmarshal([]byte(`{"predicate":`+predicate+`}`), &n.Statement); err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(&n)
	}
	n.ID = "sha256:" + n.Signer.Subject + predicate
	return n
}

func untrusted(n *Node) { n.Trusted = false }
func atTag(n *Node)     { n.Bundle, n.Referrer, n.AtTag = false, false, true }
func by(subject string) func(*Node) {
	return func(n *Node) { n.Signer.Subject = subject }
}

func worst(list []Outcome) Outcome {
	return slices.MaxFunc(list, func(a, b Outcome) int { return severity(a) - severity(b) })
}

func judge(t testing.TB, text string, image Image) []Outcome {
	t.Helper()
	f, err := Parse("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if image.References == nil {
		image.References = []string{"ghcr.io/acme/app:1", "ghcr.io/acme/app@sha256:0"}
	}
	list := f.Judge(image)
	if len(list) == 0 {
		t.Fatal("no outcome")
	}
	return list
}

const passed = `{"attributes":[{"attribute":"PASSED","count":3}],"kind":"x","age":"36h","ok":true,"names":["a","b"],"none":[],"star":"*","both":[{"severity":"LOW"},{"name":"x"}],"inject":"{{ kind }}","mixed":["a",1],"single":["a"]}`

func TestConditions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		condition string
		want      diagnosis.Result
	}{
		"equal texts":                    {`{key: "{{ attributes[0].attribute }}", operator: Equals, value: PASSED}`, diagnosis.Met},
		"texts that differ":              {`{key: "{{ kind }}", operator: Equals, value: z}`, diagnosis.NotMet},
		"a pattern":                      {`{key: "{{ attributes[0].attribute }}", operator: Equals, value: "PASS*"}`, diagnosis.Met},
		"not equal":                      {`{key: "{{ kind }}", operator: NotEquals, value: z}`, diagnosis.Met},
		"a truth value":                  {`{key: "{{ ok }}", operator: Equals, value: true}`, diagnosis.Met},
		"a truth value as a text":        {`{key: "{{ ok }}", operator: Equals, value: "true"}`, diagnosis.NotMet},
		"a number":                       {`{key: "{{ attributes[0].count }}", operator: Equals, value: 3}`, diagnosis.Met},
		"more than":                      {`{key: "{{ attributes[0].count }}", operator: GreaterThan, value: 2}`, diagnosis.Met},
		"not more than itself":           {`{key: "{{ attributes[0].count }}", operator: GreaterThan, value: 3}`, diagnosis.NotMet},
		"at most":                        {`{key: "{{ attributes[0].count }}", operator: LessThanOrEquals, value: "3"}`, diagnosis.Met},
		"a duration":                     {`{key: "{{ age }}", operator: LessThan, value: 48h}`, diagnosis.Met},
		"a function of JMESPath":         {`{key: "{{ length(attributes) }}", operator: Equals, value: 1}`, diagnosis.Met},
		"a filter":                       {`{key: "{{ attributes[?attribute=='PASSED'].count | [0] }}", operator: Equals, value: 3}`, diagnosis.Met},
		"in a list":                      {`{key: "{{ kind }}", operator: AnyIn, value: [x, z]}`, diagnosis.Met},
		"all in a list":                  {`{key: "{{ names }}", operator: AllIn, value: [a, b, c]}`, diagnosis.Met},
		"one not in a list":              {`{key: "{{ names }}", operator: AllIn, value: [a]}`, diagnosis.NotMet},
		"none of a list":                 {`{key: "{{ names }}", operator: AllNotIn, value: [c]}`, diagnosis.Met},
		"an element that is left out":    {`{key: "{{ both[*].severity }}", operator: AllNotIn, value: [HIGH]}`, diagnosis.Undefined},
		"one that need not be there":     {`{key: "{{ both[*].severity }}", operator: AnyIn, value: [LOW]}`, diagnosis.Met},
		"elements left out on purpose":   {`{key: "{{ both[?severity].severity }}", operator: AllNotIn, value: [HIGH]}`, diagnosis.Undefined},
		"an empty list decides nothing":  {`{key: "{{ none }}", operator: AllNotIn, value: [c]}`, diagnosis.Undefined},
		"what is not there":              {`{key: "{{ nowhere.at.all }}", operator: Equals, value: x}`, diagnosis.Undefined},
		"not equal to what is not there": {`{key: "{{ nowhere }}", operator: NotEquals, value: x}`, diagnosis.Undefined},
		"a default for it":               {`{key: "{{ nowhere || 'x' }}", operator: Equals, value: x}`, diagnosis.Undefined},
		"a default for what is there":    {`{key: "{{ kind || 'z' }}", operator: Equals, value: x}`, diagnosis.Met},
		"a text around an expression":    {`{key: "is-{{ kind }}", operator: Equals, value: is-x}`, diagnosis.Met},
		"Kyverno's own function":         {`{key: "{{ time_since('', age, '') }}", operator: LessThan, value: 1h}`, diagnosis.Unsupported},
		"the request":                    {`{key: "{{ request.operation }}", operator: Equals, value: CREATE}`, diagnosis.Unsupported},
		"an operator of nobody":          {`{key: "{{ kind }}", operator: Is, value: x}`, diagnosis.Unsupported},
		"a range":                        {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: "1-3"}`, diagnosis.Met},
		"out of a range":                 {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: "4-9"}`, diagnosis.NotMet},
		"versions":                       {`{key: "1.2.3", operator: GreaterThan, value: "1.2.0"}`, diagnosis.Met},
		"an expression that is none":     {`{key: "{{ a..b }}", operator: Equals, value: x}`, diagnosis.Unsupported},
		"not equal to another kind":      {`{key: "{{ ok }}", operator: NotEquals, value: "false"}`, diagnosis.Undefined},
		"a text, not equal to a number":  {`{key: "{{ kind }}", operator: NotEquals, value: 5}`, diagnosis.Undefined},
		"a list, not equal to a text":    {`{key: "{{ names }}", operator: NotEquals, value: z}`, diagnosis.Undefined},
		"a number, not equal to a word":  {`{key: "{{ attributes[0].count }}", operator: NotEquals, value: z}`, diagnosis.Undefined},
		"none of a text":                 {`{key: "{{ kind }}", operator: AllNotIn, value: z}`, diagnosis.Met},
		"a truth value in a list":        {`{key: "{{ ok }}", operator: AnyNotIn, value: ["false"]}`, diagnosis.Met},
		"a text in a number":             {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: 3}`, diagnosis.NotMet},
		"a number that is large":         {`{key: 1000000, operator: AnyNotIn, value: ["1000000"]}`, diagnosis.NotMet},
		"an object with an expression":   {`{key: {a: "{{ kind }}"}, operator: NotEquals, value: {a: x}}`, diagnosis.NotMet},
		"a name that is an expression":   {`{key: {"{{ kind }}": x}, operator: NotEquals, value: {a: x}}`, diagnosis.Unsupported},
		"yes, which is true to others":   {`{key: "{{ ok }}", operator: NotEquals, value: no}`, diagnosis.Unsupported},
		"octal, to some":                 {`{key: "{{ attributes[0].count }}", operator: LessThan, value: 010}`, diagnosis.Unsupported},
		"yes as a text":                  {`{key: "{{ kind }}", operator: NotEquals, value: "yes"}`, diagnosis.Met},
		"the request, further in":        {`{key: "{{ not_null(request.operation, 'x') }}", operator: Equals, value: x}`, diagnosis.Unsupported},
		"a field called request":         {`{key: "{{ attributes[0].request || 'x' }}", operator: Equals, value: x}`, diagnosis.Undefined},
		"a pattern in what is there":     {`{key: "{{ star }}", operator: AnyIn, value: [a, b]}`, diagnosis.Undefined},
		"a * that is asked for":          {`{key: "{{ star }}", operator: AnyIn, value: ["*"]}`, diagnosis.Met},
		"a pattern from what is there":   {`{key: z, operator: Equals, value: "{{ star }}"}`, diagnosis.Undefined},
		"an expression in what is there": {`{key: "{{ inject }}", operator: NotEquals, value: z}`, diagnosis.Unsupported},
		"an expression that is escaped":  {`{key: '\{{ kind }}', operator: Equals, value: x}`, diagnosis.Unsupported},
		"a reference":                    {`{key: "$(./../key)", operator: Equals, value: x}`, diagnosis.Unsupported},
		"a list with a number, to In":    {`{key: "{{ mixed }}", operator: In, value: [a, b]}`, diagnosis.Undefined},
		"NotIn of one text":              {`{key: "{{ single }}", operator: NotIn, value: a}`, diagnosis.Undefined},
		"no value":                       {`{key: "{{ kind }}", operator: Equals}`, diagnosis.Unsupported},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worst(judge(t, policy(attested(c.condition)), Image{Nodes: []Node{scan(t, passed)}}))
			if got.Result != c.want {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}

// Kyverno lets each of these pass, because a field is not there; were it there, it might not.
var lenient = []string{
	`{key: "{{ length(attributes[?severity=='HIGH']) }}", operator: Equals, value: 0}`,
	`{key: "{{ attributes[?severity=='HIGH'] | length(@) }}", operator: LessThan, value: 1}`,
	`{key: "{{ length(failures || ` + "`[]`" + `) }}", operator: Equals, value: 0}`,
	`{key: "{{ not_null(failed, 'no') }}", operator: Equals, value: "no"}`,
	`{key: "{{ !failed }}", operator: Equals, value: true}`,
	`{key: "{{ failed == 'x' }}", operator: Equals, value: false}`,
	`{key: "{{ failed != 'x' }}", operator: Equals, value: true}`,
	`{key: "{{ attributes[0].failed == null }}", operator: Equals, value: true}`,
	`{key: "{{ type(failed) }}", operator: Equals, value: "null"}`,
	`{key: "{{ to_string(failed) }}", operator: Equals, value: "null"}`,
	`{key: "{{ contains(keys(attributes[0]), 'failed') }}", operator: Equals, value: false}`,
	`{key: "{{ keys(attributes[0]) }}", operator: AllNotIn, value: [failed]}`,
	`{key: "{{ attributes[0].[failed, count] }}", operator: AllNotIn, value: [bad]}`,
	`{key: "{{ merge({failed: ` + "`false`" + `}, attributes[0]).failed }}", operator: Equals, value: false}`,
	`{key: "{{ map(&severity, attributes) }}", operator: AllNotIn, value: [HIGH]}`,
	`{key: "{{ failed && ` + "`true` || `false`" + ` }}", operator: Equals, value: false}`,
	`{key: "{{ both[?severity].severity }}", operator: AllNotIn, value: [HIGH]}`,
	`{key: "{{ attributes[?failed.deep=='x'] | length(@) }}", operator: Equals, value: 0}`,
	`{key: x, operator: NotEquals, value: "{{ failed || 'y' }}"}`,
}

// And these look at what is there.
var looking = []string{
	`{key: "{{ length(attributes[?attribute=='FAILED']) }}", operator: Equals, value: 0}`,
	`{key: "{{ attributes[?contains(attribute, 'FAIL')] | length(@) }}", operator: Equals, value: 0}`,
	`{key: "{{ length(attributes[?count > ` + "`9`" + `]) }}", operator: Equals, value: 0}`,
	`{key: "{{ contains(names, 'z') }}", operator: Equals, value: false}`,
	`{key: "{{ kind == 'x' && ok }}", operator: Equals, value: true}`,
	`{key: "{{ sum(attributes[].count) }}", operator: LessThan, value: 9}`,
	`{key: "{{ length(attributes) }}", operator: GreaterThan, value: 0}`,
	`{key: "{{ max_by(attributes, &count).count }}", operator: LessThan, value: 5}`,
	`{key: "{{ to_string(ok) }}", operator: Equals, value: "true"}`,
	`{key: "{{ attributes[?attribute=='PASSED'].count }}", operator: AnyIn, value: [3]}`,
}

func TestWhatIsMetOnlyBecauseAFieldIsNotThereIsUndefined(t *testing.T) {
	t.Parallel()
	for _, condition := range lenient {
		got := worst(judge(t, policy(attested(condition)), Image{Nodes: []Node{scan(t, passed)}}))
		if got.Result != diagnosis.Undefined || !got.FailsOpen || !strings.Contains(got.Message, "is not there") {
			t.Errorf("%s: %s: %s", condition, got.Result, got.Message)
		}
	}
	for _, condition := range looking {
		if got := worst(judge(t, policy(attested(condition)), Image{Nodes: []Node{scan(t, passed)}})); got.Result != diagnosis.Met {
			t.Errorf("%s: %s: %s", condition, got.Result, got.Message)
		}
	}
}

func TestWildcard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"a*c", "abbc", true}, {"a*c", "abbd", false}, {"a?c", "abc", true}, {"a?c", "ac", false},
		{"ghcr.io/*", "ghcr.io/a/b:1", true}, {"", "", true}, {"", "a", false}, {"*a*b*", "xaxbx", true}, {"a", "A", false},
	} {
		if got := Wildcard(c.pattern, c.text); got != c.want {
			t.Errorf("Wildcard(%q, %q) = %t", c.pattern, c.text, got)
		}
	}
}
