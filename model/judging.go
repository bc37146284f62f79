package model

import "reflect"

// Judging is Judge in parts, for whoever must answer others while a large tree is judged:
//
//	for j := t.Judging(); j.Look(); {
//		for j.Settle(1000) {
//		}
//	}
//
// What is said of one node follows from what is said of others, so that there are several looks, each after the last was
// settled. Events may be applied between any two calls. What they change is judged by the next Judging; until then the
// standing of a node is what it was before, or follows from what was known when this one looked.
type Judging struct {
	judge
	looks   int
	changes []change
}

// change is what a look found out about a node.
type change struct {
	entry       *Entry
	standing    *Standing // nil where it stays
	compared    bool      // the rest was looked at
	cross       []Finding
	duplicateOf string
	payload     Digest       // that was hashed, "" where none was
	read        *Attestation // that it is the payload of
}

// Judging begins to judge the tree.
func (t *Tree) Judging() *Judging {
	return &Judging{judge: judge{tree: t, vouches: map[Digest]vouch{}, unseen: map[Digest]Lookup{}}}
}

// Look finds out what is to be said next. It only reads the tree, so that others may read it at the same time. It reports
// false when all is said.
func (j *Judging) Look() bool {
	j.looks++
	switch j.looks {
	case 1:
		j.collect()
		j.stand(j.standing, func(k Kind) bool { return k != KindFile && k != KindPackage })
	case 2: // what follows from the standing of others
		j.stand(j.fileStanding, func(k Kind) bool { return k == KindFile })
		j.stand(j.packageStanding, func(k Kind) bool { return k == KindPackage })
	case 3:
		j.compare()
	default:
		return false
	}
	return true
}

// stand finds the standing of nodes of some kinds.
func (j *Judging) stand(standing func(*Entry) Standing, of func(Kind) bool) {
	for _, e := range j.tree.entries {
		if !of(e.Node.Kind) {
			continue
		}
		if s := standing(e); s != e.Standing {
			j.changes = append(j.changes, change{entry: e, standing: &s})
		}
	}
}

// compare finds in what nodes disagree with others, and which say the same.
func (j *Judging) compare() {
	found, same := j.tree.compareOrigins()
	for id, e := range j.tree.entries {
		c := change{entry: e, compared: true, cross: found[id], duplicateOf: e.DuplicateOf, payload: same.payloads[e], read: e.Attestation}
		if j.tree.Complete {
			c.duplicateOf = same.original[id]
		}
		if c.payload != e.payload && c.payload != "" || e.DuplicateOf != c.duplicateOf || !reflect.DeepEqual(e.Cross, c.cross) {
			j.changes = append(j.changes, c)
		}
	}
}

// Settle writes at most so many of the things that the last look found out, and reports whether there are more.
func (j *Judging) Settle(most int) bool {
	n := min(most, len(j.changes))
	for _, c := range j.changes[:n] {
		j.settle(c)
	}
	j.changes = j.changes[n:]
	return len(j.changes) > 0
}

func (j *Judging) settle(c change) {
	e := c.entry
	switch {
	case c.standing != nil && e.Standing != *c.standing:
		e.Standing = *c.standing
		j.tree.version++
	case c.compared:
		if e.DuplicateOf != c.duplicateOf || !reflect.DeepEqual(e.Cross, c.cross) {
			j.tree.version++
		}
		e.Cross, e.DuplicateOf = c.cross, c.duplicateOf
		if c.payload != "" && e.Attestation == c.read {
			e.payload = c.payload
		}
	}
}
