package rego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// transparent are the built-in functions that may be given an object, or a list of them: what they say of it does not
// depend on members that need not be there, or is followed (object.get).
var transparent = []string{
	"eq", "equal", "neq", "assign", "count", "object.get", "internal.member_2", "internal.member_3", "type_name", "print", "internal.print",
	"is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string",
}

// worded are those whose result is text for people, and is followed no further as long as it only is a message.
var worded = []string{"sprintf", "concat", "json.marshal", "yaml.marshal"}

// unfollowed finds the first thing that rules, and those that they rest on, do with the statement whose reads cannot be
// told: what it leaves unseen may not be there. The text is a clause with its line.
func (run *evaluation) unfollowed(rules []*ast.Rule) (what string, found bool) {
	s := &search{run: run, seen: map[*ast.Rule]bool{}}
	for _, rule := range rules {
		if s.rule(rule); s.what != "" {
			return s.what, true
		}
	}
	return "", false
}

// search is one run of unfollowed.
type search struct {
	run  *evaluation
	seen map[*ast.Rule]bool
	what string
}

func (s *search) lost(at *ast.Location, format string, args ...any) {
	if s.what != "" {
		return
	}
	s.what = fmt.Sprintf(format, args...)
	if at != nil && at.Row > 0 {
		s.what += fmt.Sprintf(" (line %d)", at.Row)
	}
}

func (s *search) rule(rule *ast.Rule) {
	if rule == nil || s.seen[rule] || s.what != "" || s.run.stopped.Load() {
		return
	}
	s.seen[rule] = true
	made := s.made(rule)
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		s.expression(rule, e, made)
		return s.what != ""
	})
	ast.WalkTerms(rule.Body, func(t *ast.Term) bool {
		if ref, ok := t.Value.(ast.Ref); ok {
			s.reference(rule, t, ref, made)
		}
		return s.what != ""
	})
	s.rule(s.run.before[rule])
	for _, at := range s.run.names.in(rule) {
		for _, helper := range s.run.helpers(at) {
			s.rule(helper)
		}
	}
}

// expression looks at calls, at the domain of an every, and at what is taken apart.
func (s *search) expression(rule *ast.Rule, e *ast.Expr, made map[ast.Var]int) {
	opaque := func(t *ast.Term) bool {
		name, ok := t.Value.(ast.Var)
		return ok && made[name] > 0 || s.holds(t)
	}
	switch {
	case e.IsEvery():
		every, ok := e.Terms.(*ast.Every)
		if _, found := s.run.names.place(every.Domain); ok && !found && opaque(every.Domain) {
			s.lost(e.Location, "every over a list that the policy makes")
		}
	case e.IsEquality() || e.IsAssignment():
		a, b := e.Operand(0), e.Operand(1)
		if apart(a) && apart(b) && !alikeArrays(a, b) && (s.composed(a) || s.composed(b)) || s.takenApart(a, b) || s.takenApart(b, a) {
			s.lost(e.Location, "taking apart a piece of the statement")
		}
	case e.IsCall():
		s.call(rule, e, made, opaque)
	}
}

// takenApart reports whether one side has variables for the members of a piece of the statement.
func (s *search) takenApart(pattern, piece *ast.Term) bool {
	if !apart(pattern) || !s.holds(piece) || apart(piece) {
		return false
	}
	variables := false
	ast.WalkVars(pattern, func(v ast.Var) bool {
		_, known := s.run.names.places[v]
		variables = variables || !known
		return false
	})
	return variables
}

func apart(t *ast.Term) bool {
	switch t.Value.(type) {
	case *ast.Array, ast.Object:
		return true
	}
	return false
}

func alikeArrays(a, b *ast.Term) bool {
	x, ok := a.Value.(*ast.Array)
	y, also := b.Value.(*ast.Array)
	return ok && also && x.Len() == y.Len()
}

func (s *search) call(rule *ast.Rule, e *ast.Expr, made map[ast.Var]int, opaque func(*ast.Term) bool) {
	name, operands := e.Operator().String(), e.Operands()
	own := strings.HasPrefix(name, "data.")
	switch {
	case own:
		for _, t := range s.arguments(e) {
			if v, ok := t.Value.(ast.Var); ok && made[v] > 0 || s.composed(t) {
				s.lost(e.Location, "what %s is given", name)
			}
		}
		return
	case !slices.ContainsFunc(operands, opaque):
		return
	case name == "object.get" && len(operands) > 1 && !s.constant(operands[1]):
		s.lost(e.Location, "which member object.get asks for")
	case name == "object.get" && s.pathless(operands[0]) && opaque(operands[0]):
		s.lost(e.Location, "what object.get is given")
	case strings.HasPrefix(name, "internal.member_") && s.isObject(operands[len(operands)-min(len(operands), 2)+1]):
		s.lost(e.Location, "which members are looked through")
	case slices.Contains(transparent, name):
	case slices.Contains(worded, name) && ruleName(rule) == s.run.decision.Rule && onlySaid(rule.Body, operands[len(operands)-1]):
	default:
		s.lost(e.Location, "what %s is given", name)
	}
}

