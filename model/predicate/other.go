package predicate

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeLink reads an in-toto link (attestation spec, predicates/link.md; in-toto spec 0.9 section 4.4). Materials are a
// map in the old form and a list in v0.3.
func decodeLink(raw []byte, version string) model.Predicate {
	r := gjson.ParseBytes(raw)
	name := text(r, "name")
	command := strings.Join(list(r.Get("command")), " ")
	materials := members(r.Get("materials"))
	n := Note{family: model.FamilyOther, title: title("in-toto link "+version, name)}
	n.fields.add("Step", name)
	n.fields.add("Command", command)
	n.fields.add("Materials", strconv.Itoa(materials))
	n.fields.add("Exit code", str(r.Get("byproducts.return-value")))
	n.summary = map[string]any{"name": name, "command": command, "materials": materials}
	return n
}

// members is how many elements an array or an object has.
func members(r gjson.Result) int {
	n := 0
	if r.IsArray() || r.IsObject() {
		r.ForEach(func(_, _ gjson.Result) bool { n++; return true })
	}
	return n
}

// decodeTestResult reads test results (attestation spec, predicates/test-result.md).
func decodeTestResult(raw []byte, _ string) model.Predicate {
	r := gjson.ParseBytes(raw)
	result := text(r, "result")
	passed, warned, failed := length(r.Get("passedTests")), length(r.Get("warnedTests")), length(r.Get("failedTests"))
	n := Note{family: model.FamilyOther}
	parts := []string{"Test result", result, strconv.Itoa(passed) + " passed"}
	if failed > 0 {
		parts = append(parts, strconv.Itoa(failed)+" failed")
	}
	n.title = title(parts...)
	n.fields.add("Result", result)
	n.fields.add("Passed", strconv.Itoa(passed))
	n.fields.add("Warned", strconv.Itoa(warned))
	n.fields.add("Failed", strconv.Itoa(failed))
	n.fields.add("Failed tests", strings.Join(list(r.Get("failedTests")), "\n"))
	n.fields.add("Run", text(r, "url"))
	n.summary = map[string]any{"result": result, "passed": passed, "warned": warned, "failed": failed}
	if failed > 0 && strings.EqualFold(result, "PASSED") {
		n.findings = append(n.findings, finding("failed-tests", model.SeverityWarning,
			"the result is said to be passed, although "+count(failed, "test")+" failed"))
	}
	return n
}

// decodeRelease reads a release (attestation spec, predicates/release.md) and GitHub's, which has more members.
func decodeRelease(raw []byte, version string) model.Predicate {
	r := gjson.ParseBytes(raw)
	purl, repository, tag := text(r, "purl"), text(r, "repository"), text(r, "tag")
	what := purl
	if what == "" {
		what = strings.TrimSpace(repository + " " + tag)
	}
	n := Note{family: model.FamilyOther, title: title("Release "+version, what)}
	n.fields.add("Package", purl)
	n.fields.add("Repository", repository)
	n.fields.add("Tag", tag)
	n.fields.add("Release", str(r.Get("releaseId")))
	n.summary = map[string]any{"purl": purl, "repository": repository, "tag": tag}
	return n
}

// decodeNPMPublish reads npm's publish attestation (npm/attestation, specs/publish).
func decodeNPMPublish(raw []byte, _ string) model.Predicate {
	r := gjson.ParseBytes(raw)
	name, version, registry := text(r, "name"), text(r, "version"), text(r, "registry")
	n := Note{family: model.FamilyOther, title: title("npm publish", name+"@"+version)}
	n.fields.add("Package", name)
	n.fields.add("Version", version)
	n.fields.add("Registry", registry)
	n.summary = map[string]any{"name": name, "version": version, "registry": registry}
	return n
}

// decodePyPIPublish reads PyPI's publish attestation (docs.pypi.org/attestations), whose predicate is empty.
func decodePyPIPublish([]byte, string) model.Predicate {
	return Note{family: model.FamilyOther, title: "PyPI publish", summary: map[string]any{}}
}

// decodeCustom reads cosign's generic predicate (cosign, specs/COSIGN_PREDICATE_SPEC.md): the data is a string, which
// often holds JSON.
func decodeCustom(raw []byte, _ string) model.Predicate {
	r := gjson.ParseBytes(raw)
	data := str(r.Get("Data"))
	n := Note{family: model.FamilyOther, title: "Custom attestation", summary: map[string]any{}}
	if json.Valid([]byte(data)) {
		n.fields = append(n.fields, opaque("", []byte(data)).fields...)
	}
	if len(n.fields) == 0 {
		n.fields.add("Data", data)
		line, _, _ := strings.Cut(data, "\n")
		n.title = title("Custom attestation", line)
	}
	n.fields.add("Written", text(r, "Timestamp"))
	n.summary["timestamp"] = text(r, "Timestamp")
	return n
}
