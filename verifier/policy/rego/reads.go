package rego

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// Read is one place that a policy read.
type Read struct {
	Root    string       // "input", or "data" for what somebody would have to give beside it
	Path    pointer.Path // after the root
	Values  []any        // what is there
	Missing pointer.Path // the beginning of Path that is not there; nil if all is
}

// Text is the place as the policy writes it.
func (r Read) Text() string { return r.Path.Text(r.Root, "_") }

// gap is the beginning of the place that is not there, as the policy would write it.
func (r Read) gap() string { return r.Missing.Text(r.Root, "_") }

// in lists the places that a piece of a policy reads, each once, the longest of those that lie on one way.
func (n names) in(piece any) []place {
	var list []place
	add := func(at place) {
		for i, other := range list {
			switch {
			case other.root != at.root:
			case begins(other.path, at.path):
				list[i] = at
				return
			case begins(at.path, other.path):
				return
			}
		}
		list = append(list, at)
	}
	visit := func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case ast.Ref:
			if at, found := n.place(t); found {
				add(at)
			}
			n.others(v, add)
		case ast.Var:
			if at, found := n.place(t); found && len(at.path) > 0 {
				add(at)
			}
			for _, at := range n.results[v] {
				add(at)
			}
		case ast.Call:
			if at, found := n.defaulted(v); found {
				add(at)
			}
		}
		return false
	}
	ast.WalkTerms(piece, visit)
	ast.WalkExprs(piece, func(e *ast.Expr) bool {
		if e.IsCall() {
			if at, found := n.defaulted(e.Terms.([]*ast.Term)); found {
				add(at)
			}
		}
		return false
	})
	return list
}

// others are the places that a reference leads to where its variable stands for several.
func (n names) others(ref ast.Ref, add func(place)) {
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return
	}
	for _, at := range n.results[head] {
		if _, argument := n.places[head]; !argument {
			add(at) // the result of a call: what is in it is not in the statement
			continue
		}
		at.path = at.path[:len(at.path):len(at.path)]
		for _, step := range ref[1:] {
			at.path = append(at.path, n.step(step.Value))
		}
		add(at)
	}
}

// defaulted is the place that object.get reads, which hides that nothing is there.
func (n names) defaulted(call []*ast.Term) (place, bool) {
	if len(call) < 3 || call[0].String() != "object.get" {
		return place{}, false
	}
	at, found := n.place(call[1])
	if !found {
		return place{}, false
	}
	at.path = at.path[:len(at.path):len(at.path)]
	if keys, ok := call[2].Value.(*ast.Array); ok {
		keys.Foreach(func(key *ast.Term) { at.path = append(at.path, n.step(key.Value)) })
	} else {
		at.path = append(at.path, n.step(call[2].Value))
	}
	return at, true
}

// begins reports whether a path is the beginning of another.
func begins(short, long pointer.Path) bool {
	if len(short) > len(long) {
		return false
	}
	for i := range short {
		if short[i] != long[i] {
			return false
		}
	}
	return true
}
