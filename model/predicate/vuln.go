package predicate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// severities are the known ones, the gravest first.
var severities = []string{"critical", "high", "medium", "low", "negligible", "unknown"}

// Vuln is the result of a vulnerability scanner, or of another one that reports in SARIF.
type Vuln struct {
	SARIF      bool
	Scanner    string
	Version    string
	Database   string
	Started    string // as written
	Finished   string
	Count      int            // of findings
	BySeverity map[string]int // of findings; the severities of SARIF are its levels
	ByScore    map[string]int // of SARIF's findings, where their rules have a score like CVSS's
	Beside     map[string]int // what is no vulnerability, by what it is, see besides
	Empty      bool           // it holds no result, or nothing in one that no scanner is named for
	Unread     bool           // the result has a form that is not known: nothing was counted
	Targetless bool           // a report that lists what was looked at lists nothing
	Unfinished bool           // the scanner says that it failed
	Partial    bool           // a list of results is not there, or has another form: there may be more than was counted
	family     model.Family
	named      picked         // by severity, or by what is beside
	listed     map[string]int // how many there are by that name, a severity rather than a level
}

// decodeCosignVuln reads cosign's vulnerability predicate (cosign, specs/COSIGN_VULN_ATTESTATION_SPEC.md). The result is
// the scanner's own report. cosign drops what it does not know, so that a raw report leaves nothing but zero times.
func decodeCosignVuln(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	v := Vuln{
		family: model.FamilyVuln, Scanner: scannerName(text(r, "scanner.uri")), Version: text(r, "scanner.version"),
		Database: strings.TrimSpace(text(r, "scanner.db.uri") + " " + text(r, "scanner.db.version")),
		Started:  text(r, "metadata.scanStartedOn"), Finished: text(r, "metadata.scanFinishedOn"),
	}
	result := r.Get("scanner.result")
	v.readReport(result)
	v.Empty = result.Type == gjson.Null || text(r, "scanner.uri") == "" && v.Count == 0
	return v
}

// decodeVulns reads in-toto's vulnerability predicate (attestation spec, predicates/vuln.md), v0.1 and v0.2.
func decodeVulns(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	metadata, database := r.Get("metadata"), r.Get("scanner.db")
	if !metadata.Exists() {
		metadata = r.Get("scanMetadata")
	}
	if !database.Exists() {
		database = r.Get("scanner.database")
	}
	v := Vuln{
		family: model.FamilyVuln, Scanner: scannerName(text(r, "scanner.uri")), Version: text(r, "scanner.version"),
		Database: strings.TrimSpace(text(database, "uri") + " " + text(database, "version") + " " + text(database, "lastUpdate")),
		Started:  text(metadata, "scanStartedOn"), Finished: text(metadata, "scanFinishedOn"),
		BySeverity: map[string]int{}, named: picked{},
	}
	result := r.Get("scanner.result")
	v.each(result, func(found gjson.Result) {
		severity := found.Get("severity")
		if !severity.Exists() {
			severity = found.Get("vulnerability.severity") // as v0.1's prose nests it
		}
		v.count(gravest(severity), found, nameFinding)
	})
	v.Empty = !result.IsArray() || text(r, "scanner.uri") == "" && v.Count == 0
	return v
}

// decodeReport reads a scanner's own report: Trivy, Grype or SARIF.
func decodeReport(raw []byte, _ string) model.Predicate {
	v := Vuln{family: model.FamilyVuln}
	v.readReport(parse(raw))
	v.Empty = v.Scanner == ""
	return v
}

// decodeSARIF reads a SARIF log that nothing but its content says anything of: it may report anything.
func decodeSARIF(raw []byte, _ string) model.Predicate {
	v := Vuln{family: model.FamilyOther}
	v.readReport(parse(raw))
	v.Empty = v.Scanner == ""
	return v
}

