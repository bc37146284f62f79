package rego

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// maxEvents bounds how much of one evaluation is remembered. What comes later is not: the evaluation goes on.
const maxEvents = 1 << 20

// trace is how an evaluation went: which definitions held, and which of their expressions did not. It is the library's
// query tracer.
type trace struct {
	events int
	rules  map[uint64]*ast.Rule // of the definition that a query evaluates
	fired  map[*ast.Rule]bool
	failed map[*ast.Rule]map[int]bool // by the expression's place in the body
}

func newTrace() *trace {
	return &trace{rules: map[uint64]*ast.Rule{}, fired: map[*ast.Rule]bool{}, failed: map[*ast.Rule]map[int]bool{}}
}

// Enabled is part of the library's interface.
func (t *trace) Enabled() bool { return t.events < maxEvents }

// Config is part of the library's interface: values of variables are not needed.
func (t *trace) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

// TraceEvent notes an event.
func (t *trace) TraceEvent(e topdown.Event) {
	t.events++
	switch node := e.Node.(type) {
	case *ast.Rule:
		if e.Op == topdown.EnterOp {
			t.rules[e.QueryID] = node
		}
		if e.Op == topdown.ExitOp {
			t.fired[node] = true
		}
	case *ast.Expr:
		rule := t.rules[e.QueryID]
		if e.Op != topdown.FailOp || rule == nil {
			return
		}
		if t.failed[rule] == nil {
			t.failed[rule] = map[int]bool{}
		}
		t.failed[rule][node.Index] = true
	}
}

// deepest is the last expression of a definition that did not hold, nil if none is known.
func (t *trace) deepest(r *ast.Rule) *ast.Expr {
	for i := len(r.Body) - 1; i >= 0; i-- {
		if t.failed[r][i] {
			return r.Body[i]
		}
	}
	return nil
}
