package document

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Path is where value i is, in gjson's syntax: "predicate.buildDefinition.resolvedDependencies.3.uri". It is "@this"
// for the outermost value. Where an object has the same key twice it names the first.
func (d *Document) Path(i int) string {
	var parts []string // from the inside out
	for parent := d.Parent(i); parent >= 0; i, parent = parent, d.Parent(parent) {
		parts = append(parts, d.Step(i))
	}
	if len(parts) == 0 {
		return "@this"
	}
	var b strings.Builder
	for n := len(parts) - 1; n >= 0; n-- {
		b.WriteString(parts[n])
		if n > 0 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// Step is the last part of the path of value i, which has a parent: its key, escaped for a path, or its position.
func (d *Document) Step(i int) string {
	n, _ := d.find(i)
	if n.key == 0 {
		return strconv.Itoa(d.Position(i))
	}
	key := d.inside(n.key)
	var name string
	if err := json.Unmarshal(d.raw[n.key:int(n.key)+len(key)+2], &name); err != nil {
		name = string(key) // not reached: the text is valid
	}
	return gjson.Escape(name)
}

// Answer is what a query found.
type Answer struct {
	// Raw is the answer as JSON text, nil if there is none. A computed answer is not part of the document.
	Raw []byte
	// Nodes are the values of the document that the answer is made of, in its order; empty for a computed answer.
	Nodes []int
}

// Found reports whether there is an answer.
func (a Answer) Found() bool { return len(a.Raw) > 0 }

// Query asks the document in gjson's syntax (gjson SYNTAX.md): "subject.#.name", "packages.#(name==zlib).versionInfo",
// "@keys". An empty query has no answer.
func (d *Document) Query(path string) Answer {
	path = strings.TrimSpace(path)
	if path == "" {
		return Answer{}
	}
	// Not GetBytes, which copies the answer twice: it may be all of a large text.
	result := gjson.Get(text(d.raw), path)
	if !result.Exists() {
		return Answer{}
	}
	var answer Answer
	written := strings.TrimSpace(result.Raw)
	offsets := result.Indexes
	if offsets == nil {
		offsets = []int{result.Index}
	}
	for _, offset := range offsets {
		if i := d.beginning(offset); i >= 0 {
			answer.Nodes = append(answer.Nodes, i)
		}
	}
	if result.Indexes == nil && len(answer.Nodes) == 1 {
		if value := d.Value(answer.Nodes[0]); string(value) == written {
			answer.Raw = value
			return answer
		}
		answer.Nodes = nil // gjson says offset 0 for what it computed
	}
	answer.Raw = []byte(written)
	return answer
}

// beginning is the value that begins at an offset, or after white space there; -1 if there is none.
func (d *Document) beginning(offset int) int {
	for offset >= 0 && offset < len(d.raw) && strings.IndexByte(" \t\r\n", d.raw[offset]) >= 0 {
		offset++
	}
	if i := (&seeker{d: d}).at(offset); i >= 0 {
		if n, _ := d.find(i); int(n.off) == offset {
			return i
		}
	}
	return -1
}