// arguments are the operands of a call of a function of the file that it is given.
func (s *search) arguments(e *ast.Expr) []*ast.Term {
	operands := e.Operands()
	at, _ := s.run.names.place(ast.NewTerm(e.Operator()))
	if functions := s.run.helpers(at); len(functions) > 0 {
		return operands[:min(len(operands), len(functions[0].Head.Args))]
	}
	return operands
}

// isObject reports whether a term is an object of the statement.
func (s *search) isObject(t *ast.Term) bool {
	at, found := s.run.names.place(t)
	return found && slices.ContainsFunc(s.places(at), func(at place) bool {
		values, _ := pointer.Find(s.run.input, at.path)
		return at.root == "input" && slices.ContainsFunc(values, func(v any) bool { _, ok := v.(map[string]any); return ok })
	})
}

// pathless reports whether it is not known where in the statement a term is.
func (s *search) pathless(t *ast.Term) bool {
	_, found := s.run.names.place(t)
	return !found
}

// constant reports whether a key, or a list of keys, is known.
func (s *search) constant(t *ast.Term) bool {
	switch v := t.Value.(type) {
	case ast.String, ast.Number:
		return true
	case ast.Var:
		return s.run.names.texts[v] != nil
	case *ast.Array:
		return !v.Until(func(t *ast.Term) bool { return !s.constant(t) })
	}
	return false
}

// onlySaid reports whether a result goes into the head of its rule only, perhaps under another name.
func onlySaid(body ast.Body, result *ast.Term) bool {
	switch occurrences(body, result) {
	case 1:
		return true
	case 2:
	default:
		return false
	}
	for _, e := range body {
		for i := 0; i < 2 && (e.IsEquality() || e.IsAssignment()); i++ {
			if _, ok := e.Operand(1 - i).Value.(ast.Var); ok && e.Operand(i).Equal(result) {
				return occurrences(body, e.Operand(1-i)) == 1
			}
		}
	}
	return false
}

// occurrences counts where a variable stands in a body.
func occurrences(body ast.Body, t *ast.Term) int {
	n := 0
	ast.WalkTerms(body, func(o *ast.Term) bool {
		if o.Equal(t) {
			n++
		}
		return false
	})
	return n
}

// reference looks at the members that a reference goes to: by a name that is not known, or of something that was made.
func (s *search) reference(rule *ast.Rule, t *ast.Term, ref ast.Ref, made map[ast.Var]int) {
	if head, ok := ref[0].Value.(ast.Var); ok && made[head] > 0 && len(ref) > made[head] {
		s.lost(t.Location, "the members of a list that the policy makes")
		return
	}
	for i, step := range ref[1:] {
		key, ok := step.Value.(ast.Var)
		if !ok || s.run.names.texts[key] != nil || key.IsWildcard() {
			continue
		}
		whole := ast.NewTerm(ref[:i+1])
		if s.isObject(whole) && (occurrences(rule.Body, step) > 1 || inHead(rule, key)) {
			s.lost(rule.Location, "which member of %s it reads", shownPlace(s.run.names, whole))
			return
		}
	}
	at, found := s.run.names.place(t)
	if helpers := s.run.helpers(at); found && len(helpers) > 0 {
		if _, all := s.run.through(at, helpers); !all {
			s.lost(t.Location, "the members of what %s gives", ruleName(helpers[0]))
		}
	}
}

// inHead reports whether a variable is an argument of its rule, or goes into what that gives.
func inHead(rule *ast.Rule, v ast.Var) bool {
	found := false
	look := func(t *ast.Term) {
		if t != nil {
			ast.WalkVars(t, func(o ast.Var) bool {
				found = found || o == v
				return found
			})
		}
	}
	look(rule.Head.Key)
	look(rule.Head.Value)
	for _, t := range rule.Head.Args {
		look(t)
	}
	for _, t := range rule.Head.Reference {
		look(t)
	}
	return found
}

func shownPlace(n names, t *ast.Term) string {
	at, found := n.place(t)
	if !found {
		return "it"
	}
	return at.path.Text(at.root, "_")
}