// readReport counts the findings of a report by its shape, and takes the scanner's name from it if there is none yet.
// A shape that is not known has no count: it must not look like a scan that found nothing.
func (v *Vuln) readReport(r gjson.Result) {
	v.BySeverity, v.named = map[string]int{}, picked{}
	switch document := model.SniffChecked([]byte(r.Raw)); {
	case document == model.DocumentTrivy, r.Get("Results").IsArray():
		v.Scanner = first(v.Scanner, "trivy")
		v.Version = first(v.Version, text(r, "Trivy.Version"))
		v.Finished = first(v.Finished, text(r, "CreatedAt"))
		v.countTrivy(r.Get("Results"))
		v.Targetless = length(r.Get("Results")) == 0
	case document == model.DocumentGrype, r.Get("matches").IsArray():
		v.Scanner = first(v.Scanner, text(r, "descriptor.name"))
		v.Version = first(v.Version, text(r, "descriptor.version"))
		v.Finished = first(v.Finished, text(r, "descriptor.timestamp"))
		if built := anyText(r, "descriptor.db.status.built", "descriptor.db.built"); built != "" {
			v.Database = first(v.Database, "of "+built)
		}
		v.countGrype(r)
	case document == model.DocumentOSV:
		v.Scanner = first(v.Scanner, "osv-scanner")
		v.countOSV(r.Get("results"))
	case document == model.DocumentSARIF, r.Get("runs").IsArray():
		v.SARIF, v.Targetless = true, length(r.Get("runs")) == 0
		v.each(r.Get("runs"), func(run gjson.Result) {
			v.Scanner = first(v.Scanner, text(run, "tool.driver.name"))
			v.Version = first(v.Version, anyText(run, "tool.driver.version", "tool.driver.semanticVersion"))
			v.countResults(run)
		})
	case r.IsArray():
		v.countEach(r, "Severity", nameTrivy) // some scanners put a plain list there
	default:
		v.Unread = true
	}
}

// eachOf calls visit for each element of an array.
func eachOf(r gjson.Result, visit func(gjson.Result)) {
	if r.IsArray() {
		r.ForEach(func(_, element gjson.Result) bool {
			visit(element)
			return true
		})
	}
}

// each calls visit for each result of a list that has to be there. What is no list, and no object in one, may be anything:
// it must not look like nothing found.
func (v *Vuln) each(results gjson.Result, visit func(gjson.Result)) {
	v.Partial = v.Partial || !results.IsArray()
	eachOf(results, func(result gjson.Result) {
		v.Partial = v.Partial || !result.IsObject()
		visit(result)
	})
}

// any is each of a list that producers leave out where there is nothing in it.
func (v *Vuln) any(results gjson.Result, visit func(gjson.Result)) {
	if results.Type != gjson.Null {
		v.each(results, visit)
	}
}

// countEach counts the findings of a list, by the severity at a path in each.
func (v *Vuln) countEach(findings gjson.Result, path string, name func(gjson.Result) string) {
	v.any(findings, func(f gjson.Result) { v.count(word(text(f, path)), f, name) })
}

// count counts one finding. A severity of "" is an unknown one.
func (v *Vuln) count(severity string, finding gjson.Result, name func(gjson.Result) string) {
	severity = first(severity, "unknown")
	v.BySeverity[severity]++
	v.Count++
	v.list(severity, finding, name)
}

// list keeps a finding by name, under its severity or level.
func (v *Vuln) list(under string, finding gjson.Result, name func(gjson.Result) string) {
	if v.listed == nil {
		v.listed = map[string]int{}
	}
	v.listed[under]++
	v.named.keep(under, finding, name)
}

// scannerName is the last part of a scanner's URI without its version.
func scannerName(uri string) string {
	uri = strings.TrimRight(uri, "/")
	name := uri[strings.LastIndexAny(uri, "/:")+1:]
	name, _, _ = strings.Cut(name, "@")
	return name
}

// Family is that of vulnerability scans, unless the document alone says what it is and that is SARIF.
func (v Vuln) Family() model.Family { return v.family }

// Title names the scanner and how much it found.
func (v Vuln) Title() string {
	what := "Vulnerability scan"
	if v.family == model.FamilyOther {
		what = "SARIF"
	}
	switch {
	case v.Empty:
		return title(what, v.Scanner, "empty")
	case v.Unread:
		return title(what, v.Scanner, "result of an unknown form")
	}
	return title(what, v.Scanner, model.Counted(v.Count, "finding"), v.aimless(), v.urgent(), someOf(v.Beside[besideSecret], "secret"))
}

