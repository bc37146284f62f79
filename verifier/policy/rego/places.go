package rego

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// Place is a reference into the input as it stands in the source.
type Place struct {
	Path   pointer.Path
	Offset int // in bytes, of its "input"
	Length int // of what the source has there
}

// Places are all references into the input, in the order of the file, as they are written.
func (p *Policy) Places() []Place {
	var list []Place
	n := newNames()
	ast.WalkTerms(p.module, func(t *ast.Term) bool {
		ref, ok := t.Value.(ast.Ref)
		if !ok || t.Location == nil || len(ref) == 0 || !ref[0].Equal(ast.InputRootDocument) {
			return false
		}
		if at, found := n.place(t); found {
			list = append(list, Place{Path: at.path, Offset: t.Location.Offset, Length: len(t.Location.Text)})
		}
		return false
	})
	slices.SortFunc(list, func(a, b Place) int { return a.Offset - b.Offset })
	return list
}

// Texts are the texts that stand in the policy, each once.
func (p *Policy) Texts() []string {
	var list []string
	ast.WalkTerms(p.module, func(t *ast.Term) bool {
		if s, ok := t.Value.(ast.String); ok && !slices.Contains(list, string(s)) {
			list = append(list, string(s))
		}
		return false
	})
	return list
}

// DeniesAllOthers is the text that every element must equal, where a definition of deny refuses each element that does
// not; "" where there is none. One more element that says something else is then refused too.
func (p *Policy) DeniesAllOthers() (text string, line int) {
	n := namesOf(p.module.Rules, func(place) []*ast.Rule { return nil })
	for _, rule := range p.module.Rules {
		name := ruleName(rule)
		if name != "deny" && name != "violation" {
			continue
		}
		ast.WalkExprs(rule, func(e *ast.Expr) bool {
			if !e.IsCall() || len(e.Operands()) != 2 || e.Operator().String() != "neq" {
				return false
			}
			for i := range 2 {
				s, isText := e.Operand(i).Value.(ast.String)
				at, found := n.place(e.Operand(1 - i))
				if isText && found && slices.Contains(at.path, pointer.Every()) && strings.TrimSpace(string(s)) != "" {
					text, line = string(s), e.Location.Row
				}
			}
			return false
		})
	}
	return text, line
}

// Paths are all places in the input that the policy reads, however it comes to them.
func (p *Policy) Paths() []pointer.Path {
	run := &evaluation{policy: p, before: map[*ast.Rule]*ast.Rule{}}
	run.index()
	var list []pointer.Path
	for _, rule := range run.rules {
		for _, at := range run.names.in(rule) {
			if at.root == "input" {
				list = append(list, at.path)
			}
		}
	}
	return list
}
