package packages

import (
	"hash/maphash"
	"slices"
	"strings"
)

// finish ends the reading: relationships are resolved, now that everything that they can name is known.
func (b *Builder) finish() {
	if b.done {
		return
	}
	b.done, b.read = true, len(b.x.text.doc)
	x := b.x
	if x.Format == "" {
		b.err = errNotSBOM
		return
	}
	b.lone()
	b.settle()
	x.packages, x.edges, x.files = tight(x.packages), tight(x.edges), tight(x.files)
	if slices.ContainsFunc(x.packages[:min(len(x.packages), 1)], func(k kept) bool { return k.list() == listGraph }) {
		x.packages = slices.Clone(x.packages) // snapshots have the old ones
		b.nameLicences()
	}
	x.out = adjacent(len(x.packages), x.edges, func(e edge) ref { return e.from })
	x.in = adjacent(len(x.packages), x.edges, func(e edge) ref { return e.to })
	x.ids, b.ids = b.ids.done(), lookup{}
	x.counts.duplicates(x)
	x.Complete = true
}

// settle gives edges the elements that came after them, and forgets the identifiers that were only noted for that.
func (b *Builder) settle() {
	x := b.x
	kept := x.outside[:0:0]
	seed := maphash.MakeSeed()
	numbers := make(map[uint64]ref) // by the hash of the identifier, which is as good as the text for a list of names
	resolve := func(r ref) ref {
		if r.kind() != refOutside {
			return r
		}
		id := x.outside[r.number()]
		if found, ok := b.ids.find(x.text.bytes(id), b.idOf); ok {
			return found
		}
		hash := maphash.Bytes(seed, x.text.bytes(id))
		n, known := numbers[hash]
		if !known {
			kept = append(kept, id)
			n = refOutside | ref(len(kept)-1)
			numbers[hash] = n
			if !nobody(x.text.string(id)) {
				x.counts.Unknown++
			}
		}
		return n
	}
	for i := range x.edges {
		e := &x.edges[i]
		e.from, e.to = resolve(e.from), resolve(e.to)
	}
	x.outside = kept
}

// nobody reports whether an identifier says that nothing is meant (SPDX 2.3, clause 11.1), or something that is in
// another document (clause 3.2) or in SPDX itself, as licences are (SPDX 3.0.1, Licensing).
func nobody(id string) bool {
	return asserted(id) == "" || strings.HasPrefix(id, "DocumentRef-") || strings.HasPrefix(id, "https://spdx.org/")
}

// tight is a list without the room that was kept for more, where that is much.
func tight[T any](list []T) []T {
	if cap(list) <= len(list)*17/16+16 {
		return list
	}
	return append(make([]T, 0, len(list)), list...)
}
