package model

import "slices"

// Apply folds one event into the tree. Verdicts in the tree are not up to date until Judge has been called. What comes
// for a node that is not found yet is kept until it is.
func (t *Tree) Apply(event Event) {
	t.version++
	switch e := event.(type) {
	case Resolved:
		t.Reference, t.digest, t.AsOf, t.Scheme = e.Reference, e.Digest, e.AsOf, e.Scheme
		t.Notes = append(t.Notes, e.Notes...)
	case Noted:
		t.Notes = append(t.Notes, e.Finding)
	case NodeFound:
		t.find(e.Node)
	case LookedUp:
		t.look(e.Lookup)
	case DiscoveryDone:
		t.Found, t.Err = true, e.Err
		t.adopt()
		t.sortLookups()
	case Done:
		t.Complete, t.JudgedAt = true, e.At
	case Moved:
		t.later(e.ID, event)
	case Labelled:
		t.later(e.ID, event)
	case BlobLoaded:
		t.later(e.ID, event)
	case Opened:
		t.later(e.ID, event)
	case VerifyStarted:
		t.later(e.ID, event)
	case Judged:
		t.later(e.ID, event)
	}
}

// later applies an event of one node, as soon as that is found.
func (t *Tree) later(id string, event Event) {
	entry := t.entries[id]
	if entry == nil {
		t.early[id] = append(t.early[id], event)
		return
	}
	switch e := event.(type) {
	case Moved:
		t.move(entry, e.Parent)
	case Labelled:
		entry.Labels, entry.LabelsProblem, entry.Config = e.Labels, e.Problem, e.Config
	case BlobLoaded:
		entry.load(e)
	case Opened:
		entry.Attestation, entry.payload = e.Attestation, ""
		entry.Node = Refine(entry.Node, e.Attestation)
		t.reorder(entry)
	case VerifyStarted:
		entry.Verifying = true
	case Judged:
		report := e.Report
		entry.Report, entry.Verifying = &report, false
	default: // about no single node, and never handed to this function
	}
}

// find adds a node, or one more way to it.
func (t *Tree) find(n Node) {
	if n.ID == "" {
		return // nothing could refer to it
	}
	if known := t.entries[n.ID]; known != nil {
		t.merge(known, n)
		return
	}
	e := &Entry{Node: n, wants: n.Parent}
	e.Node.Parent = ""
	e.Node.Found = ways(nil, n.Found)
	if n.Blob.Digest == "" {
		e.BlobState = BlobSkipped
	}
	t.entries[n.ID] = e
	t.place(e)
	for id := range t.orphans {
		if orphan := t.entries[id]; orphan.wants == n.ID {
			t.hang(orphan, e)
		}
	}
	waiting := t.early[n.ID]
	delete(t.early, n.ID)
	for _, event := range waiting {
		t.later(n.ID, event)
	}
}

// place hangs a new node under its parent, makes it the root, or keeps it aside until its parent is found.
func (t *Tree) place(e *Entry) {
	switch parent := t.entries[e.wants]; {
	case e.wants == "" && (t.root == "" || e.Node.Digest == t.digest && t.digest != "" && t.entries[t.root].Node.Digest != t.digest):
		t.crown(e)
	case parent != nil && t.hang(e, parent):
	default:
		t.orphans[e.Node.ID] = true
		if t.Found {
			t.adopt()
		}
	}
}

// crown makes e the root. A node that was taken for it before, because it named no parent either, loses its place.
func (t *Tree) crown(e *Entry) {
	if was := t.entries[t.root]; was != nil {
		t.orphans[t.root] = true
	}
	t.root = e.Node.ID
	if t.Found {
		t.adopt()
	}
}

// adopt hangs under the root what would otherwise be in no place: nodes whose parent never came, or that are their own
// ancestors. Nothing found is ever lost.
func (t *Tree) adopt() {
	root := t.entries[t.root]
	if root == nil {
		return
	}
	for _, id := range sorted(t.orphans) {
		t.hang(t.entries[id], root)
	}
}

func sorted(set map[string]bool) []string {
	ids := make([]string, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// move hangs a known node on another parent, now or as soon as that is found.
func (t *Tree) move(e *Entry, parent string) {
	if e.Node.ID == t.root {
		return
	}
	e.wants = parent
	if to := t.entries[parent]; to != nil {
		t.hang(e, to)
		return
	}
	t.unhang(e)
	t.orphans[e.Node.ID] = true
	if t.Found {
		t.adopt()
	}
}

// hang puts e under parent, and reports false where that would close a circle.
func (t *Tree) hang(e, parent *Entry) bool {
	if e.Node.ID == t.root || t.below(parent, e.Node.ID) {
		return false
	}
	t.unhang(e)
	delete(t.orphans, e.Node.ID)
	e.Node.Parent = parent.Node.ID
	t.insert(parent, e)
	t.deepen(e, parent.Depth+1)
	return true
}

func (t *Tree) unhang(e *Entry) {
	if from := t.entries[e.Node.Parent]; from != nil {
		from.Children = slices.DeleteFunc(from.Children, func(id string) bool { return id == e.Node.ID })
	}
	e.Node.Parent = ""
}

// below reports whether e is the node with that ID or hangs below it.
func (t *Tree) below(e *Entry, id string) bool {
	for ; e != nil; e = t.entries[e.Node.Parent] {
		if e.Node.ID == id {
			return true
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

// merge remembers one more way to a node that is already known. Its subject stays the first one, since that is the one
// it is verified against.
func (t *Tree) merge(e *Entry, n Node) {
	e.Node.Found = ways(e.Node.Found, n.Found)
	e.Node.Within = paths(e.Node.Within, n.Within)
	if e.Node.Unavailable == "" || n.Unavailable != "" {
		return
	}
	// The manifest could not be had the first time: only now is anything known of it.
	found, within, parent := e.Node.Found, e.Node.Within, e.Node.Parent
	e.Node = n
	e.Node.Found, e.Node.Within, e.Node.Parent = found, within, parent
	e.Attestation, e.Report, e.Verifying, e.Blob, e.BlobProblem = nil, nil, false, nil, ""
	e.BlobState = BlobPending
	if n.Blob.Digest == "" {
		e.BlobState = BlobSkipped
	}
	if n.Parent != "" && n.Parent != e.wants {
		t.move(e, n.Parent)
	}
	t.reorder(e)
}

// ways is the union of two sets of ways, in order of their names.
func ways(a, b []Found) []Found {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// paths is the union of two lists of what contains a node, the longer one's order first: each is true by itself, and
// which of them was found first must not matter.
func paths(a, b []Digest) []Digest {
	if len(b) > len(a) || (len(a) == len(b) && slices.Compare(b, a) < 0) {
		a, b = b, a
	}
	out := slices.Clone(a)
	for _, d := range b {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

func (e *Entry) load(b BlobLoaded) {
	e.Blob, e.BlobProblem = b.Bytes, b.Problem
	switch {
	case b.Tampered:
		e.BlobState = BlobTampered
	case b.Skipped:
		e.BlobState = BlobSkipped
	case b.Problem != "", b.Bytes == nil && e.Node.Blob.Size > 0:
		e.BlobState = BlobMissing
	default:
		e.BlobState = BlobLoadedOK
	}
}
