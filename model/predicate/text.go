package predicate

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// maxTitle is how many characters of one attested word a title takes, maxField of a field's value.
const (
	maxTitle = 60
	maxField = 4096
)

// clip shortens attested text.
func clip(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := 0
	for i := range s {
		if runes++; runes == limit {
			return s[:i] + "…"
		}
	}
	return s
}

// title joins the parts that are there into a row.
func title(parts ...string) string {
	var there []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			there = append(there, clip(part, maxTitle))
		}
	}
	return strings.Join(there, " · ")
}

// some is a number with a word, "" for none of it: "2 failed".
func some(n int, word string) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " " + word
}

// saidOf is a number with a word, also 0; "" where it is not said.
func saidOf(said bool, n int, word string) string {
	if !said {
		return ""
	}
	return strconv.Itoa(n) + " " + word
}

// fields collects the lines of a summary; those without a value are left out.
type fields []model.Field

func (f *fields) add(label, value string) { f.note(label, value, "") }

func (f *fields) note(label, value, note string) {
	if value != "" {
		*f = append(*f, model.Field{Label: label, Value: clip(value, maxField), Note: note})
	}
}

// parse reads JSON without copying it: payloads may be as large as 64 MiB, and never change once they are there.
func parse(raw []byte) gjson.Result {
	return gjson.Parse(unsafe.String(unsafe.SliceData(raw), len(raw))) //nolint:gosec // the bytes are only read
}

// bytesOf is text as bytes without copying it, which nobody may change.
func bytesOf(text string) []byte {
	return unsafe.Slice(unsafe.StringData(text), len(text)) //nolint:gosec // the bytes are only read
}

// str is a value as text: a string as it is, anything else as its JSON, "" if it is absent or null.
func str(r gjson.Result) string {
	switch r.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return strings.Clone(r.String()) // else a name would keep the whole payload alive
	case gjson.False, gjson.True, gjson.Number, gjson.JSON:
	}
	return r.Raw
}

// text is a member's value if that is a string, "" otherwise.
func text(r gjson.Result, path string) string {
	if v := r.Get(path); v.Type == gjson.String {
		return strings.Clone(v.String())
	}
	return ""
}

// number is a member's value if that is a whole number within reason; ok is false otherwise.
func number(r gjson.Result, path string) (n int, ok bool) {
	v := r.Get(path)
	if v.Type != gjson.Number || v.Num < math.MinInt32 || v.Num > math.MaxInt32 || v.Num != math.Trunc(v.Num) {
		return 0, false
	}
	return int(v.Num), true
}

// length is how many elements an array has, 0 for anything else.
func length(r gjson.Result) int {
	if !r.IsArray() {
		return 0
	}
	n := 0
	r.ForEach(func(_, _ gjson.Result) bool { n++; return true })
	return n
}

// maxList is how many elements of a list are shown in one field.
const maxList = 50

// list is the elements of an array as text, at most maxList.
func list(r gjson.Result) []string {
	out := []string{}
	if r.IsArray() {
		r.ForEach(func(_, v gjson.Result) bool {
			out = append(out, clip(str(v), maxField))
			return len(out) < maxList
		})
	}
	return out
}

// digests is a DigestSet as "algorithm:value" lines.
func digests(r gjson.Result) string { return pairs(r, ":") }

// pairs are the members of an object, one a line.
func pairs(r gjson.Result, between string) string {
	var lines []string
	if r.IsObject() {
		r.ForEach(func(key, value gjson.Result) bool {
			lines = append(lines, key.String()+between+str(value))
			return len(lines) < maxList
		})
	}
	return strings.Join(lines, "\n")
}
