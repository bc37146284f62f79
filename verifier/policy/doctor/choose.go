package doctor

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/verifier/policy/pointer"
	"github.com/attestree/attestree/verifier/policy/rego"
)

// choice is what a Rego policy is judged on.
type choice struct {
	subjects []subject
	absent   string // the predicate type that was asked for and that nothing has
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
	for _, fits := range []func(subject) bool{
		func(s subject) bool { return reaches(s.statement(), paths, nil) },
		func(s subject) bool { return s.nested && reaches(s.statement(), paths, pointer.Keys("predicate")) },
		func(s subject) bool { return reachesOtherVersion(s, paths) },
	} {
		var list []subject
		for _, s := range e.subjects {
			if fits(s) {
				list = append(list, s)
			}
		}
		if len(list) > 0 {
			return choice{subjects: preferred(list)}
		}
	}
	return choice{subjects: preferred(e.subjects)}
}

func (e *examiner) ofTypes(types []string) choice {
	var list []subject
	for _, s := range e.subjects {
		if slices.Contains(types, s.kind) {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return choice{absent: types[0]}
	}
	return choice{subjects: preferred(list)}
}

// preferred are the trusted ones of a list, else the signed ones, else all.
func preferred(list []subject) []subject {
	for _, want := range []func(subject) bool{func(s subject) bool { return s.trusted }, func(s subject) bool { return s.signed }} {
		if some := slices.DeleteFunc(slices.Clone(list), func(s subject) bool { return !want(s) }); len(some) > 0 {
			return some
		}
	}
	return list
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
