package document

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Lookup is the value that a path leads to, -1 if there is none: the inverse of Path. It knows keys and places in arrays
// and nothing else of gjson's syntax, and takes no longer than walking past the values on the way, which Query, reading
// the text, does.
func (d *Document) Lookup(path string) int {
	if path == "@this" {
		return 0
	}
	at := 0
	for more := true; more && at >= 0; {
		var step string
		step, path, more = cutStep(path)
		at = d.child(at, step)
	}
	return at
}

// cutStep cuts the first step off a path, without the escapes of gjson.Escape.
func cutStep(path string) (step, rest string, more bool) {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		switch {
		case path[i] == '.':
			return b.String(), path[i+1:], true
		case path[i] == '\\' && i+1 < len(path):
			i++
		}
		b.WriteByte(path[i])
	}
	return b.String(), "", false
}

// child is the first value in value i of that name, or at that place of an array; -1 if there is none.
func (d *Document) child(i int, step string) int {
	place := -1
	if d.Kind(i) == Array {
		n, err := strconv.Atoi(step)
		if err != nil || n < 0 || n >= d.Children(i) {
			return -1
		}
		place = n
	}
	for j, n := i+1, 0; j < d.Skip(i); j, n = d.Skip(j), n+1 {
		if n == place || place < 0 && d.named(j, step) {
			return j
		}
	}
	return -1
}

// named reports whether value i is the member of that name.
func (d *Document) named(i int, name string) bool {
	key := d.Key(i)
	if bytes.IndexByte(key, '\\') < 0 && utf8.Valid(key) {
		return d.HasKey(i) && string(key) == name
	}
	var written string
	quoted := d.raw[d.nodes[i].key:]
	return json.Unmarshal(quoted[:stringEnd(quoted, 0)], &written) == nil && written == name
}
