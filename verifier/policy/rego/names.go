package rego

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// names says what the variables of a compiled policy stand for, as far as that is a place or a text. The compiler gives
// every variable of a file another name.
type names struct {
	places map[ast.Var]place
	texts  map[ast.Var]ast.Value
	// elements are what is in a list that a comprehension makes.
	elements map[ast.Var]place
	// results are of calls, with the places that the call was given.
	results map[ast.Var][]place
}

// place is a root and the way from it.
type place struct {
	root string
	path pointer.Path
}

func newNames() names {
	return names{places: map[ast.Var]place{}, texts: map[ast.Var]ast.Value{}, elements: map[ast.Var]place{}, results: map[ast.Var][]place{}}
}

// rounds is how often definitions are followed that rest on others.
const rounds = 4

// namesOf learns what the variables of all rules stand for. functions are the definitions that a place in data names.
func namesOf(rules []*ast.Rule, functions func(place) []*ast.Rule) names {
	n := newNames()
	for range rounds {
		for _, rule := range rules {
			n.learn(rule)
			n.arguments(rule, functions)
		}
	}
	return n
}

// arguments takes what a function is called with for what its arguments are. Of several calls each counts.
func (n names) arguments(rule *ast.Rule, functions func(place) []*ast.Rule) {
	bind := func(call []*ast.Term) {
		at, found := n.place(call[0])
		if !found {
			return
		}
		n.gives(functions(at), call)
		for _, f := range functions(at) {
			for i, argument := range f.Head.Args {
				v, ok := argument.Value.(ast.Var)
				if !ok || i+1 >= len(call) {
					continue
				}
				if given, found := n.place(call[i+1]); found {
					n.alternative(v, given)
				}
				n.key(v, call[i+1])
			}
		}
	}
	ast.WalkTerms(rule, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok && len(call) > 0 {
			bind(call)
		}
		return false
	})
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		if terms, ok := e.Terms.([]*ast.Term); ok && len(terms) > 0 {
			bind(terms)
		}
		return false
	})
}

// gives takes what a function gives for what a variable stands for, where it has one definition, and one caller.
func (n names) gives(functions []*ast.Rule, call []*ast.Term) {
	if len(functions) != 1 || len(call) != len(functions[0].Head.Args)+2 {
		return
	}
	for _, argument := range functions[0].Head.Args {
		if v, ok := argument.Value.(ast.Var); ok && len(n.results[v]) > 0 {
			return // it is called with several
		}
	}
	name, ok := call[len(call)-1].Value.(ast.Var)
	if at, found := n.place(functions[0].Head.Value); ok && found {
		n.places[name] = at
	}
}

// key takes a text that a function is called with for its argument; of several texts none is it.
func (n names) key(v ast.Var, given *ast.Term) {
	text, ok := given.Value.(ast.String)
	if name, isVar := given.Value.(ast.Var); isVar {
		text, ok = n.texts[name].(ast.String)
	}
	known, before := n.texts[v]
	switch {
	case !ok:
	case !before:
		n.texts[v] = text
	case known == nil || known.Compare(text) != 0:
		n.texts[v] = nil
	}
}

// alternative adds a place that a variable may stand for.
func (n names) alternative(v ast.Var, at place) {
	first, known := n.places[v]
	switch {
	case !known:
		n.places[v] = at
	case same(first, at) || slices.ContainsFunc(n.results[v], func(o place) bool { return same(o, at) }):
	default:
		n.results[v] = append(n.results[v], at)
	}
}

func same(a, b place) bool { return a.root == b.root && slices.Equal(a.path, b.path) }

