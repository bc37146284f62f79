package verifier

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// spareRoots is the root that this program carries, where it was not asked to judge by it.
func spareRoots(asked []trust.Root) []trust.Root {
	for _, r := range asked {
		if r.Info.Name == trust.PublicGoodName {
			return nil
		}
	}
	public, err := trust.PublicGood()
	if err != nil {
		return nil // it only explains
	}
	return []trust.Root{public}
}

// tryOtherRoots judges a signature that does not hold by every other root at hand, and adds to the deciding check what
// comes out. It never changes a verdict: roots are not merged, and the first of the issuer's name counts.
func (v *Verifier) tryOtherRoots(ev model.Evidence, s *signed, report *model.Report) {
	decides := report.Decisive().ID
	if report.Verdict != model.Invalid && report.Verdict != model.Unverifiable || !rootDecides(decides) || s.bundle == nil {
		return
	}
	judgedBy, _ := v.rootFor(s)
	tries := 0
	for i, other := range append(v.roots[:len(v.roots):len(v.roots)], v.spare...) {
		if other.Info == judgedBy.Info || tries == maxTries {
			continue
		}
		tries++
		_, again := v.climb(ev, s, other, false)
		if goodness(again.Verdict) < goodness(model.Untrusted) {
			continue
		}
		hint := "; by the trusted root " + other.Info.Name + ", which was given too, it does verify: give that one first"
		if i >= len(v.roots) {
			hint = spareHint(other)
		}
		for c := range report.Checks {
			if report.Checks[c].ID == decides {
				report.Checks[c].Detail += hint
				report.Reason = report.Checks[c].Detail
			}
		}
		return
	}
}

// spareHint says that a root which was not asked for verifies, and how to ask for it.
func spareHint(r trust.Root) string {
	if r.Info.Source == trust.SourceEmbedded {
		return "; by the trusted root " + r.Info.Name + " that comes with this program it does verify, but it was not asked for: leave --trusted-root away to judge by it"
	}
	return "; by the trusted root " + r.Info.Name + " that an update keeps it does verify, but it was not asked for: --trusted-root tuf:" + r.Info.Name + " judges by it"
}

// maxTries bounds how many other roots are tried: an explanation must not cost much more than the verdict.
const maxTries = 4

// rootDecides reports whether another root could make a difference to the check.
func rootDecides(id model.CheckID) bool {
	switch id {
	case model.CheckCertificate, model.CheckSCT, model.CheckLog, model.CheckTimestamp:
		return true
	case model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckExpiry, model.CheckSigner, model.CheckPredicate:
	}
	return false
}
