package kyverno

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A condition may be met only because something is not there: filters leave out what lacks a field, and || and not_null put
// something else in its place. It is found out by trying: the condition is held against copies of the predicate in which
// whatever the condition names is there, saying this or that. Where one of them is refused, the field decides, and was not
// looked at.

// The bounds of trying.
const (
	maxNames  = 24
	maxValues = 16
	maxTried  = 1 << 28 // bytes and members of all copies together
)

// straight is an expression that only follows a path: what is not there is an error then.
var straight = regexp.MustCompile(`^(?:[A-Za-z_][A-Za-z0-9_]*|"[^"\\]*"|\.|\[[0-9*]*\])+$`)

// gap is a field whose absence a condition that is met rests on, "" for none.
func (c *Condition) gap(predicate map[string]any) (name string, err error) {
	m := mentioned{}
	m.in(c.Key)
	m.in(c.Value)
	if !m.winding {
		return "", nil
	}
	names, probes := m.sorted(), m.probes()
	budget := maxTried / (weight(predicate, maxTried) + 1)
	if budget < len(probes) {
		return "", errWeight
	}
	refused := func(names []string) bool {
		for _, probe := range probes {
			if budget--; budget >= 0 && c.refuses(filled(predicate, names, probe).(map[string]any)) {
				return true
			}
		}
		return false
	}
	if !refused(names) {
		for _, one := range names { // together they may hide each other
			if refused([]string{one}) {
				return one, nil
			}
		}
		return "", nil
	}
	for _, one := range names {
		if refused([]string{one}) {
			return one, nil
		}
	}
	return strings.Join(names, " or "), nil
}

// refuses reports whether a predicate is refused for what it says, and not for an error.
func (c *Condition) refuses(predicate map[string]any) bool {
	key, missing, err := substitute(c.Key, predicate)
	value, missingToo, errToo := substitute(c.Value, predicate)
	if missing != "" || missingToo != "" || err != nil || errToo != nil {
		return false
	}
	yes, err := compare(c.Operator, key, value, reads(c.Key), reads(c.Value))
	return err == nil && !yes
}

// filled is a copy of a document in which every object has all of the names, those that it lacked with a value.
func filled(at any, names []string, with any) any {
	switch at := at.(type) {
	case map[string]any:
		out := make(map[string]any, len(at)+len(names))
		for _, name := range names {
			out[name] = with
		}
		for name, value := range at {
			out[name] = filled(value, names, with)
		}
		return out
	case []any:
		out := make([]any, len(at))
		for i, value := range at {
			out[i] = filled(value, names, with)
		}
		return out
	}
	return at
}

// mentioned is what the sides of a condition name.
type mentioned struct {
	names   map[string]bool
	values  []any
	winding bool // an expression does more than to follow a path
}

// named finds names in an expression without its literals, and what follows them.
var named = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)(\s*\()?`)

func (m *mentioned) in(v any) {
	switch v := v.(type) {
	case string:
		if !reads(v) {
			m.value(v)
		}
		for _, at := range variable.FindAllStringSubmatch(v, -1) {
			m.expression(strings.TrimSpace(at[1]))
		}
	case []any:
		for _, item := range v {
			m.in(item)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			m.in(v[name])
		}
	default:
		m.value(v)
	}
}

func (m *mentioned) expression(expression string) {
	m.winding = m.winding || !straight.MatchString(expression)
	for _, literal := range literals.FindAllString(expression, -1) {
		inner := literal[1 : len(literal)-1]
		switch literal[0] {
		case '"':
			m.name(inner)
		case '`':
			var v any
			if json.Unmarshal([]byte(inner), &v) == nil {
				m.value(v)
			}
		default:
			m.value(inner)
		}
	}
	for _, at := range named.FindAllStringSubmatch(unquoted(expression), -1) {
		if at[2] == "" {
			m.name(at[1])
		}
	}
}

func (m *mentioned) name(s string) {
	if m.names == nil {
		m.names = map[string]bool{}
	}
	if len(m.names) < maxNames {
		m.names[s] = true
	}
}

// value is something that a field may say. A text may also be the name of one, as of those that keys lists.
func (m *mentioned) value(v any) {
	if s, ok := v.(string); ok {
		m.name(s)
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			m.value(f)
		}
	}
	if len(m.values) < maxValues {
		m.values = append(m.values, v)
	}
}

func (m *mentioned) sorted() []string { return slices.Sorted(maps.Keys(m.names)) }

// probes are what the names are given: values, lists of them, and objects that have all of the names.
func (m *mentioned) probes() []any {
	var list []any
	for _, v := range append(slices.Clip(m.values), true, false, 1e9, -1.0, "?") {
		object := map[string]any{}
		for name := range m.names {
			object[name] = v
		}
		list = append(list, v, []any{v}, object, []any{object})
	}
	return list
}
