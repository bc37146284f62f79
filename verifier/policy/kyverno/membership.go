package kyverno

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// among is Kyverno's AnyIn and its kin: each side may be a list, a text, or a text that is a list in JSON or a range, and
// patterns are allowed on either side. What it can make nothing of is neither in nor not in.
func (c comparison) among(key, value any) (bool, error) {
	keys, list, ok := members(key)
	switch {
	case !ok:
		return false, nil
	case len(keys) == 0:
		return false, errNothing
	case list && strings.HasPrefix(c.operator, "Any") && single(value):
		value = []any{value}
	}
	inside := 0
	for _, k := range keys {
		in, ok, err := c.inside(k, value, list)
		if err != nil || !ok {
			return false, err
		}
		if in {
			inside++
		}
	}
	switch c.operator {
	case "AnyIn":
		return inside > 0, nil
	case "AllIn":
		return inside == len(keys), nil
	case "AnyNotIn":
		return inside < len(keys), nil
	}
	return inside == 0, nil
}

// single reports whether a value is one number or truth value.
func single(v any) bool {
	switch v.(type) {
	case int64, float64, bool:
		return true
	}
	return false
}

// members are the texts of a key; ok is false for what Kyverno looks for nowhere.
func members(key any) (texts []string, list, ok bool) {
	switch k := key.(type) {
	case string, int64, float64, bool:
		return []string{fmt.Sprint(k)}, false, true
	case []any:
		for _, item := range k {
			texts = append(texts, fmt.Sprint(item))
		}
		return texts, true, true
	}
	return nil, false, false
}

// inside reports whether one text is in a value; ok is false for a value that nothing is looked for in. list is set where
// the text is of several.
func (c comparison) inside(key string, value any, list bool) (in, ok bool, err error) {
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return c.either(key, fmt.Sprint(item)) }), true, nil
	case string:
		if !list && c.fits(v, key) || list && v == key {
			return true, true, nil
		}
		if low, high, found := bounds(v); found {
			if list && c.operator == "AnyNotIn" {
				return c.notOutside(key, low, high)
			}
			in, err := within(key, low, high)
			return in, true, err
		}
		if !json.Valid([]byte(v)) {
			return list && c.either(key, v), true, nil
		}
		var items []string
		if json.Unmarshal([]byte(v), &items) != nil {
			return false, false, nil
		}
		return slices.ContainsFunc(items, func(item string) bool { return item == key || list && c.either(key, item) }), true, nil
	}
	return false, false, nil
}

// either reports whether one of two is the pattern of the other.
func (c comparison) either(key, value string) bool {
	return c.fits(value, key) || (!c.exactKey && Wildcard(key, value))
}

// rangeText is a range of numbers, quantities or durations: "1-10", "128Mi-1Gi".
var rangeText = regexp.MustCompile(`^([-|+]?\d+(?:\.\d+)?[A-Za-z]*)-([-|+]?\d+(?:\.\d+)?[A-Za-z]*)$`)

func bounds(v string) (low, high string, found bool) {
	m := rangeText.FindStringSubmatch(v)
	if m == nil || strings.Contains(v, "|") {
		return "", "", false
	}
	return m[1], m[2], true
}

// within reports whether a text lies in a range. What cannot be compared with an end of it does not.
func within(key, low, high string) (bool, error) {
	a, ok, err := order(key, low)
	if err != nil || !ok || a < 0 {
		return false, err
	}
	b, ok, err := order(key, high)
	return ok && b <= 0, err
}

// notOutside reports whether a text is not known to lie outside of a range, which is how Kyverno denies ranges of a list.
func (c comparison) notOutside(key, low, high string) (in, ok bool, err error) {
	if strings.HasPrefix(low, "-") { // it takes the sign for the middle of the range
		return false, false, errComparison
	}
	a, below, err := order(key, low)
	if err != nil {
		return false, false, err
	}
	b, above, err := order(key, high)
	outside := below && a < 0 || above && b > 0
	return !outside, true, err
}

// in is Kyverno's In and NotIn, which it keeps for old policies: of a list all must be in the value, letter by letter.
func (c comparison) in(key, value any) (bool, error) {
	keys, list, ok := members(key)
	not := c.operator == "NotIn"
	switch {
	case !ok:
		return false, nil
	case list && len(keys) == 0:
		return false, errNothing
	case list:
		return c.allIn(key.([]any), value, not)
	}
	found, ok := false, true
	switch v := value.(type) {
	case []any:
		found = slices.ContainsFunc(v, func(item any) bool { return c.either(keys[0], fmt.Sprint(item)) })
	case string:
		var items []string
		if found = c.fits(v, keys[0]); !found {
			ok = json.Unmarshal([]byte(v), &items) == nil
			found = slices.Contains(items, keys[0])
		}
	default:
		ok = false
	}
	return ok && found != not, nil
}

// allIn asks for all of a list, or with not for one that is not in the value.
func (c comparison) allIn(key []any, value any, not bool) (bool, error) {
	keys, ok := onlyTexts(key)
	if !ok {
		return false, errStops
	}
	var values []string
	switch v := value.(type) {
	case []any:
		if values, ok = onlyTexts(v); !ok {
			return false, nil
		}
	case string:
		if len(keys) == 1 && keys[0] == v {
			if not {
				return false, errBackwards
			}
			return true, nil
		}
		if json.Unmarshal([]byte(v), &values) != nil {
			return false, nil
		}
	default:
		return false, nil
	}
	outside := slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(values, k) })
	return outside == not, nil
}

func onlyTexts(list []any) ([]string, bool) {
	texts := make([]string, 0, len(list))
	for _, item := range list {
		s, ok := item.(string)
		if !ok {
			return nil, false
		}
		texts = append(texts, s)
	}
	return texts, true
}
