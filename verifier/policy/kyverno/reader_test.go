package kyverno

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

func TestWhatIsNotEvaluatedIsNamedWithItsLine(t *testing.T) {
	t.Parallel()
	good := policy(attested(`{key: "{{ kind }}", operator: Equals, value: x}`))
	for name, c := range map[string]struct{ from, to, want string }{
		"another kind of rule":        {"      verifyImages:", "      validate: {pattern: {}}\n      verifyImages:", `spec.rules[0].validate`},
		"an unknown field of spec":    {"  rules:", "  applyRules: One\n  rules:", "spec.applyRules"},
		"what narrows a rule":         {"match: {any:", "exclude: {}\n      match: {any:", "spec.rules[0].exclude"},
		"what narrows resources":      {"kinds: [Pod]", "kinds: [Pod], namespaces: [x]", "resources.namespaces"},
		"a field of an entry":         {"type: SigstoreBundle", "repository: x\n          type: SigstoreBundle", "verifyImages[0].repository"},
		"notation":                    {"type: SigstoreBundle", "type: Notary", "verifyImages[0].type"},
		"roots of an attestor":        {"keyless: {", "keyless: {roots: x, ", "entries[0].keyless.roots"},
		"another log":                 {"keyless: {", "keyless: {rekor: {url: \"https://log.example\"}, ", "keyless.rekor.url"},
		"a key that is elsewhere":     {"keyless: " + keyless, "keys: {kms: \"awskms://x\"}", "keys.kms"},
		"a certificate":               {"keyless: " + keyless, "certificates: {cert: x}", "entries[0].certificates"},
		"another kind of policy":      {"kind: ClusterPolicy", "kind: ImageValidatingPolicy", "kind"},
		"another version":             {"kyverno.io/v1\n", "policies.kyverno.io/v1alpha1\n", "written in CEL"},
		"a field that is there twice": {"type: SigstoreBundle", "type: SigstoreBundle\n          type: Cosign", "verifyImages[0].type"},
		"an expression over nothing":  {"{{ kind }}", "{{ }}", "key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, c.from, c.to, 1)
			if text == good {
				t.Fatal("nothing was changed")
			}
			list := judge(t, text, Image{Nodes: []Node{scan(t, passed)}})
			named := false
			for _, o := range list {
				if o.Result == diagnosis.Met {
					t.Errorf("%s is met", o.Path)
				}
				named = named || o.Result == diagnosis.Unsupported && strings.Contains(o.Message, c.want) && o.Line > 0
			}
			if !named {
				t.Errorf("%s is not named: %+v", c.want, list)
			}
		})
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x]\n")
	for i := range 30 {
		fmt.Fprintf(&bomb, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	for name, text := range map[string]string{
		"aliases that multiply":  bomb.String(),
		"tags":                   "apiVersion: !!binary a3l2ZXJuby5pby92MQ==\n",
		"nesting without an end": strings.Repeat("[", 10000),
		"much too much":          strings.Repeat("# padding\n", maxFile/10+1),
		"no text":                "\xff\xfe\x00",
		"many documents":         strings.Repeat("---\na: 1\n", maxPolicy+1),
		"no YAML":                "a: [",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := Parse("p.yaml", []byte(text)); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func TestARuleAboutTheResourceIsNotSaidToBeAboutAttestations(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"validate", "mutate", "generate"} {
		if said := notEvaluated("document[0].spec.rules[3].", field); !strings.Contains(said, "about the resource") {
			t.Errorf("%s of a rule: %s", field, said)
		}
		if said := notEvaluated("document[0].spec.rules[3].verifyImages[0].", field); strings.Contains(said, "about the resource") {
			t.Errorf("%s of images: %s", field, said)
		}
	}
}
