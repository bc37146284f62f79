package rego

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// made are the variables that stand for lists and objects which a rule puts together of pieces of the statement, and those
// that stand for what is in them: with how many steps a reference may have that goes into no piece.
func (s *search) made(rule *ast.Rule) map[ast.Var]int {
	made := map[ast.Var]int{}
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		if name, given := s.given(e); given {
			made[name] = 1
		}
		return false
	})
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		if !e.IsEquality() && !e.IsAssignment() {
			return false
		}
		for i := range 2 {
			name, ok := e.Operand(i).Value.(ast.Var)
			if _, known := s.run.names.elements[name]; ok && !known && s.composed(e.Operand(1-i)) {
				made[name] = 2
			}
		}
		return false
	})
	for range rounds {
		ast.WalkExprs(rule, func(e *ast.Expr) bool {
			for i := 0; i < 2 && (e.IsEquality() || e.IsAssignment()); i++ {
				s.alias(made, e.Operand(i), e.Operand(1-i))
			}
			return false
		})
	}
	return made
}

// alias has a name for what was made, or for what is in it, be made as well.
func (s *search) alias(made map[ast.Var]int, name, of *ast.Term) {
	v, ok := name.Value.(ast.Var)
	if _, followed := s.run.names.places[v]; !ok || followed || made[v] > 0 {
		return
	}
	switch of := of.Value.(type) {
	case ast.Var:
		if made[of] > 0 {
			made[v] = made[of]
		}
	case ast.Ref:
		if head, ok := of[0].Value.(ast.Var); ok && made[head] == 2 {
			made[v] = 1
		}
	}
}

// given is the variable that stands for what a function of the file gives, where that may have members and is not followed.
func (s *search) given(e *ast.Expr) (ast.Var, bool) {
	if !e.IsCall() {
		return "", false
	}
	at, found := s.run.names.place(ast.NewTerm(e.Operator()))
	functions := s.run.helpers(at)
	operands := e.Operands()
	if !found || len(functions) == 0 || len(operands) <= len(functions[0].Head.Args) {
		return "", false
	}
	name, ok := operands[len(operands)-1].Value.(ast.Var)
	if _, known := s.run.names.places[name]; !ok || known {
		return "", false
	}
	plain := !slices.ContainsFunc(functions, func(f *ast.Rule) bool { return f.Head.Value != nil && !scalar(f.Head.Value) })
	return name, !plain
}

// composed reports whether a term puts together what holds objects of the statement.
func (s *search) composed(t *ast.Term) bool {
	switch v := t.Value.(type) {
	case *ast.Array:
		return v.Until(s.holds)
	case ast.Set:
		return v.Until(s.holds)
	case ast.Object:
		return v.Until(func(key, value *ast.Term) bool { return s.holds(key) || s.holds(value) })
	case *ast.ArrayComprehension:
		return s.holds(v.Term)
	case *ast.SetComprehension:
		return s.holds(v.Term)
	case *ast.ObjectComprehension:
		return s.holds(v.Key) || s.holds(v.Value)
	}
	return false
}

// holds reports whether a term is, or puts together, something of the statement that has objects in it.
func (s *search) holds(t *ast.Term) bool {
	if at, found := s.run.names.place(t); found {
		return slices.ContainsFunc(s.places(at), s.hasObjects)
	}
	return s.composed(t)
}

func (s *search) hasObjects(at place) bool {
	if at.root != "input" {
		return false
	}
	values, _ := pointer.Find(s.run.input, at.path)
	return slices.ContainsFunc(values, hasObject)
}

func hasObject(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return true
	case []any:
		return slices.ContainsFunc(v, hasObject)
	}
	return false
}

// places are where in the statement a place is, also one that lies behind rules.
func (s *search) places(at place) []place {
	if helpers := s.run.helpers(at); len(helpers) > 0 {
		list, _ := s.run.through(at, helpers)
		return list
	}
	return []place{at}
}
