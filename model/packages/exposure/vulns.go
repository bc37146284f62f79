package exposure

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readVulns reads the result of in-toto's vulnerability predicate (attestation spec, predicates/vuln.md). It has no
// place for packages; some producers name them in annotations.
func (r *Report) readVulns(v gjson.Result) {
	each(v, func(one gjson.Result) {
		body := one
		if nested := one.Get("vulnerability"); nested.IsObject() { // as v0.1's prose has it
			body = nested
		}
		f := found{ids: texts(texts(nil, one.Get("id")), body.Get("id"))}
		severity := body.Get("severity")
		if severity.IsObject() {
			f.severity = gravest(severity, f.severity)
		}
		each(severity, func(s gjson.Result) { f.severity = gravest(s, f.severity) })
		f.severity = max(f.severity, packages.SeverityUnknown)
		annotations := one.Get("annotations")
		if annotations.IsObject() {
			f.purl = text(annotations, "purl")
		}
		each(annotations, func(a gjson.Result) {
			if purl := text(a, "purl"); purl != "" {
				f.purl = purl
			}
		})
		r.add(f)
	})
}

// gravest is the graver of a severity and a score. Only scores of methods that are CVSS are numbers of gravity: EPSS is
// a probability.
func gravest(s gjson.Result, so packages.Severity) packages.Severity {
	method := strings.ToLower(text(s, "method"))
	if word := packages.ParseSeverity(text(s, "score")); word != packages.SeverityUnknown {
		return max(so, word)
	}
	if strings.Contains(method, "cvss") || strings.Contains(method, "nvd") {
		return max(so, score(s.Get("score")))
	}
	return so
}
