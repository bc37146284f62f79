package model

import "slices"

// Listing is what one document of an image says of the package that the image wraps: an SBOM that lists it, or a
// provenance that names it among its materials.
type Listing struct {
	Node     string   // ID of the document's node
	SBOM     bool     // an SBOM, whose silence says something
	Versions []string // under which it names the package; none where it does not name it
}

// insideFindings compare a package with the image that it is said to be in.
func (t *Tree) insideFindings(p *Package, ev packageEvidence, add adder) {
	listed, sboms := false, 0
	for _, l := range p.Listings {
		document := t.entries[l.Node]
		if document == nil || !readable(document.Standing.Verdict) {
			continue
		}
		if l.SBOM {
			sboms++
		}
		if len(l.Versions) == 0 {
			continue
		}
		listed = true
		if !slices.ContainsFunc(l.Versions, p.is) {
			severity := SeverityWarning // anybody who may push can have attached it
			if counts(document.Standing.Verdict) {
				severity = SeverityError
			}
			add("image-version-mismatch", severity, "%s names version %s of it, not %s", naming(document), list(l.Versions), p.Version)
		}
	}
	if sboms > 0 && !listed {
		add("image-without-package", SeverityWarning, "no SBOM of the image lists %s: that the image contains it is not shown", p.Name)
	}
	t.imageSource(p, ev, add)
}

// is reports whether a document names this version, however it writes it: a Python package's may be spelled in several ways.
func (p *Package) is(version string) bool {
	return version == p.Version || p.Ecosystem == EcosystemPyPI && SamePythonVersion(version, p.Version)
}

// readable reports whether what a node says is worth comparing.
func readable(v Verdict) bool {
	switch v {
	case Trusted, Valid, Untrusted, Covered, Unsigned, Unverifiable, Unchecked:
		return true
	case Invalid, Unavailable:
	}
	return false
}

// list is a few values in a line.
func list(values []string) string {
	out := ""
	for i, v := range values {
		switch {
		case i == 4:
			return out + ", …"
		case i > 0:
			out += ", "
		}
		out += v
	}
	return out
}

// imageSource says where the image around a package was built, if that is elsewhere. Catalogues wrap what others
// publish, so that this is no mistake; but who signs the image then says nothing of how the package was made.
func (t *Tree) imageSource(p *Package, ev packageEvidence, add adder) {
	reference := t.references()[""]
	if reference == nil || len(ev.proven) == 0 {
		return
	}
	image, inner := reference.proven().Repository, ev.proven[0].proven().Repository
	if image != "" && inner != "" && !SameRepository(image, inner) {
		add("image-wraps", SeverityInfo, "the image was built in %s and wraps %s, which was published from %s", image, p.Name, inner)
	}
}
