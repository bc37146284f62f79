package packages

import (
	"bytes"
	"hash/maphash"
)

// lookup finds elements by their identifier. It is a hash table of numbers alone: the identifiers stay in the document,
// and only those are looked at there that are very likely right.
type lookup struct {
	seed  maphash.Seed
	slots []slot
	used  int
}

// slot is an element and a part of the hash of its identifier.
type slot struct {
	hash    uint32
	element ref // 0 is free; others are one more than the element
}

func newLookup() lookup { return lookup{seed: maphash.MakeSeed(), slots: make([]slot, 1024)} }

// find is the element with an identifier. idOf gives the identifier of an element.
func (l *lookup) find(id []byte, idOf func(ref) []byte) (ref, bool) {
	s := l.slots[l.at(l.hash(id), id, idOf)]
	return s.element - 1, s.element != 0
}

// add puts an element in, unless its identifier is there already: the first one counts.
func (l *lookup) add(r ref, idOf func(ref) []byte) (added bool) {
	if 5*(l.used+1) > 4*len(l.slots) {
		l.grow()
	}
	id := idOf(r)
	hash := l.hash(id)
	at := l.at(hash, id, idOf)
	if l.slots[at].element != 0 {
		return false
	}
	l.slots[at] = slot{hash, r + 1}
	l.used++
	return true
}

func (l *lookup) hash(id []byte) uint32 { return uint32(maphash.Bytes(l.seed, id)) }

// at is the slot in which an identifier is, or would be.
func (l *lookup) at(hash uint32, id []byte, idOf func(ref) []byte) int {
	mask := len(l.slots) - 1
	at := int(hash) & mask
	for s := &l.slots[at]; s.element != 0 && (s.hash != hash || !bytes.Equal(idOf(s.element-1), id)); s = &l.slots[at] {
		at = (at + 1) & mask
	}
	return at
}

func (l *lookup) grow() {
	old := l.slots
	l.slots = make([]slot, 2*len(old))
	mask := len(l.slots) - 1
	for _, s := range old {
		if s.element == 0 {
			continue
		}
		at := int(s.hash) & mask
		for l.slots[at].element != 0 {
			at = (at + 1) & mask
		}
		l.slots[at] = s
	}
}

// found is a lookup to which nothing is added any more, in half the memory.
type found struct {
	seed  maphash.Seed
	slots []ref // as those of the lookup
}

func (l *lookup) done() found {
	f := found{seed: l.seed, slots: make([]ref, len(l.slots))}
	for i, s := range l.slots {
		f.slots[i] = s.element
	}
	return f
}

// find is lookup.find; nothing is in a zero one.
func (f *found) find(id []byte, idOf func(ref) []byte) (ref, bool) {
	if len(f.slots) == 0 {
		return 0, false
	}
	mask := len(f.slots) - 1
	for at := int(uint32(maphash.Bytes(f.seed, id))) & mask; f.slots[at] != 0; at = (at + 1) & mask {
		if r := f.slots[at] - 1; bytes.Equal(idOf(r), id) {
			return r, true
		}
	}
	return 0, false
}
