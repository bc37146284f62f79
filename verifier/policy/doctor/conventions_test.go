package doctor

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

// Every convention in use, in both versions of the language, on a scan that passed, on one that did not, and on none.
func TestEveryConventionInBothVersions(t *testing.T) {
	t.Parallel()
	const passed, other = `input.predicate.attributes[0].attribute == "MCP_SECURITY_SCAN_PASSED"`, `input.predicate.attributes[_].attribute == "MCP_SECURITY_SCAN_FAILED"`
	for name, text := range map[string]string{
		"cosign, v0":            "package signature\ndefault allow = false\nallow { " + passed + " }",
		"cosign, v1":            "package signature\nimport rego.v1\ndefault allow := false\nallow if " + passed,
		"policy-controller, v0": "package sigstore\ndefault isCompliant = false\nisCompliant { " + passed + " }",
		"policy-controller, v1": "package sigstore\nimport rego.v1\ndefault isCompliant := false\nisCompliant if " + passed,
		"an object, v1":         "package sigstore\nimport rego.v1\nisCompliant := {\"result\": ok, \"warning\": \"w\"}\nok := " + passed,
		"deny, v0":              "package dockyard.scans\ndeny[msg] { " + other + "; msg := \"failed\" }",
		"deny, v1":              "package dockyard.scans\nimport rego.v1\ndeny contains \"failed\" if " + other,
		"violation, v0":         "package x\nviolation[{\"msg\": m}] { " + other + "; m := \"failed\" }",
		"plain allow, v0":       "package x.y\nallow { " + passed + " }",
		"plain allow, v1":       "package x.y\nallow if " + passed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			on := func(body string) []diagnosis.Rule {
				return examine(t, "p.rego", text, image(t, attests(typeSCAI, body)))
			}
			if rules := on(scanned); !(diagnosis.Examination{Rules: rules}).Satisfied() {
				t.Errorf("a scan that passed: %+v", rules)
			}
			if rules := on(failed); rules[0].Result != diagnosis.NotMet {
				t.Errorf("one that did not: %+v", rules)
			}
			if rules := on(`{}`); rules[0].Result != diagnosis.Undefined {
				t.Errorf("one that says nothing: %+v", rules)
			}
			old := strings.HasSuffix(name, "v0")
			if said := slices.Contains(strings.Fields(findings(on(scanned))), "rego-v0"); said != old {
				t.Errorf("that it is v0 is said: %t", said)
			}
		})
	}
}
