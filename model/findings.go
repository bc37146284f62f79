package model

import "slices"

// EntryFindings is everything that a reader ought to know about a node beside its verdict: from its bytes, its
// predicate, its checks and its place in the tree. Each is listed once.
func EntryFindings(e *Entry) []Finding {
	var out []Finding
	add := func(more []Finding) {
		for _, f := range more {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	if e.Report != nil {
		add(e.Report.Findings)
	}
	if a := e.Attestation; a != nil {
		add(a.Findings)
		if a.Predicate != nil {
			add(a.Predicate.Findings())
		}
	}
	add(e.Cross)
	if d := e.Node.DeclaredSubject; d != "" && e.Node.Subject != "" && d != e.Node.Subject {
		add([]Finding{{
			ID: "listed-elsewhere", Severity: SeverityWarning,
			Message: "it is listed under " + e.Node.Subject.Short() + ", but its manifest names " + d.Short() + " as its subject",
		}})
	}
	return out
}
