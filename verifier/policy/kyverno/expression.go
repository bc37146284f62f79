package kyverno

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jmespath/go-jmespath"

	"github.com/attestree/attestree/verifier/policy/pointer"
)

// functions are those of JMESPath itself that make no more of what they are given. Kyverno has many of its own, which are not
// evaluated here.
var functions = []string{
	"abs", "avg", "ceil", "contains", "ends_with", "floor", "keys", "length", "map", "max", "max_by", "merge", "min",
	"min_by", "not_null", "reverse", "sort", "sort_by", "starts_with", "sum", "to_array", "to_number", "to_string", "type", "values",
}

// variable finds an expression in a text.
var variable = regexp.MustCompile(`\{\{(.*?)\}\}`)

// maxExpression bounds one expression, in bytes.
const maxExpression = 2000

// reads reports whether there is an expression in a value.
func reads(v any) bool {
	switch v := v.(type) {
	case string:
		return variable.MatchString(v)
	case []any:
		return slices.ContainsFunc(v, reads)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(v)), reads)
	}
	return false
}

// checkExpressions says why an expression in a value is not evaluated.
func checkExpressions(v any) error {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, `\{{`) || strings.Contains(v, "$(") {
			return errors.New("an expression that is escaped, and one in $(), is not evaluated here")
		}
		for _, at := range variable.FindAllStringSubmatch(v, -1) {
			if err := checkExpression(strings.TrimSpace(at[1])); err != nil {
				return err
			}
		}
		if strings.Contains(variable.ReplaceAllString(v, ""), "{{") {
			return errors.New("an expression over several lines, or in another, is not evaluated here")
		}
	case []any:
		for _, item := range v {
			if err := checkExpressions(item); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, item := range v {
			if strings.Contains(name, "{{") {
				return errors.New("an expression for a name is not evaluated here")
			}
			if err := checkExpressions(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkExpression(expression string) error {
	if len(expression) > maxExpression {
		return errors.New("the expression is too long")
	}
	bare := unquoted(expression)
	for _, call := range calls.FindAllStringSubmatch(bare, -1) {
		if !slices.Contains(functions, call[1]) {
			return fmt.Errorf("the function %s is not evaluated here", call[1])
		}
	}
	if tooInvolved(bare) {
		return errors.New("the expression puts too much together to be evaluated here")
	}
	if at := surroundings.FindStringSubmatch(bare); at != nil {
		return fmt.Errorf("%s is of the request to the cluster, and not of the predicate", at[1])
	}
	if strings.HasPrefix(expression, "@") || bare == "" {
		return errors.New("an expression without a path is not evaluated here")
	}
	if _, err := compile(expression); err != nil {
		return errors.New("the expression is no JMESPath")
	}
	return nil
}

var (
	calls    = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)\s*\(`)
	literals = regexp.MustCompile("'(?:[^'\\\\]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`|\"(?:[^\"\\\\]|\\\\.)*\"")
)

// surroundings finds the variables that Kyverno has beside the predicate.
var surroundings = regexp.MustCompile(
	`(?:^|[^.A-Za-z0-9_])(request|images|image|element|elementIndex|serviceAccountName|serviceAccountNamespace|globalReference|target)\b`)

// unquoted is an expression without its literals.
func unquoted(expression string) string { return literals.ReplaceAllString(expression, "") }

// compile parses an expression. The library is not ours: it must cost the expression and not the program.
func compile(expression string) (compiled *jmespath.JMESPath, err error) {
	defer func() {
		if recover() != nil {
			compiled, err = nil, errors.New("it cannot be parsed")
		}
	}()
	return jmespath.Compile(expression)
}

func search(expression string, root any) (v any, err error) {
	defer func() {
		if recover() != nil {
			v, err = nil, errors.New("it cannot be evaluated")
		}
	}()
	if !bearable(expression, root) {
		return nil, errWeight
	}
	compiled, err := compile(expression)
	if err != nil {
		return nil, err
	}
	if v, err = compiled.Search(root); err == nil && weight(v, maxWeight) > maxWeight {
		return nil, errWeight
	}
	return v, err
}

// substitute puts what expressions say into a value. A text that is nothing but one expression becomes what that says.
// undefined is the first expression that says nothing; Kyverno then gives up, and lets nothing pass.
func substitute(v, root any) (out any, undefined string, err error) {
	switch v := v.(type) {
	case string:
		return substituteText(v, root)
	case []any:
		list := make([]any, 0, len(v))
		for _, item := range v {
			one, missing, err := substitute(item, root)
			if err != nil || missing != "" {
				return nil, missing, err
			}
			list = append(list, one)
		}
		return list, "", nil
	case map[string]any:
		object := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			one, missing, err := substitute(v[name], root)
			if err != nil || missing != "" {
				return nil, missing, err
			}
			object[name] = one
		}
		return object, "", nil
	}
	return v, "", nil
}

func substituteText(s string, root any) (out any, undefined string, err error) {
	at := variable.FindAllStringSubmatchIndex(s, -1)
	var b strings.Builder
	end := 0
	for _, m := range at {
		expression := strings.TrimSpace(s[m[2]:m[3]])
		v, err := search(expression, root)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", expression, err)
		}
		if v == nil {
			return nil, expression, nil
		}
		if m[0] == 0 && m[1] == len(s) {
			return v, "", nil
		}
		b.WriteString(s[end:m[0]] + word(v))
		if end = m[1]; b.Len() > maxWeight {
			return nil, "", errWeight
		}
	}
	return b.String() + s[end:], "", nil
}

// word is a value inside of a text.
func word(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return pointer.Show([]any{v})
}

// leading finds the path that an expression begins with.
var leading = regexp.MustCompile(`^(?:[A-Za-z_][A-Za-z0-9_]*|"[^"\\]*")(?:\.(?:[A-Za-z_][A-Za-z0-9_]*|"[^"\\]*")|\[(?:[0-9]+|\*|\?[^\]]*)?\])*`)

// piece finds one step of a path.
var piece = regexp.MustCompile(`\.?([A-Za-z_][A-Za-z0-9_]*)|\.?"([^"\\]*)"|\[([0-9]*|\*|\?[^\]]*)\]`)

// paths are the places that a value reads from the predicate, as far as their expressions begin with one.
func paths(v any) []pointer.Path {
	var list []pointer.Path
	s, ok := v.(string)
	if !ok {
		return nil
	}
	for _, m := range variable.FindAllStringSubmatch(s, -1) {
		expression := strings.TrimSpace(m[1])
		for calls.MatchString(expression) && calls.FindStringIndex(expression)[0] == 0 { // the first argument of a function
			expression = strings.TrimSpace(expression[calls.FindStringIndex(expression)[1]:])
		}
		if p := path(leading.FindString(expression)); len(p) > 0 {
			list = append(list, p)
		}
	}
	return list
}

func path(s string) pointer.Path {
	var p pointer.Path
	for _, m := range piece.FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			p = append(p, pointer.Key(m[1]))
		case m[2] != "":
			p = append(p, pointer.Key(m[2]))
		default:
			if i, err := strconv.Atoi(m[3]); err == nil {
				p = append(p, pointer.Index(i))
			} else {
				p = append(p, pointer.Every())
			}
		}
	}
	return p
}