// learn takes what one rule says that its variables are.
func (n names) learn(rule *ast.Rule) {
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		switch {
		case e.IsEquality() || e.IsAssignment():
			n.pair(e.Operand(0), e.Operand(1))
			n.equate(e.Operand(0), e.Operand(1))
			n.equate(e.Operand(1), e.Operand(0))
		case e.IsCall() && e.Operator().String() == "object.get" && len(e.Operands()) == 4:
			if at, found := n.defaulted(e.Terms.([]*ast.Term)); found {
				if v, ok := e.Operand(3).Value.(ast.Var); ok {
					n.places[v] = at
				}
			}
		case e.IsCall() && len(e.Operands()) > 1:
			n.resultOf(e)
		case e.IsEvery():
			every, ok := e.Terms.(*ast.Every)
			if !ok {
				break
			}
			if domain, found := n.place(every.Domain); found && every.Value != nil {
				if v, ok := every.Value.Value.(ast.Var); ok {
					n.places[v] = place{domain.root, append(domain.path[:len(domain.path):len(domain.path)], pointer.Every())}
				}
			}
		}
		return false
	})
}

// resultOf takes the last operand of a call for its result, which is what the compiler makes of nested calls.
func (n names) resultOf(e *ast.Expr) {
	operands := e.Operands()
	v, ok := operands[len(operands)-1].Value.(ast.Var)
	if _, known := n.places[v]; !ok || known || !v.IsGenerated() && !strings.HasPrefix(string(v), "__local") {
		return
	}
	var from []place
	if function, found := n.place(ast.NewTerm(e.Operator())); found {
		from = append(from, function)
	}
	for _, operand := range operands[:len(operands)-1] {
		from = append(from, n.in(operand)...)
	}
	if len(from) > 0 {
		n.results[v] = from
	}
}

// pair equates the elements of two lists of the same length.
func (n names) pair(a, b *ast.Term) {
	x, ok := a.Value.(*ast.Array)
	y, also := b.Value.(*ast.Array)
	if !ok || !also || x.Len() != y.Len() {
		return
	}
	for i := range x.Len() {
		n.equate(x.Elem(i), y.Elem(i))
		n.equate(y.Elem(i), x.Elem(i))
	}
}

func (n names) equate(name, value *ast.Term) {
	if name == nil || value == nil {
		return
	}
	v, ok := name.Value.(ast.Var)
	if !ok {
		return
	}
	switch value.Value.(type) {
	case ast.String, ast.Number:
		n.texts[v] = value.Value
	case ast.Ref, ast.Var:
		if at, found := n.place(value); found {
			n.places[v] = at
		} else if from := n.in(value); len(from) > 0 {
			n.results[v] = from
		}
	case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
		n.gathered(v, value)
		if from := n.in(value); len(from) > 0 {
			n.results[v] = from
		}
	}
}

// gathered takes what a comprehension puts into a list for what is in it.
func (n names) gathered(v ast.Var, value *ast.Term) {
	var element *ast.Term
	switch c := value.Value.(type) {
	case *ast.ArrayComprehension:
		element = c.Term
	case *ast.SetComprehension:
		element = c.Term
	case *ast.ObjectComprehension:
		element = c.Value
	}
	if at, found := n.place(element); found {
		n.elements[v] = at
	}
}

// place is where a term leads, if it is a reference into the input or into data.
func (n names) place(t *ast.Term) (place, bool) {
	var ref ast.Ref
	switch v := t.Value.(type) {
	case ast.Ref:
		ref = v
	case ast.Var:
		ref = ast.Ref{t}
	default:
		return place{}, false
	}
	if len(ref) == 0 {
		return place{}, false
	}
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return place{}, false
	}
	at, known := n.places[head]
	way := ref[1:]
	element, gathered := n.elements[head]
	switch {
	case head == "input", head == "data":
		at = place{root: string(head)}
	case known:
	case gathered && len(way) > 0:
		at, way = element, way[1:]
	default:
		return place{}, false
	}
	at.path = at.path[:len(at.path):len(at.path)]
	for _, step := range way {
		at.path = append(at.path, n.step(step.Value))
	}
	return at, true
}

func (n names) step(v ast.Value) pointer.Step {
	if name, ok := v.(ast.Var); ok {
		if text := n.texts[name]; text != nil {
			v = text
		}
	}
	switch v := v.(type) {
	case ast.String:
		return pointer.Key(string(v))
	case ast.Number:
		if i, ok := v.Int(); ok {
			return pointer.Index(i)
		}
	}
	return pointer.Every()
}
