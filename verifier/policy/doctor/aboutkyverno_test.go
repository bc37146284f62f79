package doctor

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// kyvernoGood is kyvernoFlat without its mistakes.
func kyvernoGood() string {
	return strings.NewReplacer("https://github.com/actions", issuerActions, "{{ attributes", "{{ predicate.attributes",
		"        - imageReferences:", "        - type: SigstoreBundle\n          imageReferences:").Replace(kyvernoFlat)
}

func TestWhatKyvernoWouldLetPassIsSaid(t *testing.T) {
	t.Parallel()
	subject := "subject: https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
	scan := attests(typeSCAI, scanned, nested)
	for name, c := range map[string]struct {
		from, to string
		met      bool
		id       string
	}{
		"as it should be":                  {"p", "p", true, ""},
		"it only reports":                  {"type: SigstoreBundle", "type: SigstoreBundle\n          failureAction: Audit", true, "audit-only"},
		"it does not insist":               {"type: SigstoreBundle", "type: SigstoreBundle\n          required: false", true, "not-required"},
		"whoever does not answer":          {"  rules:", "  failurePolicy: Ignore\n  rules:", true, "failure-ignored"},
		"a tag that may move":              {"type: SigstoreBundle", "type: SigstoreBundle\n          mutateDigest: false\n          verifyDigest: false", true, "tag-stays"},
		"no log":                           {"keyless:\n", "keyless:\n                        rekor: {ignoreTlog: true}\n", false, "log-ignored"},
		"no proof of being logged":         {"keyless:\n", "keyless:\n                        ctlog: {ignoreSCT: true}\n", false, "matches-nobody"},
		"no proof of anything":             {"keyless:\n", "keyless:\n                        ctlog: {ignoreSCT: true}\n                        rekor: {ignoreTlog: true}\n", false, "matches-nobody"},
		"an attestation for a signature":   {"          attestations:", "          attestors: [{entries: [{keyless: {issuer: \"" + issuerActions + "\", " + subject + "}}]}]\n          attestations:", true, "attestation-for-signature"},
		"no subject, with bundles":         {subject, "issuerRegExp: token", false, "matches-nobody"},
		"every issuer at tags":             {"issuer: " + issuerActions, "issuer: \"https://*\"", false, "not-an-issuer"},
		"nobody named, with bundles":       {"              attestors:", "              conditions: []\n              x:", false, ""},
		"a subject that everybody matches": {subject, "subjectRegExp: .*", true, "matches-everybody"},
		"a subject without a ref":          {"@refs/heads/main", "", false, "matches-nobody"},
		"a pattern with open ends":         {subject, "subjectRegExp: acme/app", true, "unanchored-pattern"},
		"a value for what is not there":    {"{{ predicate.attributes[0].attribute }}", "{{ predicate.state || 'MCP_SECURITY_SCAN_PASSED' }}", false, "fails-open"},
		"a pattern for tags alone":         {`"ghcr.io/acme/*"`, `"ghcr.io/acme/*:*"`, true, ""},
		"a pattern for one tag":            {`"ghcr.io/acme/*"`, `"ghcr.io/acme/app:1"`, true, "by-another-name"},
		"a predicate that is the root":     {"{{ predicate.attributes", "{{ predicate.predicate.attributes", false, "predicate-is-root"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := examine(t, "p.yaml", strings.Replace(kyvernoGood(), c.from, c.to, 1), image(t, scan))
			if met := (diagnosis.Examination{Rules: rules}).Satisfied(); met != c.met {
				t.Errorf("met %t: %+v", met, rules)
			}
			if ids := strings.Fields(findings(rules)); c.id != "" && !slices.Contains(ids, c.id) {
				t.Errorf("%s is not among %v", c.id, ids)
			}
		})
	}
}

func TestARootThatKyvernoHasToBeGivenIsSaid(t *testing.T) {
	t.Parallel()
	for root, want := range map[string]bool{"": false, publicGood: false, "github": true, "our own": true} {
		rules := examine(t, "p.yaml", kyvernoGood(), image(t, attests(typeSCAI, scanned, nested, func(n *node) { n.root = root })))
		if got := strings.Contains(findings(rules), "kyverno-root"); got != want {
			t.Errorf("%q: said %t", root, got)
		}
	}
}
