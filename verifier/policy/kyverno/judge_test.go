package kyverno

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

const (
	actions  = "https://token.actions.githubusercontent.com"
	release  = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
	scanType = "https://example.com/scan/v1"
)

// policy is a ClusterPolicy with one entry of verifyImages.
func policy(entry string) string {
	lines := strings.Split(strings.TrimSpace(entry), "\n")
	return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p}
spec:
  validationFailureAction: Enforce
  rules:
    - name: r
      match: {any: [{resources: {kinds: [Pod]}}]}
      verifyImages:
        - ` + strings.Join(lines, "\n          ") + "\n"
}

// about is an entry for our image, by the release workflow, with bundles.
func about(more string) string {
	return `imageReferences: ["ghcr.io/acme/*"]
type: SigstoreBundle
` + more
}

const keyless = `{issuer: "` + actions + `", subject: "` + release + `"}`

func attested(condition string) string {
	return about(`attestations:
  - type: ` + scanType + `
    attestors: [{entries: [{keyless: ` + keyless + `}]}]
    conditions:
      - all:
          - ` + condition)
}

func signer() model.Signer {
	return model.Signer{Kind: model.SignerCertificate, Issuer: actions, Subject: release, Fingerprint: "sha256:1"}
}

func bundle(change ...func(*Node)) Node {
	n := Node{ID: "sha256:sig", Trusted: true, Signature: true, Signer: signer(), Bundle: true, Referrer: true, Size: 1000}
	for _, c := range change {
		c(&n)
	}
	return n
}

func scan(t testing.TB, predicate string, change ...func(*Node)) Node {
	t.Helper()
	n := Node{ID: "sha256:scan", Trusted: true, Type: scanType, Signer: signer(), Bundle: true, Referrer: true, Size: 1000}
	if err := json.Unmarshal([]byte(`{"predicate":`+predicate+`}`), &n.Statement); err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(&n)
	}
	return n
}

func untrusted(n *Node) { n.Trusted = false }
func atTag(n *Node)     { n.Bundle, n.Referrer, n.AtTag = false, false, true }
func by(subject string) func(*Node) {
	return func(n *Node) { n.Signer.Subject = subject }
}

func worst(list []Outcome) Outcome {
	return slices.MaxFunc(list, func(a, b Outcome) int { return severity(a) - severity(b) })
}

func judge(t testing.TB, text string, image Image) []Outcome {
	t.Helper()
	f, err := Parse("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if image.References == nil {
		image.References = []string{"ghcr.io/acme/app:1", "ghcr.io/acme/app@sha256:0"}
	}
	list := f.Judge(image)
	if len(list) == 0 {
		t.Fatal("no outcome")
	}
	return list
}

const passed = `{"attributes":[{"attribute":"PASSED","count":3}],"kind":"x","age":"36h","ok":true,"names":["a","b"],"none":[],"star":"*","inject":"{{ kind }}","mixed":["a",1],"single":["a"]}`

func TestConditions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		condition string
		want      diagnosis.Result
	}{
		"equal texts":                    {`{key: "{{ attributes[0].attribute }}", operator: Equals, value: PASSED}`, diagnosis.Met},
		"texts that differ":              {`{key: "{{ kind }}", operator: Equals, value: z}`, diagnosis.NotMet},
		"a pattern":                      {`{key: "{{ attributes[0].attribute }}", operator: Equals, value: "PASS*"}`, diagnosis.Met},
		"not equal":                      {`{key: "{{ kind }}", operator: NotEquals, value: z}`, diagnosis.Met},
		"a truth value":                  {`{key: "{{ ok }}", operator: Equals, value: true}`, diagnosis.Met},
		"a truth value as a text":        {`{key: "{{ ok }}", operator: Equals, value: "true"}`, diagnosis.NotMet},
		"a number":                       {`{key: "{{ attributes[0].count }}", operator: Equals, value: 3}`, diagnosis.Met},
		"more than":                      {`{key: "{{ attributes[0].count }}", operator: GreaterThan, value: 2}`, diagnosis.Met},
		"not more than itself":           {`{key: "{{ attributes[0].count }}", operator: GreaterThan, value: 3}`, diagnosis.NotMet},
		"at most":                        {`{key: "{{ attributes[0].count }}", operator: LessThanOrEquals, value: "3"}`, diagnosis.Met},
		"a duration":                     {`{key: "{{ age }}", operator: LessThan, value: 48h}`, diagnosis.Met},
		"a function of JMESPath":         {`{key: "{{ length(attributes) }}", operator: Equals, value: 1}`, diagnosis.Met},
		"a filter":                       {`{key: "{{ attributes[?attribute=='PASSED'].count | [0] }}", operator: Equals, value: 3}`, diagnosis.Met},
		"in a list":                      {`{key: "{{ kind }}", operator: AnyIn, value: [x, z]}`, diagnosis.Met},
		"all in a list":                  {`{key: "{{ names }}", operator: AllIn, value: [a, b, c]}`, diagnosis.Met},
		"one not in a list":              {`{key: "{{ names }}", operator: AllIn, value: [a]}`, diagnosis.NotMet},
		"none of a list":                 {`{key: "{{ names }}", operator: AllNotIn, value: [c]}`, diagnosis.Met},
		"an empty list decides nothing":  {`{key: "{{ none }}", operator: AllNotIn, value: [c]}`, diagnosis.Undefined},
		"what is not there":              {`{key: "{{ nowhere.at.all }}", operator: Equals, value: x}`, diagnosis.Undefined},
		"not equal to what is not there": {`{key: "{{ nowhere }}", operator: NotEquals, value: x}`, diagnosis.Undefined},
		"a default for it":               {`{key: "{{ nowhere || 'x' }}", operator: Equals, value: x}`, diagnosis.Met},
		"a text around an expression":    {`{key: "is-{{ kind }}", operator: Equals, value: is-x}`, diagnosis.Met},
		"Kyverno's own function":         {`{key: "{{ time_since('', age, '') }}", operator: LessThan, value: 1h}`, diagnosis.Unsupported},
		"the request":                    {`{key: "{{ request.operation }}", operator: Equals, value: CREATE}`, diagnosis.Unsupported},
		"an operator of nobody":          {`{key: "{{ kind }}", operator: Is, value: x}`, diagnosis.Unsupported},
		"a range":                        {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: "1-3"}`, diagnosis.Met},
		"out of a range":                 {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: "4-9"}`, diagnosis.NotMet},
		"versions":                       {`{key: "1.2.3", operator: GreaterThan, value: "1.2.0"}`, diagnosis.Met},
		"an expression that is none":     {`{key: "{{ a..b }}", operator: Equals, value: x}`, diagnosis.Unsupported},
		"not equal to another kind":      {`{key: "{{ ok }}", operator: NotEquals, value: "false"}`, diagnosis.Undefined},
		"a text, not equal to a number":  {`{key: "{{ kind }}", operator: NotEquals, value: 5}`, diagnosis.Undefined},
		"a list, not equal to a text":    {`{key: "{{ names }}", operator: NotEquals, value: z}`, diagnosis.Undefined},
		"a number, not equal to a word":  {`{key: "{{ attributes[0].count }}", operator: NotEquals, value: z}`, diagnosis.Undefined},
		"none of a text":                 {`{key: "{{ kind }}", operator: AllNotIn, value: z}`, diagnosis.Met},
		"a truth value in a list":        {`{key: "{{ ok }}", operator: AnyNotIn, value: ["false"]}`, diagnosis.Met},
		"a text in a number":             {`{key: "{{ attributes[0].count }}", operator: AnyIn, value: 3}`, diagnosis.NotMet},
		"a number that is large":         {`{key: 1000000, operator: AnyNotIn, value: ["1000000"]}`, diagnosis.NotMet},
		"an object with an expression":   {`{key: {a: "{{ kind }}"}, operator: NotEquals, value: {a: x}}`, diagnosis.NotMet},
		"a name that is an expression":   {`{key: {"{{ kind }}": x}, operator: NotEquals, value: {a: x}}`, diagnosis.Unsupported},
		"yes, which is true to others":   {`{key: "{{ ok }}", operator: NotEquals, value: no}`, diagnosis.Unsupported},
		"octal, to some":                 {`{key: "{{ attributes[0].count }}", operator: LessThan, value: 010}`, diagnosis.Unsupported},
		"yes as a text":                  {`{key: "{{ kind }}", operator: NotEquals, value: "yes"}`, diagnosis.Met},
		"the request, further in":        {`{key: "{{ not_null(request.operation, 'x') }}", operator: Equals, value: x}`, diagnosis.Unsupported},
		"a field called request":         {`{key: "{{ attributes[0].request || 'x' }}", operator: Equals, value: x}`, diagnosis.Met},
		"a pattern in what is there":     {`{key: "{{ star }}", operator: AnyIn, value: [a, b]}`, diagnosis.Undefined},
		"a * that is asked for":          {`{key: "{{ star }}", operator: AnyIn, value: ["*"]}`, diagnosis.Met},
		"a pattern from what is there":   {`{key: z, operator: Equals, value: "{{ star }}"}`, diagnosis.Undefined},
		"an expression in what is there": {`{key: "{{ inject }}", operator: NotEquals, value: z}`, diagnosis.Unsupported},
		"an expression that is escaped":  {`{key: '\{{ kind }}', operator: Equals, value: x}`, diagnosis.Unsupported},
		"a reference":                    {`{key: "$(./../key)", operator: Equals, value: x}`, diagnosis.Unsupported},
		"a list with a number, to In":    {`{key: "{{ mixed }}", operator: In, value: [a, b]}`, diagnosis.Undefined},
		"NotIn of one text":              {`{key: "{{ single }}", operator: NotIn, value: a}`, diagnosis.Undefined},
		"no value":                       {`{key: "{{ kind }}", operator: Equals}`, diagnosis.Unsupported},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worst(judge(t, policy(attested(c.condition)), Image{Nodes: []Node{scan(t, passed)}}))
			if got.Result != c.want {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}

func TestWhoMustHaveSigned(t *testing.T) {
	t.Parallel()
	entry := func(e string) string { return about("attestors: [{entries: [{keyless: " + e + "}]}]") }
	two := func(count string) string {
		return about("attestors: [{" + count + "entries: [{keyless: " + keyless + `}, {keyless: {issuer: "` + actions + `", subject: other}}]}]`)
	}
	tag := func(e string) string { return strings.Replace(entry(e), "type: SigstoreBundle\n", "", 1) }
	for name, c := range map[string]struct {
		entry string
		nodes []Node
		want  diagnosis.Result
		would bool
	}{
		"the identity":                         {entry(keyless), []Node{bundle()}, diagnosis.Met, false},
		"nobody signed":                        {entry(keyless), nil, diagnosis.NotMet, false},
		"somebody else":                        {entry(keyless), []Node{bundle(by("stranger"))}, diagnosis.NotMet, false},
		"whom the reader does not trust":       {entry(keyless), []Node{bundle(untrusted)}, diagnosis.NotMet, true},
		"a * with bundles is only a *":         {entry(`{issuer: "` + actions + `", subject: "https://github.com/acme/*"}`), []Node{bundle()}, diagnosis.NotMet, false},
		"a * at a tag is a pattern":            {tag(`{issuer: "` + actions + `", subject: "https://github.com/acme/*"}`), []Node{bundle(atTag)}, diagnosis.Met, false},
		"a regular expression":                 {entry(`{issuer: "` + actions + `", subjectRegExp: "^https://github.com/acme/.*$"}`), []Node{bundle()}, diagnosis.Met, false},
		"a bundle that is looked for at a tag": {tag(keyless), []Node{bundle()}, diagnosis.NotMet, false},
		"a tag that is looked for as a bundle": {entry(keyless), []Node{bundle(atTag)}, diagnosis.NotMet, false},
		"both of two":                          {two(""), []Node{bundle()}, diagnosis.NotMet, false},
		"one of two":                           {two("count: 1, "), []Node{bundle()}, diagnosis.Met, false},
		"more than there are":                  {two("count: 3, "), []Node{bundle()}, diagnosis.Unsupported, false},
		"an attestation is no signature":       {entry(keyless), []Node{scan(t, passed)}, diagnosis.NotMet, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worst(judge(t, policy(c.entry), Image{Nodes: c.nodes}))
			if got.Result != c.want || got.WouldBe != c.would {
				t.Errorf("%s, would be %t: %s", got.Result, got.WouldBe, got.Message)
			}
		})
	}
}

func TestAKeyIsComparedAsKyvernoDoes(t *testing.T) {
	t.Parallel()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	text := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	entry := func(format string) string {
		return "imageReferences: [\"ghcr.io/*\"]\ntype: " + format + "\nattestors:\n  - entries:\n      - keys:\n          publicKeys: |-\n            " +
			strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n            ")
	}
	sum := sha256.Sum256(der)
	signed := func(change func(*Node)) Node {
		n := bundle(change)
		n.Signer = model.Signer{Kind: model.SignerKey, Fingerprint: "sha256:" + hex.EncodeToString(sum[:])}
		return n
	}
	if got := worst(judge(t, policy(entry("Cosign")), Image{Nodes: []Node{signed(atTag)}})); got.Result != diagnosis.Met {
		t.Errorf("at a tag: %s: %s", got.Result, got.Message)
	}
	if got := worst(judge(t, policy(entry("SigstoreBundle")), Image{Nodes: []Node{signed(func(*Node) {})}})); got.Result != diagnosis.NotMet {
		t.Errorf("as a bundle: %s: %s", got.Result, got.Message)
	}
	if got := worst(judge(t, policy(entry("Cosign")), Image{Nodes: []Node{bundle(atTag)}})); got.Result != diagnosis.NotMet {
		t.Errorf("another signer: %s: %s", got.Result, got.Message)
	}
}

func TestAttestations(t *testing.T) {
	t.Parallel()
	both := `attestations:
  - type: ` + scanType + `
    attestors: [{entries: [{keyless: ` + keyless + `}, {keyless: {issuer: "` + actions + `", subject: other}}]}]
    conditions:
      - all:
          - `
	same := `{key: "{{ kind }}", operator: Equals, value: x}`
	for name, c := range map[string]struct {
		entry string
		image Image
		want  diagnosis.Result
		would bool
	}{
		"one that says so":          {attested(same), Image{Nodes: []Node{scan(t, passed)}}, diagnosis.Met, false},
		"one of them that does not": {attested(same), Image{Nodes: []Node{scan(t, passed), scan(t, `{"kind":"y"}`)}}, diagnosis.NotMet, false},
		"another's that does not":   {attested(same), Image{Nodes: []Node{scan(t, passed), scan(t, `{"kind":"y"}`, by("other"))}}, diagnosis.Met, false},
		"one of two attestors whose says another thing": {
			about(both + same), Image{Nodes: []Node{scan(t, passed, by("other")), scan(t, `{"kind":"y"}`)}}, diagnosis.NotMet, false},
		"one of two attestors who is not trusted": {
			about(both + same), Image{Nodes: []Node{scan(t, passed, untrusted), scan(t, passed, by("other"))}}, diagnosis.NotMet, true},
		"both of two attestors": {
			about(both + same), Image{Nodes: []Node{scan(t, passed), scan(t, passed, by("other"))}}, diagnosis.Met, false},
		"one that is not trusted":           {attested(same), Image{Nodes: []Node{scan(t, passed, untrusted)}}, diagnosis.NotMet, true},
		"none":                              {attested(same), Image{}, diagnosis.Undefined, false},
		"only at a tag":                     {attested(same), Image{Nodes: []Node{scan(t, passed, atTag)}}, diagnosis.Undefined, false},
		"a predicate that is no object":     {attested(same), Image{Nodes: []Node{scan(t, `[]`)}}, diagnosis.Undefined, false},
		"more referrers than Kyverno reads": {attested(same), Image{Nodes: []Node{scan(t, passed)}, Referrers: 51}, diagnosis.NotMet, false},
		"a layer that is too large":         {attested(same), Image{Nodes: []Node{scan(t, passed, func(n *Node) { n.Size = MaxLayer + 1 })}}, diagnosis.NotMet, false},
		"another image":                     {attested(same), Image{Nodes: []Node{scan(t, passed)}, References: []string{"docker.io/library/alpine:3"}}, diagnosis.Undefined, false},
		"an image without a name":           {attested(same), Image{Nodes: []Node{scan(t, passed)}, References: []string{}}, diagnosis.Undefined, false},
		"an image that is left out": {
			"skipImageReferences: [\"ghcr.io/acme/app:*\"]\n" + attested(same), Image{Nodes: []Node{scan(t, passed)}}, diagnosis.Undefined, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worst(judge(t, policy(c.entry), c.image))
			if got.Result != c.want || got.WouldBe != c.would {
				t.Errorf("%s, would be %t: %s", got.Result, got.WouldBe, got.Message)
			}
		})
	}
}

func TestAlternativesStandForEachOther(t *testing.T) {
	t.Parallel()
	any2 := func(second string) string {
		return strings.Replace(attested(`{key: "{{ kind }}", operator: Equals, value: z}`), "all:", "any:", 1) + "\n          - " + second
	}
	image := Image{Nodes: []Node{scan(t, passed)}}
	for name, c := range map[string]struct {
		second string
		want   diagnosis.Result
	}{
		"the other is met":       {`{key: "{{ ok }}", operator: Equals, value: true}`, diagnosis.Met},
		"the other is not":       {`{key: "{{ ok }}", operator: Equals, value: false}`, diagnosis.NotMet},
		"the other is undefined": {`{key: "{{ nowhere }}", operator: Equals, value: false}`, diagnosis.Undefined},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := worst(judge(t, policy(any2(c.second)), image)); got.Result != c.want {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}

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
		"a log that is ignored":       {"keyless: {", "keyless: {rekor: {ignoreTlog: true}, ", "keyless.rekor.ignoreTlog"},
		"a key that is elsewhere":     {"keyless: " + keyless, "keys: {kms: \"awskms://x\"}", "keys.kms"},
		"a certificate":               {"keyless: " + keyless, "certificates: {cert: x}", "entries[0].certificates"},
		"another kind of policy":      {"kind: ClusterPolicy", "kind: ImageValidatingPolicy", "kind"},
		"another version":             {"kyverno.io/v1\n", "policies.kyverno.io/v1alpha1\n", "apiVersion"},
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
		"much too much":          strings.Repeat("# padding\n", MaxFile/10+1),
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

func TestWildcard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"a*c", "abbc", true}, {"a*c", "abbd", false}, {"a?c", "abc", true}, {"a?c", "ac", false},
		{"ghcr.io/*", "ghcr.io/a/b:1", true}, {"", "", true}, {"", "a", false}, {"*a*b*", "xaxbx", true}, {"a", "A", false},
	} {
		if got := Wildcard(c.pattern, c.text); got != c.want {
			t.Errorf("Wildcard(%q, %q) = %t", c.pattern, c.text, got)
		}
	}
}
