package predicate

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Docker describes its predicates by example only (docs.docker.com, Docker Hardened Images): what is not where the
// examples have it is not guessed.

// decodeSTIG reads STIG scans of Docker's Hardened Images: a list of profiles, each with a score and its reports.
//
// The summary holds profiles, a list of name, version, score, maxScore, passed, failed and notApplicable.
func decodeSTIG(raw []byte, _ string) model.Predicate {
	n := newNote()
	profiles, failures := []any{}, 0
	oneOrMore(raw, func(p gjson.Result) {
		if len(profiles) == maxList {
			return
		}
		summary := p.Get("summary")
		score, most := str(summary.Get("defaultScore")), str(summary.Get("maxDefaultScore"))
		n.fields.add("Profile", strings.TrimSpace(text(p, "name")+" "+text(p, "version")))
		if score != "" {
			n.fields.add("Score", strings.TrimSuffix(score+" of "+most, " of "))
		}
		m := map[string]any{"name": text(p, "name"), "version": text(p, "version"), "score": score, "maxScore": most}
		for _, key := range []string{"failed", "passed", "notApplicable"} {
			if checks, ok := number(summary, key); ok {
				n.fields.add(label(strings.ReplaceAll(key, "A", " a")), strconv.Itoa(checks))
				m[key] = checks
			}
		}
		var formats []string
		eachOf(p.Get("output"), func(o gjson.Result) {
			if len(formats) < maxList {
				formats = append(formats, text(o, "format"))
			}
		})
		n.fields.add("Reports", strings.Join(formats, ", "))
		profiles = append(profiles, m)
		if failed, ok := number(summary, "failed"); ok && failed > 0 {
			failures += failed
			n.warn("failed-checks", model.Counted(failed, "check")+" of a STIG profile failed: look at the report in output[]")
		}
	})
	n.summary["profiles"] = profiles
	n.title = title("STIG scan", model.Counted(oneOrMore(raw, nil), "profile"), some(failures, "failed"))
	return n
}

// decodeFIPS reads which validated cryptographic modules an image has: a list.
//
// The summary holds modules, a list of name, version, standard, certification, status and sunsetDate.
func decodeFIPS(raw []byte, _ string) model.Predicate {
	n := newNote()
	modules, inactive := []any{}, 0
	oneOrMore(raw, func(p gjson.Result) {
		if len(modules) == maxList {
			return
		}
		m := map[string]any{}
		for _, key := range []string{"name", "version", "standard", "certification", "status", "sunsetDate"} {
			m[key] = str(p.Get(key))
		}
		modules = append(modules, m)
		n.fields.add("Module", strings.TrimSpace(text(p, "name")+" "+text(p, "version")))
		n.fields.add("Certificate", strings.TrimSpace(text(p, "standard")+" "+str(p.Get("certification"))))
		n.fields.add("Status", text(p, "status"))
		n.fields.add("Until", text(p, "sunsetDate"))
		if status := text(p, "status"); status != "" && !strings.EqualFold(status, "active") {
			inactive++
			n.warn("module-not-active", "a cryptographic module's certificate is "+clip(status, maxTitle)+
				", not active: look the certificate up in NIST's list")
		}
	})
	n.summary["modules"] = modules
	n.title = title("FIPS", model.Counted(oneOrMore(raw, nil), "module"), some(inactive, "not active"))
	return n
}

// oneOrMore visits the elements of a list, or the one that stands alone, and says how many there are.
func oneOrMore(raw []byte, visit func(gjson.Result)) int {
	r := parse(raw)
	if visit == nil {
		visit = func(gjson.Result) {}
	}
	if r.IsArray() {
		eachOf(r, visit)
		return length(r)
	}
	visit(r)
	return 1
}

// decodeDockerSource reads where the sources of a Hardened Image are kept.
//
// The summary is empty: nothing is published about the shape.
func decodeDockerSource(raw []byte, _ string) model.Predicate {
	return plain("Image sources", raw)
}

// decodeHealth reads Docker Scout's health score.
//
// The summary is empty: nothing is published about the shape.
func decodeHealth(raw []byte, _ string) model.Predicate {
	n := plain("Scout health", raw)
	n.title = title(n.title, text(parse(raw), "score"))
	return n
}

// plain is a note of the first plain members of what has no published shape.
func plain(name string, raw []byte) Note {
	o := opaque("", raw)
	n := newNote(name)
	n.fields = o.fields
	return n
}

// decodeSecrets reads Docker's scan for secrets: nothing in it is a clean result.
//
// The summary holds secrets, a number.
func decodeSecrets(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	found := r
	for _, key := range []string{"secrets", "findings", "results"} {
		if inner := r.Get(key); r.IsObject() && inner.IsArray() {
			found = inner
		}
	}
	secrets := length(found)
	if !found.IsArray() {
		secrets = min(1, members(r)) // an object of no known shape: something was found
	}
	n := newNote("Secrets scan", model.Counted(secrets, "finding"))
	n.tell("Secrets", "secrets", secrets)
	if !found.IsArray() {
		n.fields = append(n.fields, opaque("", raw).fields...)
	}
	if secrets > 0 {
		n.warn("secrets-found", "the scan for secrets is not empty: look at the payload for what was found and where")
	}
	return n
}

