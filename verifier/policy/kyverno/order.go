package kyverno

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/semver"
)

// ordered is Kyverno's GreaterThan and its kin, over durations, quantities, numbers and versions, in that order. What it
// can read as none of them is neither more nor less.
func (c comparison) ordered(key, value any) (bool, error) {
	if a, b, ok := durations(key, value); ok {
		return c.says(cmp.Compare(a, b)), nil
	}
	text, isText := key.(string)
	if !isText {
		a, ok := number(key)
		return ok && c.against(a, value), nil
	}
	if other, ok := value.(string); ok {
		a, amount, err := quantity(text)
		b, also, errB := quantity(other)
		switch {
		case err != nil || errB != nil:
			return false, errComparison
		case amount && also:
			return c.says(a.Cmp(b)), nil
		}
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		if a, b, ok := durations(f, value); ok {
			if tooLong(a) || math.IsNaN(f) {
				return false, errComparison
			}
			return c.says(cmp.Compare(a, b)), nil
		}
		return c.against(f, value), nil
	}
	other, isText := value.(string)
	if !isText || !version(text) || !version(other) {
		return false, nil
	}
	return c.says(semver.Compare("v"+text, "v"+other)), nil
}

// against compares a number with what is to be one.
func (c comparison) against(a float64, value any) bool {
	b, ok := number(value)
	if text, isText := value.(string); isText {
		parsed, err := strconv.ParseFloat(text, 64)
		b, ok = parsed, err == nil
	}
	return ok && !math.IsNaN(a) && !math.IsNaN(b) && c.says(cmp.Compare(a, b))
}

// says reports whether an order is the one that is asked for.
func (c comparison) says(order int) bool {
	switch strings.TrimPrefix(c.operator, "Duration") {
	case "GreaterThan":
		return order > 0
	case "GreaterThanOrEquals":
		return order >= 0
	case "LessThan":
		return order < 0
	case "LessThanOrEquals":
		return order <= 0
	}
	return false
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// semantic is a version with all of its three numbers, none so long that it would be read in several ways.
var semantic = regexp.MustCompile(`^[0-9]{1,18}\.[0-9]{1,18}\.[0-9]{1,18}(?:[-+]|$)`)

func version(s string) bool { return semantic.MatchString(s) && semver.IsValid("v"+s) }

// lasting is Kyverno's DurationGreaterThan and its kin: a plain number is of seconds.
func (c comparison) lasting(key, value any) (bool, error) {
	a, ok := seconds(key)
	if text, isText := key.(string); isText {
		d, err := time.ParseDuration(text)
		a, ok = d.Seconds(), err == nil
	}
	b, also := seconds(value)
	if text, isText := value.(string); isText {
		d, err := time.ParseDuration(text)
		b, also = d.Seconds(), err == nil
	}
	if tooLong(a) || tooLong(b) {
		return false, errComparison
	}
	return ok && also && c.says(cmp.Compare(a, b)), nil
}

// durations are both sides in seconds. At least one must be written as a duration; a plain number is of seconds then.
func durations(key, value any) (a, b float64, ok bool) {
	a, aWritten := written(key)
	b, bWritten := written(value)
	if !aWritten && !bWritten {
		return 0, 0, false
	}
	if ok = true; !aWritten {
		a, ok = seconds(key)
	}
	if ok && !bWritten {
		b, ok = seconds(value)
	}
	return a, b, ok
}

// written is a text that is a duration, and not only a nought.
func written(v any) (float64, bool) {
	text, ok := v.(string)
	d, err := time.ParseDuration(text)
	return d.Seconds(), ok && err == nil && text != "0"
}

// seconds are a number as a duration, without its fraction.
func seconds(v any) (float64, bool) {
	f, ok := number(v)
	return math.Trunc(f), ok
}

// tooLong reports whether seconds are more than a duration can have.
func tooLong(seconds float64) bool {
	return math.Abs(seconds) > float64(math.MaxInt64/int64(time.Second))
}

// endless reports whether one side is more seconds than a duration can have, beside another that is a duration.
func endless(key, value any) bool {
	a, b, ok := durations(key, value)
	return ok && (tooLong(a) || tooLong(b))
}
