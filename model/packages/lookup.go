package packages

import (
	"bytes"
	"hash/maphash"
)

// lookup finds elements by their identifier. It is a hash table of numbers alone: the identifiers stay in the document.
type lookup struct {
	seed  maphash.Seed
	slots []ref // 0 is free; others are one more than the element
	used  int
}

func newLookup() lookup { return lookup{seed: maphash.MakeSeed(), slots: make([]ref, 1024)} }

// find is the element with an identifier. idOf gives the identifier of an element.
func (l *lookup) find(id []byte, idOf func(ref) []byte) (ref, bool) {
	slot := l.slot(id, idOf)
	return l.slots[slot] - 1, l.slots[slot] != 0
}

// add puts an element in, unless its identifier is there already: the first one counts.
func (l *lookup) add(r ref, idOf func(ref) []byte) (added bool) {
	if 5*(l.used+1) > 4*len(l.slots) {
		l.grow(idOf)
	}
	slot := l.slot(idOf(r), idOf)
	if l.slots[slot] != 0 {
		return false
	}
	l.slots[slot] = r + 1
	l.used++
	return true
}

// slot is where an identifier is, or where it would be.
func (l *lookup) slot(id []byte, idOf func(ref) []byte) int {
	mask := len(l.slots) - 1
	at := int(maphash.Bytes(l.seed, id)) & mask
	for l.slots[at] != 0 && !bytes.Equal(idOf(l.slots[at]-1), id) {
		at = (at + 1) & mask
	}
	return at
}

func (l *lookup) grow(idOf func(ref) []byte) {
	old := l.slots
	l.slots = make([]ref, 2*len(old))
	for _, r := range old {
		if r != 0 {
			l.slots[l.slot(idOf(r-1), idOf)] = r
		}
	}
}
