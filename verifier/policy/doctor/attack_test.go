package doctor

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

func TestNoCorrectionIsShownThatLeavingOutGetsPast(t *testing.T) {
	t.Parallel()
	tree := image(t, attests(typeSCAI, scanned, nested))
	rules := examine(t, "p.rego", "package signature\nimport rego.v1\n\nallow if not input.predicate.attributes[0].attribute == \"MCP_SECURITY_SCAN_FAILED\"\n", tree)
	if rules[0].Result != diagnosis.Undefined || !strings.Contains(findings(rules), "nested-statement") {
		t.Errorf("%s: %s (%s)", rules[0].Result, rules[0].Message, findings(rules))
	}
	if c := correction(rules); c != nil {
		t.Errorf("a correction that lets pass whatever has no attribute: %s", c.Text)
	}
}

func TestKyvernoSeesNothingThatARegistryDoesNotList(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer("https://github.com/actions\n", issuerActions+"\n", "- imageReferences", "- type: SigstoreBundle\n          imageReferences").Replace(kyvernoFlat)
	at := func(found model.Found) diagnosis.Result {
		return examine(t, "p.yaml", text, image(t, attests(typeSCAI, scanned, func(n *node) { n.found = found })))[0].Result
	}
	if got := at(model.FoundReferrersAPI); got != diagnosis.Met {
		t.Errorf("%s on a referrer", got)
	}
	if got := at(model.FoundGitHub); got != diagnosis.NotMet {
		t.Errorf("%s on what only GitHub has", got)
	}
	rules := examine(t, "p.yaml", text, image(t, attests(typeSCAI, scanned, func(n *node) { n.found = model.FoundGitHub })))
	if said := findings(rules); !strings.Contains(said, "kyverno-unlisted") || strings.Contains(said, "kyverno-type") {
		t.Errorf("said of it: %s", said)
	}
}
