package exposure

import (
	"cmp"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readCycloneDX reads the vulnerabilities of a CycloneDX document (ECMA-424, vulnerabilities), each of which is found in
// what it affects and may have an analysis. The document is the SBOM itself or one that points to it.
func (r *Report) readCycloneDX(members map[string]gjson.Result) {
	written := text(members["metadata"], "timestamp")
	each(members["vulnerabilities"], func(v gjson.Result) {
		f := found{
			ids: texts(nil, v.Get("id")), severity: packages.SeverityUnknown,
			title: cmp.Or(text(v, "description"), text(v, "detail")), fixedIn: text(v, "recommendation"),
		}
		each(v.Get("references"), func(other gjson.Result) { f.ids = texts(f.ids, other.Get("id")) })
		each(v.Get("ratings"), func(rating gjson.Result) {
			if named := packages.ParseSeverity(text(rating, "severity")); rating.Get("severity").Exists() && named != packages.SeverityUnknown {
				f.severity = max(f.severity, named)
			} else {
				f.severity = max(f.severity, score(rating.Get("score")))
			}
		})
		var refs []string
		each(v.Get("affects"), func(a gjson.Result) {
			if ref := text(a, "ref"); ref != "" && len(refs) < maxFound {
				refs = append(refs, ref)
			}
		})
		f.refs = refs
		r.add(f)
		analysis := v.Get("analysis")
		if !analysis.IsObject() {
			return
		}
		r.addClaim(claim{
			ids: f.ids, severity: f.severity, status: Status(text(analysis, "state")), justification: text(analysis, "justification"),
			impact: text(analysis, "detail"), refs: refs, at: when(cmp.Or(text(analysis, "lastUpdated"), text(analysis, "firstIssued"), written)),
			// ECMA-424 asks for a justification where there is one; a detail says as much.
			reasoned: Status(text(analysis, "state")) != NotAffected || text(analysis, "justification")+text(analysis, "detail") != "",
		})
	})
}
