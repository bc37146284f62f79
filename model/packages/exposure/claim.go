package exposure

import (
	"strings"
	"time"

	"github.com/attestree/attestree/model/packages"
)

// Status is what a VEX document says of a vulnerability in a product, in the words of its format.
type Status string

// The statuses of OpenVEX, and the states of CycloneDX's analysis that it has no word for.
const (
	NotAffected        Status = "not_affected"
	Fixed              Status = "fixed"
	Affected           Status = "affected"
	UnderInvestigation Status = "under_investigation"

	FalsePositive        Status = "false_positive"
	Resolved             Status = "resolved"
	ResolvedWithPedigree Status = "resolved_with_pedigree"
	Exploitable          Status = "exploitable"
	InTriage             Status = "in_triage"
)

// Excuses reports whether a status says that nothing need be done.
func (s Status) Excuses() bool {
	switch s {
	case NotAffected, Fixed, FalsePositive, Resolved, ResolvedWithPedigree:
		return true
	case Affected, UnderInvestigation, Exploitable, InTriage:
	}
	return false
}

// asserts reports whether a status says that the vulnerability is there, or may be.
func (s Status) asserts() bool {
	switch s {
	case Affected, UnderInvestigation, Exploitable, InTriage:
		return true
	case NotAffected, Fixed, FalsePositive, Resolved, ResolvedWithPedigree:
	}
	return false
}

// claim is one statement of a VEX document about one vulnerability.
type claim struct {
	ids           []string // the vulnerability and its other names
	severity      packages.Severity
	status        Status
	justification string
	impact        string // or, in CycloneDX, the detail
	action        string
	at            time.Time // zero if it does not say, or not so that it can be read
	products      []product
	everything    bool     // it names no product: it is about what the document is attached to
	refs          []string // CycloneDX: identifiers in an SBOM
	reasoned      bool     // it gives the reasons that its format asks for
}

// product is what a statement is about.
type product struct {
	names         []identifier
	digests       []string // "sha256:…"
	subcomponents [][]identifier
}

// identifier is what a product is called, read as a package URL where it is one.
type identifier struct {
	text   string
	purl   packages.PURL
	isPURL bool
}

// identify reads identifiers once: one statement may be held against thousands of packages.
func identify(names []string) []identifier {
	out := make([]identifier, 0, len(names))
	for _, name := range names {
		purl, ok := packages.ParsePURL(name)
		out = append(out, identifier{name, purl, ok})
	}
	return out
}

// addClaim takes a statement about a vulnerability that has a name.
func (r *Report) addClaim(c claim) {
	if len(c.ids) == 0 {
		return
	}
	if len(r.claims) >= maxClaims {
		r.Truncated = true
		return
	}
	r.claims = append(r.claims, c)
}

// when reads a time (RFC 3339); the zero time if it is none.
func when(s string) time.Time {
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(s))
	if err != nil {
		return time.Time{}
	}
	return t
}
