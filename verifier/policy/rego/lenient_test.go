package rego

import (
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// TestNoDetourMakesAGapAYes has what is not there hidden behind everything that the language has for that.
func TestNoDetourMakesAGapAYes(t *testing.T) {
	t.Parallel()
	for name, policy := range map[string]string{
		"a value that stands for it":                 "package signature\nallow if count(object.get(input.predicate, \"failures\", [])) == 0",
		"a value that stands for it, in a function":  "package signature\nf(x) := x.failures\nf(x) := [] if not x.failures\nallow if count(f(input.predicate)) == 0",
		"a rule that holds by negation":              "package signature\nallow := ok\nok if not input.predicate.failed",
		"a function that holds by negation":          "package signature\nallow if ok(input.predicate)\nok(p) if not p.failed",
		"a function that counts nothing":             "package signature\nallow if ok(input)\nok(p) if count([x | x := p.predicate.failed[_]]) == 0",
		"a rule that is an empty list":               "package signature\nbad := [r | r := input.predicate.results[_].bad]\nallow if count(bad) == 0",
		"a rule that is an empty set":                "package signature\nbad := {r | r := input.predicate.results[_].bad}\nallow if bad == set()",
		"a rule that is the number of nothing":       "package signature\nbad := count([r | r := input.predicate.results[_].bad])\nallow if bad == 0",
		"yes unless it says no":                      "package signature\ndefault allow := true\nallow := false if input.predicate.failed",
		"yes unless it says one thing":               "package signature\ndefault allow := true\nallow := false if input.predicate.failed == \"yes\"",
		"else yes":                                   "package signature\nallow := false if { input.predicate.failed } else := true",
		"else a value that will do":                  "package signature\nlevel := \"bad\" if { input.predicate.failed } else := \"safe\"\nallow if level == \"safe\"",
		"a demand that is refuted by negation":       "package x\ndeny contains \"bad\" if not passed\npassed if { not input.predicate.failed; input.predicateType }",
		"a demand about the number of nothing":       "package x\ndeny contains \"x\" if { input.predicateType; count([x | x := input.predicate.failures[_]]) > 0 }",
		"a demand about a rule that counts nothing":  "package x\nbad := [x | x := input.predicate.failures[_]]\ndeny contains \"x\" if { input.predicateType; count(bad) > 0 }",
		"a demand about a function that counts it":   "package x\nbad(p) := [x | x := p.failures[_]]\ndeny contains \"x\" if { input.predicateType; count(bad(input.predicate)) > 0 }",
		"a demand about each of nothing":             "package x\ndeny contains \"x\" if { input.predicateType; some v in [x | x := input.predicate.failures[_]]; v.p }",
		"a demand that is a list of nothing":         "package x\ndeny := [m | m := input.predicate.failures[_].msg]",
		"a demand that is what stands for it":        "package x\ndeny := object.get(input.predicate, \"failures\", [])",
		"a demand that is a list of nothing, or not": "package x\ndefault deny := []\ndeny := input.predicate.failures",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range judged(t, policy, flat) {
				if o.Result != diagnosis.Undefined || !o.FailsOpen {
					t.Errorf("%s, fails open %t: %s", o.Result, o.FailsOpen, o.Message)
				}
			}
		})
	}
}

// TestWhatIsThereIsNoGap has the same means, over what is there.
func TestWhatIsThereIsNoGap(t *testing.T) {
	t.Parallel()
	for name, policy := range map[string]string{
		"a value that stands for nothing": "package signature\nallow if object.get(input.predicate, \"built\", \"\") != \"\"",
		"a function":                      "package signature\nallow if count(f(input.predicate)) == 0\nf(p) := [a | a := p.attributes[_]; a.count > 5]",
		"a rule that holds by negation":   "package signature\nallow := ok\nok if not input.predicate.attributes[0].attribute == \"FAILED\"",
		"yes unless it says no":           "package signature\ndefault allow := true\nallow := false if input.predicate.attributes[0].attribute == \"FAILED\"",
		"else yes":                        "package signature\nallow := false if { input.predicate.attributes[_].count > 5 } else := true",
		"a demand that is an empty list":  "package x\ndeny := [a.attribute | a := input.predicate.attributes[_]; a.count > 5]",
		"a demand about a number":         "package x\ndeny if count([a | a := input.predicate.attributes[_]; a.count > 5]) > 0",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range judged(t, policy, flat) {
				if o.Result != diagnosis.Met {
					t.Errorf("%s: %s", o.Result, o.Message)
				}
			}
		})
	}
}
