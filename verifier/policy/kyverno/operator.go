package kyverno

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// operators are the comparisons that are evaluated.
var operators = []string{
	"Equals", "Equal", "NotEquals", "NotEqual", "AnyIn", "AllIn", "AnyNotIn", "AllNotIn",
	"GreaterThan", "GreaterThanOrEquals", "LessThan", "LessThanOrEquals",
}

// errComparison says that Kyverno would read the two as something that is not read here.
var errComparison = errors.New("what is compared is not of a kind that is evaluated here (texts, numbers, durations, true and false)")

// errNothing says that there is nothing to compare, which Kyverno may take for a yes.
var errNothing = errors.New("the list is empty, so that nothing is compared")

// compare holds a key against a value. Comparisons whose outcome depends on how Kyverno reads quantities, versions or
// ranges are an error.
func compare(operator string, key, value any) (bool, error) {
	switch operator {
	case "Equals", "Equal":
		return equal(key, value)
	case "NotEquals", "NotEqual":
		same, err := equal(key, value)
		return !same && err == nil && comparable(key, value), err
	case "AnyIn", "AllIn", "AnyNotIn", "AllNotIn":
		return among(operator, key, value)
	}
	a, b, err := numbers(key, value)
	if err != nil {
		return false, err
	}
	switch operator {
	case "GreaterThan":
		return a > b, nil
	case "GreaterThanOrEquals":
		return a >= b, nil
	case "LessThan":
		return a < b, nil
	case "LessThanOrEquals":
		return a <= b, nil
	}
	return false, errComparison
}

// quantity is a number with a unit as Kubernetes writes it: two different texts may be the same amount.
var quantity = regexp.MustCompile(`^[+-]?[0-9.]+([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$`)

// comparable reports whether Kyverno compares the two at all: of what it does not compare it says neither that it is equal
// nor that it is not.
func comparable(key, value any) bool {
	if _, _, err := durations(key, value); err == nil {
		return true
	}
	switch key.(type) {
	case float64:
		_, err := number(value)
		return err == nil
	case map[string]any:
		_, ok := value.(map[string]any)
		return ok
	case []any:
		_, ok := value.([]any)
		return ok
	case bool:
		_, ok := value.(bool)
		return ok
	}
	_, ok := value.(string)
	return ok
}

// equal is Kyverno's Equals: the value is a pattern with * and ? where both are texts.
func equal(key, value any) (bool, error) {
	switch k := key.(type) {
	case string:
		return equalText(k, value)
	case float64:
		switch v := value.(type) {
		case float64:
			return k == v, nil
		case string:
			f, err := strconv.ParseFloat(v, 64)
			return err == nil && f == k, nil
		}
		return false, nil
	case bool, []any, map[string]any:
		return reflect.DeepEqual(key, value), nil
	}
	return false, errComparison
}

func equalText(key string, value any) (bool, error) {
	text, ok := value.(string)
	if a, b, err := durations(key, value); err == nil {
		return a == b, nil
	}
	switch {
	case !ok:
		return false, nil
	case quantity.MatchString(key) && key != text:
		return false, errComparison
	}
	return Wildcard(text, key), nil
}

// among is Kyverno's In and its kin: patterns on either side.
func among(operator string, key, value any) (bool, error) {
	keys, ok := words(key)
	values, listed := words(value)
	_, list := value.([]any)
	switch {
	case !ok || !listed || !list && !plainWord(operator, key, value):
		return false, errComparison
	case len(keys) == 0:
		return false, errNothing
	}
	found := 0
	for _, k := range keys {
		for _, v := range values {
			if Wildcard(v, k) || Wildcard(k, v) {
				found++
				break
			}
		}
	}
	switch operator {
	case "AnyIn":
		return found > 0, nil
	case "AllIn":
		return found == len(keys), nil
	case "AnyNotIn":
		return found < len(keys), nil
	}
	return found == 0, nil
}

// plainWord reports whether a value that is no list is one that Kyverno takes for a text: anything else it may read as a
// range or as JSON, or refuse, and with the operators that deny it refuses every text.
func plainWord(operator string, key, value any) bool {
	_, one := key.(string)
	text, single := value.(string)
	return one && single && (operator == "AnyIn" || operator == "AllIn") &&
		!strings.Contains(text, "-") && !json.Valid([]byte(text)) && !strings.HasPrefix(text, "[")
}

// large is from where on numbers are written with an exponent by some and without by others.
const large = 1e6

// words are a value's texts; false for what is none. Kyverno takes no truth value for one, unless it is in a list.
func words(v any) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return []string{v}, true
	case float64:
		return []string{word(v)}, math.Abs(v) < large
	case []any:
		list := make([]string, 0, len(v))
		for _, item := range v {
			if b, truth := item.(bool); truth {
				item = word(b)
			}
			one, ok := words(item)
			if _, nested := item.([]any); !ok || nested {
				return nil, false
			}
			list = append(list, one...)
		}
		return list, true
	}
	return nil, false
}

// numbers are both sides as numbers, or as durations in seconds.
func numbers(key, value any) (a, b float64, err error) {
	if a, b, err := durations(key, value); err == nil {
		return a, b, nil
	}
	a, errA := number(key)
	b, errB := number(value)
	if errA != nil || errB != nil {
		return 0, 0, errComparison
	}
	return a, b, nil
}

func number(v any) (float64, error) {
	switch v := v.(type) {
	case float64:
		return v, nil
	case string:
		f, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return 0, errComparison
		}
		return f, nil
	}
	return 0, errComparison
}

// durations are both sides in seconds: at least one must be written as a duration, and a plain number is of seconds.
func durations(key, value any) (a, b float64, err error) {
	a, written, err := seconds(key)
	if err != nil {
		return 0, 0, err
	}
	b, also, err := seconds(value)
	if err != nil || !written && !also {
		return 0, 0, errComparison
	}
	return a, b, nil
}

func seconds(v any) (s float64, written bool, err error) {
	switch v := v.(type) {
	case float64:
		return v, false, nil
	case string:
		d, err := time.ParseDuration(v)
		if err != nil || v == "0" {
			return 0, false, errComparison
		}
		return d.Seconds(), true, nil
	}
	return 0, false, errComparison
}
