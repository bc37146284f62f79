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
			add(unproven(a.Predicate.Findings(), out))
		}
	}
	if f := otherSubject(e); f.ID != "" {
		add([]Finding{f})
	}
	add(e.Cross)
	if e.LabelsProblem != "" {
		add([]Finding{{
			ID: "labels-unread", Severity: SeverityInfo,
			Message: "its configuration could not be read, so its labels are not compared: " + e.LabelsProblem,
		}})
	}
	if d := e.Node.DeclaredSubject; d != "" && e.Node.Subject != "" && d != e.Node.Subject {
		add([]Finding{{
			ID: "listed-elsewhere", Severity: SeverityWarning,
			Message: "it is listed under " + e.Node.Subject.Short() + ", but its manifest names " + d.Short() + " as its subject",
		}})
	}
	return out
}

// unproven is what a predicate says of its build, without what the signer's certificate proves of it anyway.
func unproven(said, proven []Finding) []Finding {
	same := map[string]string{"self-hosted-runner": "self-hosted-runner", "pull-request-trigger": "pull-request-run"}
	return slices.DeleteFunc(slices.Clone(said), func(f Finding) bool {
		id, known := same[f.ID]
		return known && slices.ContainsFunc(proven, func(p Finding) bool { return p.ID == id })
	})
}

// otherSubject says that a payload is about something else than what it is attached to; the zero Finding where it is
// not. It is also what decides the verdict then, and is said here by a name of its own.
func otherSubject(e *Entry) Finding {
	a := e.Attestation
	if a == nil || a.about(e.Node.Subject) {
		return Finding{}
	}
	return Finding{
		ID: "other-subject", Severity: SeverityError,
		Message: "what it says is about something else than " + e.Node.Subject.Short() + ", which it is attached to",
	}
}
