package rego

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// Each of these is let pass by OPA because something is not there. What hides that is what it is called after.
var detours = map[string]string{
	"a negation inside of an every":                          "package signature\nallow if { input.predicateType; every a in input.predicate.attributes { not a.failed } }",
	"a negation inside of two":                               "package signature\nallow if { input.predicateType; every a in input.predicate.attributes { a.attribute; every b in input.predicate.attributes { not b.failed } } }",
	"members of what a function gives":                       "package signature\nf(a, b) := a if b == 1\nf(a, b) := {} if b == 2\nallow if { input.predicateType; not f(input.predicate, 1).failed }",
	"members of what one function gives":                     "package signature\nf(a) := a.predicate\nallow if { input.predicateType; not f(input).failed }",
	"a name for what a function gives":                       "package signature\ng(x) := x.predicate\nallow if { v := g(input); not v.failed }\nother if { w := g(input.predicate); w.v == 1 }",
	"a name for that name":                                   "package signature\ng(x) := x.predicate\nallow if { v := g(input); w := v; not w.failed }\nother if { w := g(input.predicate); w.v == 1 }",
	"an object of the same members":                          "package signature\ng[k] := v if some k, v in input.predicate\nallow if { input.predicateType; not g.failed }",
	"a member that may be left out of what a function gives": "package signature\nk(x) := x.predicate if { not x.bad }\nk(x) := x.bad if { x.bad }\nallow if { v := k(input); object.get(v, \"failed\", []) == [] }",
	"a default that is denied twice":                         "package signature\nallow if { input.predicateType; not bad }\nbad if { not object.get(input.predicate, \"failures\", null) == null }",
	"a count that is denied twice":                           "package signature\nallow if { input.predicateType; not bad }\nbad if { not count([x | x := input.predicate.failures[_]]) == 0 }",
	"a name that is put together":                            "package signature\nallow if { input.predicateType; not input.predicate[concat(\"\", [\"fai\", \"led\"])] }",
	"a name that is a rule":                                  "package signature\nname := \"failed\"\nallow if { input.predicateType; not input.predicate[name] }",
	"a piece that is taken apart":                            "package signature\nallow if { {\"predicate\": q, \"predicateType\": _, \"_type\": _} = input; not q.failed }",
	"object.union default":                                   "package signature\nallow if { o := object.union({\"failed\": false}, input.predicate); o.failed == false }",
	"object.union default 2":                                 "package signature\nallow if object.union({\"bad\": []}, input.predicate).bad == []",
	"object.union_n":                                         "package signature\nallow if object.union_n([{\"bad\": []}, input.predicate]).bad == []",
	"json.filter2":                                           "package signature\nallow if count(json.filter(input.predicate, [\"bad\"])) == 0",
	"json.remove":                                            "package signature\nallow if json.remove(input.predicate, [\"x\"]) == input.predicate",
	"object.filter":                                          "package signature\nallow if count(object.filter(input.predicate, [\"bad\"])) == 0",
	"object.keys":                                            "package signature\nallow if not \"bad\" in object.keys(input.predicate)",
	"key arg":                                                "package signature\nhas(o, k) if o[k]\nallow if not has(input.predicate, \"bad\")",
	"key arg2":                                               "package signature\nget(o, k) := o[k]\nget(o, k) := \"ok\" if not o[k]\nallow if get(input.predicate, \"result\") == \"ok\"",
	"walk":                                                   "package signature\nallow if count([v | walk(input, [p, v]); p[count(p)-1] == \"failed\"]) == 0",
	"walk not":                                               "package signature\nallow if not bad\nbad if { walk(input, [p, v]); p[_] == \"failed\"; v == true }",
	"walk deny":                                              "package x\ndeny contains \"x\" if { walk(input, [p, v]); p[_] == \"severity\"; v == \"HIGH\" }",
	"some in var":                                            "package signature\nallow if count(bad) == 0\nbad contains x if { p := input.predicate; some x in p.failures }",
	"some k":                                                 "package signature\nallow if { some k in [\"failures\"]; not input.predicate[k] }",
	"every var":                                              "package signature\nallow if { xs := [x | x := input.predicate.failures[_]]; every x in xs { x == 1 } }",
	"every over get":                                         "package signature\nallow if every x in object.get(input.predicate, \"failures\", []) { x.ok }",
	"every over obj":                                         "package signature\nallow if every k, v in object.get(input, \"nope\", {}) { k; v }",
	"array.concat":                                           "package signature\nallow if count(array.concat([], [x | x := input.predicate.failures[_]])) == 0",
	"sum":                                                    "package signature\nallow if sum([x | x := input.predicate.failures[_].n]) == 0",
	"max default":                                            "package signature\nallow if max(array.concat([0],[x.n | some x in input.predicate.failures])) < 5",
	"set diff":                                               "package signature\nallow if {x | x := input.predicate.failures[_]} - {1} == set()",
	"set subset":                                             "package signature\nallow if { s := {x | x := input.predicate.failures[_].name}; s & {\"bad\"} == set() }",
	"default rule value":                                     "package signature\ndefault level := \"ok\"\nlevel := input.predicate.level\nallow if level == \"ok\"",
	"default fn":                                             "package signature\ndefault lvl(_) := \"ok\"\nlvl(p) := p.level\nallow if lvl(input.predicate) == \"ok\"",
	"is_null":                                                "package signature\nallow if object.get(input.predicate, \"failed\", null) == null",
	"object.get path":                                        "package signature\nallow if object.get(input, [\"predicate\",\"a\",\"b\"], 0) == 0",
	"object.get var default":                                 "package signature\nd := []\nallow if count(object.get(input.predicate, \"bad\", d)) == 0",
	"ref to whole":                                           "package signature\nallow if count([1 | some k, v in input.predicate; k == \"failed\"]) == 0",
	"contains json.marshal":                                  "package signature\nallow if not contains(json.marshal(input), \"FAILED\")",
	"regex json":                                             "package signature\nallow if not regex.match(\"fail\", json.marshal(input.predicate))",
	"to_array":                                               "package signature\nallow if not input.predicate.failures[0].bad == true",
	"not not":                                                "package signature\nallow if not bad\nbad if not good\ngood if not input.predicate.failed",
	"nested fn":                                              "package signature\nf(x) := g(x.predicate)\ng(p) := p.failures\nallow if not f(input)",
	"comprehension fn":                                       "package signature\nbad(p) := {f | some f in p.failures}\nallow if bad(input.predicate) == set()",
	"allow true":                                             "package signature\nallow := true",
	"default allow true":                                     "package signature\ndefault allow := true",
	"default allow true2":                                    "package signature\ndefault allow := true\nallow := false if input.predicate.nope == 1",
	"deny empty":                                             "package x\ndeny := set()",
	"deny false":                                             "package x\ndeny := false",
	"input itself":                                           "package signature\nallow if input",
	"else chain":                                             "package signature\nallow := false if { input.predicate.bad } else := false if { input.predicate.worse } else := true",
	"ternary":                                                "package signature\nx := y if { y := input.predicate.failed } else := false\nallow if x == false",
	"or set":                                                 "package signature\nallow if { {true | not input.predicate.failed} == {true} }",
	"array cmp":                                              "package signature\nallow if [1 | input.predicate.failed] == []",
	"object comp":                                            "package signature\nallow if {k: v | some k, v in input.predicate.failures} == {}",
	"print":                                                  "package signature\nallow if { x := [y | y := input.predicate.failures[_]]; print(x); count(x) == 0 }",
	"glob":                                                   "package signature\nallow if not glob.match(\"*bad*\", [], object.get(input.predicate, \"name\", \"\"))",
	"sprintf":                                                "package signature\nallow if sprintf(\"%v\", [object.get(input.predicate, \"x\", \"ok\")]) == \"ok\"",
	"object.subset":                                          "package signature\nallow if not object.subset(input.predicate, {\"failed\": true})",
	"json.patch":                                             "package signature\nallow if json.patch(input.predicate, [{\"op\":\"add\",\"path\":\"failed\",\"value\":false}]).failed == false",
	"assign chain":                                           "package signature\nallow if { p := input.predicate; q := p; not q.failed }",
	"arr destructure":                                        "package signature\nallow if { [p, t] := [input.predicate, input.predicateType]; not p.failed }",
	"obj destructure":                                        "package signature\nallow if { {\"p\": p} := {\"p\": input.predicate}; not p.failed }",
	"obj build":                                              "package signature\nallow if { o := {\"p\": input.predicate}; not o.p.failed }",
	"arr build":                                              "package signature\nallow if { o := [input.predicate]; not o[0].failed }",
	"some in arr":                                            "package signature\nallow if { some p in [input.predicate]; not p.failed }",
	"set helper":                                             "package signature\nps contains input.predicate\nallow if { some p in ps; not p.failed }",
}

