package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// mechanismName is a way of looking as a person calls it.
func mechanismName(m model.Mechanism) safe.Text {
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

// lookupResult is how a look-up ended, in a word.
func lookupResult(l model.Lookup) safe.Text {
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

// missed counts the look-ups that may have left something unseen, by how they ended.
type missed struct{ denied, truncated, failed int }

func missedIn(tree *model.Tree) missed {
	var m missed
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

func (m missed) any() bool { return m != missed{} }

// text is how many look-ups ended in which way.
func (m missed) text() safe.Text {
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
