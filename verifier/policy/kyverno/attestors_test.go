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
	"github.com/attestree/attestree/verifier/trust"
)

func unlogged(n *Node) { n.Logged, n.LogTime = false, false }
func untimed(n *Node)  { n.LogTime = false }
func stamped(n *Node)  { n.Stamped = true }

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

// What Kyverno's own options ask of a signature, by what is ignored (buildVerifyOptions; verifyInternal of cosign at tags).
func TestWhichProofOfTheTimeIsAskedFor(t *testing.T) {
	t.Parallel()
	only := func(changes ...func(*Node)) Node { return bundle(append([]func(*Node){unlogged}, changes...)...) }
	proofs := map[string]Node{
		"a log with its time":            bundle(),
		"a log without a time":           bundle(untimed),
		"a log without a time, a stamp":  bundle(untimed, stamped),
		"a stamp":                        only(stamped),
		"nothing":                        only(),
		"at a tag, a log":                bundle(atTag),
		"at a tag, a stamp":              only(stamped, atTag),
		"at a tag, nothing":              only(atTag),
		"at a tag, a log without a time": bundle(untimed, atTag),
	}
	for name, c := range map[string]struct {
		attestor Attestor
		format   Format
		good     string // names of proofs, in brackets
	}{
		"a bundle by an identity":                {Attestor{}, SigstoreBundle, "[a log with its time][a log without a time, a stamp]"},
		"without a log":                          {Attestor{NoLog: true}, SigstoreBundle, "[a log without a time, a stamp][a stamp]"},
		"without an SCT":                         {Attestor{NoSCT: true}, SigstoreBundle, ""},
		"without either":                         {Attestor{NoLog: true, NoSCT: true}, SigstoreBundle, ""},
		"a bundle by a key":                      {Attestor{Key: &trust.Key{}}, SigstoreBundle, "[a log with its time][a log without a time, a stamp]"},
		"by a key without a log":                 {Attestor{Key: &trust.Key{}, NoLog: true}, SigstoreBundle, "[a log without a time, a stamp][a stamp]"},
		"by a key without an SCT":                {Attestor{Key: &trust.Key{}, NoSCT: true}, SigstoreBundle, ""},
		"by a key without either":                {Attestor{Key: &trust.Key{}, NoLog: true, NoSCT: true}, SigstoreBundle, "[a log with its time][a log without a time][a log without a time, a stamp][a stamp][nothing]"},
		"at a tag by an identity":                {Attestor{}, Cosign, "[at a tag, a log][at a tag, a log without a time]"},
		"at a tag by an identity, without a log": {Attestor{NoLog: true}, Cosign, ""},
		"at a tag by an identity without an SCT": {Attestor{NoSCT: true}, Cosign, "[at a tag, a log][at a tag, a log without a time]"},
		"at a tag by a key":                      {Attestor{Key: &trust.Key{}}, Cosign, "[at a tag, a log][at a tag, a log without a time]"},
		"at a tag by a key, without a log":       {Attestor{Key: &trust.Key{}, NoLog: true}, Cosign, "[at a tag, a log][at a tag, a stamp][at a tag, nothing][at a tag, a log without a time]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for proof, n := range proofs {
				if n.AtTag != (c.format == Cosign) {
					continue
				}
				if got, want := c.attestor.proven(n, c.format), strings.Contains(c.good, "["+proof+"]"); got != want {
					t.Errorf("%s: %t", proof, got)
				}
			}
		})
	}
}

func TestAReferrerThatIsNoBundleStopsKyverno(t *testing.T) {
	t.Parallel()
	entry := about("attestors: [{entries: [{keyless: " + keyless + "}]}]")
	if got := worst(judge(t, policy(entry), Image{Nodes: []Node{bundle()}, Broken: "sha256:broken"})); got.Result != diagnosis.NotMet || got.Node != "sha256:broken" {
		t.Errorf("%s on %s: %s", got.Result, got.Node, got.Message)
	}
}
