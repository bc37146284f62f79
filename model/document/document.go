// Package document outlines a JSON text without decoding it: where each value begins and ends, what it is and how deep
// it lies. The text itself stays as it was written, escapes, order, duplicate keys and all, because somebody signed it
// that way. A View of an outline is the rows that are left when some values are collapsed.
//
// The package knows JSON (RFC 8259). It must not know what the values mean or how they are drawn.
package document

import "sort"

// Kind is what a value is.
type Kind int

// The kinds of value.
const (
	Object Kind = iota
	Array
	String
	Number
	Bool
	Null
)

// Document is the outline of one JSON text. Its values are numbered from 0, the outermost, in the order in which they
// begin. It does not change once it is made.
type Document struct {
	raw   []byte
	nodes []node
}

// node is one value: 24 bytes, of which a document of 50 MB has a million or two. What can be found out quickly, such as
// its kind and depth, is not in it.
type node struct {
	off, end uint32 // of the value in raw
	key      uint32 // where its key's opening quote is; 0 for none, since a key is never first
	skip     uint32 // number of the first value after it and all that it holds
	parent   uint32 // number of the value that holds it; that of the outermost is itself
	children uint32
}

// Raw is the whole text. It must not be changed.
func (d *Document) Raw() []byte { return d.raw }

// Len is how many values there are; never 0.
func (d *Document) Len() int { return len(d.nodes) }

// Kind is what value i is.
func (d *Document) Kind(i int) Kind {
	switch d.raw[d.nodes[i].off] {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

// Depth is how many objects and arrays value i lies in.
func (d *Document) Depth(i int) int {
	depth := 0
	for ; i > 0; i = int(d.nodes[i].parent) {
		depth++
	}
	return depth
}

// Children is how many values value i holds directly.
func (d *Document) Children(i int) int { return int(d.nodes[i].children) }

// Skip is the number of the first value after value i and all that it holds.
func (d *Document) Skip(i int) int { return int(d.nodes[i].skip) }

// HasKey reports whether value i is a member of an object.
func (d *Document) HasKey(i int) bool { return d.nodes[i].key != 0 }

// Key is the name of value i in its object as it was written, without the quotes and with its escapes; nil if it is no
// member of an object.
func (d *Document) Key(i int) []byte {
	if !d.HasKey(i) {
		return nil
	}
	start := int(d.nodes[i].key)
	return d.raw[start+1 : stringEnd(d.raw, start)-1]
}

// Value is value i as it was written, a string with its quotes and an object or array with all that it holds.
func (d *Document) Value(i int) []byte { return d.raw[d.nodes[i].off:d.nodes[i].end] }

// Parent is the number of the value that holds value i, -1 for the outermost.
func (d *Document) Parent(i int) int {
	if i == 0 {
		return -1
	}
	return int(d.nodes[i].parent)
}

// Position is the place of value i among those that its parent holds, from 0.
func (d *Document) Position(i int) int {
	position := 0
	for j := d.Parent(i) + 1; j < i; j = d.Skip(j) {
		position++
	}
	return position
}

// at is the value in whose key or text offset lies, or whose brackets it lies between; -1 before the first.
func (d *Document) at(offset int) int {
	return sort.Search(len(d.nodes), func(i int) bool { return d.nodes[i].start() > offset }) - 1
}

// start is where the key of a value begins, or the value if it has none.
func (n node) start() int {
	if n.key != 0 {
		return int(n.key)
	}
	return int(n.off)
}
