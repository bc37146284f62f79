package kyverno

import (
	"errors"
	"math"
	"reflect"
	"strconv"
)

// operators are the comparisons that are evaluated: all that Kyverno documents.
var operators = []string{
	"Equals", "Equal", "NotEquals", "NotEqual", "In", "NotIn", "AnyIn", "AllIn", "AnyNotIn", "AllNotIn",
	"GreaterThan", "GreaterThanOrEquals", "LessThan", "LessThanOrEquals",
	"DurationGreaterThan", "DurationGreaterThanOrEquals", "DurationLessThan", "DurationLessThanOrEquals",
}

// What Kyverno answers with a yes or an error, and proves nothing about what is there.
var (
	// errComparison says that what Kyverno makes of the two is not known here.
	errComparison = errors.New("what is compared is not of a kind that is evaluated here")
	errNothing    = errors.New("the list is empty, so that nothing is compared")
	errKinds      = errors.New("what is compared is of two kinds, such as a number and a text, which are never equal, whatever is there")
	errPattern    = errors.New("it is so only because what is there has a * or ? in it, which Kyverno takes for a pattern")
	errStops      = errors.New("at a list in which not everything is a text, Kyverno stops with an error; AnyIn and its kin compare those")
	errBackwards  = errors.New("this is answered the wrong way round by Kyverno itself; AllNotIn is not")
)

// undecided reports whether an error says that Kyverno's own answer proves nothing, rather than that it is not known here.
func undecided(err error) bool {
	for _, e := range []error{errNothing, errKinds, errPattern, errStops, errBackwards} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// comparison is one operator with what is known of its sides.
type comparison struct {
	operator string
	// exactKey and exactValue have a * on that side be a * and no pattern.
	exactKey, exactValue bool
}

// compare holds a key against a value, both as JSON decodes them, the way Kyverno 1.19 does. read says which of them came
// from what was attested: a yes that only a pattern in there gives is an error.
func compare(operator string, key, value any, readKey, readValue bool) (bool, error) {
	if !light(key, value) {
		return false, errWeight
	}
	key, value = counted(key), counted(value)
	if endless(key, value) {
		return false, errComparison
	}
	yes, err := comparison{operator: operator}.holds(key, value)
	if !yes || err != nil || !readKey && !readValue {
		return yes, err
	}
	if yes, err = (comparison{operator, readKey, readValue}).holds(key, value); err == nil && !yes {
		return false, errPattern
	}
	return yes, err
}

func (c comparison) holds(key, value any) (bool, error) {
	switch c.operator {
	case "Equals", "Equal":
		return c.equal(key, value)
	case "NotEquals", "NotEqual":
		same, err := c.equal(key, value)
		if err == nil && !alike(key, value) {
			err = errKinds
		}
		return !same && err == nil, err
	case "In", "NotIn":
		return c.in(key, value)
	case "AnyIn", "AllIn", "AnyNotIn", "AllNotIn":
		return c.among(key, value)
	case "DurationGreaterThan", "DurationGreaterThanOrEquals", "DurationLessThan", "DurationLessThanOrEquals":
		return c.lasting(key, value)
	}
	return c.ordered(key, value)
}

// counted is a value with the whole numbers in it as such, for Kyverno tells them from fractions.
func counted(v any) any {
	switch v := v.(type) {
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<63 {
			return int64(v)
		}
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = counted(v[i])
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name := range v {
			object[name] = counted(v[name])
		}
		return object
	}
	return v
}

// alike reports whether two are of kinds that can be equal at all. Of others Kyverno says that they are not equal, some
// versions that they are neither.
func alike(key, value any) bool {
	if _, _, ok := durations(key, value); ok {
		return true
	}
	switch k := key.(type) {
	case int64, float64:
		switch v := value.(type) {
		case int64, float64:
			return true
		case string:
			_, err := strconv.ParseFloat(v, 64)
			return err == nil
		}
		return false
	case string:
		text, ok := value.(string)
		_, amount, _ := quantity(k)
		_, other, _ := quantity(text)
		return ok && (!amount || other || text == "")
	}
	return key != nil && reflect.TypeOf(key) == reflect.TypeOf(value)
}

// equal is Kyverno's Equals: the value is a pattern with * and ? where both are texts.
func (c comparison) equal(key, value any) (bool, error) {
	switch k := key.(type) {
	case string:
		return c.equalText(k, value)
	case int64:
		switch v := value.(type) {
		case int64:
			return k == v, nil
		case string:
			n, err := strconv.ParseInt(v, 10, 64)
			return err == nil && n == k, nil
		}
		return false, nil
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

// equalText compares as durations what can be, else as quantities, else as a pattern.
func (c comparison) equalText(key string, value any) (bool, error) {
	if a, b, ok := durations(key, value); ok {
		return a == b, nil
	}
	text, ok := value.(string)
	if !ok {
		return false, nil
	}
	a, amount, err := quantity(key)
	if err != nil {
		return false, err
	}
	if !amount {
		return c.fits(text, key), nil
	}
	b, other, err := quantity(text)
	if err != nil || !other {
		return false, err
	}
	return a.Cmp(b) == 0, nil
}

// fits reports whether a key has the pattern that a value is.
func (c comparison) fits(value, key string) bool {
	if c.exactValue {
		return value == key
	}
	return Wildcard(value, key)
}
