package packages

import (
	"bytes"
	"errors"
	"fmt"
)

// Errors of a document that has no list of packages to read.
var (
	ErrNotSBOM  = errors.New("neither SPDX nor CycloneDX")
	ErrTooLarge = errors.New("too large to list")
)

// Builder reads one document into an index, a slice at a time:
//
//	b := packages.NewBuilder(document)
//	for b.Step(4 << 20) {
//		show(b.Snapshot())
//	}
//	index, err := b.Index()
//
// A builder is for one goroutine; its snapshots may go to any.
type Builder struct {
	x       *Index
	words   words
	ids     lookup
	frames  []frame // the lists that are being read, the innermost last
	format  string  // which the first list or marker decided for
	marked  bool    // a marker has said so
	read    int     // bytes
	tag     *tagValue
	err     error
	started bool
	done    bool
}

// frame is a list that is being read.
type frame struct {
	list    list
	walk    members
	parent  int32 // the package that it lies in
	ordinal uint32
}

// NewBuilder begins to read a document: the raw predicate of an SBOM attestation or the document itself, in any of the
// forms that the package knows, or a JSON string that holds one. It must not be changed afterwards.
func NewBuilder(document []byte) *Builder {
	b := &Builder{x: &Index{}, words: newWords(), ids: newLookup()}
	if len(document) > MaxDocument {
		b.err = fmt.Errorf("list the packages of %d bytes: %w", len(document), ErrTooLarge)
		b.done = true
		document = nil
	}
	b.x.text.doc = document
	return b
}

// Read is how many bytes of the document have been read.
func (b *Builder) Read() int { return min(b.read, len(b.x.text.doc)) }

// Step reads on for about so many bytes, at least one element, and reports whether there is more to read.
func (b *Builder) Step(size int) bool {
	if !b.started {
		b.start()
	}
	for until := b.read + max(size, 1); !b.done && b.read < until; {
		b.element()
	}
	return !b.done
}

// Index reads what is left and returns all of it. The error is ErrNotSBOM or ErrTooLarge; the index is never nil.
func (b *Builder) Index() (*Index, error) {
	for b.Step(1 << 30) {
	}
	return b.Snapshot(), b.err
}

// Snapshot is what has been read so far. It costs next to nothing, and stays as it is while the builder goes on.
func (b *Builder) Snapshot() *Index {
	x := *b.x
	x.words = b.words.list
	if x.Format == "" && len(x.packages) > 0 && !b.done {
		x.Format = b.format
	}
	return &x
}

// Build reads a whole document at once.
func Build(document []byte) (*Index, error) { return NewBuilder(document).Index() }

// start finds out in which form the document is.
func (b *Builder) start() {
	b.started = true
	t := &b.x.text
	for range 2 { // some producers escape twice
		at := skipSpace(t.doc, 0)
		if at == len(t.doc) || t.doc[at] != '"' {
			break
		}
		end := stringEnd(t.doc, at)
		inner := t.doc[at+1 : max(at+1, end-1)]
		t.doc = appendPlain(make([]byte, 0, len(inner)), inner)
		b.x.Embedded = true
	}
	at := skipSpace(t.doc, 0)
	switch {
	case bytes.HasPrefix(t.doc[at:], []byte("SPDXVersion:")):
		b.tag = newTagValue(b)
	case at < len(t.doc) && t.doc[at] == '{':
		b.frames = append(b.frames, frame{walk: enter(t.doc, at), parent: -1})
	default:
		b.finish()
	}
}

// element reads the next element of the innermost list, or member of the document.
func (b *Builder) element() {
	switch {
	case b.tag != nil:
		if !b.tag.line() {
			b.finish()
		}
		return
	case len(b.frames) == 0:
		b.finish()
		return
	}
	f := &b.frames[len(b.frames)-1]
	if !f.walk.next() {
		b.leave()
		return
	}
	b.read = max(b.read, f.walk.from)
	ordinal := f.ordinal
	f.ordinal++
	switch f.list {
	case listNone:
		b.member(&f.walk)
	case listPackages:
		b.spdxPackage(&f.walk, ordinal)
	case listFiles:
		b.spdxFile(&f.walk)
	case listRelationships:
		b.spdxRelationship(&f.walk)
	case listGraph:
		b.graphElement(&f.walk, ordinal)
	case listComponents, listDescribed, listServices:
		b.component(f, ordinal)
	case listDependencies:
		b.dependency(&f.walk)
	case listArtifacts:
		b.artifact(&f.walk, ordinal)
	case listArtifactEdges:
		b.artifactEdge(&f.walk)
	case listText:
	}
}

// enter begins to read a list within the value that is being read, which goes on behind the list.
func (b *Builder) enter(l list, at int, parent int32) {
	if len(b.frames) > maxDepth {
		b.x.counts.TooDeep++
		return
	}
	b.frames = append(b.frames, frame{list: l, walk: enter(b.x.text.doc, at), parent: parent})
}

// leave ends the innermost list.
func (b *Builder) leave() {
	f := b.frames[len(b.frames)-1]
	b.read = max(b.read, f.walk.at)
	b.frames = b.frames[:len(b.frames)-1]
	if len(b.frames) > 0 {
		if outer := &b.frames[len(b.frames)-1].walk; outer.to == 0 { // the list was its value
			outer.to = f.walk.at
		}
	}
}

// full reports whether there are so many of something that no more are read.
func (b *Builder) full(n int) bool {
	if n < MaxElements {
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
	x.packages = append(x.packages, r)
	b.counted(&r)
	if r.id.size > 0 && !b.ids.add(refPackage|ref(len(x.packages)-1), b.idOf) {
		x.counts.DuplicateIDs++
	}
}

// sampled is after how many packages the number of all is estimated, so that memory is asked for once.
const sampled = 2048

// grow makes room for as many elements as a document will have, if it goes on as it began.
func grow(packages []record, read, size int) []record {
	expected := min(sampled*size/max(read, 1)*17/16, size/64)
	if expected <= cap(packages) {
		return packages
	}
	return append(make([]record, 0, expected), packages...)
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
		return x.packages[r.number()].id
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

// string reads the current value as a text.
func (b *Builder) string(m *members) span {
	if !m.is('"') {
		return span{}
	}
	s, cut := b.x.text.quoted(m.from, m.end())
	if cut {
		b.x.counts.Cut++
	}
	return s
}

// word reads the current value as a text that comes again and again.
func (b *Builder) word(m *members) uint32 {
	s := b.string(m)
	word := b.words.add(b.x.text.bytes(s))
	b.forget(s)
	return word
}

// forget takes back what string wrote last.
func (b *Builder) forget(s span) {
	if at := int(s.off) - len(b.x.text.doc); at >= 0 {
		b.x.text.extra = b.x.text.extra[:at]
	}
}
