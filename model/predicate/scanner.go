package predicate

import (
	"github.com/tidwall/gjson"
)

// countTrivy counts the results of Trivy's report (Trivy, pkg/types/report): vulnerabilities, and apart from them what
// its other scanners found, and what was excused before the report was written.
func (v *Vuln) countTrivy(results gjson.Result) {
	v.any(results, func(target gjson.Result) {
		where := text(target, "Target")
		each := func(list, kind string, name func(gjson.Result) string) {
			v.any(target.Get(list), func(one gjson.Result) { v.beside(kind, word(text(one, "Severity")), one, name) })
		}
		v.countEach(target.Get("Vulnerabilities"), "Severity", nameTrivy)
		each("Secrets", besideSecret, func(s gjson.Result) string { return found(anyText(s, "Title", "RuleID"), where, "") })
		each("Licenses", besideLicence, func(l gjson.Result) string { return found(text(l, "Name"), anyText(l, "PkgName", "FilePath"), "") })
		v.any(target.Get("Misconfigurations"), func(m gjson.Result) {
			if status := text(m, "Status"); status == "PASS" || status == "EXCEPTION" {
				return
			}
			v.beside(besideMisconfiguration, word(text(m, "Severity")), m, func(m gjson.Result) string {
				return found(anyText(m, "ID", "AVDID")+" "+text(m, "Title"), where, "")
			})
		})
		eachOf(target.Get("ExperimentalModifiedFindings"), func(m gjson.Result) {
			v.beside(besideIgnored, word(text(m, "Finding.Severity")), m, func(m gjson.Result) string {
				return because(nameTrivy(m.Get("Finding")), anyText(m, "Statement", "Source"))
			})
		})
	})
}

// countGrype counts the matches of Grype's report (Grype, grype/presenter/models), those that are known to be exploited
// again, and apart from them what it was told to ignore.
func (v *Vuln) countGrype(r gjson.Result) {
	severity := func(m gjson.Result) string { return word(text(m, "vulnerability.severity")) }
	v.Partial = v.Partial || !r.Get("matches").IsArray()
	v.countEach(r.Get("matches"), "vulnerability.severity", nameGrype)
	eachOf(r.Get("matches"), func(m gjson.Result) {
		if length(m.Get("vulnerability.knownExploited")) > 0 {
			v.beside(besideExploited, severity(m), m, nameGrype)
		}
	})
	eachOf(r.Get("ignoredMatches"), func(m gjson.Result) {
		v.beside(besideIgnored, severity(m), m, func(m gjson.Result) string {
			return because(nameGrype(m), text(m, "appliedIgnoreRules.0.reason"))
		})
	})
}