// decodeTests reads a test report in the Common Test Report Format (ctrf.io), as Docker attests it.
//
// The summary holds tool, tests, passed, failed, skipped and other (numbers, null where one is not said).
func decodeTests(raw []byte, _ string) model.Predicate {
	r := parse(raw).Get("results")
	summary := r.Get("summary")
	counts, said := map[string]int{}, map[string]bool{}
	for _, key := range []string{"tests", "passed", "failed", "skipped", "pending", "other"} {
		counts[key], said[key] = number(summary, key)
	}
	n := newNote("Tests", saidOf(said["passed"], counts["passed"], "passed"), saidOf(said["failed"], counts["failed"], "failed"))
	n.tellSaid(said["failed"], "Failed", "failed", counts["failed"])
	var failed []string
	eachOf(r.Get("tests"), func(test gjson.Result) {
		if text(test, "status") == "failed" && len(failed) < maxList {
			failed = append(failed, clip(text(test, "name"), maxTitle))
		}
	})
	n.fields.add("Failed tests", strings.Join(failed, "\n"))
	n.tellSaid(said["passed"], "Passed", "passed", counts["passed"])
	n.tellSaid(said["skipped"] || said["pending"], "Skipped", "skipped", counts["skipped"]+counts["pending"])
	n.tellSaid(said["other"], "Other", "other", counts["other"])
	n.tellSaid(said["tests"], "Tests", "tests", counts["tests"])
	n.say("Tool", "tool", text(r, "tool.name"))
	switch {
	case counts["failed"] > 0:
		n.warn("failed-tests", model.Counted(counts["failed"], "test")+" failed: look at results.tests")
	case len(failed) > 0:
		n.warn("failed-tests", "its summary counts no test that failed, and its list has some: look at results.tests")
	case !said["failed"]:
		n.warn("uncounted-tests", "it does not say in a number how many tests failed: look at results.summary.failed")
	case counts["passed"] == 0:
		n.warn("no-tests", "no test passed, and none failed: look at results.summary")
	}
	return n
}

// decodeVirus reads Docker's virus scan: ClamAV's report in base64.
//
// The summary holds scanner, infectedFiles, scannedFiles and knownViruses (texts, as the report says).
func decodeVirus(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	values := map[string]string{}
	report, err := base64.StdEncoding.DecodeString(text(r, "scanner.report"))
	if err != nil {
		report = nil
	}
	for line := range strings.Lines(string(report)) {
		if label, value, found := strings.Cut(line, ":"); found && len(values) < maxKeys {
			values[strings.TrimSpace(label)] = clip(strings.TrimSpace(value), maxTitle)
		}
	}
	infected := values["Infected files"]
	viruses, err := strconv.Atoi(infected)
	said := err == nil
	what := "report cannot be read"
	if said {
		what = infected + " infected"
	}
	n := newNote("Virus scan", what)
	n.say("Infected files", "infectedFiles", infected)
	n.say("Scanned files", "scannedFiles", values["Scanned files"])
	n.say("Known viruses", "knownViruses", values["Known viruses"])
	n.fields.add("Engine", values["Engine version"])
	n.say("Scanner", "scanner", text(r, "scanner.uri"))
	switch {
	case !said:
		n.warn("empty-scan", "it holds no result that can be read, which is not the same as a scan that found nothing: look at scanner.report")
	case viruses != 0:
		n.warn("virus-found", "the virus scan names "+model.Counted(viruses, "infected file")+": look at scanner.report, which is base64")
	case strings.Trim(values["Scanned files"], "0") == "":
		n.warn("empty-scan", "no file was scanned, which is not the same as a scan that found nothing: look at scanner.report")
	}
	return n
}

// decodeScoutVulns reads Docker Scout's list of vulnerabilities: in-toto's shape, or a report in SARIF. Its own shape is
// not published.
func decodeScoutVulns(raw []byte, version string) model.Predicate {
	r := parse(raw)
	if r.Get("scanner").IsObject() {
		return decodeVulns(raw, version)
	}
	v := Vuln{family: model.FamilyVuln}
	v.readReport(r)
	v.Scanner = first(v.Scanner, "docker-scout")
	return v
}

// decodeScoutProvenance reads Docker Scout's provenance, which has SLSA's members but not its type: no level follows
// from it.
//
// The summary is that of SLSA provenance.
func decodeScoutProvenance(raw []byte, version string) model.Predicate {
	p := decodeProvenance(raw, version)
	n := newNote("Scout provenance")
	n.fields, n.summary = p.Fields(), p.Summary()
	for _, f := range p.Findings() {
		if f.ID != "no-builder-id" {
			n.findings = append(n.findings, f)
		}
	}
	return n
}
