package doctor

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/policy/pointer"
	"github.com/attestree/attestree/verifier/policy/rego"
)

// choice is what a Rego policy is judged on.
type choice struct {
	subjects []subject
	absent   string   // the predicate type that was asked for and that nothing has
	bare     []string // platforms that have no such attestation, although others have
}

// choose picks the attestations that a policy is about: of the type that was asked for, else of the types that the policy
// names, else those in which something is that it reads. Of them, those that the reader trusts; where there are none,
// those that anybody signed, for what would be.
func (e *examiner) choose(p *rego.Policy) choice {
	if t := e.options.Type; t != "" {
		return e.ofTypes([]string{t})
	}
	if types := namedTypes(p); len(types) > 0 {
		return e.ofTypes(types)
	}
	paths := p.Paths()
	tests := []func(subject) bool{
		func(s subject) bool { return reaches(s.statement(), paths, nil) },
		func(s subject) bool { return s.nested && reaches(s.statement(), paths, pointer.Keys("predicate")) },
		func(s subject) bool { return reachesOtherVersion(s, paths) },
	}
	if !slices.ContainsFunc(e.subjects, func(s subject) bool { return holdsAll(s, paths, false) }) {
		// Fields of common names, as metadata, are in many types: what has all under the names of another version is meant.
		tests = slices.Insert(tests, 0, func(s subject) bool { return holdsAll(s, paths, true) })
	}
	for _, fits := range tests {
		var list []subject
		for _, s := range e.subjects {
			if fits(s) {
				list = append(list, s)
			}
		}
		if c := e.preferred(list); len(c.subjects) > 0 {
			return c
		}
	}
	return e.preferred(e.subjects)
}

func (e *examiner) ofTypes(types []string) choice {
	var list []subject
	for _, s := range e.subjects {
		if slices.Contains(types, s.kind) {
			list = append(list, s)
		}
	}
	c := e.preferred(list)
	if len(c.subjects) == 0 {
		c.absent = types[0]
	}
	return c
}

// preferred are the trusted ones of a list, else the signed ones, else all: of those about what was asked for, or else
// about the platforms of it. A platform is no witness for the others.
func (e *examiner) preferred(list []subject) choice {
	root, runnable := policy.Places(e.tree, e.tree.Reference)
	var best choice
	for _, want := range []func(subject) bool{
		func(s subject) bool { return s.trusted }, func(s subject) bool { return s.signed }, func(subject) bool { return true },
	} {
		var some []subject
		for _, s := range list {
			if want(s) {
				some = append(some, s)
			}
		}
		if on := about(root, some); len(on) > 0 {
			return choice{subjects: on}
		}
		c := choice{}
		for _, platform := range runnable {
			on := about(platform, some)
			if c.subjects = append(c.subjects, on...); len(on) == 0 {
				c.bare = append(c.bare, platform.Name)
			}
		}
		switch {
		case len(c.subjects) == 0:
		case len(c.bare) == 0:
			return c
		case len(best.subjects) == 0:
			best = c
		}
	}
	return best
}

// about are those of a list that are attached to a place.
func about(p policy.Place, list []subject) []subject {
	var on []subject
	for _, s := range list {
		if slices.Contains(p.Entries, s.entry) {
			on = append(on, s)
		}
	}
	return on
}

// namedTypes are the predicate types that a policy compares with, if it looks at the type at all.
func namedTypes(p *rego.Policy) []string {
	if !slices.ContainsFunc(p.Paths(), func(at pointer.Path) bool {
		return len(at) > 0 && (at[0].Key == "predicateType" || at[0].Key == "predicateTypes")
	}) {
		return nil
	}
	var types []string
	for _, text := range p.Texts() {
		if strings.Contains(text, "://") && !strings.ContainsAny(text, " *%") || strings.HasPrefix(text, "cosign.sigstore.dev/") {
			types = append(types, text)
		}
	}
	return types
}

// reaches reports whether anything in a predicate is there that the policy reads, from below the given step down.
func reaches(statement map[string]any, paths []pointer.Path, below pointer.Path) bool {
	for _, at := range paths {
		if len(at) < 2 || at[0].Key != "predicate" {
			continue
		}
		path := append(append(pointer.Keys("predicate"), below...), at[1])
		if _, missing := pointer.Find(statement, path); missing == nil {
			return true
		}
	}
	return false
}
