package model

import (
	"cmp"
	"slices"
)

// Tree is everything known about a source so far, folded from events. It is not safe for concurrent use: whoever owns
// it applies the events and reads it.
type Tree struct {
	Reference string // "registry/repository@sha256:…", "" where there is none
	Notes     []Finding
	Lookups   []Lookup // in a fixed order: subject in tree order of arrival, then mechanism
	Found     bool     // discovery has ended
	Complete  bool     // everything found has been judged
	Err       error    // why discovery could not finish

	root    string
	entries map[string]*Entry
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
	Verifying   bool
	Report      *Report  // nil until judged
	Standing    Standing // verdict in the tree, see Tree.Judge
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
func NewTree() *Tree { return &Tree{entries: map[string]*Entry{}} }

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

// Apply folds one event into the tree. Verdicts in the tree are not up to date until Judge has been called.
func (t *Tree) Apply(event Event) {
	t.version++
	switch e := event.(type) {
	case Resolved:
		t.Reference = e.Reference
		t.Notes = append(t.Notes, e.Notes...)
	case NodeFound:
		t.add(e.Node)
	case Moved:
		t.move(e)
	case BlobLoaded:
		t.load(e)
	case LookedUp:
		t.look(e.Lookup)
	case Opened:
		t.open(e)
	case VerifyStarted:
		if entry := t.entries[e.ID]; entry != nil {
			entry.Verifying = true
		}
	case Judged:
		if entry := t.entries[e.ID]; entry != nil {
			report := e.Report
			entry.Report, entry.Verifying = &report, false
		}
	case DiscoveryDone:
		t.Found, t.Err = true, e.Err
	case Done:
		t.Complete = true
	}
}

func (t *Tree) add(n Node) {
	if known := t.entries[n.ID]; known != nil {
		known.merge(n)
		return
	}
	e := &Entry{Node: n}
	slices.Sort(e.Node.Found)
	if n.Blob.Digest == "" {
		e.BlobState = BlobSkipped
	}
	t.entries[n.ID] = e
	if parent := t.entries[n.Parent]; parent != nil && n.Parent != n.ID {
		e.Depth = parent.Depth + 1
		parent.Children = append(parent.Children, n.ID)
		t.sort(parent)
	} else if t.root == "" {
		t.root = n.ID
	}
}

func (t *Tree) move(m Moved) {
	e, to := t.entries[m.ID], t.entries[m.Parent]
	if e == nil || to == nil || t.within(to, m.ID) {
		return
	}
	if from := t.entries[e.Node.Parent]; from != nil {
		from.Children = slices.DeleteFunc(from.Children, func(id string) bool { return id == m.ID })
	}
	e.Node.Parent = m.Parent
	to.Children = append(to.Children, m.ID)
	t.sort(to)
	t.deepen(e, to.Depth+1)
}

// within reports whether e is the node with that ID or below it.
func (t *Tree) within(e *Entry, id string) bool {
	for ; e != nil; e = t.entries[e.Node.Parent] {
		if e.Node.ID == id {
			return true
		}
		if e.Node.Parent == "" {
			return false
		}
	}
	return false
}

func (t *Tree) deepen(e *Entry, depth int) {
	e.Depth = depth
	for _, id := range e.Children {
		t.deepen(t.entries[id], depth+1)
	}
}

// merge remembers one more way to a node that is already known.
func (e *Entry) merge(n Node) {
	for _, way := range n.Found {
		if !slices.Contains(e.Node.Found, way) {
			e.Node.Found = append(e.Node.Found, way)
		}
	}
	slices.Sort(e.Node.Found)
	if e.Node.Unavailable != "" && n.Unavailable == "" && n.Raw != nil {
		ways, parent := e.Node.Found, e.Node.Parent
		e.Node = n
		e.Node.Found, e.Node.Parent = ways, parent
	}
}

func (t *Tree) load(b BlobLoaded) {
	e := t.entries[b.ID]
	if e == nil {
		return
	}
	e.Blob, e.BlobProblem = b.Bytes, b.Problem
	switch {
	case b.Skipped:
		e.BlobState = BlobSkipped
	case b.Tampered:
		e.BlobState = BlobTampered
	case b.Problem != "":
		e.BlobState = BlobMissing
	default:
		e.BlobState = BlobLoadedOK
	}
}

func (t *Tree) look(l Lookup) {
	t.Lookups = append(t.Lookups, l)
	slices.SortStableFunc(t.Lookups, func(a, b Lookup) int {
		return cmp.Or(
			cmp.Compare(t.order(a.Subject), t.order(b.Subject)),
			cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(mechanismOrder(a.Mechanism), mechanismOrder(b.Mechanism)),
			cmp.Compare(a.Repository, b.Repository),
		)
	})
}

// order puts the root's look-ups first and those of deeper nodes later.
func (t *Tree) order(subject Digest) int {
	if e := t.entries[string(subject)]; e != nil {
		return e.Depth
	}
	return len(t.entries) + 1
}

func mechanismOrder(m Mechanism) int {
	return slices.Index([]Mechanism{
		MechanismIndexChildren, MechanismCosignSig, MechanismCosignAtt, MechanismCosignSBOM,
		MechanismReferrersAPI, MechanismReferrersTag, MechanismLayoutScan,
	}, m)
}

func (t *Tree) open(o Opened) {
	e := t.entries[o.ID]
	if e == nil {
		return
	}
	e.Attestation = o.Attestation
	e.Node = Refine(e.Node, o.Attestation)
	if parent := t.entries[e.Node.Parent]; parent != nil {
		t.sort(parent)
	}
}

// sort keeps children in the fixed order of the JSON contract: kind, then predicate type, then digest.
func (t *Tree) sort(parent *Entry) {
	slices.SortFunc(parent.Children, func(a, b string) int {
		x, y := t.entries[a], t.entries[b]
		return cmp.Or(
			cmp.Compare(kindOrder(x.Node.Kind), kindOrder(y.Node.Kind)),
			cmp.Compare(x.Node.Platform, y.Node.Platform),
			cmp.Compare(x.PredicateType(), y.PredicateType()),
			cmp.Compare(x.Node.Digest, y.Node.Digest),
			cmp.Compare(x.Node.ID, y.Node.ID),
		)
	})
}

func kindOrder(k Kind) int {
	return slices.Index([]Kind{
		KindFile, KindBundle, KindEnvelope, KindStatement,
		KindSignature, KindAttestation, KindSBOM, KindIndex, KindImage, KindAttestationManifest, KindArtifact,
	}, k)
}

// PredicateType is what the node claims to attest, "" as long as its payload has not been read.
func (e *Entry) PredicateType() string {
	if e.Attestation == nil {
		return ""
	}
	return e.Attestation.PredicateType
}
