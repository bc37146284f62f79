package packages

// full reports whether there are so many of something that no more are read.
func (b *Builder) full(n int) bool {
	if n < b.limit {
		return false
	}
	b.x.counts.Dropped++
	return true
}

// add takes a package.
func (b *Builder) add(r record) {
	x := b.x
	if b.full(len(x.packages)) {
		return
	}
	if len(x.packages) == sampled {
		x.packages = grow(x.packages, b.read, len(x.text.doc))
	}
	x.packages = append(x.packages, b.keep(&r))
	switch {
	case string(b.words.list[r.kind]) == "file": // of CycloneDX: it need not have what packages have
		x.counts.Files++
	case r.list == listServices:
		x.counts.Services++
	default:
		b.counted(&r)
	}
	if r.id.size > 0 && !b.ids.add(refPackage|ref(len(x.packages)-1), b.idOf) {
		x.counts.DuplicateIDs++
	}
}

// sampled is after how many packages the number of all is estimated, so that memory is asked for once.
const sampled = 2048

// grow makes room for as many elements as a document will have, if it goes on as it began.
func grow(packages []kept, read, size int) []kept {
	expected := min(sampled*size/max(read, 1)*17/16, size/64)
	if expected <= cap(packages) {
		return packages
	}
	return append(make([]kept, 0, expected), packages...)
}

// addPart takes a file or something else that has an identifier.
func (b *Builder) addPart(kind ref, p part) {
	parts := &b.x.others
	if kind == refFile {
		parts = &b.x.files
	}
	if b.full(len(*parts)) {
		return
	}
	*parts = append(*parts, p)
	if p.id.size > 0 && !b.ids.add(kind|ref(len(*parts)-1), b.idOf) {
		b.x.counts.DuplicateIDs++
	}
}

// idOf is the identifier of an element.
func (b *Builder) idOf(r ref) []byte { return b.x.text.bytes(b.x.id(r)) }

// id is where the identifier of an element is.
func (x *Index) id(r ref) span {
	switch r.kind() {
	case refPackage:
		return x.packages[r.number()].id()
	case refFile:
		return x.files[r.number()].id
	case refOther:
		return x.others[r.number()].id
	default:
		return x.outside[r.number()]
	}
}

// relate takes a relationship between what two identifiers name. What they name may come later.
func (b *Builder) relate(from, to span, kind uint32, at int) {
	if from.size == 0 || to.size == 0 || b.full(len(b.x.edges)) {
		return
	}
	b.x.edges = append(b.x.edges, edge{b.resolve(from), b.resolve(to), kind, uint32(at)})
}

// resolve is the element with an identifier, or a note of the identifier where there is none yet.
func (b *Builder) resolve(id span) ref {
	if r, found := b.ids.find(b.x.text.bytes(id), b.idOf); found {
		return r
	}
	if n := len(b.x.outside); n > 0 && b.x.outside[n-1] == id { // the same list of what something depends on
		return refOutside | ref(n-1)
	}
	b.x.outside = append(b.x.outside, id)
	return refOutside | ref(len(b.x.outside)-1)
}
