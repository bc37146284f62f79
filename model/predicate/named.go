package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// mostNamed is how many things of one kind are named among the fields; the payload, and the table of packages, have all.
const mostNamed = 5

// picked keeps the first few of each kind by name, so that what is gravest can be named without all being held.
type picked map[string][]string

// keep keeps what a document says, unless there are enough of the kind already. name is asked only if it is kept.
func (p picked) keep(kind string, said gjson.Result, name func(gjson.Result) string) {
	if len(p[kind]) < mostNamed {
		p[kind] = append(p[kind], clip(oneLine(name(said)), maxField))
	}
}

// field adds those of one kind as the lines of one field; count is how many there are of it.
func (p picked) field(f *fields, label, kind string, count int) {
	lines := p[kind]
	if more := count - len(lines); more > 0 && len(lines) > 0 {
		lines = append(lines[:len(lines):len(lines)], "and "+strconv.Itoa(more)+" more")
	}
	f.add(label, strings.Join(lines, "\n"))
}

// tally says how many there are of each kind, in the order of the kinds: "1 critical, 2 low".
func tally(kinds []string, counts map[string]int) string {
	var parts []string
	for _, kind := range kinds {
		if n := counts[kind]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+strings.ReplaceAll(kind, "_", " "))
		}
	}
	return strings.Join(parts, ", ")
}

// oneLine is a text without line breaks, of which attested words may have any number.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// label is a word of a format as the label of a field: "not_affected" is "Not affected".
func label(word string) string {
	word = strings.ReplaceAll(word, "_", " ")
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// found names a vulnerability, what has it, and what mends that: "CVE-2026-1 in openssl 3.0.7, fixed in 3.0.8".
func found(id, in, fixed string) string {
	s := first(clip(id, maxTitle), "one without a name")
	if in = strings.TrimSpace(in); in != "" {
		s += " in " + clip(in, maxTitle)
	}
	if fixed != "" {
		s += ", fixed in " + clip(fixed, maxTitle)
	}
	return s
}

// nameTrivy names a vulnerability of Trivy's, or of a list without a shape of its own.
func nameTrivy(v gjson.Result) string {
	return found(anyText(v, "VulnerabilityID", "id", "ID"), text(v, "PkgName")+" "+text(v, "InstalledVersion"), text(v, "FixedVersion"))
}

// nameGrype names a match of Grype's, also by the CVE that it is better known as.
func nameGrype(v gjson.Result) string {
	id := text(v, "vulnerability.id")
	if other := text(v, "relatedVulnerabilities.0.id"); strings.HasPrefix(other, "CVE-") && !strings.HasPrefix(id, "CVE-") {
		id += " (" + other + ")"
	}
	return found(id, nameVersion(v.Get("artifact")), text(v, "vulnerability.fix.versions.0"))
}

// nameFinding names a finding of in-toto's predicate; the annotations are the scanner's own.
func nameFinding(v gjson.Result) string {
	return found(anyText(v, "id", "vulnerability.id"), anyText(v, "annotations.0.purl", "vulnerability.annotations.0.purl"), "")
}

// nameResult names a result of SARIF: the rule, and the file that it is about.
func nameResult(v gjson.Result, rule string) string {
	place := v.Get("locations.0.physicalLocation")
	file := text(place, "artifactLocation.uri")
	if line, ok := number(place, "region.startLine"); ok && file != "" {
		file += ":" + strconv.Itoa(line)
	}
	return found(first(anyText(v, "ruleId", "rule.id"), rule), file, "")
}

// gravestFields name the findings of the two gravest severities that were found.
func (v Vuln) gravestFields(f *fields) {
	shown := 0
	for _, severity := range ranks() {
		if n := v.listed[severity]; n > 0 && shown < 2 {
			v.named.field(f, label(severity), severity, n)
			shown++
		}
	}
}

// statement names what an OpenVEX statement is about, and why it says what it says.
func statement(s gjson.Result) string {
	what := found(anyText(s, "vulnerability.name", "vulnerability.@id", "vulnerability"),
		anyText(s, "products.0.subcomponents.0.@id", "products.0.@id", "products.0"), "")
	why := anyText(s, "justification", "action_statement", "impact_statement", "status_notes")
	if why == "" && text(s, "status") == "not_affected" {
		why = "no reason given"
	}
	return because(what, why)
}

// analysis names a vulnerability of CycloneDX, and why its state is what it is.
func analysis(v gjson.Result) string {
	why := anyText(v, "analysis.justification", "analysis.detail")
	if why == "" && text(v, "analysis.state") == "not_affected" {
		why = "no reason given"
	}
	return because(found(text(v, "id"), "", ""), why)
}

func because(what, why string) string {
	if why == "" {
		return what
	}
	return what + ": " + clip(strings.ReplaceAll(why, "_", " "), 2*maxTitle)
}
