package rego

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// reads are the places that a definition read, and the rules that it rests on, those of one expression first; decisive says
// how many those are.
func (run *evaluation) reads(rule *ast.Rule, e *ast.Expr) (list []Read, decisive int) {
	if rule == nil {
		return nil, 0
	}
	seen := map[*ast.Rule]bool{rule: true}
	var add func(piece any)
	add = func(piece any) {
		for _, at := range run.names.in(piece) {
			if run.stopped.Load() {
				return
			}
			helpers := run.helpers(at)
			for _, helper := range helpers {
				if !seen[helper] {
					seen[helper] = true
					add(helper.Body)
				}
			}
			for _, at := range run.ends(at, helpers) {
				r := run.look(at)
				if len(r.Path) > 0 && !slices.ContainsFunc(list, func(o Read) bool { return o.Text() == r.Text() }) {
					list = append(list, r)
				}
			}
		}
	}
	if e != nil {
		add(e)
	}
	decisive = len(list)
	add(rule.Body)
	return list, decisive
}

// ends are where a place leads that may lie behind helpers.
func (run *evaluation) ends(at place, helpers []*ast.Rule) []place {
	if len(helpers) == 0 {
		return []place{at}
	}
	list, _ := run.through(at, helpers)
	return list
}

// beyond are the places that are missing where a place leads through helpers that held.
func (run *evaluation) beyond(at place, helpers []*ast.Rule, each bool) []Read {
	var list []Read
	for _, end := range run.ends(at, helpers) {
		if r := run.look(end); len(helpers) > 0 && r.Missing != nil && (each || len(r.Values) == 0) {
			list = append(list, r)
		}
	}
	return list
}

// present reports whether anything was read that is there.
func present(reads []Read) bool {
	return slices.ContainsFunc(reads, func(r Read) bool { return r.Root == "input" && r.Missing == nil })
}

// look follows a place in the statement.
func (run *evaluation) look(at place) Read {
	r := Read{Root: at.root, Path: at.path}
	if at.root == "data" {
		r.Missing = at.path // nobody gives a policy anything beside the statement
		if i := slices.Index(at.path, pointer.Every()); i > 0 {
			r.Missing = at.path[:i]
		}
		return r
	}
	r.Values, r.Missing = pointer.Find(run.input, at.path)
	return r
}

// helpers are the definitions of the file that a place in data names.
func (run *evaluation) helpers(at place) []*ast.Rule {
	if at.root != "data" {
		return nil
	}
	prefix := run.policy.module.Package.Path[1:]
	if len(at.path) <= len(prefix) {
		return nil
	}
	for i, part := range prefix {
		if s, ok := part.Value.(ast.String); !ok || at.path[i].Key != string(s) {
			return nil
		}
	}
	return run.named[at.path[len(prefix)].Key]
}

// gaps are the places that are missing wherever a definition did not hold: each kept it from looking at something.
func (run *evaluation) gaps(rule *ast.Rule, seen map[*ast.Rule]bool) []Read {
	var list []Read
	for i, e := range rule.Body {
		switch {
		case !run.trace.failed[rule][i]:
		case e.Negated: // what it denies held, and may have for nothing
			for _, at := range run.names.in(e) {
				if r := run.look(at); at.root == "input" && r.Missing != nil { // a value stood for what is not there
					list = append(list, r)
				}
				list = append(list, run.overlooked(run.held(run.helpers(at)), seen)...)
			}
		default:
			list = append(list, run.holes(nil, e, true, seen)...)
		}
	}
	return list
}

// holes are the places that are missing for an expression that did not hold. With each, one element without it is
// enough: that element was not looked at.
func (run *evaluation) holes(rule *ast.Rule, e *ast.Expr, each bool, seen map[*ast.Rule]bool) []Read {
	if e == nil || e.Negated || seen[rule] && rule != nil {
		return nil
	}
	var list []Read
	for _, at := range run.names.in(e) {
		if helpers := run.helpers(at); len(helpers) > 0 {
			list = append(append(list, run.behind(helpers, seen)...), run.beyond(at, helpers, each)...)
			continue
		}
		if r := run.look(at); r.Missing != nil && (each || len(r.Values) == 0) {
			list = append(list, r)
		}
	}
	return list
}

// held are those definitions that held, defaults not among them.
func (run *evaluation) held(rules []*ast.Rule) []*ast.Rule {
	var list []*ast.Rule
	for _, rule := range rules {
		if !rule.Default && run.trace.fired[rule] {
			list = append(list, rule)
		}
	}
	return list
}

// behind are the places that are missing for rules that another one rests on: where none of them held, or where one held
// although they are missing.
func (run *evaluation) behind(helpers []*ast.Rule, seen map[*ast.Rule]bool) []Read {
	if held := run.held(helpers); len(held) > 0 {
		return run.overlooked(held, seen)
	}
	var list []Read
	for _, helper := range helpers {
		if seen[helper] {
			continue
		}
		if seen[helper] = true; run.stopped.Load() {
			break
		}
		list = append(list, run.gaps(helper, seen)...)
	}
	return list
}

// overlooked are the places that are missing although definitions held: inside of a negation, in a comprehension, behind a
// value that stands for what is not there, or in rules that they rest on.
func (run *evaluation) overlooked(rules []*ast.Rule, seen map[*ast.Rule]bool) []Read {
	var list []Read
	add := func(piece any, direct bool) {
		for _, at := range run.names.in(piece) {
			if run.stopped.Load() {
				return
			}
			if helpers := run.helpers(at); len(helpers) > 0 {
				list = append(list, run.behind(helpers, seen)...)
				if direct {
					list = append(list, run.beyond(at, helpers, true)...)
				}
				continue
			}
			if r := run.look(at); direct && r.Missing != nil {
				list = append(list, r)
			}
		}
	}
	for _, rule := range rules {
		if seen[rule] {
			continue
		}
		seen[rule] = true
		for prior := run.before[rule]; prior != nil; prior = run.before[prior] {
			list = append(list, run.gaps(prior, seen)...)
		}
		for _, e := range rule.Body {
			add(e, e.Negated)
			eachLenient(e, func(piece any) { add(piece, true) })
		}
	}
	return list
}

// eachLenient visits the pieces of an expression that hold also where what they read is not there: comprehensions, calls
// that give another value for it, and what is denied, also inside of an every.
func eachLenient(e *ast.Expr, visit func(piece any)) {
	ast.WalkTerms(e, func(t *ast.Term) bool {
		switch t.Value.(type) {
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
			visit(t)
		}
		return false
	})
	ast.WalkExprs(e, func(e *ast.Expr) bool {
		if e.Negated || e.IsCall() && e.Operator().String() == "object.get" {
			visit(e)
		}
		return false
	})
}
