package exposure

import (
	"regexp"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Doubt says why a scan that found nothing in a package proves little of it: "did not finish", as what the scan did.
// It is "" if nothing is known against the scan.
func (r *Report) Doubt() string {
	switch {
	case !r.Scan():
		return ""
	case r.Evidence.Standing.Verdict == model.Invalid:
		return "failed its verification"
	case r.unfinished:
		return "did not finish"
	case r.aimless:
		return "named nothing that was looked at"
	case r.elsewhere && len(r.found) == 0:
		return "may have been for something else"
	}
	return ""
}

// invoked takes whether the scanner says of a run of its own that it failed (SARIF 2.1.0, section 3.20.14), or lists no
// results, not even none (section 3.14.23).
func (r *Report) invoked(run gjson.Result) {
	r.unfinished = r.unfinished || !run.Get("results").IsArray()
	each(run.Get("invocations"), func(i gjson.Result) {
		ended := i.Get("executionSuccessful")
		r.unfinished = r.unfinished || ended.Exists() && ended.Type != gjson.True
	})
}

// vulnerabilityScanner is how scanners for vulnerabilities call themselves in SARIF, in which any tool may report anything.
var vulnerabilityScanner = regexp.MustCompile(`(?i)trivy|grype|snyk|osv|scout|clair|anchore|vuln`)

// names reports whether a scan names what it looked at, or at least who looked: an empty list that nothing stands around
// is what is left where a report of another form was put in.
func names(list gjson.Result, scanner string) bool {
	return scanner != "" || list.Get("#").Int() > 0
}
