package packages

import (
	"bytes"
	"errors"
	"fmt"
)

// Errors of a document that has no list of packages to read.
var (
	errNotSBOM  = errors.New("neither SPDX nor CycloneDX")
	errTooLarge = errors.New("too large to list")
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
	said    []attributes
	numbers map[attributes]uint32 // of those
	ids     lookup
	frames  []frame // the lists that are being read, the innermost last
	format  string  // which the first list or marker decided for
	marked  bool    // a marker has said so
	graph   bool    // there was a list of elements (SPDX 3)
	read    int     // bytes
	limit   int     // maxElements
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
	b := &Builder{x: &Index{}, words: newWords(), numbers: map[attributes]uint32{}, ids: newLookup(), limit: maxElements}
	if len(document) > maxDocument {
		b.err = fmt.Errorf("list the packages of %d bytes: %w", len(document), errTooLarge)
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
	for until := b.read + min(max(size, 1), maxDocument); !b.done && b.read < until; {
		b.element()
	}
	return !b.done
}

// Index reads what is left and returns all of it. The error is errNotSBOM or errTooLarge; the index is never nil.
func (b *Builder) Index() (*Index, error) {
	for b.Step(maxDocument) {
	}
	return b.Snapshot(), b.err
}

// Snapshot is what has been read so far. It costs next to nothing, and stays as it is while the builder goes on.
func (b *Builder) Snapshot() *Index {
	x := *b.x
	x.words, x.said = b.words.list, b.said
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
		t.doc = appendPlain(make([]byte, 0, len(inner)-escapes(inner)), inner)
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
		b.graphElement(&f.walk, listGraph, ordinal)
	case listComponents, listDescribed, listServices:
		b.component(f, ordinal)
	case listDependencies:
		b.dependency(&f.walk)
	case listArtifacts:
		b.artifact(&f.walk, ordinal)
	case listArtifactEdges:
		b.artifactEdge(&f.walk)
	case listText, listLone:
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
