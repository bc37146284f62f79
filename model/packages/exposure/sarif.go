package exposure

import (
	"regexp"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// vulnerabilityID is how databases name vulnerabilities. SARIF may report anything; what has no such name is no
// vulnerability of a package.
var vulnerabilityID = regexp.MustCompile(`^(CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3}|GO-[0-9]{4}-[0-9]+|(PYSEC|RUSTSEC|ALAS|DSA|DLA|ELSA|RHSA|USN|TEMP|OSV|MAL|GMS|SNYK)-[0-9A-Za-z-]+)`)

// readSARIF reads the results of vulnerability scanners in SARIF (OASIS SARIF 2.1.0). SARIF has no place for packages:
// Grype names package URLs in the properties of its rules, Trivy and Grype write name and version into messages. scanner
// is who the predicate of a vulnerability scan around it names.
func (r *Report) readSARIF(runs gjson.Result, scanner string) {
	r.elsewhere = scanner == ""
	each(runs, func(run gjson.Result) {
		r.invoked(run)
		r.elsewhere = r.elsewhere && !vulnerabilityScanner.MatchString(text(run, "tool.driver.name"))
		rules := map[string]gjson.Result{}
		each(run.Get("tool.driver.rules"), func(rule gjson.Result) { rules[text(rule, "id")] = rule })
		each(run.Get("results"), func(result gjson.Result) {
			switch text(result, "kind") {
			case "pass", "notApplicable", "informational": // SARIF 2.1.0 section 3.27.9
				return
			}
			if text(result, "baselineState") == "absent" || suppressed(result) { // sections 3.27.24 and 3.35
				return
			}
			r.addSARIF(result, rules[text(result, "ruleId")])
		})
	})
}

// suppressed reports whether somebody decided that a result does not count, as a scanner's own report leaves out what it was
// told to ignore: not while that is under review or rejected.
func suppressed(result gjson.Result) (yes bool) {
	each(result.Get("suppressions"), func(s gjson.Result) {
		status := text(s, "status")
		yes = yes || status == "" || status == "accepted"
	})
	return yes
}

func (r *Report) addSARIF(result, rule gjson.Result) {
	id := vulnerabilityID.FindString(text(result, "ruleId"))
	if id == "" {
		return
	}
	f := found{ids: []string{id}, title: text(rule, "shortDescription.text"), severity: score(rule.Get("properties.security-severity"))}
	lines := map[string]string{}
	message := text(result, "message.text")
	for line := range strings.Lines(message) {
		if key, value, found := strings.Cut(line, ":"); found {
			lines[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	f.name, f.version, f.fixedIn = lines["Package"], lines["Installed Version"], lines["Fixed Version"]
	if named := packages.ParseSeverity(lines["Severity"]); named != packages.SeverityUnknown {
		f.severity = named
	}
	if m := grypeMessage.FindStringSubmatch(message); m != nil {
		f.kind, f.name, f.version = purlTypeOf(m[1]), m[2], m[3]
	}
	purls := texts(nil, rule.Get("properties.purls"))
	if len(purls) == 0 || f.name != "" {
		r.add(f)
		return
	}
	for _, purl := range purls {
		f.purl = purl
		r.add(f)
	}
}

// grypeMessage is how Grype says in SARIF what it found and where.
var grypeMessage = regexp.MustCompile(`vulnerability in ([a-z-]+) package: (\S+), version (\S+) was found`)
