package exposure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

// what writes down what a report says.
func what(r *Report) []string {
	out := []string{}
	for _, f := range r.found {
		out = append(out, strings.TrimRight(fmt.Sprintf("%s %s | %s | %s %s %s | %s | %s", strings.Join(f.ids, "="), f.severity, f.purl, f.kind, f.name, f.version,
			f.fixedIn, strings.Join(f.refs, " ")), " |"))
	}
	for _, c := range r.claims {
		line := fmt.Sprintf("%s: %s %s reasoned %v everything %v %s", strings.Join(c.ids, "="), c.status, c.justification, c.reasoned, c.everything, strings.Join(c.refs, " "))
		for _, p := range c.products {
			line += fmt.Sprint(" ", called(p.names), p.digests)
			for _, part := range p.subcomponents {
				line += fmt.Sprint(" with ", called(part))
			}
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// called is the texts of identifiers.
func called(ids []identifier) (texts []string) {
	for _, id := range ids {
		texts = append(texts, id.text)
	}
	return texts
}

func TestReportsOfEveryForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, raw, format string
		want              []string
	}{
		{
			"Trivy", `{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"alpine","Class":"os-pkgs","Type":"alpine","Vulnerabilities":[
				{"VulnerabilityID":"CVE-2026-1111","VendorIDs":["ALPINE-1"],"PkgName":"zlib","PkgIdentifier":{"PURL":"pkg:apk/alpine/zlib@1.3"},"InstalledVersion":"1.3",
				"FixedVersion":"1.4","Severity":"HIGH","Title":"bad"}]},{"Target":"no findings"}]}`, "Trivy",
			[]string{"CVE-2026-1111=ALPINE-1 high | pkg:apk/alpine/zlib@1.3 | apk zlib 1.3 | 1.4"},
		},
		{
			"Trivy in cosign's predicate", `{"scanner":{"uri":"trivy","result":{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Type":"npm","Vulnerabilities":[
				{"VulnerabilityID":"CVE-2024-21538","PkgName":"cross-spawn","InstalledVersion":"7.0.3","Severity":"HIGH"}]}]}}}`, "Trivy",
			[]string{"CVE-2024-21538 high |  | npm cross-spawn 7.0.3"},
		},
		{
			"Grype", `{"matches":[{"vulnerability":{"id":"GHSA-aaaa-bbbb-cccc","severity":"Critical","fix":{"versions":["0.47.0","0.48.0"]}},
				"relatedVulnerabilities":[{"id":"CVE-2026-1111"}],"artifact":{"name":"golang.org/x/net","version":"v0.40.0","type":"go-module","purl":"pkg:golang/golang.org/x/net@v0.40.0"}}],
				"ignoredMatches":[{"vulnerability":{"id":"CVE-1"}}],"descriptor":{"name":"grype"}}`, "Grype",
			[]string{"GHSA-aaaa-bbbb-cccc=CVE-2026-1111 critical | pkg:golang/golang.org/x/net@v0.40.0 | golang golang.org/x/net v0.40.0 | 0.47.0, 0.48.0"},
		},
		{
			"Trivy's SARIF", `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Trivy","rules":[{"id":"CVE-2026-1111","shortDescription":{"text":"zlib: bad"},"properties":{"security-severity":"5.5"}}]}},
				"results":[{"ruleId":"CVE-2026-1111","level":"error","message":{"text":"Package: zlib\nInstalled Version: 1.3\nVulnerability CVE-2026-1111\nSeverity: HIGH\nFixed Version: 1.4\nLink: [x](y)"}},
				{"ruleId":"CVE-2026-1111","kind":"pass","message":{"text":""}},{"ruleId":"go/sql-injection","message":{"text":""}},
				{"ruleId":"CVE-2026-2222","message":{"text":""},"suppressions":[{"kind":"external"}]},{"ruleId":"CVE-2026-3333","baselineState":"absent","message":{"text":""}}]}]}`, "SARIF",
			[]string{"CVE-2026-1111 high |  |  zlib 1.3 | 1.4"},
		},
		{
			"Grype's SARIF", `{"runs":[{"tool":{"driver":{"rules":[{"id":"CVE-2026-1111-zlib","properties":{"purls":["pkg:apk/alpine/zlib@1.3"],"security-severity":"9.8"}}]}},
				"results":[{"ruleId":"CVE-2026-1111-zlib","message":{"text":"A critical vulnerability in apk package: zlib, version 1.3 was found at: /lib"}},
				{"ruleId":"CVE-2026-1111-zlib","message":{"text":"in another language"}}]}]}`, "SARIF",
			[]string{"CVE-2026-1111 critical |  | apk zlib 1.3", "CVE-2026-1111 critical | pkg:apk/alpine/zlib@1.3"},
		},
		{
			"OSV-Scanner", `{"results":[{"source":{},"packages":[{"package":{"name":"lodash","version":"4.17.20","ecosystem":"npm"},
				"vulnerabilities":[{"id":"GHSA-35jh-r3h4-6jhm","aliases":["CVE-2021-23337"],"summary":"injection","database_specific":{"severity":"MODERATE"}}],
				"groups":[{"ids":["GHSA-35jh-r3h4-6jhm"],"aliases":["CVE-2021-23337","X-1"],"max_severity":"7.2"}]}]}]}`, "OSV",
			[]string{"GHSA-35jh-r3h4-6jhm=CVE-2021-23337=X-1 high |  | npm lodash 4.17.20"},
		},
		{
			"in-toto", `{"scanner":{"uri":"x","result":[{"id":"CVE-2026-1111","severity":[{"method":"nvd","score":"9.1"},{"method":"epss","score":"10"}],"annotations":[{"purl":"pkg:npm/a@1"}]},
				{"vulnerability":{"id":"CVE-2026-2222","severity":{"method":"cvss_score","score":5.5}}},{"id":"CVE-2026-3333","severity":[{"method":"epss","score":"0.97"}]}]}}`, "in-toto",
			[]string{"CVE-2026-1111 critical | pkg:npm/a@1", "CVE-2026-2222 medium", "CVE-2026-3333 unknown"},
		},
		{
			"CycloneDX", `{"bomFormat":"CycloneDX","components":[],"vulnerabilities":[{"id":"CVE-2026-1111","references":[{"id":"GHSA-x"}],"ratings":[{"severity":"low"},{"score":9.9,"method":"CVSSv31"}],
				"analysis":{"state":"not_affected","justification":"code_not_reachable"},"affects":[{"ref":"a"}]},{"id":"CVE-2026-2222","analysis":{"state":"not_affected"},"affects":[{"ref":"a"},{"ref":"b"}]},
				{"id":"CVE-2026-3333","affects":[{"ref":"b"}]}]}`, "CycloneDX",
			[]string{
				"CVE-2026-1111=GHSA-x critical |  |    |  | a", "CVE-2026-2222 unknown |  |    |  | a b", "CVE-2026-3333 unknown |  |    |  | b",
				"CVE-2026-1111=GHSA-x: not_affected code_not_reachable reasoned true everything false a",
				"CVE-2026-2222: not_affected  reasoned false everything false a b",
			},
		},
		{
			"OpenVEX", `{"@context":"https://openvex.dev/ns/v0.2.0","timestamp":"2026-11-20T09:30:00Z","statements":[
				{"vulnerability":{"@id":"https://nvd.nist.gov/vuln/detail/CVE-2026-1111","name":"CVE-2026-1111","aliases":["GHSA-x"]},"status":"not_affected","justification":"component_not_present",
				"products":[{"@id":"pkg:oci/a","hashes":{"sha-256":"00FF"},"subcomponents":[{"@id":"pkg:npm/a@1"},{"identifiers":{"purl":"pkg:npm/b@1"}}]}]},
				{"vulnerability":"CVE-2026-2222","status":"not_affected"},{"vulnerability":{},"status":"fixed"}]}`, "OpenVEX",
			[]string{
				"CVE-2026-1111=GHSA-x: not_affected component_not_present reasoned true everything false  [pkg:oci/a] [sha256:00ff] with [pkg:npm/a@1] with [pkg:npm/b@1]",
				"CVE-2026-2222: not_affected  reasoned false everything true",
			},
		},
		{"a document in a string", `"{\"matches\":[{\"vulnerability\":{\"id\":\"CVE-2026-1111\"},\"artifact\":{}}]}"`, "Grype", []string{"CVE-2026-1111 unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, ok := Read(Evidence{Raw: []byte(test.raw)})
			if !ok || r.Format != test.format {
				t.Fatalf("read as %q, %v", r.Format, ok)
			}
			if diff := cmp.Diff(test.want, what(r)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWhatSaysNothingOfVulnerabilitiesIsNoReport(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `null`, `{}`, `{"results":[]}`, `{"bomFormat":"CycloneDX","components":[]}`, `"text"`, `{"spdxVersion":"SPDX-2.3","packages":[]}`} {
		if r, ok := Read(Evidence{Raw: []byte(raw)}); ok {
			t.Errorf("%s is read as %s", raw, r.Format)
		}
	}
}

func TestAScanThatProvesLittleSaysWhy(t *testing.T) {
	t.Parallel()
	const nothing, unfinished, elsewhere = "named nothing that was looked at", "did not finish", "may have been for something else"
	for _, test := range []struct {
		name, raw string
		verdict   model.Verdict
		want      string
	}{
		{"it looked at something", `{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"alpine"}]}`, model.Trusted, ""},
		{"Trivy lists no target", `{"SchemaVersion":2,"ArtifactName":"x","Results":[]}`, model.Trusted, nothing},
		{"a list without a scanner", `{"scanner":{"result":[]}}`, model.Trusted, nothing},
		{"a scanner that found nothing", `{"scanner":{"uri":"https://scanner.example/v1","result":[]}}`, model.Trusted, ""},
		{"SARIF of no run", `{"runs":[]}`, model.Trusted, nothing},
		{
			"a run that failed", `{"runs":[{"tool":{"driver":{"name":"Trivy"}},"invocations":[{"executionSuccessful":true},{"executionSuccessful":false}],"results":[]}]}`,
			model.Trusted, unfinished,
		},
		{"a run that went well", `{"runs":[{"tool":{"driver":{"name":"Trivy"}},"invocations":[{"executionSuccessful":true}],"results":[]}]}`, model.Trusted, ""},
		{"a linter", `{"runs":[{"tool":{"driver":{"name":"CodeQL"}},"results":[{"ruleId":"go/sql-injection"}]}]}`, model.Trusted, elsewhere},
		{"a tool that nobody knows, and found one", `{"runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"CVE-2026-1111"}]}]}`, model.Trusted, ""},
		{"what a scan's predicate holds", `{"scanner":{"uri":"x","result":{"runs":[{"tool":{"driver":{"name":"x"}},"results":[]}]}}}`, model.Trusted, ""},
		{"nobody's word", `{"matches":[]}`, model.Invalid, "failed its verification"},
		{"a VEX document", `{"@context":"https://openvex.dev/ns","statements":[]}`, model.Invalid, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, ok := Read(Evidence{Raw: []byte(test.raw), Standing: model.Standing{Verdict: test.verdict}})
			if !ok {
				t.Fatal("it is not read")
			}
			if got := r.Doubt(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
