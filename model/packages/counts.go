package packages

import (
	"hash/maphash"
	"slices"
	"strconv"

	"github.com/attestree/attestree/model"
)

// Counts says what is odd about a document, and what of it was not read.
type Counts struct {
	WithoutName    int
	WithoutVersion int
	WithoutPURL    int
	WithoutLicence int
	DuplicateIDs   int // elements with an identifier that another one before them has
	DuplicatePURLs int // packages with exactly the package URL of another one before them
	Unknown        int // identifiers that relationships name and nothing has
	Malformed      int // entries of a list of packages that are no objects

	Files    int // components of CycloneDX that are files; they stand among the packages, and are none
	Services int // the same of services

	Cut     int // texts that were too long and are kept in part
	TooDeep int // lists of components that lie too deep to be read
	Dropped int // packages, files and relationships beyond maxElements
}

// Counts is what is odd about the document, as far as it has been read. Duplicates and unknown identifiers are counted
// when it is Complete.
func (x *Index) Counts() Counts { return x.counts }

// counted counts what a package has not got.
func (b *Builder) counted(r *record) {
	c := &b.x.counts
	for _, absent := range []struct {
		is bool
		n  *int
	}{
		{r.name.size == 0, &c.WithoutName},
		{r.version.size == 0 || asserted(b.x.text.string(r.version)) == "", &c.WithoutVersion},
		{r.purl.size == 0, &c.WithoutPURL},
		{!b.licensed(r.declared, r.concluded), &c.WithoutLicence},
	} {
		if absent.is {
			*absent.n++
		}
	}
}

// licensed reports whether the document says of a licence of a package.
func (b *Builder) licensed(declared, concluded uint32) bool {
	return asserted(b.words.list[declared]) != "" || asserted(b.words.list[concluded]) != ""
}

// duplicates counts the packages with the package URL of another. Equal hashes are as good as equal texts for a count.
func (c *Counts) duplicates(x *Index) {
	seed := maphash.MakeSeed()
	hashes := make([]uint64, 0, len(x.packages))
	for i := range x.packages {
		if purl := x.packages[i].purl(); purl.size > 0 {
			hashes = append(hashes, maphash.Bytes(seed, x.text.bytes(purl)))
		}
	}
	slices.Sort(hashes)
	c.DuplicatePURLs = len(hashes) - len(slices.Compact(hashes))
}

// Findings says what a reader of the list ought to know, each with where to look.
func (x *Index) Findings() []model.Finding {
	var out []model.Finding
	add := func(n int, id string, severity model.Severity, what, message string) {
		if n > 0 {
			out = append(out, model.Finding{ID: id, Severity: severity, Message: what + ": " + strconv.Itoa(n) + "; " + message})
		}
	}
	c := x.counts
	add(c.DuplicateIDs, "duplicate-id", model.SeverityWarning, "elements with an identifier that another one has",
		"relationships may be about either, and the first was taken: look for SPDXID or bom-ref")
	add(c.DuplicatePURLs, "duplicate-package", model.SeverityInfo, "packages with the same package URL as another one",
		"they may lie in several places of the image, or be counted twice: sort by purl")
	add(c.WithoutPURL, "no-purl", model.SeverityInfo, "packages without a package URL",
		"scans and VEX documents are matched with them by name or not at all: look at externalRefs or purl")
	add(c.WithoutVersion, "no-version", model.SeverityInfo, "packages without a version",
		"nothing can be said of their vulnerabilities: sort by version")
	add(c.Unknown, "unknown-reference", model.SeverityWarning, "identifiers in relationships that nothing has",
		"what they mean is not in the document: look at relationships or dependencies")
	add(c.Malformed, "malformed-package", model.SeverityWarning, "entries of the list of packages that are no objects",
		"they were left out: look at the list in the payload")
	add(c.Cut+c.TooDeep+c.Dropped, "list-truncated", model.SeverityWarning, "parts that are too long, too many or too deep",
		"they are not in the list, or not whole: look at the payload")
	return out
}
