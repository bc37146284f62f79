package equivalent

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

const (
	repository = "registry.example/acme/app"
	workflow   = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
)

var (
	image = model.DigestOf([]byte("image"))
	ci    = &model.Signer{Kind: model.SignerCertificate, Issuer: actionsIssuer, Subject: workflow, Extensions: []model.Extension{
		{Name: "sourceRepositoryURI", Value: "https://github.com/acme/app"}, {Name: "sourceRepositoryRef", Value: "refs/tags/v1"},
	}}
)

// attached is a tree with an image and one thing on it.
func attached(n model.Node, payload string, r *model.Report) (*model.Tree, *model.Entry) {
	t := model.NewTree()
	t.Apply(model.Resolved{Reference: repository + "@" + string(image), Digest: image})
	t.Apply(model.NodeFound{Node: model.Node{ID: string(image), Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}}})
	n.ID, n.Digest, n.Parent, n.Subject = "n", model.DigestOf([]byte("n")), string(image), image
	n.Blob.Digest = model.DigestOf([]byte(payload))
	t.Apply(model.NodeFound{Node: n})
	t.Apply(model.BlobLoaded{ID: "n", Bytes: []byte(payload)})
	t.Apply(model.Opened{ID: "n", Attestation: model.Open(n, []byte(payload))})
	t.Apply(model.Judged{ID: "n", Report: *r})
	t.Judge()
	return t, t.Entry("n")
}

func statement(predicateType string) string {
	return `{"_type":"` + model.StatementV1 + `","predicateType":"` + predicateType + `","subject":[{"digest":{"sha256":"` + image.Hex() + `"}}],"predicate":{}}`
}

// lines are the commands of a tool, one for each line.
func lines(commands []Command, tool string, p Purpose) string {
	var out []string
	for _, c := range commands {
		if c.Tool == tool && c.Purpose == p {
			out = append(out, c.Line+c.Note)
		}
	}
	return strings.Join(out, "\n")
}

func proven() *model.Report {
	return &model.Report{Verdict: model.Valid, Signer: ci, TrustRoot: publicGood, Checks: []model.Check{{ID: model.CheckLog, Status: model.CheckPassed}}}
}

func TestNobodyIsNamedWhoIsOnlyClaimed(t *testing.T) {
	r := &model.Report{Verdict: model.Invalid, Claimed: ci}
	tree, e := attached(model.Node{Kind: model.KindAttestation, Format: model.FormatDSSE}, `{}`, r)
	for _, c := range For(tree, e, Context{}) {
		if strings.Contains(c.Line, workflow) {
			t.Errorf("%s: %s", c.Tool, c.Line)
		}
	}
	if got := lines(For(tree, e, Context{}), "cosign", Verify); !strings.Contains(got, "not proven") {
		t.Error(got)
	}
}

func TestCosignLooksWhereItIsKept(t *testing.T) {
	simple := `{"critical":{"identity":{"docker-reference":"x"},"image":{"docker-manifest-digest":"` + string(image) + `"},"type":"cosign container image signature"}}`
	tree, e := attached(model.Node{Kind: model.KindSignature, Format: model.FormatSimpleSigning, Found: []model.Found{model.FoundCosignTag}}, simple, proven())
	want := "cosign verify --certificate-identity " + workflow + " --certificate-oidc-issuer " + actionsIssuer + " --new-bundle-format=false " + repository + "@" + string(image)
	if got := lines(For(tree, e, Context{}), "cosign", Verify); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	e.Node.ArtifactType = "application/vnd.dev.cosign.artifact.sig.v1+json"
	if got := lines(For(tree, e, Context{PlainHTTP: true}), "cosign", Verify); !strings.Contains(got, "--experimental-oci11=true") || !strings.Contains(got, "--allow-http-registry") {
		t.Error(got)
	}
}

func TestAKeyIsTheReadersOnlyIfItWasThatOne(t *testing.T) {
	simple := `{"critical":{"identity":{"docker-reference":"x"},"image":{"docker-manifest-digest":"` + string(image) + `"},"type":"cosign container image signature"}}`
	r := &model.Report{Verdict: model.Untrusted, Signer: &model.Signer{Kind: model.SignerKey}}
	tree, e := attached(model.Node{Kind: model.KindSignature, Format: model.FormatSimpleSigning}, simple, r)
	if got := lines(For(tree, e, Context{Key: "mine.pub"}), "cosign", Verify); strings.Contains(got, "mine.pub") || !strings.Contains(got, "--insecure-ignore-tlog=true") {
		t.Error(got)
	}
	e.Report.Checks = []model.Check{{ID: model.CheckSigner, Status: model.CheckPassed}}
	if got := lines(For(tree, e, Context{Key: "my key.pub"}), "cosign", Verify); !strings.Contains(got, "--key 'my key.pub'") {
		t.Error(got)
	}
}