// aimless says that what was not found may be there: the scanner failed, or nothing shows that it looked at anything.
func (v Vuln) aimless() string {
	switch {
	case v.Unfinished:
		return "did not finish"
	case v.Targetless:
		return "of nothing that is named"
	case v.Partial:
		return "not all that it holds is counted"
	}
	return ""
}

// Whole reports whether the counts are of all that a scan found which looked at something and finished.
func (v Vuln) Whole() bool {
	return !v.Empty && !v.Unread && !v.Unfinished && !v.Targetless && !v.Partial
}

// Of is how many findings have a severity. A score says more than a level of SARIF, which is about code.
func (v Vuln) Of(severity string) int { return v.BySeverity[severity] + v.ByScore[severity] }

// urgent is how many findings ask for somebody's attention today; "" for none.
func (v Vuln) urgent() string {
	for _, severity := range severities[:2] {
		if n := v.Of(severity); n > 0 {
			return strconv.Itoa(n) + " " + severity
		}
	}
	return ""
}

// Fields are what was found, the gravest by name, then by which scanner and when.
func (v Vuln) Fields() []model.Field {
	var f fields
	if !v.Unread && !v.Empty {
		f.note("Findings", strconv.Itoa(v.Count), tally(ranks(), v.BySeverity))
		f.add("By score", tally(severities, v.ByScore))
	}
	v.gravestFields(&f)
	v.besideFields(&f)
	f.add("Scanner", strings.TrimSpace(v.Scanner+" "+v.Version))
	f.add("Database", v.Database)
	f.add("Started", v.Started)
	f.add("Finished", v.Finished)
	return f
}

// ranks are the severities and levels, the gravest first.
func ranks() []string {
	last := len(severities) - 1
	return slices.Concat(severities[:last], levels, severities[last:])
}

// Summary holds scanner, scannerVersion, database, startedOn, finishedOn, bySeverity and findings, which is null where
// nothing could be counted; byScore and beside where there is something in them.
func (v Vuln) Summary() map[string]any {
	bySeverity := map[string]any{}
	for severity, n := range v.BySeverity {
		bySeverity[severity] = n
	}
	m := map[string]any{
		"scanner": v.Scanner, "scannerVersion": v.Version, "database": v.Database,
		"startedOn": v.Started, "finishedOn": v.Finished, "findings": v.Count, "bySeverity": bySeverity,
	}
	if v.Unread || v.Empty {
		m["findings"] = nil
	}
	if len(v.ByScore) > 0 {
		m["byScore"] = v.ByScore
	}
	if len(v.Beside) > 0 {
		m["beside"] = v.Beside
	}
	return m
}

// Findings says where there is no scan in the scan: nothing found and nothing looked at look alike otherwise. And what
// times cannot be.
func (v Vuln) Findings() []model.Finding {
	switch {
	case v.Empty:
		return []model.Finding{finding("empty-scan", model.SeverityWarning,
			"it holds no scan result, which is not the same as a scan that found nothing: look at scanner in the payload, and at "+
				"what was given to cosign attest")}
	case v.Unread:
		return []model.Finding{finding("unknown-report", model.SeverityWarning,
			"the scanner's result has a form that is not known here, so nothing is counted: look at the payload")}
	}
	out := v.besideFindings()
	if v.Targetless {
		out = append(out, finding("empty-scan", model.SeverityWarning,
			"the report names nothing that was looked at, so that nothing shows that this is a scan that found nothing: look at Results, or runs"))
	}
	if v.Unfinished {
		out = append(out, finding("unfinished-scan", model.SeverityWarning,
			"the scanner says that it did not succeed, so that there may be more than it found: look at invocations[].executionSuccessful"))
	}
	if v.Partial {
		out = append(out, finding("partial-scan", model.SeverityWarning,
			"a list of results is not there or has a form that is not known, so that there may be more than is counted: look at the "+
				"results in the payload"))
	}
	return append(out, times(v.Started, v.Finished)...)
}
