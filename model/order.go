package model

import (
	"cmp"
	"slices"
)

// look adds a line to the ledger. The same question answered twice is one line: the answer that leaves something open
// wins, since a later "none" does not say that the first place was empty.
func (t *Tree) look(l Lookup) {
	for i, known := range t.Lookups {
		if known.Mechanism == l.Mechanism && known.Subject == l.Subject && known.Repository == l.Repository {
			t.Lookups[i] = worse(known, l)
			return
		}
	}
	at, _ := slices.BinarySearchFunc(t.Lookups, l, t.compareLookups)
	t.Lookups = slices.Insert(t.Lookups, at, l)
	if t.Found {
		t.sortLookups()
	}
}

func worse(a, b Lookup) Lookup {
	if c := cmp.Compare(statusOrder(a.Status), statusOrder(b.Status)); c > 0 ||
		c == 0 && (a.Count < b.Count || a.Count == b.Count && a.Detail > b.Detail) {
		a, b = b, a
	}
	a.Count = max(a.Count, b.Count)
	return a
}

func statusOrder(s LookupStatus) int {
	return slices.Index([]LookupStatus{
		LookupDenied, LookupFailed, LookupTruncated, LookupFound, LookupNone, LookupUnsupported,
	}, s)
}

// sortLookups brings the ledger into its final order. Until everything is found the depth of a subject may not be known
// yet.
func (t *Tree) sortLookups() { slices.SortStableFunc(t.Lookups, t.compareLookups) }

func (t *Tree) compareLookups(a, b Lookup) int {
	return cmp.Or(
		cmp.Compare(t.depth(a.Subject), t.depth(b.Subject)),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(mechanismOrder(a.Mechanism), mechanismOrder(b.Mechanism)),
		cmp.Compare(a.Repository, b.Repository),
	)
}

// depth is how deep in the tree a subject is; what is no node itself comes last.
func (t *Tree) depth(subject Digest) int {
	if e := t.entries[string(subject)]; e != nil {
		return e.Depth
	}
	return len(t.entries) + 1
}

func mechanismOrder(m Mechanism) int {
	return slices.Index([]Mechanism{
		MechanismIndexChildren, MechanismCosignSig, MechanismCosignAtt, MechanismCosignSBOM,
		MechanismReferrersAPI, MechanismReferrersTag, MechanismLayoutScan, MechanismGitHub,
		MechanismPackageMetadata, MechanismPackageAttestations, MechanismChecksumDatabase,
	}, m)
}

// insert puts e among its parent's children.
func (t *Tree) insert(parent, e *Entry) {
	at, _ := slices.BinarySearchFunc(parent.Children, e.Node.ID, t.compareNodes)
	parent.Children = slices.Insert(parent.Children, at, e.Node.ID)
}

// reorder puts e into its place again after what it is ordered by may have changed.
func (t *Tree) reorder(e *Entry) {
	if parent := t.entries[e.Node.Parent]; parent != nil {
		parent.Children = slices.DeleteFunc(parent.Children, func(id string) bool { return id == e.Node.ID })
		t.insert(parent, e)
	}
}

// compareNodes is the fixed order of children in the JSON contract: kind, then predicate type, then digest. Platforms
// come in the order of their names.
func (t *Tree) compareNodes(a, b string) int {
	x, y := t.entries[a], t.entries[b]
	return cmp.Or(
		cmp.Compare(kindOrder(x.Node.Kind), kindOrder(y.Node.Kind)),
		cmp.Compare(x.Node.Platform, y.Node.Platform),
		cmp.Compare(x.PredicateType(), y.PredicateType()),
		cmp.Compare(x.Node.Digest, y.Node.Digest),
		cmp.Compare(x.Node.ID, y.Node.ID),
	)
}

func kindOrder(k Kind) int {
	kinds := [...]Kind{
		KindFile, KindBundle, KindEnvelope, KindStatement,
		KindSignature, KindAttestation, KindSBOM, KindIndex, KindImage, KindAttestationManifest, KindArtifact,
		KindPackage, KindPackageFile,
	}
	if at := slices.Index(kinds[:], k); at >= 0 {
		return at
	}
	return len(kinds)
}