func TestToolsThatCannotSaySo(t *testing.T) {
	blob := `{"payloadType":"application/vnd.in-toto+json","payload":"` + base64Of(statement("https://slsa.dev/provenance/v1")) + `","signatures":[{"sig":"eA=="}]}`
	tree, e := attached(model.Node{Kind: model.KindAttestation, Format: model.FormatDSSE, Found: []model.Found{model.FoundCosignTag}}, blob, proven())
	all := For(tree, e, Context{})
	if got := lines(all, "slsa-verifier", Verify); !strings.Contains(got, "this signer is another") {
		t.Error(got)
	}
	if got := lines(all, "gh", Verify); !strings.Contains(got, "cosign's tag") {
		t.Error(got)
	}
	e.Report.Signer = &model.Signer{Kind: model.SignerCertificate, Issuer: actionsIssuer, Subject: generator + ".github/workflows/x.yml@refs/tags/v2", Extensions: ci.Extensions}
	want := "slsa-verifier verify-image " + repository + "@" + string(image) + " --source-uri github.com/acme/app --source-tag v1"
	if got := lines(For(tree, e, Context{}), "slsa-verifier", Verify); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAKyvernoRuleNamesTheSignerAndNothingWider(t *testing.T) {
	blob := `{"payloadType":"application/vnd.in-toto+json","payload":"` + base64Of(statement("https://spdx.dev/Document")) + `","signatures":[{"sig":"eA=="}]}`
	tree, e := attached(model.Node{Kind: model.KindAttestation, Format: model.FormatDSSE}, blob, proven())
	got := lines(For(tree, e, Context{}), "kyverno", Policy)
	for _, want := range []string{"subject: " + workflow, "issuer: " + actionsIssuer, "type: https://spdx.dev/Document", "- " + repository + ":*", "type: Cosign"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	e.Report.Signer = &model.Signer{Kind: model.SignerCertificate, Issuer: actionsIssuer, Subject: "https://github.com/*"}
	if got := lines(For(tree, e, Context{}), "kyverno", Policy); strings.Contains(got, "kind:") {
		t.Errorf("a wildcard was taken for a name:\n%s", got)
	}
}

func TestWhatKyvernoNeedsForAKeyIsInTheRule(t *testing.T) {
	blob := `{"payloadType":"application/vnd.in-toto+json","payload":"` + base64Of(statement("https://spdx.dev/Document")) + `","signatures":[{"sig":"eA=="}]}`
	byKey := &model.Report{Verdict: model.Valid, Signer: &model.Signer{Kind: model.SignerKey, KeyPEM: "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n"}}
	tree, e := attached(model.Node{Kind: model.KindAttestation, Format: model.FormatDSSE}, blob, byKey)
	if got := lines(For(tree, e, Context{}), "kyverno", Policy); !strings.Contains(got, "ignoreTlog: true") || !strings.Contains(got, "ignoreSCT: true") {
		t.Errorf("at a tag:\n%s", got)
	}
	e.Node.Format = model.FormatBundle
	commands := For(tree, e, Context{})
	if got := lines(commands, "kyverno", Policy); !strings.Contains(got, "ignoreSCT: true") || !strings.Contains(got, "SigstoreBundle") {
		t.Errorf("as a bundle:\n%s", got)
	}
	e.Node.Subject = model.DigestOf([]byte("platform"))
	for _, c := range For(tree, e, Context{}) {
		if c.Tool == "kyverno" && (!strings.Contains(c.Note, "before 1.19") || !strings.Contains(c.Note, "looks at the index only")) {
			t.Errorf("the note is %q", c.Note)
		}
	}
}

func TestAWorkflowThatAnybodyCanCallIsNoLimit(t *testing.T) {
	shared := *ci
	shared.Subject = "https://github.com/shared/workflows/.github/workflows/build.yml@refs/tags/v1"
	for _, who := range []*model.Signer{ci, &shared} {
		r := proven()
		r.Signer = who
		tree, e := attached(model.Node{Kind: model.KindAttestation, Format: model.FormatStatement}, statement("https://slsa.dev/provenance/v1"), r)
		node := e.Node
		node.Format = model.FormatBundle
		e.Node = node
		commands := For(tree, e, Context{})
		for _, said := range []string{lines(commands, "cosign", Verify), lines(commands, "kyverno", Policy)} {
			if said == "" || strings.Contains(said, "any repository can call") != (who == &shared) {
				t.Errorf("%s: %s", who.Subject, said)
			}
		}
	}
}

func TestCommandsSpeakToTheRegistryAsItWasSpokenTo(t *testing.T) {
	const http, any = "tls=disabled --plain-http --allow-http-registry crane --insecure", "tls=insecure oras discover --insecure --allow-insecure-registry crane --insecure"
	for name, c := range map[string]struct {
		scheme string
		given  Context
		has    string
		not    string
	}{
		"plain HTTP that nobody asked for":             {"http", Context{}, http, "tls=insecure --allow-insecure"},
		"plain HTTP that was allowed":                  {"http", Context{PlainHTTP: true}, http, "tls=insecure"},
		"TLS, although plain HTTP was allowed":         {"https", Context{PlainHTTP: true}, "", "tls= --plain-http --allow-http --insecure"},
		"TLS with any certificate":                     {"https", Context{AnyCertificate: true}, any, "tls=disabled --plain-http --allow-http"},
		"TLS":                                          {"https", Context{}, "", "tls= --plain-http --allow-http --insecure"},
		"what is not known, where HTTP is allowed":     {"", Context{PlainHTTP: true}, http, "tls=insecure"},
		"what is not known, where nothing is allowed ": {"", Context{}, "", "tls= --plain-http --allow-http --insecure"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := model.NewTree()
			tree.Apply(model.Resolved{Reference: repository + "@" + string(image), Digest: image, Scheme: c.scheme})
			tree.Apply(model.NodeFound{Node: model.Node{ID: string(image), Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}}})
			var all []string
			for _, command := range For(tree, tree.Root(), c.given) {
				all = append(all, command.Line)
			}
			said := strings.Join(all, "\n")
			for _, flag := range strings.Fields(c.has) {
				if !strings.Contains(said, flag) {
					t.Errorf("no %s in\n%s", flag, said)
				}
			}
			for _, flag := range strings.Fields(c.not) {
				if strings.Contains(said, flag) {
					t.Errorf("%s in\n%s", flag, said)
				}
			}
		})
	}
}
