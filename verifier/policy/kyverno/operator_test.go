package kyverno

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// TestOperatorsCompareAsKyvernoDoes has each line as an operator, a key, a value and the answer. The answers are those of
// Kyverno 1.19, whose operators were run over the same lines.
func TestOperatorsCompareAsKyvernoDoes(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(`
Equals | "abc" | "a*c" | true
Equals | "a*c" | "abc" | false
Equals | "1h" | "60m" | true
Equals | "1h" | 3600 | true
Equals | 3600 | "1h" | false
Equals | "1Mi" | "1048576" | true
Equals | "100m" | "0.1" | true
Equals | "5" | "5.0" | true
Equals | "5" | 5 | false
Equals | 5 | "5" | true
Equals | 5 | "5.0" | false
Equals | 5.5 | "5.50" | true
Equals | true | "true" | false
Equals | {"a":1} | {"a":1} | true
Equals | ["x","z"] | ["z","x"] | false
NotEquals | "abc" | "x*" | true
NotEquals | "1Mi" | "1M" | true
NotEquals | 5 | "5" | false
GreaterThan | 7 | "5" | true
GreaterThan | "7" | 5 | true
GreaterThan | "10" | "9" | true
GreaterThan | "1h" | "59m" | true
GreaterThan | "1h" | 3599 | true
GreaterThan | 3601 | "1h" | true
GreaterThan | "1Gi" | "1000M" | true
GreaterThan | "1.10.0" | "1.9.0" | true
GreaterThan | "1.2.3" | "1.2.3-rc.1" | true
GreaterThan | "v1.10.0" | "v1.9.0" | false
GreaterThan | "many" | 1 | false
LessThan | "many" | 1 | false
LessThanOrEquals | 5 | 5 | true
GreaterThanOrEquals | 4.9 | 5 | false
LessThan | "1e3" | "1001" | true
LessThan | true | 5 | false
DurationGreaterThan | "2h" | "1h" | true
DurationGreaterThan | 7200 | "1h" | true
DurationLessThan | "0" | "1s" | true
DurationLessThanOrEquals | "1h" | "3600" | false
DurationGreaterThanOrEquals | 90.9 | 90 | true
In | "x" | ["x","z"] | true
In | "xy" | ["x*"] | true
In | ["x"] | ["x","z"] | true
In | ["x*"] | ["xy"] | false
In | "x" | "[\"x\"]" | true
In | 5 | ["5"] | true
In | "x" | 5 | false
NotIn | "x" | ["z"] | true
NotIn | "x" | "z" | false
NotIn | ["x","z"] | ["x"] | true
NotIn | ["x"] | ["x","z"] | false
AnyIn | "x" | "x" | true
AnyIn | 7 | "1-10" | true
AnyIn | 20 | "1-10" | false
AnyIn | ["20","7"] | "1-10" | true
AnyIn | "1.5Gi" | "1Gi-2Gi" | true
AnyIn | "90m" | "1h-2h" | true
AnyIn | true | ["true"] | true
AnyIn | ["5"] | 5 | true
AnyIn | "x" | "[\"x\",\"z\"]" | true
AnyIn | "5" | "[5]" | false
AnyIn | {"a":1} | ["a"] | false
AllIn | ["3","7"] | "1-10" | true
AllIn | ["3","20"] | "1-10" | false
AllIn | ["5"] | 5 | false
AllIn | 1000000 | ["1000000"] | true
AllIn | 1e21 | ["1e+21"] | true
AnyNotIn | ["3","20"] | "1-10" | true
AnyNotIn | ["x"] | "1-10" | false
AnyNotIn | "x" | "1-10" | true
AnyNotIn | ["x","z"] | ["x"] | true
AnyNotIn | "5" | "[5]" | false
AllNotIn | ["20"] | "1-10" | true
AllNotIn | ["x"] | "z" | true
AllNotIn | ["x","z"] | ["z"] | false
AllNotIn | {"a":1} | ["b"] | false
`) {
		fields := strings.Split(strings.TrimSpace(line), " | ")
		if len(fields) != 4 {
			continue
		}
		t.Run(strings.Join(fields[:3], " "), func(t *testing.T) {
			t.Parallel()
			var key, value any
			if err := errors.Join(json.Unmarshal([]byte(fields[1]), &key), json.Unmarshal([]byte(fields[2]), &value)); err != nil {
				t.Fatal(err)
			}
			got, err := compare(fields[0], key, value, false, false)
			if err != nil || fmt.Sprint(got) != fields[3] {
				t.Errorf("%t, %v", got, err)
			}
		})
	}
}

func TestWhatKyvernoCannotBeTrustedWithIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		operator   string
		key, value any
		want       error
	}{
		"a list of nothing":                    {"AllIn", []any{}, []any{"a"}, errNothing},
		"a list of nothing, to NotIn":          {"NotIn", []any{}, []any{"a"}, errNothing},
		"a truth value and a text":             {"NotEquals", true, "false", errKinds},
		"an amount and a word":                 {"NotEquals", "5", "five", errKinds},
		"a list that is not of texts":          {"In", []any{1.0}, []any{"1"}, errStops},
		"one text, not in itself":              {"NotIn", []any{"a"}, "a", errBackwards},
		"a range that begins with a sign":      {"AnyNotIn", []any{"3"}, "-5-10", errComparison},
		"more seconds than there are":          {"LessThan", 1e19, "1h", errComparison},
		"a number without end, and a duration": {"LessThan", "inf", "1h", errComparison},
		"an amount that is rounded":            {"Equals", "0.0000000001", "0.0000000001", errAmount},
		"an amount that is capped":             {"Equals", "9999Ei", "9999Ei", errAmount},
		"a unit without an amount":             {"Equals", "k", "k", errAmount},
		"nothing at all":                       {"Equals", nil, "a", errComparison},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if yes, err := compare(c.operator, c.key, c.value, false, false); yes || !errors.Is(err, c.want) {
				t.Errorf("%t, %v", yes, err)
			}
		})
	}
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1": "1", "+1": "1", "-1": "-1", "007": "7", ".5": "1/2", "1.": "1", "1.5Gi": "1610612736", "100m": "1/10", "1n": "1/1000000000",
		"1e3": "1000", "1E3": "1000", "1E": "1000000000000000000", "12k": "12000", "": "", "1KB": "", "1 k": "", "0x10": "", "1e": "", "abc": "",
	} {
		q, ok, err := quantity(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		wanted, known := new(big.Rat).SetString(want)
		if ok != known || ok && q.Cmp(wanted) != 0 {
			t.Errorf("%q is %v, %t", text, q, ok)
		}
	}
}
