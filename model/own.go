package model

import "cmp"

// ownStanding is what to believe of a node without its neighbours. For one whose format carries no signature it is
// Unsigned where nothing is wrong with it, so that its neighbours may say more.
func ownStanding(e *Entry) Standing {
	switch {
	case e.Node.Unavailable != "" && e.BlobState != BlobTampered:
		return Standing{Verdict: Unavailable, Reason: e.Node.Unavailable}
	case e.BlobState == BlobTampered: // wrong bytes came, of the payload or of the manifest: that is more than absent
		return Standing{Verdict: Invalid, Reason: cmp.Or(e.BlobProblem, "the bytes are not those that the manifest names")}
	case e.BlobState == BlobMissing:
		return Standing{Verdict: Unavailable, Reason: cmp.Or(e.BlobProblem, "the bytes could not be had")}
	case e.Verifying:
		return Standing{}
	case e.Node.Format.Signed():
		return signedStanding(e)
	}
	return bareStanding(e)
}

// signedStanding is the node's own report. What is read here must not contradict a good one: where two readers of the
// same bytes disagree, neither is believed.
func signedStanding(e *Entry) Standing {
	if e.Report == nil {
		return Standing{}
	}
	s := Standing{Verdict: e.Report.Verdict, Reason: e.Report.Reason}
	a := e.Attestation
	switch s.Verdict {
	case Trusted, Valid, Untrusted:
		if a != nil && a.Problem != "" && !a.Unsupported {
			return Standing{Verdict: Unverifiable, Reason: "the signature holds, but what is signed cannot be read: " + a.Problem}
		}
		if a != nil && !a.about(e.Node.Subject) {
			return Standing{Verdict: Invalid, Reason: "what is signed is about another digest than " + e.Node.Subject.Short()}
		}
		return s
	case Unsigned, Invalid, Unverifiable, Unavailable, Unchecked:
		return s
	case Covered:
	}
	return Standing{} // no report can say that
}

// about reports whether the claims are about that digest, as far as they name one. There is nothing to compare with for
// a bare file.
func (a *Attestation) about(subject Digest) bool {
	switch {
	case subject == "":
		return true
	case a.Statement != nil && len(a.Statement.Subjects) > 0:
		return a.Statement.Names(subject)
	case a.SimpleSigning != nil:
		return a.SimpleSigning.ManifestDigest == string(subject)
	case a.RegistrySignature != nil:
		return a.RegistrySignature.Digest() == subject
	case a.Target != nil:
		return a.Target.Digest == subject
	case a.MessageDigest.Algorithm() == subject.Algorithm(): // another's was compared with the bytes, or the report is not good
		return a.MessageDigest == subject
	}
	return true
}

// bareStanding is the own standing of a node whose format carries no signature. A report can only make it worse: no
// check can have found a signature there.
func bareStanding(e *Entry) Standing {
	if r := e.Report; r != nil {
		switch r.Verdict {
		case Invalid, Unverifiable, Unavailable:
			return Standing{Verdict: r.Verdict, Reason: r.Reason}
		case Unchecked, Trusted, Valid, Untrusted, Covered, Unsigned:
		}
	}
	if e.Node.Blob.Digest != "" && e.BlobState == BlobPending {
		return Standing{}
	}
	if e.Node.Kind == KindSignature && e.Node.Format == FormatOpaque {
		return Standing{Verdict: Unverifiable, Reason: "a signature in a format that is not known: " + cmp.Or(e.Node.Blob.MediaType, e.Node.MediaType)}
	}
	if e.Node.Format == FormatStatement && e.Node.Subject != "" {
		return statementStanding(e)
	}
	return Standing{Verdict: Unsigned}
}

// statementStanding holds a bare statement against the digest that it is filed under. A signature of what contains it
// vouches for its bytes, not for its place: one about another platform is not covered but wrong (docs/verification.md,
// "Images and coverage").
func statementStanding(e *Entry) Standing {
	a := e.Attestation
	switch {
	case a == nil && e.BlobState == BlobSkipped:
		return Standing{Verdict: Unavailable, Reason: "it was not read, so that nothing says what it is about"}
	case a == nil:
		return Standing{}
	case a.Statement == nil && a.Unsupported:
		return Standing{Verdict: Unverifiable, Reason: "nothing says what it is about: " + a.Problem}
	case a.Statement == nil:
		return Standing{Verdict: Invalid, Reason: "it is no statement: " + a.Problem}
	case !a.Statement.Names(e.Node.Subject):
		return Standing{Verdict: Invalid, Reason: "it is about another digest than " + e.Node.Subject.Short() +
			", under which it is filed"}
	}
	return Standing{Verdict: Unsigned}
}
