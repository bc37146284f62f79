package exposure

import (
	"encoding/json"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// The limits of what is read of one report, and of one text in it.
const (
	maxFound  = 200_000
	maxClaims = 100_000
	maxWords  = 100 // other names, products, subcomponents of one
	maxText   = 4096
)

// Evidence is a document that may say something of vulnerabilities, with what to believe of whoever said it.
type Evidence struct {
	Node     string // ID
	Title    string // for a person
	Standing model.Standing
	Raw      []byte // the predicate, or the document itself; must be JSON
}

// Trusted reports whether somebody whom the reader named as trusted stands behind it, by a signature of its own or by
// one that covers it. A signature that is merely valid is nobody's word.
func (e Evidence) Trusted() bool {
	return e.Standing.Verdict == model.Trusted || e.Standing.Verdict == model.Covered && e.Standing.Coverage == model.Trusted
}

// Report is what one document says of vulnerabilities.
type Report struct {
	Evidence Evidence
	Format   string // "Trivy", "Grype", "SARIF", "OSV", "in-toto", "CycloneDX", "OpenVEX"
	// Truncated says that there is more in the document than was read.
	Truncated bool

	unfinished bool // the scanner says that it failed
	aimless    bool // nothing says that it looked at anything
	elsewhere  bool // nothing says that it looked for vulnerabilities
	found      []found
	claims     []claim
}

// Scan reports whether the document is what somebody looked for vulnerabilities with, rather than what excuses them.
func (r *Report) Scan() bool {
	return r.Format != "OpenVEX" && (r.Format != "CycloneDX" || len(r.found) > 0)
}

// Claims is how many statements a VEX document makes, each about one vulnerability.
func (r *Report) Claims() int { return len(r.claims) }

// found is one vulnerability that a document says a package has.
type found struct {
	ids      []string // its name and other names
	severity packages.Severity
	title    string
	fixedIn  string
	purl     string
	name     string
	version  string
	kind     string   // type of package URLs, "" if it is not known
	refs     []string // identifiers in an SBOM
}

// Read reads a document; ok is false if it is none of those that are known, or says nothing of vulnerabilities.
func Read(e Evidence) (r *Report, ok bool) {
	if !json.Valid(e.Raw) {
		return nil, false
	}
	r = &Report{Evidence: e}
	value, scanner := gjson.ParseBytes(e.Raw), ""
	if value.Type == gjson.String && json.Valid([]byte(value.String())) { // a document in a string, as cosign attests some
		value = gjson.Parse(value.String())
	}
	if result := value.Get("scanner.result"); result.Exists() {
		value, scanner = result, text(value, "scanner.uri") // cosign's and in-toto's predicates hold the scanner's own
	}
	r.read(value, scanner)
	return r, r.Format != ""
}

// read finds out by its members what a document is. What members mean does not overlap between formats. scanner is who a
// predicate around it says has made it.
func (r *Report) read(v gjson.Result, scanner string) {
	if v.IsArray() {
		r.Format, r.aimless = "in-toto", !names(v, scanner)
		r.readVulns(v)
		return
	}
	members := map[string]gjson.Result{}
	v.ForEach(func(key, value gjson.Result) bool { // once: an SBOM may be large
		switch name := key.String(); name {
		case "Results", "matches", "runs", "results", "bomFormat", "vulnerabilities", "statements", "timestamp", "metadata", "serialNumber":
			members[name] = value
		}
		return true
	})
	switch {
	case members["Results"].IsArray():
		r.Format, r.aimless = "Trivy", !names(members["Results"], "")
		r.readTrivy(members["Results"])
	case members["matches"].IsArray():
		r.Format = "Grype"
		r.readGrype(members["matches"])
	case members["runs"].IsArray():
		r.Format, r.aimless = "SARIF", !names(members["runs"], "")
		r.readSARIF(members["runs"], scanner)
	case members["results"].Get("0.packages").IsArray():
		r.Format = "OSV"
		r.readOSV(members["results"])
	case members["bomFormat"].String() == "CycloneDX" && members["vulnerabilities"].IsArray():
		r.Format = "CycloneDX"
		r.readCycloneDX(members)
	case members["statements"].IsArray():
		r.Format = "OpenVEX"
		r.readOpenVEX(members)
	}
}

// add takes a vulnerability that has a name.
func (r *Report) add(f found) {
	if len(f.ids) == 0 || f.ids[0] == "" {
		return
	}
	if len(r.found) >= maxFound {
		r.Truncated = true
		return
	}
	r.found = append(r.found, f)
}
