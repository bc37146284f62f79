package model

import (
	"fmt"
	"math"
	"slices"
)

// Standing is what to believe of a node in its tree: its own report, and what follows from its neighbours
// (docs/verification.md).
type Standing struct {
	Verdict   Verdict
	Reason    string
	VouchedBy string  // ID of the signature or provenance directly about it that Verdict is taken from, "" if it is from none
	CoveredBy string  // ID of the signature or attestation that vouches, where Verdict is Covered
	Coverage  Verdict // standing of that node: Trusted, Valid or Untrusted
}

// Judge brings the standing of every node up to date. It is the only place where verdicts of several nodes are
// combined. It may be called at any time; while nodes are still being judged, what depends on them stays Unchecked.
// Only what nothing further can change is said before discovery has ended: that something is trusted, or bad.
func (t *Tree) Judge() {
	for j := t.Judging(); j.Look(); {
		j.Settle(math.MaxInt)
	}
}

// Counts says how many nodes there are of each verdict.
func (t *Tree) Counts() map[Verdict]int {
	counts := map[Verdict]int{}
	for _, e := range t.entries {
		counts[e.Standing.Verdict]++
	}
	return counts
}

// judge is one run of Judge.
type judge struct {
	tree    *Tree
	vouches map[Digest]vouch  // what is said of each digest by signatures and provenance directly about it
	unseen  map[Digest]Lookup // a look-up of each digest after which something may be there that was not seen
}

// standing is the verdict of a node that is not a file of several.
func (j *judge) standing(e *Entry) Standing {
	own := ownStanding(e)
	if e.Node.Format.Signed() || own.Verdict != Unsigned {
		return own
	}
	var about vouch
	if !e.Node.Layered() {
		about = j.vouches[e.Node.Digest]
	}
	if about.best.Verdict == Trusted {
		return about.best // nothing that is still missing could make it better or worse
	}
	if about.pending || !j.tree.Found {
		return Standing{}
	}
	if about.best.good() {
		return about.best
	}
	covered, pending := j.coverage(e.Node.Within)
	switch {
	case covered.Coverage == Trusted:
		return covered
	case pending:
		return Standing{}
	case covered.Verdict == Covered:
		return covered
	case about.bad.Verdict != Unchecked:
		return about.bad
	}
	if reason := j.notSeen(e.Node); reason != "" {
		return Standing{Verdict: Unavailable, Reason: "could not look: " + reason}
	}
	return own
}

// good reports whether the standing is one that can be passed on.
func (s Standing) good() bool { return rank(s.Verdict) > 0 }

// rank orders the verdicts that vouch, the best highest; 0 for all others (docs/verification.md, "Images and
// coverage").
func rank(v Verdict) int {
	switch v {
	case Trusted:
		return 3
	case Valid:
		return 2
	case Untrusted:
		return 1
	case Unchecked, Covered, Unsigned, Invalid, Unverifiable, Unavailable:
	}
	return 0
}

// coverage is what flows down to a node from the manifests and indexes that contain it: the best of those that
// something vouches for, the nearest of equals. It is pending while something may still come to vouch for one.
func (j *judge) coverage(within []Digest) (s Standing, pending bool) {
	for _, container := range within {
		about := j.vouches[container]
		pending = pending || about.pending
		if rank(about.best.Verdict) > rank(s.Coverage) {
			s = Standing{Verdict: Covered, CoveredBy: about.by, Coverage: about.best.Verdict}
		}
	}
	return s, pending
}

// notSeen says why something may vouch for the node, or cover it, that was not seen; "" if all was.
func (j *judge) notSeen(n Node) string {
	for _, d := range append([]Digest{n.Digest}, n.Within...) {
		if missing := j.vouches[d].missing; missing != "" {
			return missing
		}
		if l, found := j.unseen[d]; found {
			reason := fmt.Sprintf("%s %s", l.Mechanism, l.Status)
			if l.Detail != "" {
				reason += ": " + l.Detail
			}
			return reason
		}
	}
	if j.tree.Err != nil {
		return j.tree.Err.Error()
	}
	return ""
}

// fileStanding is the verdict of a file with several bundles or envelopes. Nothing in it vouches for the file as a
// whole, so that it is what the worst of them is: never better than something in it.
func (j *judge) fileStanding(e *Entry) Standing {
	worstFirst := []Verdict{Unchecked, Invalid, Unavailable, Unverifiable, Unsigned, Untrusted, Covered, Valid, Trusted}
	own := ownStanding(e)
	if own.Verdict != Unsigned || len(e.Children) == 0 {
		return own
	}
	if !j.tree.Found {
		return Standing{}
	}
	worst := Standing{Verdict: Trusted}
	for _, id := range e.Children {
		s := j.tree.entries[id].Standing
		if slices.Index(worstFirst, s.Verdict) < slices.Index(worstFirst, worst.Verdict) {
			worst = s
		}
	}
	return worst
}
