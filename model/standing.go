package model

// Standing is what to believe of a node in its tree: its own report, and what follows from its neighbours (trust rules
// §1 and §2).
type Standing struct {
	Verdict   Verdict
	Reason    string
	CoveredBy string  // ID of the signature or attestation that vouches, where Verdict is Covered
	Coverage  Verdict // standing of that node: Trusted, Valid or Untrusted
}

// Judge brings the standing of every node up to date. It is the only place where verdicts of several nodes are
// combined. It may be called at any time; while nodes are still being judged, what depends on them stays Unchecked.
func (t *Tree) Judge() {
}
