package rego

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model/diagnosis"
)

const (
	flat   = `{"_type":"https://in-toto.io/Statement/v1","predicateType":"https://example.com/scan/v1","predicate":{"attributes":[{"attribute":"PASSED","count":0},{"attribute":"REVIEWED","count":2}],"built":"2026-11-20T00:00:00Z","empty":[]}}`
	nested = `{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://example.com/scan/v1","predicate":{"_type":"https://in-toto.io/Statement/v1","predicate":{"attributes":[{"attribute":"FAILED"}]}}}`
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func decoded(t testing.TB, s string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// judged evaluates every decision of a policy.
func judged(t testing.TB, source, statement string) []Outcome {
	t.Helper()
	p, err := Parse(context.Background(), "p.rego", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var list []Outcome
	for _, d := range p.Decisions() {
		list = append(list, p.Judge(context.Background(), d, decoded(t, statement), now)...)
	}
	return list
}

func TestHowARuleEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		policy, statement string
		want              diagnosis.Result
		open              bool
		says              string // part of the message
	}{
		"cosign's allow that is true":             {"package signature\nallow { input.predicateType == \"https://example.com/scan/v1\" }", flat, diagnosis.Met, false, "is true"},
		"cosign's allow that is false by a value": {"package signature\ndefault allow = false\nallow { input.predicateType == \"other\" }", flat, diagnosis.NotMet, false, "is false"},
		"allow without a default and with a path that is not there": {
			"package signature\nallow { input.predicate.builder.id == \"x\" }", flat, diagnosis.Undefined, false, "not defined, because input.predicate.builder is not there"},
		"allow that is false by its default, because nothing is there": {
			"package signature\nimport rego.v1\ndefault allow := false\nallow if input.predicate.builder.id == \"x\"", flat, diagnosis.Undefined, false, "is false, because input.predicate.builder is not there"},
		"one of two definitions could look and said no": {
			"package signature\nallow if input.predicate.nowhere == 1\nallow if input.predicateType == \"other\"", flat, diagnosis.NotMet, false, "not defined"},
		"policy-controller's isCompliant": {"package sigstore\nisCompliant { input.predicate.attributes[_].attribute == \"PASSED\" }", flat, diagnosis.Met, false, "isCompliant is true"},
		"policy-controller's object with a result": {
			"package sigstore\nimport rego.v1\nisCompliant := {\"result\": input.predicate.attributes[0].attribute == \"PASSED\", \"warning\": \"w\"}", flat, diagnosis.Met, false, ""},
		"an object that only looks like a yes elsewhere": {
			"package signature\nallow := {\"result\": input.predicateType == \"https://example.com/scan/v1\"}", flat, diagnosis.NotMet, false, "and not true"},
		"a deny that finds nothing":      {"package x\ndeny[m] { a := input.predicate.attributes[_]; a.count > 5; m := \"much\" }", flat, diagnosis.Met, false, "nothing against it"},
		"a deny that finds something":    {"package x\ndeny[m] { a := input.predicate.attributes[_]; a.count > 1; m := \"much\" }", flat, diagnosis.NotMet, false, "denies: much"},
		"a deny in Rego v1":              {"package x\ndeny contains \"much\" if { some a in input.predicate.attributes; a.count > 1 }", flat, diagnosis.NotMet, false, "denies: much"},
		"a deny that is a truth value":   {"package x\ndefault deny := false\ndeny if input.predicate.attributes[0].attribute != \"PASSED\"", flat, diagnosis.Met, false, ""},
		"a violation with an object":     {"package x\nviolation contains {\"msg\": \"no\"} if input.predicate.attributes[0].count == 0", flat, diagnosis.NotMet, false, `{"msg":"no"}`},
		"a deny over a nested statement": {"package x\ndeny[m] { a := input.predicate.attributes[_]; a.attribute != \"PASSED\"; m := \"no\" }", nested, diagnosis.Undefined, true, "input.predicate.attributes is not there"},
		"a deny that skips one element":  {"package x\ndeny[m] { a := input.predicate.attributes[_]; a.severity == \"HIGH\"; m := \"no\" }", flat, diagnosis.Undefined, true, "attributes[0].severity is not there"},
		"a deny through a function":      {"package x\ndeny if bad(input)\nbad(s) if s.predicate.nowhere == 1", flat, diagnosis.Undefined, true, "input.predicate.nowhere"},
		"a deny through a helper":        {"package x\nbad contains a if some a in input.predicate.nowhere\ndeny if count(bad) > 0", flat, diagnosis.Undefined, true, "input.predicate.nowhere"},
		"a helper that knows both shapes": {
			"package x\nattrs := input.predicate.attributes\nattrs := input.predicate.predicate.attributes\ndeny contains \"no\" if { some a in attrs; a.attribute == \"FAILED\" }", nested, diagnosis.NotMet, false, ""},
		"a deny with a default for what is not there": {"package x\ndeny if object.get(input.predicate, \"critical\", 0) > 3", flat, diagnosis.Undefined, true, "input.predicate.critical"},
		"a deny that refuses what is not there":       {"package x\ndeny contains \"no\" if not input.predicate.nowhere", flat, diagnosis.NotMet, false, "denies"},
		"a deny that looks at something out of sight": {"package x\ndeny if { some s in [input]; s.predicate.nowhere == 1 }", flat, diagnosis.Undefined, true, "could be followed"},
		"an allow that counts what it cannot find": {
			"package signature\nallow if count(bad) == 0\nbad contains v if some v in input.predicate.nowhere", flat, diagnosis.Undefined, true, "true only because input.predicate.nowhere is not there"},
		"an allow by negation of what is not there": {"package signature\nallow if not input.predicate.nowhere", flat, diagnosis.Undefined, true, "only because"},
		"an allow by a comprehension over nothing": {
			"package signature\nallow if count([v | some v in input.predicate.nowhere]) == 0", flat, diagnosis.Undefined, true, "only because"},
		"an allow for every element":        {"package signature\nallow if every a in input.predicate.attributes { a.count < 3 }", flat, diagnosis.Met, false, ""},
		"an allow for every one of nothing": {"package signature\nallow if every a in input.predicate.nowhere { a.count < 3 }", flat, diagnosis.Undefined, false, "input.predicate.nowhere is not there"},
		"a list that is empty":              {"package x\ndeny if { some v in input.predicate.empty; v.bad }", flat, diagnosis.Met, false, ""},
		"the clock is the given one":        {"package signature\nallow if time.now_ns() - time.parse_rfc3339_ns(input.predicate.built) == 129600000000000", flat, diagnosis.Met, false, ""},
		"data that nobody gives":            {"package signature\nallow if input.predicateType == data.allowed.types[_]", flat, diagnosis.Undefined, false, "data.allowed.types is not there"},
		"an import of a part of the input":  {"package x\nimport input.predicate as p\ndeny if p.attributes[0].attribute != \"PASSED\"", nested, diagnosis.Undefined, true, "input.predicate.attributes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list := judged(t, c.policy, c.statement)
			if len(list) != 1 {
				t.Fatalf("%d outcomes: %+v", len(list), list)
			}
			got := list[0]
			if got.Result != c.want || got.FailsOpen != c.open || !strings.Contains(got.Message, c.says) {
				t.Errorf("%s, fails open %t, %q; want %s, %t, …%s…", got.Result, got.FailsOpen, got.Message, c.want, c.open, c.says)
			}
			if got.Expression == "" || got.Line == 0 {
				t.Errorf("neither expression nor line: %+v", got)
			}
		})
	}
}

