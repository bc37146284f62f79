// Package document outlines a JSON text without decoding it: where each value begins and ends, what it is and how deep
// it lies. The text itself stays as it was written, escapes, order, duplicate keys and all, because somebody signed it
// that way. A View of an outline is the rows that are left when some values are collapsed.
//
// The package knows JSON (RFC 8259). It must not know what the values mean or how they are drawn.
package document

import "unsafe"

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
//
// A text of 50 MB has a million or two values. Only those are kept that hold many others; of the rest what leads to them,
// and they are read again when somebody asks.
type Document struct {
	raw    []byte
	count  int
	wide   []wide // by number; the first is the outermost value, however little it holds
	marks  []mark // by number, which is the order of the text
	isWide bitset
	direct bitset // the values that a wide one holds directly
}

// node is one value.
type node struct {
	key      uint32 // where its key's opening quote is; 0 for none, since a key is never first
	off, end uint32 // of the value in the text
	skip     uint32 // number of the first value after it and all that it holds
	children uint32
}

// wide is the outermost value, or one that holds at least wideValues others, however deep they lie in it.
type wide struct {
	node
	number   uint32
	parent   int32 // the place of the wide value that holds it, -1 for the outermost
	depth    uint32
	position uint32 // among those that its parent holds
}

// mark is where somebody can begin to read: a value that a wide one holds directly, and where its key or text begins.
type mark struct{ number, start uint32 }

// wideValues is how many values a wide one holds at least. markedValues is how many lie between marks, and at most a few
// times as many where they lie in values that are not wide.
const wideValues, markedValues = 32, 32

// Raw is the whole text. It must not be changed.
func (d *Document) Raw() []byte { return d.raw }

// Len is how many values there are; never 0.
func (d *Document) Len() int { return d.count }

// Kind is what value i is.
func (d *Document) Kind(i int) Kind {
	n, _ := d.find(i)
	switch d.raw[n.off] {
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
	_, in := d.find(i)
	return in.depth
}

// Children is how many values value i holds directly.
func (d *Document) Children(i int) int {
	n, _ := d.find(i)
	return int(n.children)
}

// Skip is the number of the first value after value i and all that it holds.
func (d *Document) Skip(i int) int {
	if d.direct.has(i) && !d.isWide.has(i) {
		return d.direct.next(i+1, d.count)
	}
	n, _ := d.find(i)
	return int(n.skip)
}

// HasKey reports whether value i is a member of an object.
func (d *Document) HasKey(i int) bool {
	n, _ := d.find(i)
	return n.key != 0
}

// Key is the name of value i in its object as it was written, without the quotes and with its escapes; nil if it is no
// member of an object.
func (d *Document) Key(i int) []byte {
	n, _ := d.find(i)
	if n.key == 0 {
		return nil
	}
	return d.inside(n.key)
}

// inside is what stands between the quotes of the string that begins at an offset.
func (d *Document) inside(start uint32) []byte {
	return d.raw[start+1 : stringEnd(d.raw, int(start))-1]
}

// Value is value i as it was written, a string with its quotes and an object or array with all that it holds.
func (d *Document) Value(i int) []byte {
	n, _ := d.find(i)
	return d.raw[n.off:n.end]
}

// Text is Value as a string, which costs nothing however large it is.
func (d *Document) Text(i int) string { return text(d.Value(i)) }

// text is bytes as a string without copying them: they never change.
func text(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b)) //nolint:gosec // the bytes are only read
}

// Parent is the number of the value that holds value i, -1 for the outermost.
func (d *Document) Parent(i int) int {
	_, in := d.find(i)
	return in.parent
}

// Position is the place of value i among those that its parent holds, from 0.
func (d *Document) Position(i int) int {
	if !d.direct.has(i) {
		position := 0
		for j := d.Parent(i) + 1; j < i; j = d.Skip(j) {
			position++
		}
		return position
	}
	// From the last wide value before it under the same parent, or from the first value there is.
	w := d.wideBefore(i)
	if int(d.wide[w].number) == i {
		return int(d.wide[w].position)
	}
	from, position := int(d.wide[w].number)+1, 0
	for int(d.wide[w].skip) <= i {
		from, position = int(d.wide[w].skip), int(d.wide[w].position)+1
		w = int(d.wide[w].parent)
	}
	return position + d.direct.count(from, i)
}
