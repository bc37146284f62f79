package model

import "slices"

// packageTitle names a package as its users do: "npm package @scope/name 1.0.0".
func packageTitle(p *Package) string {
	if p == nil {
		return "package"
	}
	kind := string(p.Ecosystem) + " package"
	switch p.Ecosystem {
	case EcosystemPyPI:
		kind = "Python package"
	case EcosystemGolang:
		kind = "Go module"
	case EcosystemNPM:
	}
	return kind + " " + p.Name + " " + p.Version
}

// packageStanding is the verdict of a package: nothing vouches for all of its files at once, so that it is what the
// worst of them is.
func (j *judge) packageStanding(e *Entry) Standing {
	if e.Node.Unavailable != "" {
		return Standing{Verdict: Unavailable, Reason: e.Node.Unavailable}
	}
	if !j.tree.Found {
		return Standing{}
	}
	worstFirst := []Verdict{Unchecked, Invalid, Unavailable, Unverifiable, Unsigned, Untrusted, Covered, Valid, Trusted}
	worst, files := Standing{Verdict: Trusted}, 0
	for _, id := range e.Children {
		file := j.tree.entries[id]
		if file.Node.Kind != KindPackageFile {
			continue
		}
		files++
		if s := file.Standing; slices.Index(worstFirst, s.Verdict) < slices.Index(worstFirst, worst.Verdict) {
			worst = Standing{Verdict: s.Verdict, Reason: s.Reason}
		}
	}
	if files > 0 {
		return worst
	}
	if l, missed := j.unseen[Digest(e.Node.ID)]; missed {
		return Standing{Verdict: Unavailable, Reason: "could not look: " + l.Detail}
	}
	return Standing{Verdict: Unsigned}
}
