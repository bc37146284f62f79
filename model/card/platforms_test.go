package card

import (
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

// TestWhatIsSaidOfOnePlatformHoldsForNoOther judges images whose platforms are not scanned alike.
func TestWhatIsSaidOfOnePlatformHoldsForNoOther(t *testing.T) {
	t.Parallel()
	scan := func(v model.Verdict, n int) func(*model.Tree, model.Digest) {
		return attach(v, day(n), "https://in-toto.io/attestation/vulns/v0.1",
			`{"scanner":{"uri":"pkg:github/aquasecurity/trivy","version":"0.66","result":[]},"metadata":{}}`, nil)
	}
	mcp := func(v model.Verdict, n int, status string) func(*model.Tree, model.Digest) {
		return attach(v, day(n), "https://in-toto.io/attestation/scai/v0.3",
			`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_`+status+`","conditions":{"toolsScanned":3,"blockingIssues":0,"allowedIssues":0}}]}`, nil)
	}
	const amd, arm = "linux/amd64", "linux/arm64"
	for _, c := range []struct {
		name  string
		image image
		holds map[GuaranteeID]Support
	}{
		{"both are scanned", image{on(amd, vuln(day(1))), on(arm, vuln(day(1)))}, map[GuaranteeID]Support{ContainerScan: Held}},
		{"one is scanned", image{on(amd, vuln(day(1))), on(arm, nil)}, map[GuaranteeID]Support{ContainerScan: Partly}},
		{"the other is scanned by a stranger", image{on(amd, vuln(day(1))), on(arm, scan(model.Untrusted, 1))}, map[GuaranteeID]Support{ContainerScan: Partly}},
		{"the other is scanned by nobody", image{on(amd, vuln(day(1))), on(arm, scan(model.Unsigned, 1))}, map[GuaranteeID]Support{ContainerScan: Partly}},
		{
			"the other has vulnerabilities, and its scan is the one that is told of",
			image{on(amd, vuln(day(2))), on(arm, attach(model.Trusted, day(1), "https://in-toto.io/attestation/vulns/v0.1",
				`{"scanner":{"uri":"pkg:github/aquasecurity/trivy","result":[{"id":"CVE-1","severity":[{"method":"nvd","score":"CRITICAL"}]}]},"metadata":{}}`, nil))},
			map[GuaranteeID]Support{ContainerScan: Held},
		},
		{
			"of two provenances the lesser level is said of both", image{on(amd, provenance(model.Trusted, 3)), on(arm, provenance(model.Trusted, 1))},
			map[GuaranteeID]Support{BuildTransparency: Held, SourceIntegrity: Partly},
		},
		{"the image is scanned by a stranger", image{on(amd, vuln(day(1))), on(arm, nil), scan(model.Untrusted, 1)}, map[GuaranteeID]Support{ContainerScan: Partly}},
		{
			"both are scanned again and again", image{on(amd, vuln(day(1))), on(amd, vuln(day(8))), on(arm, vuln(day(1))), on(arm, vuln(day(8)))},
			map[GuaranteeID]Support{ContainerScan: Held, ContinuousMonitoring: Held},
		},
		{
			"one is scanned again and again", image{on(amd, vuln(day(1))), on(amd, vuln(day(8))), on(arm, vuln(day(1)))},
			map[GuaranteeID]Support{ContainerScan: Held, ContinuousMonitoring: Partly},
		},
		{
			"scans of the other stopped", image{on(amd, vuln(day(1))), on(amd, vuln(day(8))), on(arm, vuln(day(-60))), on(arm, vuln(day(-53)))},
			map[GuaranteeID]Support{ContinuousMonitoring: Partly},
		},
		{
			"the image is scanned again and again", image{vuln(day(1)), vuln(day(8)), on(amd, vuln(day(9))), on(arm, nil)},
			map[GuaranteeID]Support{ContainerScan: Held, ContinuousMonitoring: Held},
		},
		{
			"one attestation tells of two scans, of which the second passed with what blocks",
			image{attach(model.Trusted, day(1), "https://in-toto.io/attestation/scai/v0.3", `{"attributes":[
				{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":3,"blockingIssues":0}},
				{"attribute":"SKILL_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":2}}]}`, nil)},
			map[GuaranteeID]Support{SecurityScan: Contradicted},
		},
		{
			"a scan passed that counts in words",
			image{attach(model.Trusted, day(1), "https://in-toto.io/attestation/scai/v0.3",
				`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"toolsScanned":3,"blockingIssues":"2"}}]}`, nil)},
			map[GuaranteeID]Support{SecurityScan: Contradicted},
		},
		{
			"a scan lists nothing that it looked at",
			image{attach(model.Trusted, day(1), "https://trivy.dev/report", `{"SchemaVersion":2,"ArtifactName":"x","Results":[]}`, nil)},
			map[GuaranteeID]Support{ContainerScan: Contradicted},
		},
		{"the image passed", image{mcp(model.Trusted, 1, "PASSED"), on(amd, nil)}, map[GuaranteeID]Support{SecurityScan: Held}},
		{
			"the image passed, and a platform later did not", image{mcp(model.Trusted, 1, "PASSED"), on(amd, mcp(model.Trusted, 2, "FAILED"))},
			map[GuaranteeID]Support{SecurityScan: Contradicted},
		},
		{
			"one platform passed, the other did not", image{on(amd, mcp(model.Trusted, 2, "PASSED")), on(arm, mcp(model.Trusted, 1, "FAILED"))},
			map[GuaranteeID]Support{SecurityScan: Contradicted},
		},
		{
			"a platform did not pass, and then did", image{on(amd, mcp(model.Trusted, 2, "PASSED")), on(amd, mcp(model.Trusted, 1, "FAILED"))},
			map[GuaranteeID]Support{SecurityScan: Partly},
		},
		{
			"what a stranger says of a platform contradicts nobody", image{mcp(model.Trusted, 1, "PASSED"), on(amd, mcp(model.Untrusted, 2, "FAILED"))},
			map[GuaranteeID]Support{SecurityScan: Held},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tree := c.image.tree()
			got, ok := Make(tree, Facts{JudgedAt: day(9).Add(time.Hour)})
			if !ok {
				t.Fatal("there is no card")
			}
			for _, g := range got.Guarantees {
				if want, asked := c.holds[g.ID]; asked && g.Support != want {
					t.Errorf("%s is %s (%s), want %s", g.ID, g.Support, g.Text, want)
				}
				if strings.Contains(c.name, "lesser level") && g.ID == BuildTransparency && !strings.Contains(g.Text, "L1") {
					t.Errorf("it says %q", g.Text)
				}
				if strings.Contains(c.name, "told of") && g.ID == ContainerScan && !strings.HasPrefix(g.Text, arm+": trivy found 1 vulnerability") {
					t.Errorf("it says %q", g.Text)
				}
			}
			holdsToItsWord(t, tree, got)
		})
	}
}
