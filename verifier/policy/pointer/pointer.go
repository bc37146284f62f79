// Package pointer finds what a policy reads in a JSON document, and the first step of the way that is not there.
//
// It knows decoded JSON (encoding/json's any). It must not know which language a path was written in.
package pointer

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Step is one step of a path: a member, an element, or every member or element.
type Step struct {
	Key   string
	Index int  // of an element, where Elem is set
	Elem  bool // an element of a list
	Every bool // each element or member
}

// Path is the way from the root of a document to what is read.
type Path []Step

// Key is a step to a member of an object.
func Key(name string) Step { return Step{Key: name} }

// Index is a step to an element of a list.
func Index(i int) Step { return Step{Index: i, Elem: true} }

// Every is a step to each element or member.
func Every() Step { return Step{Every: true} }

// Keys is a path of members.
func Keys(names ...string) Path {
	var p Path
	for _, name := range names {
		p = append(p, Key(name))
	}
	return p
}

// Text writes the path after root, each Every as star: "input.predicate.attributes[_]". Without a root there is no
// leading dot.
func (p Path) Text(root, star string) string {
	var b strings.Builder
	b.WriteString(root)
	for _, s := range p {
		switch {
		case s.Every:
			b.WriteString("[" + star + "]")
		case s.Elem:
			b.WriteString("[" + strconv.Itoa(s.Index) + "]")
		case plain(s.Key):
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.Key)
		default:
			b.WriteString("[" + strconv.Quote(s.Key) + "]")
		}
	}
	return b.String()
}

func plain(key string) bool {
	for i, r := range key {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return key != ""
}

// maxValues bounds how many values one path leads to.
const maxValues = 10000

// Find follows a path. missing is the shortest beginning of it, with the elements that it leads to, that is not there;
// nil if everything is. values are then what it leads to, of which an empty list has none.
func Find(root any, p Path) (values []any, missing Path) {
	f := finder{}
	f.follow(root, p, nil)
	return f.values, f.missing
}

type finder struct {
	values  []any
	missing Path
}

func (f *finder) follow(at any, p, done Path) {
	if f.missing != nil || len(f.values) >= maxValues {
		return
	}
	if len(p) == 0 {
		f.values = append(f.values, at)
		return
	}
	step, here := p[0], func(s Step) Path { return append(done[:len(done):len(done)], s) }
	switch held := at.(type) {
	case map[string]any:
		if step.Every {
			for _, name := range slices.Sorted(maps.Keys(held)) {
				f.follow(held[name], p[1:], here(Key(name)))
			}
			return
		}
		if value, found := held[step.Key]; found && !step.Elem {
			f.follow(value, p[1:], here(step))
			return
		}
	case []any:
		if step.Every {
			for i, value := range held {
				f.follow(value, p[1:], here(Index(i)))
			}
			return
		}
		if step.Elem && step.Index >= 0 && step.Index < len(held) {
			f.follow(held[step.Index], p[1:], here(step))
			return
		}
	}
	f.missing = here(step)
}

// shown is how many bytes of a value are shown.
const shown = 200

// Show is what was found as JSON in one line, shortened where it is long: one value as it is, several as a list.
func Show(values []any) string {
	var value any = values
	if len(values) == 1 {
		value = values[0]
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	if len(raw) <= shown {
		return string(raw)
	}
	cut := shown
	for cut > 0 && !utf8.RuneStart(raw[cut]) {
		cut--
	}
	return string(raw[:cut]) + "…"
}
