package rego

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/attestree/attestree/model/diagnosis"
)

// Outcome is how one rule of a decision ended over one statement: the whole decision where one definition that holds is
// enough, one definition where each is a demand of its own.
type Outcome struct {
	Decision   Decision
	Line       int // of the definition
	Expression string
	Result     diagnosis.Result
	// FailsOpen is true where the policy lets pass what it could not look at.
	FailsOpen bool
	// Unfollowed is what the policy does with the statement that hides what it reads there, a clause; "" for nothing. A
	// decision that would be met is undefined then.
	Unfollowed string
	Reads      []Read // those of the expression that decided first
	Decisive   int    // how many those are
	Said       []string
	Message    string // one sentence
}

// Judge asks for one decision over one statement, decoded from JSON. now is the only clock that the policy has. What
// cannot be evaluated within the bounds is one outcome, unsupported; there is always one.
func (p *Policy) Judge(ctx context.Context, d Decision, input any, now time.Time) []Outcome {
	run, err := p.run(ctx, d, input, now)
	if err != nil {
		return []Outcome{{
			Decision: d, Line: d.Line, Result: diagnosis.Unsupported,
			Message: fmt.Sprintf("%s could not be evaluated: %s.", d.Name, firstLine(err.Error())),
		}}
	}
	var list []Outcome
	err = bounded(ctx, func(context.Context) error {
		run.index()
		list = run.outcomes()
		return nil
	}, func() { run.stopped.Store(true) })
	if err != nil {
		return []Outcome{{
			Decision: d, Line: d.Line, Result: diagnosis.Unsupported,
			Message: fmt.Sprintf("%s was evaluated, but it could not be told what it reads: %s.", d.Name, firstLine(err.Error())),
		}}
	}
	return list
}

func (run *evaluation) outcomes() []Outcome {
	if run.decision.Asked == AskEmpty {
		return run.demands()
	}
	return []Outcome{run.permission()}
}

// evaluation is one finished run.
type evaluation struct {
	policy   *Policy
	decision Decision
	input    any
	trace    *trace
	stopped  atomic.Bool // nobody waits for what is still to be found out
	names    names
	named    map[string][]*ast.Rule  // the definitions by their names
	rules    []*ast.Rule             // all definitions of the file, compiled
	before   map[*ast.Rule]*ast.Rule // of an else, what had to fail for it
	value    any
	defined  bool
}

func (p *Policy) run(ctx context.Context, d Decision, input any, now time.Time) (*evaluation, error) {
	value, err := ast.InterfaceToValue(input)
	if err != nil {
		return nil, errors.New("the statement cannot be read")
	}
	run := &evaluation{policy: p, decision: d, input: input, trace: newTrace(), before: map[*ast.Rule]*ast.Rule{}}
	cancel := topdown.NewCancel()
	err = bounded(ctx, func(ctx context.Context) error {
		return run.query(ctx, ast.NewTerm(value), now, cancel)
	}, cancel.Cancel)
	switch {
	case err != nil:
		return nil, err
	case !run.trace.Enabled():
		return nil, errors.New("it takes too many steps to follow")
	}
	return run, nil
}

// index lists what the analysis looks up.
func (run *evaluation) index() {
	run.named = map[string][]*ast.Rule{}
	for _, module := range run.policy.compiler.Modules {
		for _, rule := range module.Rules {
			for ; rule != nil; rule = rule.Else {
				run.rules = append(run.rules, rule)
				run.named[ruleName(rule)] = append(run.named[ruleName(rule)], rule)
				if rule.Else != nil {
					run.before[rule.Else] = rule
				}
			}
		}
	}
	run.names = namesOf(run.rules, run.helpers)
}

// query asks OPA. Rules are evaluated one by one, without the index that would leave some of them out.
func (run *evaluation) query(ctx context.Context, input *ast.Term, now time.Time, cancel topdown.Cancel) error {
	store := inmem.New()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return err
	}
	defer store.Abort(ctx, txn)
	ref := run.policy.module.Package.Path.Append(ast.StringTerm(run.decision.Rule))
	body, err := run.policy.compiler.QueryCompiler().Compile(ast.NewBody(ast.Equality.Expr(ast.VarTerm("answer"), ast.NewTerm(ref))))
	if err != nil {
		return err
	}
	results, err := topdown.NewQuery(body).
		WithCompiler(run.policy.compiler).WithStore(store).WithTransaction(txn).WithInput(input).
		WithTime(now).WithCancel(cancel).WithIndexing(false).WithQueryTracer(run.trace).Run(ctx)
	switch {
	case err != nil:
		return err
	case len(results) == 0:
		return nil
	}
	answer, found := results[0]["answer"]
	if !found {
		return nil
	}
	run.value, err = ast.JSON(answer.Value)
	run.defined = err == nil
	return err
}

// definitions are those of the decision that are no default.
func (run *evaluation) definitions() []*ast.Rule {
	var list []*ast.Rule
	for _, rule := range run.rules {
		if !rule.Default && ruleName(rule) == run.decision.Rule {
			list = append(list, rule)
		}
	}
	return list
}