func TestWhatCannotBeFollowedIsNotMet(t *testing.T) {
	t.Parallel()
	for name, policy := range detours {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range judged(t, policy, flat) {
				if o.Result != diagnosis.Undefined {
					t.Errorf("%s: %s", o.Result, o.Message)
				}
				if !o.FailsOpen && !strings.Contains(o.Message, "(line ") {
					t.Errorf("neither what is missing nor what could not be followed is said: %s", o.Message)
				}
			}
		})
	}
}

// Each of these looks at what is there, in the ways that policies are written.
var straight = map[string]string{
	"a negation of what is there":  "package signature\nallow if { every a in input.predicate.attributes { not a.attribute == \"FAILED\" } }",
	"a list that a function gives": "package signature\nattrs(x) := x.predicate.attributes\nallow if { some a in attrs(input); a.attribute == \"PASSED\" }",
	"a text that a function gives": "package signature\nfirst(x) := x.predicate.attributes[0].attribute\nallow if lower(first(input)) == \"passed\"",
	"helper list":                  "package x\nattrs := input.predicate.attributes\ndeny contains \"x\" if attrs[_].attribute == \"FAILED\"",
	"helper chain":                 "package x\np := input.predicate\nattrs := p.attributes\ndeny contains \"x\" if { some a in attrs; a.attribute == \"FAILED\" }",
	"names":                        "package signature\nnames := {a.attribute | some a in input.predicate.attributes}\nallow if \"PASSED\" in names",
	"names2":                       "package signature\nallow if { names := {a.attribute | some a in input.predicate.attributes}; names == {\"PASSED\",\"REVIEWED\"} }",
	"names3":                       "package signature\nrequired := {\"PASSED\"}\nallow if { names := {a.attribute | some a in input.predicate.attributes}; count(required - names) == 0 }",
	"by name":                      "package signature\nallow if { m := {a.attribute: a.count | some a in input.predicate.attributes}; m[\"PASSED\"] == 0 }",
	"by name obj":                  "package signature\nallow if { m := {a.attribute: a | some a in input.predicate.attributes}; m[\"PASSED\"].count == 0 }",
	"filter list":                  "package signature\nallow if { bad := [a | some a in input.predicate.attributes; a.count > 5]; count(bad) == 0 }",
	"filter list rule":             "package signature\nbad contains a if { some a in input.predicate.attributes; a.count > 5 }\nallow if count(bad) == 0",
	"filter then":                  "package signature\nallow if { ok := [a | some a in input.predicate.attributes; a.attribute == \"PASSED\"]; ok[0].count == 0 }",
	"filter rule then":             "package signature\nok contains a if { some a in input.predicate.attributes; a.attribute == \"PASSED\" }\nallow if { some a in ok; a.count == 0 }",
	"fn":                           "package signature\nis_ok(a) if a.count < 3\nallow if every a in input.predicate.attributes { is_ok(a) }",
	"fn2":                          "package signature\nfresh(p) if time.now_ns() - time.parse_rfc3339_ns(p.built) < 1000000000000000\nallow if fresh(input.predicate)",
	"key const":                    "package signature\nget(o, k) := o[k]\nallow if count(get(input.predicate, \"attributes\")) == 2",
	"sprintf obj":                  "package x\ndeny contains m if { some a in input.predicate.attributes; a.attribute == \"FAILED\"; m := sprintf(\"bad: %v\", [a]) }",
	"dockyard":                     "package scans\n\ndeny[reason] {\n  entry := input.predicate.attributes[_]\n  entry.attribute == \"FAILED\"\n  reason := sprintf(\"scan: %v\", [entry.attribute])\n}",
	"deny obj":                     "package x\ndeny contains {\"msg\": \"x\", \"entry\": a} if { some a in input.predicate.attributes; a.attribute == \"FAILED\" }",
	"with index":                   "package signature\nallow if { some i; input.predicate.attributes[i].attribute == \"PASSED\"; input.predicate.attributes[i].count == 0 }",
	"startswith":                   "package signature\nallow if startswith(input.predicate.built, \"2026\")",
	"array slice":                  "package signature\nallow if count(array.slice([a.count | some a in input.predicate.attributes], 0, 1)) == 1",
	"some k v":                     "package signature\nallow if { some i, a in input.predicate.attributes; i == 0; a.attribute == \"PASSED\" }",
	"sum":                          "package signature\nallow if sum([a.count | some a in input.predicate.attributes]) == 2",
	"object.get chain":             "package signature\nallow if object.get(input, [\"predicate\", \"attributes\"], []) != []",
	"v0 style":                     "package signature\ndefault allow = false\nallow { input.predicate.attributes[_].attribute == \"PASSED\" }",
	"isCompliant":                  "package sigstore\nisCompliant { input.predicate.attributes[_].attribute == \"PASSED\" }",
	"set var":                      "package signature\nwanted := [\"PASSED\", \"REVIEWED\"]\nallow if every a in input.predicate.attributes { a.attribute in wanted }",
	"all fn any":                   "package signature\nhas_attr(name) if { some a in input.predicate.attributes; a.attribute == name }\nallow if { has_attr(\"PASSED\"); has_attr(\"REVIEWED\") }",
	"partial obj rule":             "package signature\ncounts[n] := c if { some a in input.predicate.attributes; n := a.attribute; c := a.count }\nallow if counts.PASSED == 0",
	"not in":                       "package signature\nnames contains a.attribute if some a in input.predicate.attributes\nallow if not \"FAILED\" in names",
	"lower":                        "package signature\nallow if { some a in input.predicate.attributes; lower(a.attribute) == \"passed\" }",
	"else rule":                    "package signature\nlevel := \"bad\" if { input.predicate.attributes[0].count > 3 } else := \"good\"\nallow if level == \"good\"",
	"a type":                       "package signature\nallow if input.predicateType == \"https://example.com/scan/v1\"",
}

func TestWhatIsFollowedIsMet(t *testing.T) {
	t.Parallel()
	for name, policy := range straight {
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
