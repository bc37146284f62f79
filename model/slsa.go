package model

import "strconv"

// SLSA is the build level of one provenance attestation (slsa.dev/spec/v1.2/build-track-basics), or the level that a
// verification summary states and that is believed. A level comes from who is proven to have signed and from a table of
// builders; the predicate's fields can only lower it (docs/verification.md, "SLSA levels").
type SLSA struct {
	Level  int    // 0 to 3
	Reason string // one sentence: what the level rests on, or what keeps it from the next
	Hint   string // what would make it higher, "" if nothing that the reader can decide
	// What is proven of the build; each "" if it is not. Source is a repository's canonical URI.
	Builder, Source, Ref, Commit, Run string
	Lines                             []SLSALine // what was compared, in a fixed order
}

// SLSALine is one thing that a provenance says, beside what is proven of it.
type SLSALine struct {
	Label    string // "Source", "Commit", …
	Claimed  string // by the predicate, "" if it does not say; untrusted
	Verified string // by the certificate, "" if nothing is proven
	Because  string // why the proof is believed, or why there is none
	// Status is CheckPassed where proof and claim agree (or no claim is needed), CheckFailed where they differ or the
	// proof is not good enough, CheckSkipped where there is nothing to compare with.
	Status CheckStatus
	// Tenant is true where only the project that is built says so: whoever controls its workflow can write what they
	// like there.
	Tenant bool
}

// Title is the level in a tree row, "" below level 1.
func (s *SLSA) Title() string {
	if s == nil || s.Level < 1 {
		return ""
	}
	return "build L" + strconv.Itoa(s.Level)
}

// EntrySLSA is the level of a node in its tree, nil for a node that has none. Whatever was assessed, a node that does
// not stand is at level 0, and one that is not signed by somebody who may be believed at level 1 at most.
func EntrySLSA(e *Entry) *SLSA {
	if e.Report == nil || e.Report.SLSA == nil || e.Verifying {
		return nil
	}
	most, why := highest(e.Standing)
	if e.Report.SLSA.Level <= most {
		return e.Report.SLSA
	}
	s := *e.Report.SLSA
	s.Level, s.Reason, s.Hint = most, why, ""
	return &s
}

// highest is the highest level that a standing allows.
func highest(s Standing) (level int, why string) {
	switch s.Verdict {
	case Trusted, Valid:
		return 3, ""
	case Invalid, Unavailable:
		return 0, "it is " + s.Verdict.String() + ": " + s.Reason
	case Unchecked, Untrusted, Covered, Unsigned, Unverifiable:
	}
	return 1, "it is " + s.Verdict.String() + ", so nobody who may be believed says how this was built"
}
