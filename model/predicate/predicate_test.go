package predicate

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

const (
	slsa  = "https://slsa.dev/provenance/"
	scai  = "https://in-toto.io/attestation/scai/v0.3"
	spdx  = "https://spdx.dev/Document"
	cdx   = "https://cyclonedx.org/bom"
	vulns = "https://in-toto.io/attestation/vulns/v0.1"
	cvuln = "https://cosign.sigstore.dev/attestation/vuln/v1"
)

const (
	githubV1 = `{"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1",
		"externalParameters":{"workflow":{"path":".github/workflows/build-containers.yml","ref":"refs/heads/main","repository":"https://github.com/stacklok/dockyard"}},
		"internalParameters":{"github":{"event_name":"push","runner_environment":"github-hosted"}},
		"resolvedDependencies":[{"digest":{"sha512":"aa"},"uri":"https://example.com/a.tgz"},{"digest":{"gitCommit":"90715a5"},"uri":"git+https://github.com/stacklok/dockyard@refs/heads/main"}]},
		"runDetails":{"builder":{"id":"https://github.com/stacklok/dockyard/.github/workflows/other.yml@refs/heads/main"},
		"metadata":{"invocationId":"https://github.com/stacklok/dockyard/actions/runs/1/attempts/1","startedOn":"2026-01-01T00:00:00Z"}}}`
	buildKitV1 = `{"buildDefinition":{"buildType":"https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md",
		"externalParameters":{"configSource":{},"request":{}},"resolvedDependencies":[{"uri":"pkg:docker/alpine","digest":{"sha256":"aa"}}]},
		"runDetails":{"builder":{"id":"https://github.com/o/r/actions/runs/17/attempts/1"},
		"metadata":{"invocationID":"abc","buildkit_metadata":{"vcs":{"source":"https://github.com/o/r.git","revision":"c0ffee"}}}}}`
	buildKitV02 = `{"builder":{"id":""},"buildType":"https://mobyproject.org/buildkit@v1",
		"invocation":{"configSource":{"uri":"https://github.com/o/r.git#refs/heads/main:sub","digest":{"sha1":"c0ffee"},"entryPoint":"Dockerfile"}},
		"materials":[{"uri":"pkg:docker/alpine"}],"metadata":{"buildInvocationID":"abc","https://mobyproject.org/buildkit@v1#metadata":{"vcs":{"source":"https://github.com/x/y","revision":"bad"}}}}`
	generatorV02 = `{"builder":{"id":"https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v1.10.0"},
		"buildType":"https://github.com/slsa-framework/slsa-github-generator/container@v1",
		"invocation":{"configSource":{"uri":"git+https://github.com/o/r@refs/tags/v1","digest":{"sha1":"c0ffee"},"entryPoint":".github/workflows/release.yml"},
		"environment":{"github_event_name":"push"}},"materials":[{},{}]}`
	scan = `{"attributes":[{"attribute":"ATTRIBUTE","conditions":{"scanner":"cisco-ai-mcp-scanner","scannerVersion":"4.8.3","analyzers":["yara","llm"],
		"toolsScanned":TOOLS,"blockingIssues":0,"allowedIssues":ALLOWED,"scanDate":"2026-11-21T10:24:07Z"},
		"evidence":{"uri":"https://github.com/o/r/actions/runs/1","digest":{"sha256":"aa"}}}],"producer":{"uri":"https://github.com/o/r"}}`
	trivy = `{"SchemaVersion":2,"ArtifactName":"a","Results":[{"Target":"x"},{"Vulnerabilities":[{"Severity":"HIGH"},{"Severity":"NIGH"},{"Severity":"LOW"}]}]}`
	grype = `{"matches":[{"vulnerability":{"severity":"Critical"}},{"vulnerability":{"severity":"Negligible"}}],"descriptor":{"name":"grype","version":"0.1"}}`
	sarif = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"tool":{"driver":{"name":"semgrep"}},"results":[{"level":"error"}]}]}`
)

func scanned(attribute, tools, allowed string) string {
	return strings.NewReplacer("ATTRIBUTE", attribute, "TOOLS", tools, "ALLOWED", allowed).Replace(scan)
}

func TestTitlesReadWellInARow(t *testing.T) {
	cases := []struct {
		name, predicateType, raw string
		title                    string
		family                   model.Family
		findings                 string
	}{
		{"a cosign signature", "https://sigstore.dev/cosign/sign/v1", `{}`, "signature", model.FamilySignature, ""},
		{"a cosign signature without predicate", "https://sigstore.dev/cosign/sign/v1", `null`, "signature", model.FamilySignature, ""},

		{"GitHub", slsa + "v1", githubV1, "SLSA provenance v1 · build-containers.yml", model.FamilyProvenance, ""},
		{"a draft", slsa + "v1.0?draft", githubV1, "SLSA provenance v1.0?draft · build-containers.yml", model.FamilyProvenance, ""},
		{"BuildKit v1", slsa + "v1", buildKitV1, "SLSA provenance v1 · BuildKit", model.FamilyProvenance, "builder-id-is-run-url"},
		{"BuildKit v0.2", slsa + "v0.2", buildKitV02, "SLSA provenance v0.2 · BuildKit", model.FamilyProvenance, "no-builder-id"},
		{"the generator", slsa + "v0.2", generatorV02, "SLSA provenance v0.2 · release.yml", model.FamilyProvenance, ""},
		{"v0.1", "https://in-toto.io/Provenance/v0.1", `{"builder":{"id":"https://cloudbuild.googleapis.com/GoogleHostedWorker@v0.2"},"recipe":{"type":"t","definedInMaterial":0},
			"materials":[{"uri":"git+https://github.com/o/r","digest":{"sha1":"c0ffee"}}]}`, "SLSA provenance v0.1 · GoogleHostedWorker@v0.2", model.FamilyProvenance, ""},
		{"provenance that is a list", slsa + "v1", `[]`, "provenance v1 · slsa.dev", model.FamilyProvenance, "unexpected-shape"},
		{"provenance that is empty", slsa + "v1", `{}`, "SLSA provenance v1", model.FamilyProvenance, "no-builder-id"},

		{"SPDX 2.3", spdx, `{"spdxVersion":"SPDX-2.3","packages":[{},{}]}`, "SBOM SPDX 2.3 · 2 packages", model.FamilySBOM, ""},
		{"SPDX with one package", spdx + "/v2.3", `{"spdxVersion":"SPDX-2.3","packages":[{"name":"packages"}]}`, "SBOM SPDX 2.3 · 1 package", model.FamilySBOM, ""},
		{"SPDX with none", spdx, `{"spdxVersion":"SPDX-2.3"}`, "SBOM SPDX 2.3 · 0 packages", model.FamilySBOM, "no-packages"},
		{"SPDX 3 under the bare type", spdx, `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"CreationInfo","specVersion":"3.0.1"},{"type":"software_Package"},{"type":"Relationship"}]}`,
			"SBOM SPDX 3.0.1 · 1 package", model.FamilySBOM, ""},
		{"SPDX as a string", spdx, `"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageName: b\n"`, "SBOM SPDX 2.3 · 2 packages", model.FamilySBOM, "string-predicate"},
		{"SPDX JSON as a string", spdx, `"{\"spdxVersion\":\"SPDX-2.2\",\"packages\":[{}]}"`, "SBOM SPDX 2.2 · 1 package", model.FamilySBOM, "string-predicate"},
		{"CycloneDX under SPDX's type", spdx, `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{}]}`, "SBOM CycloneDX 1.6 · 1 package", model.FamilySBOM, ""},
		{"something else under SPDX's type", spdx, `{"a":1}`, "SBOM · unknown form", model.FamilySBOM, "unexpected-shape"},
		{"CycloneDX with nested components", cdx, `{"bomFormat":"CycloneDX","specVersion":"1.7","components":[{"components":[{},{"components":[{}]}]},{}]}`, "SBOM CycloneDX 1.7 · 5 packages", model.FamilySBOM, ""},
		{"CycloneDX VEX", cdx + "/v1.5", `{"bomFormat":"CycloneDX","specVersion":"1.5","vulnerabilities":[{}]}`, "SBOM CycloneDX 1.5 · VEX · 1 vulnerability", model.FamilySBOM, ""},
		{"an SPDX document", "", `{"spdxVersion":"SPDX-2.3","packages":[{}]}`, "SBOM SPDX 2.3 · 1 package", model.FamilySBOM, ""},
		{"an SPDX document in text", "", `"SPDXVersion: SPDX-2.3\nPackageName: a\n"`, "SBOM SPDX 2.3 · 1 package", model.FamilySBOM, ""},

		{"a scan", scai, scanned("MCP_SECURITY_SCAN_PASSED", "2", "1"), "SCAI · MCP scan PASSED · 1 allowed", model.FamilySCAI, ""},
		{"a scan without allowances", scai, scanned("MCP_SECURITY_SCAN_PASSED", "2", "0"), "SCAI · MCP scan PASSED", model.FamilySCAI, ""},
		{"a scan of nothing", scai, scanned("MCP_SECURITY_SCAN_PASSED", "0", "0"), "SCAI · MCP scan PASSED", model.FamilySCAI, "hollow-pass"},
		{"a scan whose number of tools is a string", scai, scanned("MCP_SECURITY_SCAN_PASSED", `"9"`, "0"), "SCAI · MCP scan PASSED", model.FamilySCAI, "hollow-pass"},
		{"a skill scan has no tools", scai, scanned("SKILL_SECURITY_SCAN_PASSED", "0", "0"), "SCAI · skill scan PASSED", model.FamilySCAI, ""},
		{"a warning", scai, scanned("MCP_SECURITY_SCAN_WARNING", "0", "0"), "SCAI · MCP scan WARNING", model.FamilySCAI, "scan-warning"},
		{"a failed scan", scai, scanned("MCP_SECURITY_SCAN_FAILED", "1", "0"), "SCAI · MCP scan FAILED", model.FamilySCAI, "scan-failed"},
		{"a pass with blocking issues", scai, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":1,"blockingIssues":2,"allowedIssues":0}}]}`,
			"SCAI · MCP scan PASSED · 2 blocking", model.FamilySCAI, "blocking-pass"},
		{"another attribute", "https://in-toto.io/attestation/scai/attribute-report/v0.2", `{"attributes":[{"attribute":"WITH_STACK_PROTECTION"}]}`, "SCAI · WITH_STACK_PROTECTION", model.FamilySCAI, ""},
		{"several attributes", scai, `{"attributes":[{"attribute":"A"},{"attribute":"B"}]}`, "SCAI · 2 attributes", model.FamilySCAI, ""},
		{"a pass that counts in words", scai, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":1,"blockingIssues":"3","allowedIssues":0}}]}`,
			"SCAI · MCP scan PASSED", model.FamilySCAI, "uncounted-pass"},
		{"two scans", scai, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":1,"blockingIssues":0,"allowedIssues":0}},{"attribute":"SKILL_SECURITY_SCAN_WARNING"}]}`,
			"SCAI · 2 attributes · MCP scan PASSED · skill scan WARNING", model.FamilySCAI, "scan-warning"},
		{"no attributes", scai, `{}`, "SCAI · 0 attributes", model.FamilySCAI, "no-attributes"},

		{"a test report that does not count failures", "https://scout.docker.com/tests/v0.1", `{"results":{"tool":{},"summary":{"passed":2,"failed":"1"},"tests":[]}}`, "Tests · 2 passed", model.FamilyOther, "uncounted-tests"},
		{"one that lists what it does not count", "https://scout.docker.com/tests/v0.1", `{"results":{"tool":{},"summary":{"passed":2,"failed":0},"tests":[{"name":"a","status":"failed"}]}}`, "Tests · 2 passed · 0 failed", model.FamilyOther, "failed-tests"},
		{"a test result without one", "https://in-toto.io/attestation/test-result/v0.1", `{"result":1,"passedTests":["a"]}`, "Test result · 1 passed", model.FamilyOther, "no-result"},
		{"a test result that lists nothing", "https://in-toto.io/attestation/test-result/v0.1", `{"result":"PASSED"}`, "Test result · PASSED", model.FamilyOther, "no-tests"},
		{"an apko configuration without packages", "https://apko.dev/image-configuration", `{"archs":["x86_64"]}`, "apko configuration", model.FamilyOther, ""},
		{"a link that says nothing of materials", "https://in-toto.io/Link/v1", `{"name":"build"}`, "in-toto link v1 · build", model.FamilyOther, ""},
		{"a trace without a list", "https://in-toto.io/attestation/runtime-trace/v0.1", `{"monitorLog":{"process":[{}]}}`, "Runtime trace v0.1 · 1 process event", model.FamilyOther, ""},
		{"a scan for secrets without a list", "https://witness.testifysec.com/attestation-collection/v0.1", `{"name":"x","attestations":[{"type":"https://witness.dev/attestations/secretscan/v0.1","attestation":{"findings":null}}]}`, "Witness collection · x · 1 attestation", model.FamilyOther, ""},
		{"an attribute without a name", scai, `{"attributes":[{"attribute":["MCP_SECURITY_SCAN_FAILED"]}]}`, "SCAI · an attribute without a name", model.FamilySCAI, "unexpected-shape"},
		{"a level that is no text", "https://slsa.dev/verification_summary/v1", `{"verificationResult":"PASSED","verifiedLevels":[["FAILED"]]}`, "Verification summary · PASSED · [\"FAILED\"]", model.FamilyVSA, "unexpected-shape"},
		{"levels that are no list", "https://slsa.dev/verification_summary/v1", `{"verificationResult":"PASSED","verifiedLevels":"FAILED"}`, "Verification summary · PASSED", model.FamilyVSA, "unexpected-shape"},
		{"a level that says FAILED behind many", "https://slsa.dev/verification_summary/v1", `{"verificationResult":"PASSED","verifiedLevels":[` + strings.Repeat(`"A",`, 60) + `"FAILED"]}`,
			"Verification summary · PASSED · " + strings.Repeat("A, ", 19) + "A,…", model.FamilyVSA, "not-passed"},
		{"a run that ends in words", cvuln, `{"scanner":{"uri":"x","result":{"runs":[{"invocations":[{"executionSuccessful":"false"}],"results":[]}]}}}`, "Vulnerability scan · x · 0 findings · did not finish", model.FamilyVuln, "unfinished-scan"},
		{"references that are no list", "https://in-toto.io/attestation/reference/v0.1", `{"references":{"downloadLocation":"https://e.example"}}`, "Reference · 0 documents", model.FamilyOther, "no-references"},
		{"an exit code in words", "https://in-toto.io/Link/v1", `{"name":"build","byproducts":{"return-value":"1"}}`, "in-toto link v1 · build", model.FamilyOther, "failed-step"},
		{"a command's exit code in words", "https://witness.testifysec.com/attestation-collection/v0.1", `{"name":"x","attestations":[{"type":"https://witness.dev/attestations/command-run/v0.1","attestation":{"cmd":["make"],"exitcode":"1"}}]}`,
			"Witness collection · x · 1 attestation", model.FamilyOther, "failed-step"},
		{"a summary without a result", "https://slsa.dev/verification_summary/v1", `{"verificationResult":true}`, "Verification summary", model.FamilyVSA, "not-passed"},
		{"Grype's matches are no list", "https://predicates.policylabs.dev/grype/v1", `{"matches":null,"descriptor":{"name":"grype"}}`, "Vulnerability scan · grype · 0 findings · not all that it holds is counted", model.FamilyVuln, "partial-scan"},
		{"a result of Trivy's is no object", "https://trivy.dev/report", `{"SchemaVersion":2,"ArtifactName":"x","Results":[null]}`, "Vulnerability scan · trivy · 0 findings · not all that it holds is counted", model.FamilyVuln, "partial-scan"},
		{"Trivy's vulnerabilities are no list", "https://trivy.dev/report", `{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Vulnerabilities":{}}]}`, "Vulnerability scan · trivy · 0 findings · not all that it holds is counted", model.FamilyVuln, "partial-scan"},
		{"Trivy found nothing", "https://trivy.dev/report", `{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"alpine"}]}`, "Vulnerability scan · trivy · 0 findings", model.FamilyVuln, ""},
		{"OSV-Scanner found nothing", "https://ossf.github.io/osv-schema/results@v1", `{"results":[]}`, "Vulnerability scan · osv-scanner · 0 findings", model.FamilyVuln, ""},
		{"SARIF of no run", cvuln, `{"scanner":{"uri":"x","result":{"runs":[]}}}`, "Vulnerability scan · x · 0 findings · of nothing that is named", model.FamilyVuln, "empty-scan"},
		{"SARIF without results", cvuln, `{"scanner":{"uri":"x","result":{"runs":[{"tool":{}}]}}}`, "Vulnerability scan · x · 0 findings · not all that it holds is counted", model.FamilyVuln, "partial-scan"},
		{"cosign vuln with Trivy", cvuln, `{"scanner":{"uri":"pkg:github/aquasecurity/trivy@0.50","result":` + trivy + `}}`, "Vulnerability scan · trivy · 3 findings · 1 high", model.FamilyVuln, ""},
		{"cosign vuln with Grype", cvuln, `{"scanner":{"uri":"https://github.com/anchore/grype","result":` + grype + `}}`, "Vulnerability scan · grype · 2 findings · 1 critical", model.FamilyVuln, ""},
		{"cosign vuln that cosign emptied", cvuln, `{"invocation":{},"scanner":{"uri":"","version":"","db":{},"result":null},"metadata":{"scanFinishedOn":"0001-01-01T00:00:00Z"}}`,
			"Vulnerability scan · empty", model.FamilyVuln, "empty-scan"},
		{"cosign vuln with a result and without times, which cosign writes as zero", cvuln,
			`{"scanner":{"uri":"pkg:github/anchore/grype@0.85.0","result":` + grype + `},"metadata":{"scanStartedOn":"0001-01-01T00:00:00Z","scanFinishedOn":"0001-01-01T00:00:00Z"}}`,
			"Vulnerability scan · grype · 2 findings · 1 critical", model.FamilyVuln, "time-zero"},
		{"cosign vuln whose scanner only the report names", cvuln, `{"scanner":{"uri":"","result":` + trivy + `}}`, "Vulnerability scan · trivy · 3 findings · 1 high", model.FamilyVuln, ""},
		{"in-toto vulns of nobody", vulns, `{"scanner":{"result":[]}}`, "Vulnerability scan · empty", model.FamilyVuln, "empty-scan"},
		{"cosign vuln with nothing but matches", cvuln, `{"scanner":{"uri":"pkg:github/anchore/grype@0.85.0","result":{"matches":[]}}}`, "Vulnerability scan · grype · 0 findings", model.FamilyVuln, ""},
		{"cosign vuln with SARIF", cvuln, `{"scanner":{"uri":"x:semgrep","result":` + sarif + `}}`, "Vulnerability scan · semgrep · 1 finding", model.FamilyVuln, ""},
		{"cosign vuln with an unknown report", cvuln, `{"scanner":{"uri":"x:mine","result":{"vulns":[{},{}]}}}`, "Vulnerability scan · mine · result of an unknown form", model.FamilyVuln, "unknown-report"},
		{"in-toto vulns", vulns, `{"scanner":{"uri":"pkg:github/anchore/grype@0.1","result":[{"id":"CVE-1"}]}}`, "Vulnerability scan · grype · 1 finding", model.FamilyVuln, ""},
		{"in-toto vulns, nothing found", vulns, `{"scanner":{"uri":"pkg:github/anchore/grype@0.1","result":[]}}`, "Vulnerability scan · grype · 0 findings", model.FamilyVuln, ""},
		{"in-toto vulns without a result", vulns, `{"scanner":{"uri":"grype"}}`, "Vulnerability scan · grype · empty", model.FamilyVuln, "empty-scan"},
		{"a Trivy report of unknown type", "https://example.com/x/v1", trivy, "Vulnerability scan · trivy · 3 findings · 1 high", model.FamilyVuln, ""},
		{"a Grype report", "https://predicates.policylabs.dev/grype/v1", grype, "Vulnerability scan · grype · 2 findings · 1 critical", model.FamilyVuln, ""},
		{"SARIF", "", sarif, "SARIF · semgrep · 1 finding", model.FamilyOther, ""},

		{"OpenVEX", "https://openvex.dev/ns/v0.2.0", `{"author":"a","statements":[{"status":"fixed"},{"status":"not_affected","justification":"x"}]}`, "VEX · 2 statements", model.FamilyVEX, ""},
		{"OpenVEX without a justification", "https://openvex.dev/ns", `{"statements":[{"status":"not_affected"}]}`, "VEX · 1 statement", model.FamilyVEX, "unjustified-vex"},
		{"a VSA", "https://slsa.dev/verification_summary/v1", `{"verificationResult":"PASSED","verifiedLevels":["SLSA_BUILD_LEVEL_3"]}`, "Verification summary · PASSED · SLSA_BUILD_LEVEL_3", model.FamilyVSA, ""},
		{"an old VSA", "https://slsa.dev/verification_summary/v0.2", `{"verification_result":"FAILED","policy_level":"SLSA_LEVEL_1"}`, "Verification summary · FAILED · SLSA_LEVEL_1", model.FamilyVSA, "not-passed"},

		{"a link", "https://in-toto.io/Link/v1", `{"name":"build","materials":{"a":{},"b":{}}}`, "in-toto link v1 · build", model.FamilyOther, ""},
		{"a test result", "https://in-toto.io/attestation/test-result/v0.1", `{"result":"PASSED","passedTests":["a"],"failedTests":["b"]}`, "Test result · PASSED · 1 passed · 1 failed", model.FamilyOther, "failed-tests"},
		{"a release", "https://in-toto.io/attestation/release/v0.2", `{"purl":"pkg:oci/widget@1.0.0"}`, "Release v0.2 · pkg:oci/widget@1.0.0", model.FamilyOther, ""},
		{"npm", "https://github.com/npm/attestation/tree/main/specs/publish/v0.1", `{"name":"a","version":"1"}`, "npm publish · a@1", model.FamilyOther, ""},
		{"PyPI", "https://docs.pypi.org/attestations/publish/v1", `null`, "PyPI publish", model.FamilyOther, ""},
		{"cosign custom text", "https://cosign.sigstore.dev/attestation/v1", `{"Data":"looks good\nto me"}`, "Custom attestation · looks good", model.FamilyOther, ""},
		{"cosign custom JSON", "https://cosign.sigstore.dev/attestation/v1", `{"Data":"{\"approved\":true}"}`, "Custom attestation", model.FamilyOther, ""},

		{"an unknown type", "https://example.com/licence-check/v1", `{"result":"pass"}`, "licence-check v1 · example.com", model.FamilyOther, ""},
		{"an unknown in-toto type", "https://in-toto.io/attestation/weather/v0.1", `{}`, "weather v0.1", model.FamilyOther, ""},
		{"a key that is there twice", scai, `{"attributes":[{"attribute":"A"}],"attributes":[{"attribute":"B"}]}`, "SCAI · A", model.FamilySCAI, "duplicate-key"},
		{
			"a key that is there twice in what decides", scai,
			`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":1,"allowedIssues":0,"blockingIssues":0,"blockingIssues":9}}]}`,
			"SCAI · MCP scan PASSED", model.FamilySCAI, "duplicate-key",
		},
		{"a key that is there twice in another case", scai, `{"attributes":[{"attribute":"A","Attribute":"B"}]}`, "SCAI · A", model.FamilySCAI, "duplicate-key"},
		{
			"a finding that is there twice", "https://in-toto.io/attestation/vulns/v0.1",
			`{"scanner":{"uri":"x","result":[],"result":[{"id":"CVE-1"}]}}`, "Vulnerability scan · x · 0 findings", model.FamilyVuln, "duplicate-key",
		},
		{"a key that is there twice below an SBOM's outline", spdx, `{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","name":"b"}]}`, "SBOM SPDX 2.3 · 1 package", model.FamilySBOM, ""},
		{"a type that is no URI", "thing", `[1]`, "thing", model.FamilyOther, ""},
		{"no type", "", `{}`, "document", model.FamilyOther, ""},
		{"no predicate", "https://example.com/x/v1", ``, "x v1 · example.com", model.FamilyOther, ""},
		{"broken JSON", spdx, `{`, "Document · spdx.dev", model.FamilySBOM, "unexpected-shape"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := Decode(c.predicateType, []byte(c.raw))
			if p.Title() != c.title || p.Family() != c.family {
				t.Errorf("%q of %s, want %q of %s", p.Title(), p.Family(), c.title, c.family)
			}
			var ids []string
			for _, f := range p.Findings() {
				ids = append(ids, f.ID)
			}
			if got := strings.Join(ids, " "); got != c.findings {
				t.Errorf("findings = %q, want %q", got, c.findings)
			}
			if p.Summary() == nil {
				t.Error("the summary is null in JSON")
			}
			if _, err := json.Marshal(p.Summary()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestProvenanceSaysWhereTheSourceIs(t *testing.T) {
	cases := []struct {
		name, raw, version string
		want               Provenance
	}{
		{"GitHub", githubV1, "v1", Provenance{
			Version: "v1", BuilderID: "https://github.com/stacklok/dockyard/.github/workflows/other.yml@refs/heads/main",
			BuildType: "https://actions.github.io/buildtypes/workflow/v1", EntryPoint: ".github/workflows/build-containers.yml",
			Repository: "https://github.com/stacklok/dockyard", Commit: "90715a5", Ref: "refs/heads/main",
			Invocation: "https://github.com/stacklok/dockyard/actions/runs/1/attempts/1", Trigger: "push", Runner: "github-hosted",
			Started: "2026-01-01T00:00:00Z", Dependencies: 2,
		}},
		{"BuildKit v1, whose client names the source", buildKitV1, "v1", Provenance{
			Version: "v1", BuilderID: "https://github.com/o/r/actions/runs/17/attempts/1",
			BuildType:  "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md",
			Repository: "https://github.com/o/r", Commit: "c0ffee", Invocation: "abc", Dependencies: 1, SourceByClient: true,
			Images: "alpine@sha256:aa",
		}},
		{"BuildKit v0.2, which fetched the source itself", buildKitV02, "v0.2", Provenance{
			Version: "v0.2", BuildType: "https://mobyproject.org/buildkit@v1", EntryPoint: "Dockerfile",
			Repository: "https://github.com/o/r", Commit: "c0ffee", Ref: "refs/heads/main", Invocation: "abc", Dependencies: 1, Images: "alpine",
		}},
		{"the generator", generatorV02, "v0.2", Provenance{
			Version:   "v0.2",
			BuilderID: "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v1.10.0",
			BuildType: "https://github.com/slsa-framework/slsa-github-generator/container@v1", EntryPoint: ".github/workflows/release.yml",
			Repository: "https://github.com/o/r", Commit: "c0ffee", Ref: "refs/tags/v1", Trigger: "push", Dependencies: 2,
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Decode(slsa+c.version, []byte(c.raw)); got != model.Predicate(c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestAScanIsReadInFull(t *testing.T) {
	p := Decode(scai, []byte(scanned("MCP_SECURITY_SCAN_PASSED", "2", "1"))).(SCAI)
	want := Scan{
		Subject: "MCP", Status: "PASSED", Scanner: "cisco-ai-mcp-scanner", Version: "4.8.3", Date: "2026-11-21T10:24:07Z",
		Allowed: 1, Tools: 2, HasBlocking: true, HasAllowed: true, HasTools: true,
	}
	if got := *p.Attributes[0].Scan; got != want {
		t.Errorf("scan = %+v", got)
	}
	var labels []string
	for _, f := range p.Fields() {
		labels = append(labels, f.Label+"="+f.Value)
	}
	for _, want := range []string{"Analyzers=yara, llm", "Allowed=1", "Evidence digest=sha256:aa", "Producer=https://github.com/o/r"} {
		if !slices.Contains(labels, want) {
			t.Errorf("no field %q in %q", want, labels)
		}
	}
}

func TestSeveritiesAreCounted(t *testing.T) {
	p := Decode("", []byte(trivy)).(Vuln)
	if p.BySeverity["high"] != 1 || p.BySeverity["low"] != 1 || p.BySeverity["unknown"] != 1 || tally(ranks(), p.BySeverity) != "1 high, 1 low, 1 unknown" {
		t.Errorf("severities = %v", p.BySeverity)
	}
}

func TestLongTextIsCutInTitles(t *testing.T) {
	p := Decode(scai, []byte(`{"attributes":[{"attribute":"`+strings.Repeat("é", 1000)+`"}]}`))
	if n := len([]rune(p.Title())); n > 80 {
		t.Errorf("a title of %d characters", n)
	}
}

func TestTheFamilyFollowsTheTypeAndNotTheContent(t *testing.T) {
	for base := range decoders {
		for _, raw := range []string{`{}`, `null`, `[]`, `"text"`, sarif} {
			want := model.FamilyOf(base + "/v1")
			if got := Decode(base+"/v1", []byte(raw)).Family(); got != want {
				t.Errorf("%s with %s is of family %s, want %s", base, raw, got, want)
			}
		}
	}
}

// FuzzDecode holds that decoding never fails, never changes the bytes and says the same each time.
func FuzzDecode(f *testing.F) {
	types := []string{"", "https://example.com/x"}
	for base := range decoders {
		types = append(types, base+"/v1")
	}
	slices.Sort(types)
	for _, raw := range []string{githubV1, buildKitV1, buildKitV02, generatorV02, scan, trivy, grype, sarif, `"SPDXVersion: SPDX-2.3"`, `[]`, `{"bomFormat":"CycloneDX","components":[{"components":[{}]}]}`} {
		f.Add([]byte(raw))
	}
	for _, s := range samples(f) {
		f.Add([]byte(s.Predicate))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := string(raw)
		for _, predicateType := range types {
			p := Decode(predicateType, raw)
			if p == nil || p.Title() == "" || p.Summary() == nil {
				t.Fatalf("%s: %+v says nothing", predicateType, p)
			}
			first, err := json.Marshal([]any{p.Title(), p.Fields(), p.Summary(), p.Findings()})
			if err != nil {
				t.Fatal(err)
			}
			q := Decode(predicateType, raw)
			second, err := json.Marshal([]any{q.Title(), q.Fields(), q.Summary(), q.Findings()})
			if err != nil || string(first) != string(second) {
				t.Fatalf("%s: twice decoded, once %s, once %s", predicateType, first, second)
			}
		}
		if string(raw) != before {
			t.Fatal("the bytes were changed")
		}
	})
}
