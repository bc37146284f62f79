package policy

import (
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

const (
	provenance = `{"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1","externalParameters":{"workflow":{"repository":"https://github.com/acme/app","ref":"refs/heads/main","path":".github/workflows/release.yml"}}},"runDetails":{"builder":{"id":"https://github.com/actions/runner/github-hosted"}}}`
	spdx       = `{"spdxVersion":"SPDX-2.3","creationInfo":{"created":"2026-11-20T00:00:00Z"},"packages":[{"name":"a"},{"name":"b"}]}`
	emptySPDX  = `{"spdxVersion":"SPDX-2.3","packages":[]}`
	found      = `{"scanner":{"uri":"pkg:grype","result":{"matches":[]}},"metadata":{"scanFinishedOn":"2026-11-20T00:00:00Z"}}`
	summary    = `{"verifier":{"id":"https://example.com/verifier"},"verificationResult":"PASSED","resourceUri":"https://ghcr.io/acme/app:1","verifiedLevels":["SLSA_BUILD_LEVEL_3"]}`
	scaiRules1 = `scai: {attribute: MCP_SECURITY_SCAN_PASSED, max_blocking: 0, min_tools: 1}`
	slsaLevel2 = `slsa: {minimum_level: 2, sources: ["https://github.com/acme/app"]}`
	vsaRule    = `vsa: [{signer: ci, verifier: "https://example.com/verifier"}]`
)

var good = signedBy(model.Trusted)

func signer(change func(*model.Signer)) func(*node) {
	return func(n *node) { change(n.signer) }
}

func TestWhatSatisfiesAPolicyAndWhatDoesNot(t *testing.T) {
	level2 := reaches(2, "no isolated builder")
	for name, c := range map[string]struct {
		policy string
		nodes  []node
		want   string // "" if satisfied, else part of a reason
	}{
		// Signatures.
		"a trusted signature":                     {"require_signature: true", []node{good}, ""},
		"no signature":                            {"require_signature: true", nil, "Image ghcr.io/acme/app:1 is not signed. Signature required."},
		"a signature by somebody else":            {"require_signature: true", []node{signedBy(model.Untrusted)}, "by ci (" + workflow + "), who is not trusted"},
		"a signature, and nobody pinned":          {"require_signature: true", []node{signedBy(model.Valid)}, "nobody was named as trusted"},
		"a signature that is wrong":               {"require_signature: true", []node{signedBy(model.Invalid)}, "has no valid signature"},
		"a signature that cannot be checked":      {"require_signature: true", []node{signedBy(model.Unverifiable)}, "cannot be verified"},
		"trusted provenance instead":              {"require_signature: true", []node{says(typeSLSA, provenance)}, "is not signed. Signature required."},
		"a signature of one platform":             {"require_signature: true", []node{{name: "s", on: amd64, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci()}}, "is not signed"},
		"a trusted one beside an untrusted one":   {"require_signature: true", []node{good, says(typeSign, "{}", stands(model.Untrusted))}, ""},
		"a signature of another image":            {"require_signature: true", []node{{name: "s", on: root, about: amd64, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci()}}, "about another digest"},
		"a signature that was compared with none": {"require_signature: true", []node{{name: "s", on: root, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci(), subject: model.CheckSkipped}}, "not compared"},
		"a signature that is too old":             {"max_age: {signature: 1h}", []node{signedBy(model.Trusted)}, ""},
		"a signature that is older":               {"max_age: {signature: 1d}", []node{{name: "s", on: root, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci(), at: today.Add(-25 * time.Hour)}}, "1 days ago; at most 1d allowed"},
		"a signature without a time":              {"max_age: {signature: 1d}", []node{{name: "s", on: root, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci()}}, "no attested time"},
		"a signature of tomorrow":                 {"max_age: {signature: 1d}", []node{{name: "s", on: root, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: model.Trusted, signer: ci(), at: today.Add(time.Hour)}}, "in the future"},

		// Families.
		"an SBOM on the root":                               {"require: [sbom]", []node{says(typeSPDX, spdx)}, ""},
		"an SBOM on every platform":                         {"require: [sbom]", []node{says(typeSPDX, spdx, on(amd64)), says(typeSPDX, spdx, on(arm64))}, ""},
		"an SBOM on one platform":                           {"require: [sbom]", []node{says(typeSPDX, spdx, on(amd64))}, "linux/arm64 of image ghcr.io/acme/app:1 has no SBOM attestation"},
		"an SBOM on the other platform":                     {"require: [sbom]", []node{says(typeSPDX, spdx, on(arm64))}, "linux/amd64 of image ghcr.io/acme/app:1 has no SBOM attestation"},
		"a document of another family under an SBOM's type": {"require: [sbom]", []node{says("https://syft.dev/bom", `{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}`)}, "has content that cannot be read here"},
		"an attestation of a platform that nobody judged":   {"require: [sbom]", []node{says(typeSPDX, spdx), says(typeSCAI, scan(passed, clean), on(amd64), stands(model.Unchecked))}, "1 of what is attached was not verified"},
		"no SBOM":                                      {"require: [sbom]", []node{good}, "Image ghcr.io/acme/app:1 has no SBOM attestation. SBOM attestation required."},
		"an SBOM by another purpose's signer":          {"require: [sbom]", []node{says(typeSPDX, spdx, stands(model.Untrusted))}, "who is not trusted: why"},
		"an SBOM of another image":                     {"require: [sbom]", []node{says(typeSPDX, spdx, func(n *node) { n.about = amd64 })}, "about another digest"},
		"covered SBOMs of a trusted index":             {"require: [sbom]", []node{good, says(typeSPDX, spdx, on(amd64), bare), says(typeSPDX, spdx, on(arm64), bare)}, ""},
		"covered SBOMs of a valid index":               {"require: [sbom]", []node{signedBy(model.Valid), says(typeSPDX, spdx, on(amd64), bare), says(typeSPDX, spdx, on(arm64), bare)}, "signed by nobody who is trusted"},
		"SBOMs of an unsigned index":                   {"require: [sbom]", []node{says(typeSPDX, spdx, on(amd64), bare), says(typeSPDX, spdx, on(arm64), bare)}, "nobody signed it"},
		"covered provenance":                           {"require: [slsa-provenance]", []node{good, says(typeSLSA, provenance, on(amd64), bare), says(typeSLSA, provenance, on(arm64), bare)}, ""},
		"covered provenance, level 1":                  {"slsa: {minimum_level: 1}", []node{good, says(typeSLSA, provenance, on(amd64), bare), says(typeSLSA, provenance, on(arm64), bare)}, ""},
		"covered provenance, level 2":                  {slsaLevel2, []node{good, says(typeSLSA, provenance, on(amd64), bare), says(typeSLSA, provenance, on(arm64), bare)}, "SLSA level mismatch: required 2, found 1: nobody signed the provenance itself."},
		"covered provenance of an exact type, level 2": {`require: ["https://slsa.dev/provenance/v1"], ` + slsaLevel2, []node{good, says(typeSLSA, provenance, on(amd64), bare), says(typeSLSA, provenance, on(arm64), bare)}, "The attestation of type https://slsa.dev/provenance/v1"},
		"covered provenance and a source":              {`slsa: {sources: ["https://github.com/acme/app"]}`, []node{good, says(typeSLSA, provenance, on(amd64), bare), says(typeSLSA, provenance, on(arm64), bare)}, "not signed itself"},
		"a covered SCAI":                               {"require: [scai]", []node{good, says(typeSCAI, scan(passed, clean), on(amd64), bare), says(typeSCAI, scan(passed, clean), on(arm64), bare)}, "covers its bytes is not enough here"},
		"an exact type":                                {`require: ["https://example.com/review/v1"]`, []node{says("https://example.com/review/v1", "{}")}, ""},
		"an exact type in another version":             {`require: ["https://example.com/review/v1"]`, []node{says("https://example.com/review/v2", "{}")}, "has no attestation of type https://example.com/review/v1"},
		"a type that only looks like an SBOM":          {"require: [sbom]", []node{says("https://example.com/bom/v1", spdx)}, "has no SBOM attestation"},
		"an SBOM nested in another type":               {"require: [sbom]", []node{says("https://example.com/bom/v1", spdx, nest(typeSPDX, root))}, "has no SBOM attestation"},
		"another type nested in an SBOM":               {"require: [sbom]", []node{says(typeSPDX, spdx, nest("https://example.com/x", root))}, "a statement of another type"},
		"a nested statement of the same type":          {"require: [scai]", []node{says(typeSCAI, scan(passed, clean), nest(typeSCAI, root))}, ""},
		"a nested statement about another image":       {"require: [scai]", []node{says(typeSCAI, scan(passed, clean), nest(typeSCAI, amd64))}, "about another digest"},
		"an SBOM that is none":                         {"require: [sbom]", []node{says(typeSPDX, `{"a":1}`)}, "does not have the content that its type promises"},
		"an SBOM that says everything twice":           {"require: [sbom]", []node{says(typeSPDX, `{"spdxVersion":"SPDX-2.3","packages":[],"packages":[{}]}`)}, "has a key twice"},
		"provenance of a wrong form":                   {"require: [slsa-provenance]", []node{says(typeSLSA, `[]`)}, "does not have the content"},
		"VEX":                                          {"require: [vex]", []node{says(typeVEX, `{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}`)}, ""},

		"an SBOM of a type that is not decoded": {"require: [sbom]", []node{says("https://syft.dev/bom", "{}")}, "has content that cannot be read here"},
		"the exact type, that is not decoded":   {"require: ['https://syft.dev/bom']", []node{says("https://syft.dev/bom", "{}")}, ""},
		"an exact type with a wrong content":    {"require: ['" + typeSLSA + "']", []node{says(typeSLSA, "[]")}, "does not have the content that its type promises"},

		// Content.
		"enough packages":                         {"sbom: {min_packages: 2}", []node{says(typeSPDX, spdx)}, ""},
		"too few packages":                        {"sbom: {min_packages: 3}", []node{says(typeSPDX, spdx)}, "lists 2 packages; at least 3 required"},
		"an SBOM without a package":               {"sbom: {min_packages: 1}", []node{says(typeSPDX, emptySPDX)}, "lists 0 packages"},
		"a scan that passed":                      {scaiRules1, []node{says(typeSCAI, scan(passed, clean))}, ""},
		"an untrusted scan":                       {scaiRules1, []node{says(typeSCAI, scan(passed, clean), stands(model.Untrusted))}, "who is not trusted"},
		"another attribute":                       {scaiRules1, []node{says(typeSCAI, scan("REVIEWED", clean))}, "does not assert " + passed + ", but REVIEWED"},
		"a scan that failed":                      {scaiRules1, []node{says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean))}, "says MCP_SECURITY_SCAN_FAILED; " + passed + " required"},
		"a scan of no tools":                      {scaiRules1, []node{says(typeSCAI, scan(passed, `"blockingIssues":0,"toolsScanned":0`))}, "The scan looked at 0 tools; at least 1 required."},
		"a scan that hides its tools":             {scaiRules1, []node{says(typeSCAI, scan(passed, `"blockingIssues":0`))}, "does not say how many tools"},
		"a scan that hides what blocks":           {scaiRules1, []node{says(typeSCAI, scan(passed, `"toolsScanned":3`))}, "does not say how many issues block"},
		"a scan with a text for a number":         {scaiRules1, []node{says(typeSCAI, scan(passed, `"blockingIssues":"0","toolsScanned":3`))}, "does not say how many issues block"},
		"a scan with fewer than no issues":        {scaiRules1, []node{says(typeSCAI, scan(passed, `"blockingIssues":-1,"toolsScanned":3`))}, "does not say how many issues block"},
		"a scan that passed with issues":          {scaiRules1, []node{says(typeSCAI, scan(passed, `"blockingIssues":2,"toolsScanned":3`))}, "found 2 blocking issues; at most 0 allowed"},
		"passed and failed at once":               {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`}},{"attribute":"MCP_SECURITY_SCAN_FAILED"}]}`)}, "says MCP_SECURITY_SCAN_FAILED"},
		"passed, with two numbers of issues":      {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`,"blockingIssues":9}}]}`)}, "has a key twice"},
		"passed, and failed in capitals":          {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","Attribute":"MCP_SECURITY_SCAN_FAILED","conditions":{`+clean+`}}]}`)}, "has a key twice"},
		"passed twice, once with issues":          {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`}},{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":1,"toolsScanned":1}}]}`)}, "found 1 blocking issue;"},
		"more attributes than are read":           {scaiRules1, []node{says(typeSCAI, `{"attributes":[`+strings.Repeat(`{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`}},`, 60)+`{"attribute":"MCP_SECURITY_SCAN_FAILED"}]}`)}, "cannot be read in full"},
		"a report without attributes":             {scaiRules1, []node{says(typeSCAI, `{}`)}, "asserts nothing"},
		"an attribute that is no scan":            {`scai: {attribute: REVIEWED}`, []node{says(typeSCAI, scan("REVIEWED", ""))}, ""},
		"issues of an attribute that is no scan":  {`scai: {attribute: REVIEWED, max_blocking: 0}`, []node{says(typeSCAI, scan("REVIEWED", `"blockingIssues":0`))}, "does not say how many issues"},
		"a scan that failed, and no rule for it":  {"require: [scai]", []node{says(typeSCAI, scan("MCP_SECURITY_SCAN_WARNING", clean))}, "says MCP_SECURITY_SCAN_WARNING"},
		"an older scan that was better":           {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean))}, "says MCP_SECURITY_SCAN_FAILED"},
		"an older scan that was worse":            {scaiRules1, []node{says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, scan(passed, clean))}, ""},
		"a worse scan of an unknown time":         {scaiRules1, []node{says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean), signedAt(time.Time{})), says(typeSCAI, scan(passed, clean))}, "says MCP_SECURITY_SCAN_FAILED"},
		"a later report on something else":        {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, scan("REVIEWED", ""))}, ""},
		"a later report that cannot be read":      {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, `[]`)}, "does not have the content"},
		"a later, untrusted scan that failed":     {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean), stands(model.Untrusted))}, ""},
		"a failed scan on the root":               {scaiRules1, []node{says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean)), says(typeSCAI, scan(passed, clean), on(amd64)), says(typeSCAI, scan(passed, clean), on(arm64))}, "says MCP_SECURITY_SCAN_FAILED"},
		"a vulnerability scan":                    {"require: [vuln]", []node{says(typeVuln, found)}, ""},
		"an empty vulnerability scan":             {"require: [vuln]", []node{says(typeVuln, `{"scanner":{},"metadata":{"scanFinishedOn":"0001-01-01T00:00:00Z"}}`)}, "holds no result"},
		"a vulnerability scan that stopped":       {"require: [vuln]", []node{says(typeVuln, `{"scanner":{"uri":"pkg:x","result":{"runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":false}],"results":[]}]}}}`)}, "did not finish"},
		"a vulnerability scan of an unknown form": {"require: [vuln]", []node{says(typeVuln, `{"scanner":{"uri":"pkg:x","result":{"a":1}}}`)}, "a form that is not known"},

		"passed twice, first with issues":           {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":1,"toolsScanned":1}},{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`}}]}`)}, "found 1 blocking issue;"},
		"passed twice, once without tools":          {scaiRules1, []node{says(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{`+clean+`}},{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":0,"toolsScanned":0}}]}`)}, "looked at 0 tools"},
		"a later report with another one in it":     {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, scan("REVIEWED", ""), nest(typeSCAI, amd64))}, "about another digest"},
		"a later report with too many attributes":   {scaiRules1, []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-48*time.Hour))), says(typeSCAI, `{"attributes":[`+strings.Repeat(`{"attribute":"REVIEWED"},`, 60)+`{"attribute":"X"}]}`)}, "cannot be read in full"},
		"no attributes, and no rule for them":       {"require: [scai]", []node{says(typeSCAI, `{}`)}, "asserts nothing that can be judged"},
		"too many attributes, and no rule for them": {"require: [scai]", []node{says(typeSCAI, `{"attributes":[`+strings.Repeat(`{"attribute":"X"},`, 60)+`{"attribute":"X"}]}`)}, "asserts nothing that can be judged"},

		// Ages.
		"a fresh scan":                        {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, clean))}, ""},
		"a stale scan":                        {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, `"scanDate":"2026-10-01T00:00:00Z"`), signedAt(today.Add(-51*24*time.Hour)))}, "51 days ago; at most 30d allowed"},
		"a stale scan that was signed again":  {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, `"scanDate":"2026-10-01T00:00:00Z"`))}, "of 2026-10-01"},
		"an old signature of a scan of today": {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, clean), signedAt(today.Add(-90*24*time.Hour)))}, "90 days ago"},
		"a scan whose date is no date":        {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, `"scanDate":"yesterday"`))}, "cannot be read"},
		"a scan without an attested time":     {"max_age: {scai: 30d}", []node{says(typeSCAI, scan(passed, clean), signedAt(time.Time{}))}, "no attested time"},
		"a covered SBOM with a date":          {"max_age: {sbom: 30d}", []node{good, says(typeSPDX, spdx, on(amd64), bare), says(typeSPDX, spdx, on(arm64), bare)}, ""},
		"a covered SBOM without a date":       {"max_age: {sbom: 30d}", []node{good, says(typeSPDX, emptySPDX, on(amd64), bare), says(typeSPDX, emptySPDX, on(arm64), bare)}, "no signature of its own and no date"},
		"the age of an exact type":            {`max_age: {"https://example.com/review/v1": 1h}`, []node{says("https://example.com/review/v1", "{}", signedAt(today.Add(-2*time.Hour)))}, "at most 1h allowed"},
		"an age of what is not there":         {"max_age: {vuln: 1d}", []node{good}, "has no vulnerability scan"},

		// SLSA.
		"level 2 from the right source":         {slsaLevel2, []node{says(typeSLSA, provenance, level2)}, ""},
		"level 3 wanted":                        {strings.Replace(slsaLevel2, "2", "3", 1), []node{says(typeSLSA, provenance, level2)}, "SLSA level mismatch: required 3, found 2: no isolated builder."},
		"a level that nothing judged":           {slsaLevel2, []node{says(typeSLSA, provenance)}, "required 2, found 0: nothing judged it"},
		"a level of an untrusted signer":        {slsaLevel2, []node{says(typeSLSA, provenance, level2, stands(model.Untrusted))}, "who is not trusted"},
		"another source in the certificate":     {slsaLevel2, []node{says(typeSLSA, provenance, level2, signer(func(s *model.Signer) { s.Extensions[1].Value = "https://github.com/mallory/app" }))}, "Source mismatch: required https://github.com/acme/app, found https://github.com/mallory/app."},
		"another source in the provenance":      {slsaLevel2, []node{says(typeSLSA, strings.Replace(provenance, "acme/app", "acme/other", 1), level2)}, "found https://github.com/acme/other"},
		"a source that begins alike":            {slsaLevel2, []node{says(typeSLSA, provenance, level2, signer(func(s *model.Signer) { s.Extensions[1].Value += "lication" }))}, "Source mismatch"},
		"no source":                             {slsaLevel2, []node{says(typeSLSA, `{"buildDefinition":{}}`, level2, signer(func(s *model.Signer) { s.Extensions = nil }))}, "does not prove its source"},
		"a source by the client of the builder": {`slsa: {sources: ["https://github.com/acme/app"]}`, []node{says(typeSLSA, `{"buildDefinition":{},"runDetails":{"metadata":{"buildkit_metadata":{"vcs":{"source":"https://github.com/acme/app"}}}}}`, signer(func(s *model.Signer) { s.Extensions = nil }))}, "does not prove its source"},
		"one at a level and one from a source":  {slsaLevel2, []node{says(typeSLSA, strings.Replace(provenance, "acme/app", "acme/other", 1), level2), says(typeSLSA+"?", provenance), says("https://slsa.dev/provenance/v0.2", `{"invocation":{"configSource":{"uri":"git+https://github.com/acme/app@refs/heads/main"}}}`)}, "Source mismatch"},
		"the builder that is allowed":           {`slsa: {builders: ["` + workflow + `"]}`, []node{says(typeSLSA, provenance)}, ""},
		"the builder at another ref":            {`slsa: {builders: ["` + workflow + `-2"]}`, []node{says(typeSLSA, provenance)}, "Builder mismatch"},
		"a builder by its commit": {`slsa: {builders: ["` + strings.Split(workflow, "@")[0] + `@` + strings.Repeat("a", 40) + `"]}`, []node{says(typeSLSA, provenance, signer(func(s *model.Signer) {
			s.Extensions = append(s.Extensions, model.Extension{Name: "buildSignerDigest", Value: strings.Repeat("a", 40)})
		}))}, ""},
		"a builder by another commit":              {`slsa: {builders: ["` + strings.Split(workflow, "@")[0] + `@` + strings.Repeat("a", 40) + `"]}`, []node{says(typeSLSA, provenance)}, "Builder mismatch"},
		"a builder that the provenance claims":     {`slsa: {builders: [{signer: ci, id: "https://github.com/actions/runner/github-hosted"}]}`, []node{says(typeSLSA, provenance)}, "Builder mismatch"},
		"a builder that signs with its key":        {`slsa: {builders: [{signer: ci, id: "https://github.com/actions/runner/github-hosted"}]}`, []node{says(typeSLSA, provenance, func(n *node) { n.signer = &model.Signer{Kind: model.SignerKey, Name: "ci", Fingerprint: "sha256:1"} })}, ""},
		"a builder that signs with another key":    {`slsa: {builders: [{signer: other, id: "https://github.com/actions/runner/github-hosted"}]}`, []node{says(typeSLSA, provenance, func(n *node) { n.signer = &model.Signer{Kind: model.SignerKey, Name: "ci", Fingerprint: "sha256:1"} })}, "Builder mismatch"},
		"a summary by a listed pair":               {vsaRule, []node{says(typeVSA, summary)}, ""},
		"a summary by another signer":              {vsaRule, []node{says(typeVSA, summary, signer(func(s *model.Signer) { s.Name = "other" }))}, "is not listed as one who may speak for"},
		"a summary for another verifier":           {vsaRule, []node{says(typeVSA, strings.Replace(summary, "com/verifier", "com/other", 1))}, "is not listed as one who may speak for the verifier https://example.com/other"},
		"a summary that did not pass":              {vsaRule, []node{says(typeVSA, strings.Replace(summary, "PASSED", "FAILED", 1))}, `says "FAILED" and not PASSED`},
		"a summary about another image":            {vsaRule, []node{says(typeVSA, strings.Replace(summary, "acme/app", "acme/apple", 1))}, "is about the resource"},
		"a summary about the resource in the file": {strings.Replace(vsaRule, "signer: ci", "signer: ci, resource: 'pkg:x'", 1), []node{says(typeVSA, strings.Replace(summary, "https://ghcr.io/acme/app:1", "pkg:x", 1))}, ""},

		// Everything together, and what is missing of it.
		"all that is asked":         {"require_signature: true, require: [sbom], " + scaiRules1, []node{good, says(typeSPDX, spdx), says(typeSCAI, scan(passed, clean))}, ""},
		"all but one that is asked": {"require_signature: true, require: [sbom], " + scaiRules1, []node{good, says(typeSPDX, spdx)}, "has no SCAI attestation"},
		"an attestation that nobody judged, beside what is enough": {"require: [sbom]", []node{says(typeSPDX, spdx), says(typeSCAI, scan(passed, clean), stands(model.Unchecked))}, "1 of what is attached was not verified"},
	} {
		t.Run(name, func(t *testing.T) {
			f := policyOf(t, c.policy)
			answer := f.Judge(indexOf(c.nodes...), image+":1", today)
			if answer.Satisfied != (c.want == "") || answer.Satisfied != (len(answer.Reasons) == 0) {
				t.Fatalf("satisfied: %v, reasons %q, requirements %+v", answer.Satisfied, answer.Reasons, answer.Requirements)
			}
			if !strings.Contains(strings.Join(answer.Reasons, "\n"), c.want) {
				t.Errorf("reasons %q, want %q", answer.Reasons, c.want)
			}
			if answer.Path != "policy.yaml" || answer.SHA256 != f.sum || len(answer.Requirements) == 0 {
				t.Errorf("%+v", answer)
			}
			for _, r := range answer.Requirements {
				if r.Message == "" || r.Wants == "" || r.ID == "" || answer.Satisfied && r.Status != model.RequirementMet {
					t.Errorf("requirement %+v", r)
				}
			}
		})
	}
}

func nest(typ string, about model.Digest) func(*node) {
	return func(n *node) {
		n.nested = &model.Statement{
			Type: model.StatementV1, PredicateType: typ,
			Subjects: []model.Subject{{Digests: []model.NamedDigest{{Algorithm: about.Algorithm(), Value: about.Hex()}}}},
		}
	}
}
