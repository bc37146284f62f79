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
	n, _ := d.find(i)
	switch d.raw[n.off] {
	case '[':
		return d.element(i, step)
	case '{':
		return d.member(i, n, step)
	}
	return -1
}

// element is the value at a place of the array i.
func (d *Document) element(i int, place string) int {
	n, err := strconv.Atoi(place)
	if err != nil || n < 0 || n >= d.Children(i) {
		return -1
	}
	j := i + 1
	for ; n > 0; n-- {
		j = d.Skip(j)
	}
	return j
}

// member is the first member of that name of the object i, which is read from its beginning: it may have any number.
func (d *Document) member(i int, object node, name string) int {
	key := 0
	for j, at := i+1, int(object.off)+1; ; {
		t := tokenAt(d.raw, at)
		at = t.to
		switch t.kind {
		case tokenEnd, tokenClose:
			return -1
		case tokenKey:
			key = t.from
			continue
		case tokenPlain, tokenOpen:
		}
		if d.named(key, name) {
			return j
		}
		n := d.whole(j, key, t)
		j, at = int(n.skip), int(n.end)
	}
}

// named reports whether the key that begins at an offset means a name.
func (d *Document) named(start int, name string) bool {
	key := d.inside(uint32(start))
	if bytes.IndexByte(key, '\\') < 0 && utf8.Valid(key) {
		return string(key) == name
	}
	var written string
	return json.Unmarshal(d.raw[start:start+len(key)+2], &written) == nil && written == name
}
