package doctor

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// copyOf is a statement in which one thing is not as it was signed.
type copyOf struct {
	says      string // in a few words
	statement map[string]any
	// must says that a policy which reads this place has to refuse the copy; of the others of one place one is enough.
	must bool
}

// tamper makes copies of a statement that say the contrary of what is at a path, or nothing.
func tamper(statement map[string]any, p pointer.Path) []copyOf {
	values, missing := pointer.Find(statement, p)
	if missing != nil || len(values) == 0 {
		return nil
	}
	name := p.Text("", "*")
	var list []copyOf
	add := func(says string, must bool, at pointer.Path, change func(any) (any, bool)) {
		if changed, ok := pointer.Edit(statement, at, change).(map[string]any); ok {
			list = append(list, copyOf{says: says, statement: changed, must: must})
		}
	}
	for _, other := range contraries(values[0]) {
		add(name+" is "+pointer.Show([]any{other.value}), other.must, p, func(any) (any, bool) { return other.value, true })
	}
	gone := func(any) (any, bool) { return nil, false }
	if len(p) > 0 && !p[len(p)-1].Every {
		add(name+" is left out", true, p, gone)
	}
	if i := slices.Index(p, pointer.Every()); i > 0 {
		list = append(list, copiesOfList(statement, p[:i])...)
	}
	return list
}

// copiesOfList leave out a list, or everything that is in it.
func copiesOfList(statement map[string]any, p pointer.Path) []copyOf {
	var out []copyOf
	name := p.Text("", "*")
	if changed, ok := pointer.Edit(statement, p, func(any) (any, bool) { return nil, false }).(map[string]any); ok {
		out = append(out, copyOf{name + " is left out", changed, true})
	}
	if changed, ok := pointer.Edit(statement, p, func(any) (any, bool) { return []any{}, true }).(map[string]any); ok {
		out = append(out, copyOf{name + " is empty", changed, true})
	}
	return out
}

// contrary is a value that says something else. must is set where it is plainly the opposite.
type contrary struct {
	value any
	must  bool
}

// contraries are what a value could say instead.
func contraries(v any) []contrary {
	switch v := v.(type) {
	case bool:
		return []contrary{{!v, true}}
	case string:
		return contraryTexts(v)
	case json.Number:
		return []contrary{{json.Number("1000000000"), false}, {json.Number("-1"), false}, {json.Number("0"), false}}
	case float64:
		return []contrary{{1e9, false}, {-1.0, false}, {0.0, false}}
	}
	return nil
}

func contraryTexts(s string) []contrary {
	for _, pair := range [][2]string{{"PASSED", "FAILED"}, {"passed", "failed"}, {"true", "false"}, {"FAILED", "PASSED"}, {"failed", "passed"}} {
		if strings.Contains(s, pair[0]) {
			return []contrary{{strings.Replace(s, pair[0], pair[1], 1), pair[0] == "PASSED" || pair[0] == "passed" || pair[0] == "true"}}
		}
	}
	if _, err := time.Parse(time.RFC3339, s); err == nil {
		return []contrary{{"1970-01-01T00:00:00Z", false}, {"9999-01-01T00:00:00Z", false}}
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return []contrary{{"1000000000", false}, {"-1", false}}
	}
	return []contrary{{s + "-altered", false}}
}

// refused says whether enough copies of one place are refused: all that must be, and one of those that say something
// else. It says which were.
func refused(copies []copyOf, refuses func(copyOf) bool) (says []string, ok bool) {
	others, caught := 0, 0
	for _, c := range copies {
		r := refuses(c)
		switch {
		case c.must && !r:
			return nil, false
		case !c.must:
			others++
			if r {
				caught++
			}
		}
		if r {
			says = append(says, c.says)
		}
	}
	return says, len(copies) > 0 && (others == 0 || caught > 0)
}
