package kyverno

// A signature that Kyverno is to take needs a proof of when it was made, and which ones count follows from the format and
// from what is ignored (Kyverno 1.19: buildVerifyOptions, and cosign's verifyInternal for what is at tags).

// Reachable reports whether any signature at all can satisfy what an attestor asks for as a proof; why is a clause.
//
// A certificate of Fulcio's ends ten minutes after it was issued, so that none is good where it is held against the clock.
func (a Attestor) Reachable(f Format) (why string, yes bool) {
	switch {
	case a.Nested != nil:
		return "", true
	case f == SigstoreBundle && a.NoSCT && !a.NoLog:
		return "with ignoreSCT, and without ignoreTlog, it asks for no time, without which nothing verifies bundles", false
	case f == SigstoreBundle && a.Key == nil && a.NoLog && a.NoSCT, f != SigstoreBundle && a.Key == nil && a.NoLog:
		return "where no proof of the time is asked for, it holds the certificate against the clock, and those of Sigstore ended minutes after the signature", false
	}
	return "", true
}

// proven reports whether a node has the proof that an attestor asks for.
func (a Attestor) proven(n Node, f Format) bool {
	if _, yes := a.Reachable(f); !yes {
		return false
	}
	switch {
	case f != SigstoreBundle:
		return a.NoLog || n.Logged
	case a.NoLog && a.NoSCT:
		return true
	case a.NoLog:
		return n.Stamped // of a log that is not asked for the time does not count either
	}
	return n.Logged && (n.LogTime || n.Stamped)
}
