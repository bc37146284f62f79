package doctor

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// The policies here have the mistakes of published ones, written anew from what is wrong with them.
const (
	denyOthers = `package scans

deny[reason] {
	entry := input.predicate.attributes[_]
	entry.attribute != "MCP_SECURITY_SCAN_PASSED"
	reason := sprintf("scan: %v", [entry.attribute])
}
`
	wrongPackage = `package sigstore

default allow = false

allow {
	input.predicateTypes[_] == "https://slsa.dev/provenance/v1"
	input.predicate.builder.id == "https://github.com/actions/runner/github-hosted"
}
`
	oldDates = `package signature
import rego.v1

default allow := false

allow if {
	input.predicateType == "https://slsa.dev/provenance/v1"
	finished := time.parse_rfc3339_ns(input.predicate.metadata.buildFinishedOn)
	time.now_ns() - finished < 7776000000000000
}
`
	kyvernoFlat = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: scans
spec:
  rules:
    - name: passed
      match:
        any:
          - resources:
              kinds: [Pod]
      verifyImages:
        - imageReferences: ["ghcr.io/acme/*"]
          attestations:
            - type: https://in-toto.io/attestation/scai/attribute-report/v0.2
              attestors:
                - entries:
                    - keyless:
                        issuer: https://github.com/actions
                        subject: https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main
              conditions:
                - all:
                    - key: "{{ attributes[0].attribute }}"
                      operator: Equals
                      value: MCP_SECURITY_SCAN_PASSED
`
	gateway = `signing_policy:
  require_signature: true
  trusted_keys:
    - keyless: true
      issuer: "https://github.com/actions"
      subject: "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
`
)

func TestPublishedPoliciesThatCannotWorkAreDiagnosed(t *testing.T) {
	t.Parallel()
	scan, built := attests(typeSCAI, scanned, nested), attests(typeSLSA, provenance)
	for name, c := range map[string]struct {
		file, text string
		nodes      []node
		first      diagnosis.Result
		ids        []string
		corrected  diagnosis.Result // "" for none
		lines      []string         // of the corrected text
	}{
		"a deny over what is nested fails open": {
			"p.rego", denyOthers, []node{scan, built}, diagnosis.Undefined,
			[]string{"rego-v0", "any-other-denies", "fails-open", "nested-statement"}, diagnosis.Met,
			[]string{"input.predicate.predicate.attributes[_]", "count(input.predicate.predicate.attributes) == 0"}},
		"a package that no tool asks, and fields that are not there": {
			"p.rego", wrongPackage, []node{scan, built}, diagnosis.Undefined,
			[]string{"nobody-asks", "no-such-field"}, diagnosis.Met,
			[]string{"package signature", "input.predicateType ==", "input.predicate.runDetails.builder.id"}},
		"dates by their names in another version": {
			"p.rego", oldDates, []node{scan, built}, diagnosis.Undefined, []string{"other-version"}, diagnosis.Met,
			[]string{"input.predicate.runDetails.metadata.finishedOn"}},
		"dates by those names, where other types have metadata too": {
			"p.rego", strings.Replace(oldDates, "\tinput.predicateType == \"https://slsa.dev/provenance/v1\"\n", "", 1),
			[]node{attests("https://cyclonedx.org/bom", `{"metadata":{"timestamp":"x"}}`), built}, diagnosis.Undefined, []string{"other-version"}, diagnosis.Met,
			[]string{"input.predicate.runDetails.metadata.finishedOn"}},
		"dates that are too old by any name": {
			"p.rego", strings.Replace(oldDates, "7776000000000000", "7776000", 1), []node{built}, diagnosis.Undefined, []string{"other-version"},
			diagnosis.NotMet, []string{"input.predicate.runDetails.metadata.finishedOn"}},
		"what cosign does not parse": {
			"p.rego", strings.Replace(oldDates, "import rego.v1\n", "", 1), []node{built}, diagnosis.Undefined, []string{"other-version", "rego-v1"}, diagnosis.Met,
			[]string{"package signature\nimport rego.v1\n", "input.predicate.runDetails.metadata.finishedOn"}},
		"what cosign does not parse, and holds": {
			"p.rego", "package signature\nallow if input.predicateType == \"https://slsa.dev/provenance/v1\"\n", []node{built}, diagnosis.NotMet, []string{"rego-v1"},
			diagnosis.Met, []string{"package signature\nimport rego.v1\n"}},
		"the wrong package, in what cosign does not parse": {
			"p.rego", "package sigstore\nallow if input.predicateType == \"https://slsa.dev/provenance/v1\"\n", []node{built}, diagnosis.Met, []string{"nobody-asks"},
			diagnosis.Met, []string{"package signature\nimport rego.v1\n"}},
		"a deny in the package of which cosign asks for allow": {
			"p.rego", "package signature\ndeny[m] { input.predicateType == \"x\"; m := \"x\" }\n", []node{built}, diagnosis.Met, []string{"nobody-asks"}, "", nil},
		"Rego in a file that cosign refuses": {
			"policy.yaml", wrongPackage, []node{built}, diagnosis.Undefined, []string{"cosign-refuses-file", "nobody-asks"}, diagnosis.Met, nil},
		"Kyverno on bundles, with an issuer that is none and a flat path": {
			"p.yaml", kyvernoFlat, []node{scan}, diagnosis.NotMet,
			[]string{"kyverno-type", "not-an-issuer", "nested-statement"}, diagnosis.Met,
			[]string{"type: SigstoreBundle", "issuer: https://token.actions.githubusercontent.com", "{{ predicate.attributes[0].attribute }}"}},
		"a gateway's policy with an issuer that is none": {
			"p.yaml", gateway, []node{signature()}, diagnosis.Unsupported, []string{"not-an-issuer"}, diagnosis.Met,
			[]string{"- name: trusted-1", "      keyless: true", `issuer: "https://token.actions.githubusercontent.com"`}},
		"the same on an image that is not signed so": {
			"p.yaml", gateway, []node{scan}, diagnosis.Unsupported, []string{"not-an-issuer"}, diagnosis.NotMet, nil},
		"a gateway's policy that lets in everybody": {
			"p.yaml", strings.Replace(gateway, `subject: "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"`, `subject_regexp: ".*"`, 1),
			[]node{signature()}, diagnosis.Unsupported, []string{"not-an-issuer"}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := examine(t, c.file, c.text, image(t, c.nodes...))
			if rules[0].Result != c.first {
				t.Errorf("%s: %s", rules[0].Result, rules[0].Message)
			}
			for _, id := range c.ids {
				if !strings.Contains(" "+findings(rules)+" ", " "+id+" ") {
					t.Errorf("%s is not among %s", id, findings(rules))
				}
			}
			if (diagnosis.Examination{Rules: rules}).Satisfied() {
				t.Error("it is satisfied as it is")
			}
			got := correction(rules)
			if (got == nil) != (c.corrected == "") {
				t.Fatalf("correction %+v", got)
			}
			if got == nil {
				return
			}
			if got.Result != c.corrected || len(got.Changes) == 0 {
				t.Errorf("%s, changes %d", got.Result, len(got.Changes))
			}
			if passes := got.Result == diagnosis.Met || got.Passing != ""; passes != (len(got.Tampered) > 0) {
				t.Errorf("%s, passing %q, tried on %v", got.Result, got.Passing, got.Tampered)
			}
			for _, line := range c.lines {
				if !strings.Contains(got.Text, line) {
					t.Errorf("%q is not in\n%s", line, got.Text)
				}
			}
		})
	}
}

// What is proposed is held against images that say the contrary, apart from the doctor's own copies.
func TestACorrectedPolicyRefusesWhatSaysTheContrary(t *testing.T) {
	t.Parallel()
	bad := map[string]node{
		"a scan that failed":       attests(typeSCAI, failed, nested),
		"a scan without a result":  attests(typeSCAI, `{}`, nested),
		"a scan with no attribute": attests(typeSCAI, `{"attributes":[]}`, nested),
		"a scan by a stranger":     attests(typeSCAI, scanned, nested, by("https://github.com/evil/app/.github/workflows/release.yml@refs/heads/main"), untrusted),
	}
	for name, c := range map[string]struct{ file, text string }{
		"rego": {"p.rego", denyOthers}, "kyverno": {"p.yaml", kyvernoFlat},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fixed := correction(examine(t, c.file, c.text, image(t, attests(typeSCAI, scanned, nested))))
			if fixed == nil {
				t.Fatal("nothing is proposed")
			}
			if rules := examine(t, c.file, fixed.Text, image(t, attests(typeSCAI, scanned, nested))); !(diagnosis.Examination{Rules: rules}).Satisfied() {
				t.Errorf("it is not met on the image itself: %+v", rules)
			}
			for what, n := range bad {
				if rules := examine(t, c.file, fixed.Text, image(t, n)); (diagnosis.Examination{Rules: rules}).Satisfied() {
					t.Errorf("%s is let through", what)
				}
			}
		})
	}
}

func TestNothingIsProposedThatATamperedCopyPasses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"only what is there is counted": "package signature\nallow if count(bad) == 0\nbad contains a if { some a in input.predicate.attributes; a.attribute == \"MCP_SECURITY_SCAN_FAILED\" }",
		"a path that is only printed":   "package x\ndeny contains m if { m := input.predicate.attributes[0].attribute; m == \"never\" }",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := correction(examine(t, "p.rego", text, image(t, attests(typeSCAI, scanned, nested)))); got != nil {
				t.Errorf("proposed, tried on %v:\n%s", got.Tampered, got.Text)
			}
		})
	}
}

// A policy that refuses the image refuses its copies too: that says nothing. What counts is a copy that it lets pass.
func TestACorrectionThatIsNotMetIsTriedOnACopyThatItLetsPass(t *testing.T) {
	t.Parallel()
	const wants = "package signature\nimport rego.v1\nallow if input.predicate.builder.id == \"https://example.com/builder\""
	got := correction(examine(t, "p.rego", wants, image(t, attests(typeSLSA, provenance))))
	if got == nil || got.Result != diagnosis.NotMet || !strings.Contains(got.Passing, "https://example.com/builder") || len(got.Tampered) == 0 {
		t.Fatalf("%+v", got)
	}
	for _, says := range got.Tampered {
		if strings.Contains(says, "github-hosted") {
			t.Errorf("a copy of the image was refused, as the image is: %s", says)
		}
	}
	scan := strings.Replace(kyvernoGood(), "value: MCP_SECURITY_SCAN_PASSED", "value: OTHER", 1)
	flat := strings.Replace(scan, "{{ predicate.attributes", "{{ attributes", 1)
	if got := correction(examine(t, "p.yaml", flat, image(t, attests(typeSCAI, scanned, nested)))); got == nil || got.Result != diagnosis.NotMet || len(got.Tampered) > 0 {
		t.Errorf("Kyverno: %+v", got)
	}
}

// Kyverno lets an empty list pass, whatever is asked of all that is in it: no correction may say that it is refused.
func TestACopyThatKyvernoLetsPassWithoutLookingIsNotRefused(t *testing.T) {
	t.Parallel()
	every := strings.NewReplacer("{{ attributes[0].attribute", "{{ attributes[*].attribute", "operator: Equals", "operator: AllIn",
		"value: MCP_SECURITY_SCAN_PASSED", "value: [MCP_SECURITY_SCAN_PASSED]").Replace(kyvernoFlat)
	if got := correction(examine(t, "p.yaml", every, image(t, attests(typeSCAI, scanned, nested)))); got != nil {
		t.Errorf("proposed, tried on %v", got.Tampered)
	}
}

func TestWhoIsTrustedDecides(t *testing.T) {
	t.Parallel()
	const good = "package signature\nimport rego.v1\nallow if input.predicate.attributes[0].attribute == \"MCP_SECURITY_SCAN_PASSED\""
	for name, c := range map[string]struct {
		nodes []node
		want  diagnosis.Result
		would bool
	}{
		"a trusted one":                        {[]node{attests(typeSCAI, scanned)}, diagnosis.Met, false},
		"one that the reader does not trust":   {[]node{attests(typeSCAI, scanned, untrusted)}, diagnosis.NotMet, true},
		"a bad one beside it is not looked at": {[]node{attests(typeSCAI, scanned), attests(typeSCAI, failed, untrusted)}, diagnosis.Met, false},
		"an invalid one is no evidence":        {[]node{attests(typeSCAI, scanned, invalid)}, diagnosis.Undefined, false},
		"nothing attached":                     {nil, diagnosis.Undefined, false},
		"a key that is there twice": {
			[]node{attests(typeSCAI, `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED"}],"attributes":[]}`)}, diagnosis.Undefined, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := examine(t, "p.rego", good, image(t, c.nodes...))
			if rules[0].Result != c.want || rules[0].WouldBe != c.would {
				t.Errorf("%s, would be %t: %s", rules[0].Result, rules[0].WouldBe, rules[0].Message)
			}
		})
	}
}