func TestWhatARuleReadIsShown(t *testing.T) {
	t.Parallel()
	got := judged(t, "package x\n\ndeny[m] {\n  a := input.predicate.attributes[_]\n  a.attribute == \"FAILED\"\n  m := a.attribute\n}", flat)[0]
	if got.Line != 3 || got.Expression != `a.attribute == "FAILED"` {
		t.Errorf("line %d, expression %q", got.Line, got.Expression)
	}
	if len(got.Reads) == 0 || got.Reads[0].Text() != "input.predicate.attributes[_].attribute" || len(got.Reads[0].Values) != 2 {
		t.Errorf("reads %+v", got.Reads)
	}
}

func TestEachDemandIsARuleOfItsOwn(t *testing.T) {
	t.Parallel()
	list := judged(t, `package x
deny contains "one" if input.predicate.attributes[0].attribute != "PASSED"
deny contains "two" if input.predicate.attributes[1].count > 1
deny contains "three" if input.predicate.nowhere == 1`, flat)
	want := []diagnosis.Result{diagnosis.Met, diagnosis.NotMet, diagnosis.Undefined}
	if len(list) != len(want) {
		t.Fatalf("%d outcomes", len(list))
	}
	for i, o := range list {
		if o.Result != want[i] || o.Line != i+2 {
			t.Errorf("%d: %s in line %d, want %s", i, o.Result, o.Line, want[i])
		}
	}
}

func TestWhatIsNotEvaluatedIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ policy, want string }{
		"the network":             {"package x\nallow if http.send({\"url\": \"https://example.com\", \"method\": \"get\"}).status_code == 200", "line 2: the function http.send is not supported"},
		"a name to look up":       {"package x\nallow if net.lookup_ip_addr(\"example.com\")", "net.lookup_ip_addr is not supported: it asks the network"},
		"the environment":         {"package x\nallow if opa.runtime().env.HOME", "opa.runtime is not supported"},
		"chance":                  {"package x\nallow if rand.intn(\"x\", 2) == 1", "rand.intn is not supported"},
		"a schema from elsewhere": {"package x\nallow if json.match_schema(input, {\"$ref\": \"https://example.com/s\"})[0]", "json.match_schema is not supported"},
		"a function of nobody":    {"package x\nallow if sigstore.verify(input)", "sigstore.verify is not supported: OPA has none of that name"},
		"another input":           {"package x\nallow if check with input as {\"a\": 1}\ncheck if input.a == 1", "line 2: the keyword with"},
		"no Rego":                 {"allow: yes", "no Rego that can be read"},
		"a rule of itself":        {"package x\nallow if allow", "no Rego that can be read"},
		"nothing":                 {"", "empty"},
		"no text":                 {"package x\n\xff\xfe", "not UTF-8"},
		"much too much":           {"package x\n" + strings.Repeat("# padding\n", maxSource/10+1), "larger than 256 KiB"},
		"nested without end":      {"package x\nallow if " + strings.Repeat("[", 20000), "no Rego"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(context.Background(), "p.rego", []byte(c.policy))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want …%s…", err, c.want)
			}
		})
	}
}

func TestAPolicyThatTakesWithoutEndIsStopped(t *testing.T) {
	for name, source := range map[string]string{
		"time":   "package x\nallow if { r := numbers.range(1, 100000); some i, j, k; r[i] + r[j] + r[k] == -1 }",
		"memory": "package x\nallow if { x := [s | some i in numbers.range(1, 100000000); s := sprintf(\"%0100d\", [i])]; count(x) == -1 }",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(context.Background(), "p.rego", []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			got := p.Judge(context.Background(), p.Decisions()[0], decoded(t, flat), now)
			if len(got) != 1 || got[0].Result != diagnosis.Unsupported || !strings.Contains(got[0].Message, "could not be evaluated") {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAStoppedRunAnswersNothing(t *testing.T) {
	t.Parallel()
	p, err := Parse(context.Background(), "p.rego", []byte("package x\nallow if { r := numbers.range(1, 100000); some i, j; r[i] + r[j] == -1 }"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := p.Judge(ctx, p.Decisions()[0], decoded(t, flat), now); got[0].Result != diagnosis.Unsupported {
		t.Errorf("got %+v", got)
	}
}

func TestVersionsOfTheLanguage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		policy string
		want   Version
		also   bool
	}{
		"rules without if are v0":    {"package x\nallow { true }", V0, false},
		"if without an import is v1": {"package x\nallow if true", V1, false},
		"rego.v1 is both":            {"package x\nimport rego.v1\nallow if true", V1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := Parse(context.Background(), "p.rego", []byte(c.policy))
			if err != nil {
				t.Fatal(err)
			}
			if p.Version != c.want || p.Also != c.also {
				t.Errorf("%s, also the other: %t", p.Version, p.Also)
			}
		})
	}
}

func TestDecisionsThatToolsAskFor(t *testing.T) {
	t.Parallel()
	p, err := Parse(context.Background(), "p.rego", []byte("package signature\nallow { true }\ndeny[m] { m := \"x\" }\nisCompliant(x) { x }\nallowed { true }"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range p.Decisions() {
		got = append(got, d.Name+" "+string(d.Tool))
	}
	if want := "data.signature.allow cosign verify-attestation|data.signature.deny "; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestWhatAPolicyReadsIsFoundOutWithinBounds(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("package signature\nallow if not p0.failed\np6 := input.predicate\n")
	for level := range 6 {
		for range 12 { // twelve ways to each of twelve, six times
			fmt.Fprintf(&b, "p%d := p%d if input.predicate\n", level, level+1)
		}
	}
	got := judged(t, b.String(), flat)
	if got[0].Result != diagnosis.Undefined || !strings.Contains(got[0].Message, "input.predicate.failed is not there") {
		t.Errorf("%s: %s", got[0].Result, got[0].Message)
	}
}
