package model

import "time"

// Tree is everything known about a source so far, folded from events. It is not safe for concurrent use: whoever owns
// it applies the events and reads it.
type Tree struct {
	Reference string    // "registry/repository@sha256:…", "" where there is none
	AsOf      time.Time // when all this was so, for an answer from the cache; zero for now
	Scheme    string    // by what the registry answered, "http" or "https"; "" where none did
	Notes     []Finding
	Lookups   []Lookup  // those of the root first and of deeper nodes later, then by subject and mechanism
	Found     bool      // discovery has ended
	Complete  bool      // everything found has been judged
	Err       error     // why discovery could not finish
	JudgedAt  time.Time // by which times lie in the future, zero where nobody said

	digest  Digest // of the source, as resolved
	root    string
	entries map[string]*Entry
	early   map[string][]Event // what came for nodes that are not found yet
	orphans map[string]bool    // nodes that hang nowhere, because their parent is not found yet
	version int
}

// Entry is a node with what is known about it.
type Entry struct {
	Node     Node
	Depth    int
	Children []string // IDs in fixed order: kind, predicate type, digest

	Blob        []byte
	BlobState   BlobState
	BlobProblem string
	Attestation *Attestation
	Labels      map[string]string // of an image's configuration
	// LabelsProblem says why that could not be read, "" if it could, or if there is none.
	LabelsProblem string
	Config        []byte // an image's configuration, nil as long as it is not there
	Verifying     bool
	Report        *Report   // nil until judged
	Standing      Standing  // verdict in the tree, see Tree.Judge
	Cross         []Finding // where it disagrees with its certificate, with other nodes or with time, see Tree.Judge
	// DuplicateOf is the ID of the node that says the same, signed by the same signer, about the same digest; "" for the
	// first of such nodes and where there is none.
	DuplicateOf string

	payload Digest // of what is signed, once it was asked for
	wants   string // ID of the parent that it was found under; Node.Parent is where it hangs
}

// BlobState is whether a node's payload is there.
type BlobState int

// The states of a payload.
const (
	BlobPending BlobState = iota
	BlobLoadedOK
	BlobMissing
	BlobTampered
	BlobSkipped
)

// NewTree returns an empty tree.
func NewTree() *Tree {
	return &Tree{entries: map[string]*Entry{}, early: map[string][]Event{}, orphans: map[string]bool{}}
}

// Root is the entry of the requested digest or file, nil as long as it is not found.
func (t *Tree) Root() *Entry { return t.entries[t.root] }

// Entry is the node with that ID, nil if there is none.
func (t *Tree) Entry(id string) *Entry { return t.entries[id] }

// Len is how many nodes there are.
func (t *Tree) Len() int { return len(t.entries) }

// Version changes whenever the tree does, so that what is drawn from it can be kept.
func (t *Tree) Version() int { return t.version }

// Walk calls visit for every node, parents first, children in their fixed order.
func (t *Tree) Walk(visit func(*Entry)) {
	var walk func(id string)
	walk = func(id string) {
		e := t.entries[id]
		if e == nil {
			return
		}
		visit(e)
		for _, child := range e.Children {
			walk(child)
		}
	}
	if t.root != "" {
		walk(t.root)
	}
}

// PredicateType is what the node claims to attest, "" as long as its payload has not been read.
func (e *Entry) PredicateType() string {
	if e.Attestation == nil {
		return ""
	}
	return e.Attestation.PredicateType
}
