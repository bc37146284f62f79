package fleet

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

func TestACellSaysTheMostImportantThing(t *testing.T) {
	t.Parallel()
	const scai, spdx, vuln, trivy = "https://in-toto.io/attestation/scai/v0.3", "https://spdx.dev/Document", "https://cosign.sigstore.dev/attestation/vuln/v1", "https://trivy.dev/report"
	passed := func(allowed string) string {
		return `{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":0,"toolsScanned":3,"allowedIssues":` + allowed + `}}`
	}
	for _, test := range []struct{ name, predicateType, raw, want string }{
		{"a scan that passed", scai, `{"attributes":[` + passed("0") + `]}`, "PASSED"},
		{"and let something through", scai, `{"attributes":[` + passed("2") + `]}`, "PASSED, 2 allowed"},
		{"of several scans the worst", scai, `{"attributes":[` + passed("2") + `,{"attribute":"SKILL_SECURITY_SCAN_FAILED"},{"attribute":"MCP_SECURITY_SCAN_WARNING"}]}`, "FAILED, and 2 more"},
		{"what nobody knows is worse than good", scai, `{"attributes":[` + passed("0") + `,{"attribute":"MCP_SECURITY_SCAN_SOSO"}]}`, "SOSO, and 1 more"},
		{"an attribute that is no scan", scai, `{"attributes":[{"attribute":"HERMETIC"}]}`, "HERMETIC"},
		{"a scan counts before others", scai, `{"attributes":[{"attribute":"HERMETIC"},` + passed("0") + `]}`, "PASSED, and 1 more"},
		{"more than are read", scai, `{"attributes":[` + passed("0") + strings.Repeat(`,{"attribute":"X"}`, 99) + `]}`, "PASSED, and 99 more"},
		{"none", scai, `{"attributes":[]}`, "no attribute"},
		{"packages", spdx, `{"spdxVersion":"SPDX-2.3","packages":[{}]}`, "1 package"},
		{"no SBOM in the SBOM", spdx, `{"a":1}`, "unknown form"},
		{"a scan that did not finish", vuln, `{"scanner":{"uri":"x","result":{"runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":false}],"results":[]}]}}}`, "0 findings, did not finish"},
		{"a scan of nothing", trivy, `{"SchemaVersion":2,"ArtifactName":"x","Results":[]}`, "0 findings, of nothing that is named"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := &model.Entry{Attestation: &model.Attestation{Predicate: predicate.Decode(test.predicateType, []byte(test.raw))}}
			if got := value(e); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
