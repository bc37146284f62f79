package packages

import (
	"strings"

	"github.com/tidwall/gjson"
)

// each calls visit for every element of an array, at most maxItems and one.
func each(r gjson.Result, visit func(gjson.Result)) {
	if !r.IsArray() {
		return
	}
	n := 0
	r.ForEach(func(_, value gjson.Result) bool {
		visit(value)
		n++
		return n <= maxItems
	})
}

// firstOf is the first of the members that there is, as text.
func firstOf(r gjson.Result, keys ...string) string {
	for _, key := range keys {
		if v := r.Get(key); v.Exists() && r.IsObject() {
			return plain(v)
		}
	}
	return ""
}

// plain is a value as text for a person: a string as it is, a list of strings as lines, anything else as its JSON.
func plain(r gjson.Result) string {
	switch {
	case r.Type == gjson.Null:
		return ""
	case r.Type == gjson.String:
		return shorten(r.String())
	case !r.IsArray():
		return shorten(r.Raw)
	}
	var lines []string
	size := 0
	strs := true
	r.ForEach(func(_, v gjson.Result) bool {
		if strs = v.Type == gjson.String; strs {
			lines = append(lines, v.String())
			size += len(v.Raw)
		}
		return strs && size <= maxValue
	})
	if !strs {
		return shorten(r.Raw)
	}
	return shorten(strings.Join(lines, "\n"))
}

// shorten cuts a long value.
func shorten(s string) string {
	if len(s) <= maxValue {
		return s
	}
	return strings.ToValidUTF8(s[:maxValue], "") + "…"
}
