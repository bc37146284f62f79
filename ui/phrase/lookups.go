package phrase

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Mechanism is a way of looking as a person calls it.
func Mechanism(m model.Mechanism) safe.Text {
	switch m {
	case model.MechanismCosignSig:
		return safe.Const(".sig")
	case model.MechanismCosignAtt:
		return safe.Const(".att")
	case model.MechanismCosignSBOM:
		return safe.Const(".sbom")
	case model.MechanismReferrersAPI:
		return safe.Const("referrers API")
	case model.MechanismReferrersTag:
		return safe.Const("fallback tag")
	case model.MechanismIndexChildren:
		return safe.Const("index children")
	case model.MechanismLayoutScan:
		return safe.Const("layout scan")
	case model.MechanismGitHub:
		return safe.Const("GitHub API")
	case model.MechanismPackageMetadata:
		return safe.Const("package registry")
	case model.MechanismPackageAttestations:
		return safe.Const("package attestations")
	case model.MechanismChecksumDatabase:
		return safe.Const("checksum database")
	default:
		return safe.Line(string(m))
	}
}

// LookupResult is how a look-up ended, in a word.
func LookupResult(l model.Lookup) safe.Text {
	switch l.Status {
	case model.LookupFound:
		return safe.Int(l.Count)
	case model.LookupTruncated:
		return safe.Format("%s, truncated", safe.Int(l.Count))
	case model.LookupNone, model.LookupUnsupported, model.LookupDenied, model.LookupFailed:
		return safe.Line(string(l.Status))
	default:
		return safe.Line(string(l.Status))
	}
}

// Missed counts the look-ups that may have left something unseen, by how they ended.
type Missed struct{ denied, truncated, failed int }

// MissedIn counts the look-ups of a tree.
func MissedIn(tree *model.Tree) Missed {
	var m Missed
	for _, l := range tree.Lookups {
		switch l.Status {
		case model.LookupDenied:
			m.denied++
		case model.LookupTruncated:
			m.truncated++
		case model.LookupFailed:
			m.failed++
		case model.LookupFound, model.LookupNone, model.LookupUnsupported:
		default:
			m.failed++ // a word that we do not know is no "none"
		}
	}
	return m
}

// Any reports whether something may not have been seen.
func (m Missed) Any() bool { return m != Missed{} }

// Text is how many look-ups ended in which way.
func (m Missed) Text() safe.Text {
	var parts []safe.Text
	for _, p := range []struct {
		n    int
		word safe.Text
	}{{m.denied, safe.Const("denied")}, {m.truncated, safe.Const("truncated")}, {m.failed, safe.Const("failed")}} {
		if p.n > 0 {
			parts = append(parts, safe.Format("%s %s", safe.Int(p.n), p.word))
		}
	}
	return safe.Join(safe.Const(", "), parts...)
}
