package rego

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/pointer"
)

// permission is the outcome of a decision that must be true: any one of its definitions is enough.
func (run *evaluation) permission() Outcome {
	d := run.decision
	out := Outcome{Decision: d, Line: d.Line}
	best := run.closest()
	if best != nil {
		out.Line = best.Location.Row
		decisive := run.trace.deepest(best)
		if run.trace.fired[best] {
			decisive = telling(best)
		}
		out.Expression = run.text(best, decisive)
		out.Reads, out.Decisive = run.reads(best, decisive)
	}
	value := run.value
	if object, ok := value.(map[string]any); ok && d.Tool == ToolController {
		value = object["result"] // policy-controller takes an object with a result, too
	}
	result, _ := value.(bool)
	switch {
	case result:
		out.Result, out.Message = diagnosis.Met, d.Name+" is true."
		if holes := run.excused(best); len(holes) > 0 {
			out.Result, out.FailsOpen, out.Reads, out.Decisive = diagnosis.Undefined, true, holes, len(holes)
			out.Message = fmt.Sprintf("%s is true only because %s is not there: what is not there is not looked at.", d.Name, holes[0].gap())
		} else if what, found := run.unfollowed(run.deciding(best)); found {
			out.Result, out.Unfollowed = diagnosis.Undefined, what
			out.Message = fmt.Sprintf("%s is true, but not all that it reads can be followed: %s. What is not there may not have been looked at.", d.Name, what)
		} else if !run.looked(run.deciding(best)) {
			out.Result, out.FailsOpen = diagnosis.Undefined, true
			out.Message = d.Name + " is true, but looked at nothing in the statement that could be followed."
		}
	case run.defined && run.value != false:
		out.Result = diagnosis.NotMet
		out.Message = fmt.Sprintf("%s is %s and not true.", d.Name, pointer.Show([]any{run.value}))
	default:
		run.refusal(&out, best)
	}
	return out
}

// excused are the places that are missing although a permission was given.
func (run *evaluation) excused(best *ast.Rule) []Read {
	if best == nil {
		return nil
	}
	seen := map[*ast.Rule]bool{}
	if run.trace.fired[best] {
		return run.overlooked([]*ast.Rule{best}, seen)
	}
	var list []Read // it is a default that gave it: every definition that did not hold is a refusal that was not made
	for _, rule := range run.definitions() {
		list = append(list, run.gaps(rule, seen)...)
	}
	return list
}

// deciding are the definitions that a permission rests on: the one that held, or all of those that a default stands in for.
func (run *evaluation) deciding(best *ast.Rule) []*ast.Rule {
	if best != nil && run.trace.fired[best] {
		return []*ast.Rule{best}
	}
	return run.definitions()
}

// looked reports whether definitions, or those that had to fail for them, read anything that is there.
func (run *evaluation) looked(rules []*ast.Rule) bool {
	return slices.ContainsFunc(rules, func(rule *ast.Rule) bool {
		for ; rule != nil; rule = run.before[rule] {
			if reads, _ := run.reads(rule, nil); present(reads) {
				return true
			}
		}
		return false
	})
}

// refusal says why a permission was not given: something is not there, or it is not as wanted.
func (run *evaluation) refusal(out *Outcome, best *ast.Rule) {
	out.Result = diagnosis.NotMet
	var holes []Read
	for _, rule := range run.definitions() {
		missing := run.holes(rule, run.trace.deepest(rule), false, map[*ast.Rule]bool{})
		if len(missing) == 0 || run.trace.fired[rule] {
			holes = nil
			break
		}
		if rule == best {
			missing, holes = holes, missing
		}
		holes = append(holes, missing...)
	}
	is := "is not defined"
	if run.defined {
		is = "is false"
	}
	switch {
	case len(holes) > 0:
		out.Result, out.Reads, out.Decisive = diagnosis.Undefined, holes, len(holes)
		out.Message = fmt.Sprintf("%s %s, because %s is not there.", out.Decision.Name, is, holes[0].gap())
	case !run.defined && best == nil:
		out.Result, out.Message = diagnosis.Undefined, out.Decision.Name+" is not defined."
	default:
		out.Message = fmt.Sprintf("%s %s.", out.Decision.Name, is)
	}
}