func TestOneOfATypeBreaksCosignsAnswerForAll(t *testing.T) {
	t.Parallel()
	rules := examine(t, "p.rego", "package signature\nimport rego.v1\nallow if input.predicate.attributes[0].attribute == \"MCP_SECURITY_SCAN_PASSED\"",
		image(t, attests(typeSCAI, scanned), attests(typeSCAI, failed)))
	if len(rules) != 2 || !strings.Contains(findings(rules), "one-breaks-all") || (diagnosis.Examination{Rules: rules}).Satisfied() {
		t.Errorf("%s: %+v", findings(rules), rules)
	}
}

func TestASimilarPredicateTypeIsNamed(t *testing.T) {
	t.Parallel()
	rules := examine(t, "p.rego", "package signature\nimport rego.v1\nallow if input.predicateType == \"https://slsa.dev/provenance/v0.2\"",
		image(t, attests(typeSLSA, provenance)))
	if rules[0].Result != diagnosis.Undefined || !strings.Contains(findings(rules), "similar-type") {
		t.Errorf("%s: %s", rules[0].Result, findings(rules))
	}
	if rules := examine(t, "p.yaml", strings.Replace(kyvernoFlat, typeSCAI, "https://in-toto.io/attestation/scai/v0.3", 1),
		image(t, attests(typeSCAI, scanned, nested))); !strings.Contains(findings(rules), "similar-type") {
		t.Errorf("Kyverno: %s", findings(rules))
	}
}

func TestASigningPolicyIsTheReadersOwnOrNotJudged(t *testing.T) {
	t.Parallel()
	text := strings.Replace(strings.Replace(gateway, "https://github.com/actions", issuerActions, 1), "- keyless", "- name: ci\n      keyless", 1)
	if rules := examine(t, "p.yaml", text, image(t, signature())); rules[0].Result != diagnosis.Unsupported {
		t.Errorf("somebody else's is %s", rules[0].Result)
	}
	tree := image(t, signature(), signature(by(skills), untrusted))
	answer := model.PolicyAnswer{Satisfied: true, Requirements: []model.Requirement{{ID: "signature", Status: model.RequirementMet, Message: "yes"}}}
	got := Examine(t.Context(), []File{{"p.yaml", []byte(text)}}, tree, Options{Now: now, Own: "p.yaml", Answer: answer})
	if !got.Satisfied() || !strings.Contains(findings(got.Rules), "other-workflow") {
		t.Errorf("%s: %+v", findings(got.Rules), got.Rules)
	}
}
