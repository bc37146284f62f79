package doctor

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// renamed are fields of SLSA provenance under their names in v0.2 and in v1 (slsa.dev/spec/v1.0/provenance, "Migrating
// from 0.2"), from the predicate.
var renamed = []struct{ old, current string }{
	{"builder.id", "runDetails.builder.id"},
	{"buildType", "buildDefinition.buildType"},
	{"materials", "buildDefinition.resolvedDependencies"},
	{"metadata.buildInvocationId", "runDetails.metadata.invocationId"},
	{"metadata.buildInvocationID", "runDetails.metadata.invocationId"},
	{"metadata.buildStartedOn", "runDetails.metadata.startedOn"},
	{"metadata.buildFinishedOn", "runDetails.metadata.finishedOn"},
	{"invocation.parameters", "buildDefinition.externalParameters"},
	{"invocation.environment", "buildDefinition.internalParameters"},
}

// statementFields are all that a statement has (in-toto attestation spec, statement.md).
var statementFields = []string{"_type", "subject", "predicateType", "predicate"}

// elsewhere is where in a statement the thing may be that is not where a policy looks for it.
type elsewhere struct {
	id   string
	why  string // one clause, after the path
	path pointer.Path
}

// suggest looks for what a path may have meant, in a statement in which it leads nowhere.
func suggest(statement map[string]any, nested bool, p pointer.Path) (elsewhere, bool) {
	there := func(q pointer.Path) bool {
		values, missing := pointer.Find(statement, q)
		return missing == nil && len(values) > 0
	}
	if nested && len(p) > 1 && p[0].Key == "predicate" {
		q := append(pointer.Keys("predicate", "predicate"), p[1:]...)
		if there(q) {
			return elsewhere{"nested-statement", "the predicate of this attestation is a whole statement itself, so that everything is one level deeper", q}, true
		}
	}
	if len(p) > 0 && !p[0].Every && !p[0].Elem && !slices.Contains(statementFields, p[0].Key) {
		for _, field := range statementFields {
			if near(p[0].Key, field) {
				q := pointer.Keys(field)
				if field == "predicate" {
					q = append(q, p[1:]...)
				}
				return elsewhere{"no-such-field", "a statement has no such field", q}, true
			}
		}
		return elsewhere{id: "no-such-field", why: "a statement has no such field, only " + strings.Join(statementFields, ", ")}, true
	}
	if q, found := otherVersion(p); found && there(q) {
		return elsewhere{"other-version", "the field has that name in another version of SLSA provenance than this one", q}, true
	}
	if q, found := similarField(statement, p); found && there(q) {
		return elsewhere{"similar-field", "a field of a similar name is there", q}, true
	}
	return elsewhere{}, false
}

// otherVersion is the path under which the other version of SLSA provenance has a field.
func otherVersion(p pointer.Path) (pointer.Path, bool) {
	if len(p) < 2 || p[0].Key != "predicate" {
		return nil, false
	}
	for _, r := range renamed {
		for _, pair := range [][2]string{{r.old, r.current}, {r.current, r.old}} {
			from := append(pointer.Keys("predicate"), pointer.Keys(strings.Split(pair[0], ".")...)...)
			if len(p) >= len(from) && slices.Equal(p[:len(from)], from) {
				to := append(pointer.Keys("predicate"), pointer.Keys(strings.Split(pair[1], ".")...)...)
				return append(to, p[len(from):]...), true
			}
		}
	}
	return nil, false
}

// reachesOtherVersion reports whether a policy reads provenance by the names of another version.
func reachesOtherVersion(s subject, paths []pointer.Path) bool {
	statement := s.statement()
	return slices.ContainsFunc(paths, func(at pointer.Path) bool {
		q, found := otherVersion(at)
		if !found {
			return false
		}
		_, missing := pointer.Find(statement, q)
		return missing == nil
	})
}

// holdsAll reports whether everything is there that a policy reads of a predicate, with renamed under the names that it has
// in another version of SLSA provenance.
func holdsAll(s subject, paths []pointer.Path, renamed bool) bool {
	statement, any := s.statement(), false
	for _, at := range paths {
		if len(at) < 2 || at[0].Key != "predicate" {
			continue
		}
		if other, found := otherVersion(at); renamed && found {
			at = other
		}
		if _, missing := pointer.Find(statement, at); missing != nil {
			return false
		}
		any = true
	}
	return any
}

// similarField replaces the first step of a path that leads nowhere by a member of nearly the same name.
func similarField(statement map[string]any, p pointer.Path) (pointer.Path, bool) {
	_, missing := pointer.Find(statement, p)
	if len(missing) < 2 || missing[len(missing)-1].Every || missing[len(missing)-1].Elem {
		return nil, false
	}
	last := len(missing) - 1
	values, _ := pointer.Find(statement, missing[:last])
	if len(values) != 1 {
		return nil, false
	}
	object, ok := values[0].(map[string]any)
	if !ok {
		return nil, false
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if near(missing[last].Key, name) {
			q := slices.Clone(p)
			q[last] = pointer.Key(name)
			return q, true
		}
	}
	return nil, false
}

// near reports whether two names differ in letters' case, in - and _, or in no more than two letters of at least five.
func near(a, b string) bool {
	fold := func(s string) string { return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(s)) }
	a, b = fold(a), fold(b)
	if a == b {
		return true
	}
	return min(len(a), len(b)) >= 5 && len(a) < 64 && len(b) < 64 && distance(a, b) <= 2
}

// distance is how many letters must be changed, added or left out to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for k := range len(b) {
			cost := corner
			if a[i] != b[k] {
				cost++
			}
			corner = row[k+1]
			row[k+1] = min(cost, row[k]+1, corner+1)
		}
	}
	return row[len(b)]
}
