package kyverno

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/pointer"
)

// Read is one place in a predicate that a condition read.
type Read struct {
	Path    pointer.Path // from the predicate
	Values  []any
	Missing pointer.Path // the beginning of Path that is not there; nil if all is
}

// Text is the place as the policy writes it.
func (r Read) Text() string { return r.Path.Text("", "*") }

// conditions holds every condition against every node: Kyverno lets pass only what says the same in all of them. Of
// several outcomes of one condition the worst is given.
func conditions(r Rule, a Attestation, nodes []Node) []Outcome {
	var list []Outcome
	for i := range a.Conditions {
		c := &a.Conditions[i]
		var worst Outcome
		for k, n := range nodes {
			out := c.judge(n)
			out.Rule, out.Type = r, a.Type
			if k == 0 || severity(out) > severity(worst) {
				worst = out
			}
		}
		list = append(list, worst)
	}
	settleAlternatives(a.Conditions, list)
	for i := range list {
		list[i].believe()
	}
	return list
}

// severity orders results, the worst highest. Of equals the one on a trusted node is preferred.
func severity(o Outcome) int {
	rank := map[diagnosis.Result]int{diagnosis.Met: 0, diagnosis.NotMet: 2, diagnosis.Undefined: 4, diagnosis.Unsupported: 6}[o.Result]
	if o.Trusted {
		rank++
	}
	return rank
}

// settleAlternatives lets the conditions of one "any" stand for each other: one that is met is enough, as long as none of
// them is undefined, for which Kyverno gives up.
func settleAlternatives(conditions []Condition, outcomes []Outcome) {
	met, bad := map[int]bool{}, map[int]bool{}
	for i, c := range conditions {
		switch outcomes[i].Result {
		case diagnosis.Met:
			met[c.Group] = true
		case diagnosis.Undefined, diagnosis.Unsupported:
			bad[c.Group] = bad[c.Group] || !outcomes[i].FailsOpen
		case diagnosis.NotMet:
		}
	}
	for i, c := range conditions {
		if c.Any && met[c.Group] && !bad[c.Group] && outcomes[i].Result != diagnosis.Met {
			outcomes[i].Result, outcomes[i].FailsOpen = diagnosis.Met, false
			outcomes[i].Message = "It is not so, or not known, but another condition of the same \"any\" is met."
		}
	}
}

// judge holds one condition against one predicate.
func (c *Condition) judge(n Node) Outcome {
	out := Outcome{
		Path: c.Path, Line: c.Line, Condition: c, Node: n.ID, Trusted: n.Trusted,
		Expression: fmt.Sprintf("%s %s %s", word(c.Key), c.Operator, word(c.Value)),
	}
	if n.Problem != "" {
		out.Result, out.Message = diagnosis.Undefined, "It is not judged on this: "+n.Problem+"."
		return out
	}
	predicate, ok := n.Statement["predicate"].(map[string]any)
	if !ok {
		out.Result, out.Message = diagnosis.Undefined, "The predicate is no object, which Kyverno does not read."
		return out
	}
	for _, side := range []any{c.Key, c.Value} {
		for _, p := range paths(side) {
			values, missing := pointer.Find(predicate, p)
			out.Reads = append(out.Reads, Read{Path: p, Values: values, Missing: missing})
		}
	}
	key, missing, err := substitute(c.Key, predicate)
	value, missingToo, errToo := substitute(c.Value, predicate)
	if missing == "" {
		missing = missingToo
	}
	if err = errors.Join(err, errToo); errors.Is(err, errWeight) {
		out.Result, out.Message = diagnosis.Unsupported, fmt.Sprintf("It is not decided: %s.", firstLine(err))
		return out
	}
	if err != nil {
		out.Result, out.Message = diagnosis.Undefined, fmt.Sprintf("%s, so that Kyverno lets nothing pass.", firstLine(err))
		return out
	}
	if missing != "" {
		out.Result = diagnosis.Undefined
		out.Message = fmt.Sprintf("%s is not there, so that Kyverno stops with an error and lets nothing pass.", missing)
		return out
	}
	c.decide(&out, predicate, key, value)
	return out
}

// decide compares what both sides have come to.
func (c *Condition) decide(out *Outcome, predicate map[string]any, key, value any) {
	if expressionIn(c.Key, key) || expressionIn(c.Value, value) {
		out.Result, out.Message = diagnosis.Unsupported, "It is not decided: there is an expression in what is there, which Kyverno evaluates too."
		return
	}
	yes, err := compare(c.Operator, key, value, reads(c.Key), reads(c.Value))
	skipped, gap := c.skipped(out.Reads), ""
	if err == nil && yes {
		gap, err = c.gap(predicate)
	}
	switch {
	case err == nil && yes && gap != "":
		out.Result, out.FailsOpen = diagnosis.Undefined, true
		out.Message = fmt.Sprintf("It is so only because %s is not there: what is not there is not looked at.", gap)
	case err == nil && yes && skipped != "":
		out.Result, out.FailsOpen = diagnosis.Undefined, true
		out.Message = fmt.Sprintf("It is so of those elements that are compared: %s is not there, and Kyverno leaves out what is not there.", skipped)
	case undecided(err):
		out.Result, out.Message = diagnosis.Undefined, "It is not decided: "+err.Error()+"."
		out.FailsOpen = !errors.Is(err, errStops) // Kyverno itself says yes
	case err != nil:
		out.Result, out.Message = diagnosis.Unsupported, "It is not decided: "+err.Error()+"."
	case yes:
		out.Result, out.Message = diagnosis.Met, "It is so."
	default:
		out.Result, out.Message = diagnosis.NotMet, fmt.Sprintf("What is there is %s.", pointer.Show([]any{key}))
	}
}

// skipped is the place that one element of a list lacks where all of them are to be compared, "" for none. A filter, and a
// value for what is not there, leave elements out on purpose; AnyIn is content with one.
func (c *Condition) skipped(reads []Read) string {
	if c.Operator == "AnyIn" {
		return ""
	}
	for _, side := range []any{c.Key, c.Value} {
		if text, ok := side.(string); ok && (strings.Contains(text, "[?") || strings.Contains(text, "||") || strings.Contains(text, "not_null")) {
			return ""
		}
	}
	for _, r := range reads {
		if r.Missing != nil && slices.Contains(r.Path, pointer.Every()) {
			return r.Missing.Text("", "*")
		}
	}
	return ""
}

// expressionIn reports whether a side that was read from a predicate holds an expression itself.
func expressionIn(side, found any) bool {
	if !reads(side) {
		return false
	}
	switch v := found.(type) {
	case string:
		return strings.Contains(v, "{{") || strings.Contains(v, "$(")
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return expressionIn(side, item) })
	case map[string]any:
		for name, item := range v {
			if expressionIn(side, name) || expressionIn(side, item) {
				return true
			}
		}
	}
	return false
}

func firstLine(err error) string {
	s := err.Error()
	for i, r := range s {
		if r == '\n' {
			return s[:i]
		}
	}
	return s
}