// demands are the outcomes of a decision that must be empty: each definition is a demand of its own.
func (run *evaluation) demands() []Outcome {
	var list []Outcome
	said := messages(run.value)
	for _, rule := range run.definitions() {
		out := Outcome{Decision: run.decision, Line: rule.Location.Row}
		decisive, fired := run.trace.deepest(rule), run.trace.fired[rule]
		if fired {
			decisive = telling(rule)
		}
		switch {
		case fired && !empty(run.value):
			out.Result, out.Said = diagnosis.NotMet, said
			out.Message = fmt.Sprintf("%s denies: %s.", run.decision.Name, strings.Join(said, "; "))
		default:
			out.Result, out.Message = diagnosis.Met, run.decision.Name+" says nothing against it."
			if holes := run.unlooked(rule); len(holes) > 0 {
				out.Result, out.FailsOpen, out.Reads, out.Decisive = diagnosis.Undefined, true, holes, len(holes)
				out.Message = fmt.Sprintf("%s says nothing against it only because %s is not there: what is not there is not looked at.",
					run.decision.Name, holes[0].gap())
			}
		}
		out.Expression = run.text(rule, decisive)
		if out.Reads == nil {
			out.Reads, out.Decisive = run.reads(rule, decisive)
		}
		if out.Result == diagnosis.Met && !present(out.Reads) {
			out.Result, out.FailsOpen = diagnosis.Undefined, true
			out.Message = run.decision.Name + " says nothing against it, but looked at nothing in the statement that could be followed."
		} else if what, found := run.unfollowed([]*ast.Rule{rule}); found && out.Result == diagnosis.Met {
			out.Result, out.Unfollowed = diagnosis.Undefined, what
			out.Message = fmt.Sprintf("%s says nothing against it, but not all that it reads can be followed: %s. What is not there may not have been looked at.",
				run.decision.Name, what)
		}
		list = append(list, out)
	}
	if len(list) == 0 || !empty(run.value) && !slices.ContainsFunc(list, func(o Outcome) bool { return o.Result == diagnosis.NotMet }) {
		list = append(list, run.unexplained(said))
	}
	return list
}

// unlooked are the places that are missing for a demand that says nothing: it did not hold, or it held and is empty.
func (run *evaluation) unlooked(rule *ast.Rule) []Read {
	seen := map[*ast.Rule]bool{}
	if run.trace.fired[rule] {
		return run.overlooked([]*ast.Rule{rule}, seen)
	}
	return run.gaps(rule, seen)
}

// unexplained is the outcome of a decision whose value no definition accounts for: a constant or a default.
func (run *evaluation) unexplained(said []string) Outcome {
	out := Outcome{Decision: run.decision, Line: run.decision.Line, Result: diagnosis.Undefined, Message: run.decision.Name + " is not defined."}
	if run.defined && !empty(run.value) {
		out.Result, out.Said = diagnosis.NotMet, said
		out.Message = fmt.Sprintf("%s denies: %s.", run.decision.Name, strings.Join(said, "; "))
	}
	return out
}

// messages are what a decision says against something, in a fixed order.
func messages(value any) []string {
	var list []string
	add := func(v any) {
		if s, ok := v.(string); ok {
			list = append(list, s)
			return
		}
		list = append(list, pointer.Show([]any{v}))
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			add(one)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			add(key)
		}
	default:
		add(v)
	}
	return list
}

// empty reports whether a decision says nothing.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// closest is the definition that held, or that came furthest; nil if there is none.
func (run *evaluation) closest() *ast.Rule {
	var best *ast.Rule
	furthest := -1
	for _, rule := range run.definitions() {
		at := -1
		if e := run.trace.deepest(rule); e != nil {
			at = e.Index
		}
		switch {
		case run.trace.fired[rule]:
			return rule
		case best == nil || at > furthest:
			best, furthest = rule, at
		}
	}
	return best
}

// telling is the expression of a definition that held which says most: the last one that compares.
func telling(rule *ast.Rule) *ast.Expr {
	for i := len(rule.Body) - 1; i >= 0; i-- {
		if e := rule.Body[i]; e.IsCall() && !e.IsAssignment() && !e.IsEquality() && e.Operator().String() != "sprintf" && !e.Generated {
			return e
		}
	}
	for i := len(rule.Body) - 1; i >= 0; i-- {
		if e := rule.Body[i]; !e.IsAssignment() || i == 0 {
			return e
		}
	}
	return nil
}

// maxText is how many bytes of an expression are shown.
const maxText = 400

// text is an expression as it stands in the file, or the definition's first line.
func (run *evaluation) text(rule *ast.Rule, e *ast.Expr) string {
	location := rule.Location
	if e != nil && e.Location != nil && len(e.Location.Text) > 0 {
		location = e.Location
	}
	text := strings.TrimSpace(string(location.Text))
	if location == rule.Location {
		text = firstLine(text)
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	return text
}
