package predicate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeOSV reads the report of OSV-Scanner (google.github.io/osv-scanner, output; ossf.github.io/osv-schema). A group is
// one vulnerability under its several names, with the gravest CVSS score of them.
func decodeOSV(raw []byte, _ string) model.Predicate {
	results := parse(raw).Get("results")
	v := Vuln{family: model.FamilyVuln, Scanner: "osv-scanner", BySeverity: map[string]int{}, named: picked{}, Empty: !results.IsArray()}
	v.countOSV(results)
	return v
}

// countOSV counts the vulnerabilities of a report by OSV-Scanner.
func (v *Vuln) countOSV(results gjson.Result) {
	v.each(results, func(result gjson.Result) {
		v.each(result.Get("packages"), func(pack gjson.Result) {
			name := func(one gjson.Result) string {
				return found(osvName(one), nameVersion(pack.Get("package")), "")
			}
			said := map[string]string{} // severities by the names of vulnerabilities, where these say one
			groups := pack.Get("groups")
			v.any(pack.Get("vulnerabilities"), func(one gjson.Result) {
				severity := word(text(one, "database_specific.severity"))
				said[text(one, "id")] = severity
				if length(groups) == 0 {
					v.countOne(severity, one, name)
				}
			})
			v.any(groups, func(group gjson.Result) {
				severity := scored(str(group.Get("max_severity")))
				for _, id := range list(group.Get("ids")) {
					severity = first(severity, said[id])
				}
				v.countOne(severity, group, name)
			})
		})
	})
}

// countOne counts a vulnerability. The names of malicious packages begin with "MAL-" (ossf/malicious-packages); nobody gives
// these a score.
func (v *Vuln) countOne(severity string, one gjson.Result, name func(gjson.Result) string) {
	v.count(severity, one, name)
	if strings.HasPrefix(anyText(one, "id", "ids.0"), "MAL-") {
		v.beside(besideMalicious, "", one, name)
	}
}

// osvName is the name that most people know a vulnerability by: its CVE, where it has one.
func osvName(one gjson.Result) string {
	for _, name := range append(list(one.Get("ids")), list(one.Get("aliases"))...) {
		if strings.HasPrefix(name, "CVE-") {
			return name
		}
	}
	return anyText(one, "id", "ids.0")
}

// scored is the severity of a CVSS base score (CVSS v3.1 section 5), "" if it is none.
func scored(score string) string {
	number := gjson.Parse(strings.TrimSpace(score))
	if number.Type != gjson.Number {
		return ""
	}
	switch s := number.Num; {
	case s > 10 || s <= 0:
		return ""
	case s >= 9:
		return "critical"
	case s >= 7:
		return "high"
	case s >= 4:
		return "medium"
	default:
		return "low"
	}
}

// word is a severity in the words that are counted here, "" if it is none.
func word(severity string) string {
	severity = strings.ToLower(strings.TrimSpace(severity))
	switch severity {
	case "moderate":
		return "medium"
	case "important":
		return "high"
	}
	for _, known := range severities {
		if severity == known {
			return severity
		}
	}
	return ""
}

// gravest is the severity of an in-toto finding: a list of scores by methods of the scanner's choice (attestation spec,
// predicates/vuln.md), or one alone as v0.1's prose has it. Numbers count where the method is CVSS.
func gravest(r gjson.Result) string {
	best := len(severities)
	judge := func(one gjson.Result) {
		score, method := str(one.Get("score")), strings.ToLower(text(one, "method"))
		severity := word(score)
		if severity == "" && (strings.Contains(method, "cvss") || strings.Contains(method, "nvd")) {
			severity = scored(score)
		}
		for rank, known := range severities {
			if severity == known {
				best = min(best, rank)
			}
		}
	}
	if r.IsArray() {
		eachOf(r, judge)
	} else {
		judge(r)
	}
	if best == len(severities) {
		return ""
	}
	return severities[best]
}
