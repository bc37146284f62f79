package kyverno

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

func unlogged(n *Node) { n.Logged = false }

// nestedSet is a set of one set, of the release workflow and another.
func nestedSet(count string) string {
	return "attestors: [{entries: [{attestor: {" + count + "entries: [{keyless: " + keyless + `}, {keyless: {issuer: "` + actions + `", subject: other}}]}}]}]`
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
		"with bundles, also an attestation":    {entry(keyless), []Node{scan(t, passed)}, diagnosis.Met, false},
		"at a tag no attestation":              {tag(keyless), []Node{scan(t, passed, atTag)}, diagnosis.NotMet, false},
		"without an entry in the log":          {entry(keyless), []Node{bundle(unlogged)}, diagnosis.NotMet, false},
		"where none is asked for":              {entry(strings.Replace(keyless, "{", "{rekor: {ignoreTlog: true}, ", 1)), []Node{bundle(unlogged)}, diagnosis.Met, false},
		"an issuer alone, with bundles":        {entry(`{issuer: "` + actions + `"}`), []Node{bundle()}, diagnosis.NotMet, false},
		"at a tag one of subject and pattern":  {tag(`{issuer: "` + actions + `", subject: x, subjectRegExp: acme}`), []Node{bundle(atTag)}, diagnosis.Met, false},
		"with bundles both of them":            {entry(`{issuer: "` + actions + `", subject: x, subjectRegExp: acme}`), []Node{bundle()}, diagnosis.NotMet, false},
		"a set in a set":                       {about(nestedSet("count: 1, ")), []Node{bundle()}, diagnosis.Met, false},
		"a set in a set, all of it":            {about(nestedSet("")), []Node{bundle()}, diagnosis.NotMet, false},
		"a set in a set that is not trusted":   {about(nestedSet("count: 1, ")), []Node{bundle(untrusted)}, diagnosis.NotMet, true},
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
	if got := worst(judge(t, policy(entry("SigstoreBundle")), Image{Nodes: []Node{signed(func(*Node) {})}})); got.Result != diagnosis.Met {
		t.Errorf("as a bundle: %s: %s", got.Result, got.Message)
	}
	if got := worst(judge(t, policy(entry("Cosign")), Image{Nodes: []Node{bundle(atTag)}})); got.Result != diagnosis.NotMet {
		t.Errorf("another signer: %s: %s", got.Result, got.Message)
	}
}
