package kyverno

import (
	"errors"
	"regexp"
	"strings"
)

// The bounds of what expressions make and operators compare. Policies need a thousandth of them; without them a short
// expression doubles what it is given with each step.
const (
	maxGrowing = 3       // parts of an expression that put things together
	maxParts   = 12      // commas in an expression
	maxWeight  = 4 << 20 // bytes and members of a result
	maxWork    = 1 << 28 // steps of a comparison
)

var errWeight = errors.New("it is too large to be evaluated here")

// growing finds what puts things together in an expression: lists, objects, and functions that make much of little.
var growing = regexp.MustCompile(`(?:^|[^\w\]")])\[\s*[^\]\s?*:0-9-]|\.\[\s*[^\]\s?*:0-9-]|\{|\b(?:map|merge|to_string)\s*\(`)

// tooInvolved reports whether an expression, without its literals, may make more than can be held.
func tooInvolved(bare string) bool {
	return len(growing.FindAllStringIndex(bare, -1)) > maxGrowing || strings.Count(bare, ",") > maxParts
}

// bearable reports whether a document is small enough for what an expression puts together of it.
func bearable(expression string, root any) bool {
	switch len(growing.FindAllStringIndex(unquoted(expression), -1)) {
	case 0:
		return true
	case 1:
		return weight(root, maxWeight) <= maxWeight
	}
	return weight(root, maxWeight>>4) <= maxWeight>>4
}

// weight is how many bytes and members a value has, at most limit+1.
func weight(v any, limit int) int {
	w := 1
	switch v := v.(type) {
	case string:
		w += len(v)
	case []any:
		for _, item := range v {
			if w += weight(item, limit-w); w > limit {
				break
			}
		}
	case map[string]any:
		for name, item := range v {
			if w += len(name) + weight(item, limit-w); w > limit {
				break
			}
		}
	}
	return min(w, limit+1)
}

// light reports whether two values can be held against each other within the bounds: every text of the one may be held
// against every text of the other, letter by letter.
func light(key, value any) bool {
	a, b := weight(key, maxWeight), weight(value, maxWeight)
	return a <= maxWeight && b <= maxWeight && int64(a)*int64(b) <= maxWork
}
