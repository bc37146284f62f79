package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// reader turns nodes of YAML into values, and keeps a problem for each that is not as it should be. A nil node is a
// field that is not there: it is read as the zero value and is no problem.
type reader struct {
	resolve  KeyResolver
	unknown  bool // key references may stay unresolved: the file is edited, not trusted
	problems []Problem
}

// problem keeps a problem. Far more than are shown would only cost time.
func (r *reader) problem(n *yaml.Node, format string, args ...any) {
	if len(r.problems) > 2*maxProblems {
		return
	}
	r.problems = append(r.problems, Problem{max(n.Line, 1), max(n.Column, 1), fmt.Sprintf(format, args...)})
}

// mapping reads a mapping's fields, by name: each once, and only those that are known.
func (r *reader) mapping(n *yaml.Node, what string, known ...string) map[string]*yaml.Node {
	fields := map[string]*yaml.Node{}
	if n == nil {
		return fields
	}
	if n.Kind != yaml.MappingNode {
		r.problem(n, "%s must be a mapping of fields and values", what)
		return fields
	}
	if len(n.Content) > 2*maxItems {
		r.problem(n, "more than %d fields in %s are too many", maxItems, what)
		return fields
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch _, twice := fields[key.Value]; {
		case key.Kind != yaml.ScalarNode || !slices.Contains(known, key.Value):
			r.problem(key, "unknown field %q in %s%s", key.Value, what, suggestion(key.Value, known))
		case twice:
			r.problem(key, "%s is there twice", key.Value)
		default:
			fields[key.Value] = value
		}
	}
	return fields
}

// otherNames are what some fields are called elsewhere.
var otherNames = map[string]string{
	"expires_at": "expires", "oidc_issuer": "issuer", "certificate_oidc_issuer": "issuer", "certificate_identity": "subject",
	"subject_pattern": "subject_regexp", "subjectRegExp": "subject_regexp", "subject_regex": "subject_regexp", "public_key": "key",
	"kms_key_ref": "key_ref", "signer_type": "keyless", "min_level": "minimum_level", "image": "images", "scope": "images",
	"trusted_signers": "trusted_keys", "signers": "trusted_keys",
}

// suggestion names the field that was probably meant, and else all of them.
func suggestion(name string, known []string) string {
	if other := otherNames[name]; slices.Contains(known, other) {
		return "; it is called " + other + " here"
	}
	plain := func(s string) string { return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s)) }
	for _, k := range known {
		if a, b := plain(name), plain(k); a == b || a+"s" == b || a == b+"s" {
			return "; did you mean " + k + "?"
		}
	}
	return "; known are " + strings.Join(known, ", ")
}

// text reads a text that is not empty and has no control characters.
func (r *reader) text(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	switch {
	case n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str":
		r.problem(n, "a text is needed here; put it in quotes if it looks like something else")
	case strings.TrimSpace(n.Value) == "":
		r.problem(n, "this is empty; leave the field out, or say something")
	case strings.ContainsFunc(n.Value, func(c rune) bool { return !unicode.IsPrint(c) }):
		r.problem(n, "there are characters in this text that cannot be seen")
	case n.Value != strings.TrimSpace(n.Value):
		r.problem(n, "there are spaces around this text, so that it equals nothing")
	default:
		return n.Value
	}
	return ""
}

// boolean reads true or false.
func (r *reader) boolean(n *yaml.Node, otherwise bool) bool {
	if n == nil {
		return otherwise
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		switch strings.ToLower(n.Value) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	r.problem(n, "true or false is needed here")
	return otherwise
}

// number reads a whole number in a range, nil where there is none.
func (r *reader) number(n *yaml.Node, low, high int) *int {
	if n == nil {
		return nil
	}
	value, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || err != nil || value < low || value > high {
		r.problem(n, "a whole number from %d to %d is needed here", low, high)
		return nil
	}
	return &value
}

// moment reads a date, which means 00:00 UTC of that day, or a time with its zone (RFC 3339).
func (r *reader) moment(n *yaml.Node) time.Time {
	if n == nil {
		return time.Time{}
	}
	if tag := n.ShortTag(); n.Kind == yaml.ScalarNode && (tag == "!!timestamp" || tag == "!!str") {
		for _, layout := range []string{time.DateOnly, time.RFC3339} {
			if t, err := time.Parse(layout, n.Value); err == nil && t.Year() > 1970 {
				return t.UTC()
			}
		}
	}
	r.problem(n, "a date like 2027-01-31 or a time like 2027-01-31T12:00:00Z is needed here")
	return time.Time{}
}

// list reads a list, with read for each element, in order and without repetition. An empty list is a problem unless
// empty is allowed: it could be meant as everything or as nothing.
func (r *reader) list(n *yaml.Node, empty bool, read func(*yaml.Node) string) []string {
	if n == nil {
		return nil
	}
	switch {
	case n.Kind != yaml.SequenceNode:
		r.problem(n, "a list is needed here, like [a, b]")
		return nil
	case len(n.Content) > maxItems:
		r.problem(n, "a list of more than %d is too long", maxItems)
		return nil
	case len(n.Content) == 0 && !empty:
		r.problem(n, "an empty list says neither everything nor nothing; leave the field out")
	}
	var out []string
	for _, item := range n.Content {
		value := read(item)
		switch {
		case value == "":
		case slices.Contains(out, value):
			r.problem(item, "%s is there twice", value)
		default:
			out = append(out, value)
		}
	}
	return out
}
