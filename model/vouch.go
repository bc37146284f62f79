package model

import (
	"cmp"
	"strings"
)

// vouch is what the vouching nodes of one digest say together: the signatures and the SLSA provenance attestations
// directly about it (docs/verification.md, "Images and coverage").
type vouch struct {
	best    Standing // the best verdict that vouches; its zero value if none does
	by      string   // ID of the node that it comes from
	bad     Standing // Invalid or Unverifiable, if a vouching node is
	missing string   // why something that may vouch could not be had
	pending bool     // something may still vouch, or vouch better
}

// collect gathers what is said of each digest, and which look-ups left something open.
func (j *judge) collect() {
	for _, e := range j.tree.entries {
		if subject := e.Node.Subject; subject.Valid() {
			about := j.vouches[subject]
			about.hear(e, j.tree.Complete)
			j.vouches[subject] = about
		}
	}
	for _, l := range j.tree.Lookups {
		if _, known := j.unseen[l.Subject]; !known && l.Status.Incomplete() {
			j.unseen[l.Subject] = l
		}
	}
}

// hear takes one node that is attached to the digest into account. The order of nodes does not matter. Once everything
// is complete, nothing more will be known of bytes that nobody announced as signed.
func (v *vouch) hear(e *Entry, complete bool) {
	role := roleOf(e)
	if role == roleNone || (complete && role == roleUnread) {
		return
	}
	s := ownStanding(e)
	switch {
	case s.Verdict == Unavailable, e.Node.Unavailable != "": // a manifest that was replaced may have been a signature
		reason := e.Node.Digest.Short() + " could not be had: " + s.Reason
		if v.missing == "" || reason < v.missing {
			v.missing = reason
		}
	case s.Verdict == Unchecked:
		v.pending = true
	case rank(s.Verdict) > 0:
		if role != roleVouches || e.Report.Check(CheckSubject).Status != CheckPassed {
			return
		}
		if c := cmp.Compare(rank(s.Verdict), rank(v.best.Verdict)); c > 0 || c == 0 && e.Node.ID < v.by {
			v.best, v.by = Standing{Verdict: s.Verdict, Reason: s.Reason, VouchedBy: e.Node.ID}, e.Node.ID
		}
	case role == roleVouches || e.Node.Kind == KindSignature:
		if s.Verdict == Invalid || s.Verdict == Unverifiable {
			v.worsen(s)
		}
	}
}

// worsen keeps the standing of a vouching node that did not pass: an invalid one before one that could not be judged.
func (v *vouch) worsen(s Standing) {
	prefix := "nothing that vouches for it holds: "
	if s.Verdict == Unverifiable {
		prefix = "nothing that vouches for it could be checked: "
	}
	s = Standing{Verdict: s.Verdict, Reason: prefix + s.Reason}
	switch {
	case v.bad.Verdict == Unchecked, v.bad.Verdict == Unverifiable && s.Verdict == Invalid:
		v.bad = s
	case v.bad.Verdict == s.Verdict && s.Reason < v.bad.Reason:
		v.bad = s
	}
}

// role is what a node has to say about what it is attached to.
type role int

const (
	roleNone    role = iota // nothing: it never raises nor lowers it
	roleUnread              // nothing as far as its manifest tells, but its bytes may say otherwise
	roleUnknown             // not known yet, or never will be
	roleVouches
)

// roleOf tells whether a node is a vouching one. For a bundle or an envelope what is signed decides, the type of the
// outer statement; a type in an annotation or in a nested statement is worth nothing.
func roleOf(e *Entry) role {
	n, a := e.Node, e.Attestation
	switch n.Format {
	case FormatSimpleSigning, FormatNotationJWS, FormatNotationCOSE, FormatRegistrySignature:
		return roleVouches
	case FormatDSSE, FormatBundle:
		switch {
		case a == nil:
			return roleUnknown
		case a.Message:
			return roleVouches
		case a.Statement == nil && n.Kind == KindSignature:
			return roleUnknown // announced as a signature, and not readable as one
		case a.Statement == nil:
			return roleNone
		case a.Statement.PredicateType == predicateCosignSign, provenance(a.Statement.PredicateType),
			n.Package != nil && publishes(a.Statement.PredicateType):
			return roleVouches
		}
		return roleNone
	case FormatNone, FormatStatement, FormatDocument, FormatOpaque:
	}
	switch {
	case n.Kind == KindIndex, n.Kind == KindImage: // part of an index, not attached to it
		return roleNone
	case n.Kind == KindSignature && n.Format == FormatOpaque: // it ought to vouch, but nobody can read it
		return roleUnknown
	case n.Unavailable != "": // a manifest that could not be had may be anything
		return roleUnknown
	case e.BlobState == BlobPending && a == nil && n.Blob.Digest != "":
		return roleUnread
	}
	return roleNone
}

// provenance reports whether a predicate type is one of the versions of SLSA provenance that there are. What a later
// one will mean is not known, and what is not known vouches for nothing.
func provenance(predicateType string) bool {
	_, v := SplitVersion(predicateType)
	major, _, _ := strings.Cut(v, ".")
	return FamilyOf(predicateType) == FamilyProvenance && (major == "v0" || major == "v1")
}

// publishes reports whether a predicate type is that of an attestation by which a package was published: npm's, by the
// registry's key, or Python's (PEP 740), by the publisher's workload. It vouches for files of packages alone.
func publishes(predicateType string) bool {
	switch base, _ := SplitVersion(predicateType); base {
	case "https://github.com/npm/attestation/tree/main/specs/publish", "https://docs.pypi.org/attestations/publish":
		return true
	}
	return false
}

// Vouches reports whether the node is a signature or SLSA provenance, whose word counts for what it is attached to. What
// it is worth is in its standing.
func Vouches(e *Entry) bool { return roleOf(e) == roleVouches }
