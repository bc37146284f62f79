package rego

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// through follows a place that lies behind rules of the file to where it leads: what a rule gives, and the way on from
// there. all is false where it goes on and it is not known from where.
func (run *evaluation) through(at place, helpers []*ast.Rule) (list []place, all bool) {
	w := way{run: run, seen: map[string]bool{}, all: true}
	w.follow(at, helpers)
	return w.ends, w.all
}

// way is one run of through.
type way struct {
	run  *evaluation
	seen map[string]bool // places that were followed
	ends []place
	all  bool
}

// maxWays bounds how many places one place is followed to.
const maxWays = 1000

func (w *way) follow(at place, helpers []*ast.Rule) {
	name := at.path.Text(at.root, "_")
	switch {
	case w.seen[name]:
		return
	case len(w.seen) == maxWays || w.run.stopped.Load():
		w.all = false
		return
	}
	w.seen[name] = true
	rest := at.path[len(w.run.policy.module.Package.Path[1:])+1:]
	for _, rule := range w.run.held(helpers) {
		given, on := rule.Head.Value, rest
		if rule.Head.RuleKind() == ast.MultiValue || rule.Head.Key != nil {
			if len(rest) == 0 {
				continue
			}
			if on = rest[1:]; rule.Head.Value == nil {
				given = rule.Head.Key
			}
		}
		if given == nil || len(rule.Head.Args) > 0 {
			continue
		}
		from, found := w.run.names.place(given)
		if !found {
			w.all = w.all && (len(on) == 0 || scalar(given))
			continue
		}
		from.path = append(from.path[:len(from.path):len(from.path)], on...)
		if further := w.run.helpers(from); len(further) > 0 {
			w.follow(from, further)
		} else {
			w.ends = append(w.ends, from)
		}
	}
}

// scalar reports whether a term has no members.
func scalar(t *ast.Term) bool {
	switch t.Value.(type) {
	case ast.Boolean, ast.String, ast.Number, ast.Null:
		return true
	}
	return false
}
