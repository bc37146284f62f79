package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/trust"
)

const (
	typeSCAI = "https://in-toto.io/attestation/scai/attribute-report/v0.2"
	typeSLSA = "https://slsa.dev/provenance/v1"
	release  = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
	skills   = "https://github.com/acme/app/.github/workflows/skills.yml@refs/heads/main"

	scanned    = `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"blockingIssues":0,"toolsScanned":3}}],"producer":{"uri":"https://github.com/acme/app"}}`
	failed     = `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_FAILED"}]}`
	provenance = `{"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1"},"runDetails":{"builder":{"id":"https://github.com/actions/runner/github-hosted"},"metadata":{"finishedOn":"2026-11-20T00:00:00Z"}}}`
)

var (
	now  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	root = model.DigestOf([]byte("image"))
)

// node is something attached to the image.
type node struct {
	kind    string // predicate type
	body    string // predicate
	nested  bool   // the predicate is a statement of the same type with that predicate
	verdict model.Verdict
	subject string // of the signer
	found   model.Found
	stamped bool // by an authority, and not in a log
	keyed   bool // signed with a key
	root    string
}

func attests(kind, body string, change ...func(*node)) node {
	n := node{kind: kind, body: body, verdict: model.Trusted, subject: release, found: model.FoundReferrersAPI}
	for _, c := range change {
		c(&n)
	}
	return n
}

// keyText is a public key of which nobody has the other half.
const keyText = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECTjC+il4LyohG8dzBPUm8iUcctfn
+EOe91QA9kxizzCw2rMndbyua3roN9IAo2A1E8NQbfe9Xl9Ljzfkc0GRxQ==
-----END PUBLIC KEY-----
`

var keyFingerprint = func() string {
	key, err := trust.ParseKey("test", []byte(keyText))
	if err != nil {
		panic(err)
	}
	return key.Fingerprint
}()

func withKey(n *node)   { n.keyed = true }
func nested(n *node)    { n.nested = true }
func untrusted(n *node) { n.verdict = model.Untrusted }
func invalid(n *node)   { n.verdict = model.Invalid }
func by(subject string) func(*node) {
	return func(n *node) { n.subject = subject }
}

func signature(change ...func(*node)) node {
	return attests("https://sigstore.dev/cosign/sign/v1", "{}", change...)
}

// image is an image with nodes attached, judged.
func image(t testing.TB, nodes ...node) *model.Tree {
	t.Helper()
	tree := model.NewTree()
	tree.Apply(model.Resolved{Reference: "ghcr.io/acme/app@" + string(root), Digest: root})
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	for i, n := range nodes {
		n.attach(t, tree, i)
	}
	tree.Apply(model.DiscoveryDone{})
	tree.Apply(model.Done{})
	tree.Judge()
	return tree
}

func (n node) attach(t testing.TB, tree *model.Tree, i int) {
	t.Helper()
	statement := func(body string) string {
		return fmt.Sprintf(`{"_type":%q,"subject":[{"name":"app","digest":{"sha256":%q}}],"predicateType":%q,"predicate":%s}`,
			model.StatementV1, root.Hex(), n.kind, body)
	}
	payload := statement(n.body)
	if n.nested {
		payload = statement(payload)
	}
	envelope, err := json.Marshal(map[string]any{
		"payloadType": "application/vnd.in-toto+json", "payload": []byte(payload), "signatures": []map[string]string{{"sig": "eA=="}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := model.DigestOf([]byte(fmt.Sprint(i)))
	found := model.Node{
		ID: string(d), Parent: string(root), Kind: model.KindAttestation, Format: model.FormatDSSE, Digest: d, Subject: root,
		Blob: model.Descriptor{Digest: model.DigestOf(envelope), Size: int64(len(envelope))}, Found: []model.Found{n.found},
	}
	a := model.Open(found, envelope)
	if a.Problem != "" {
		t.Fatal(a.Problem)
	}
	found.Format = model.FormatBundle
	tree.Apply(model.NodeFound{Node: found})
	tree.Apply(model.BlobLoaded{ID: found.ID, Bytes: envelope})
	tree.Apply(model.Opened{ID: found.ID, Attestation: a})
	report := model.Report{Verdict: n.verdict, Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}, {ID: model.CheckLog, Status: model.CheckPassed}},
		Timestamps: []model.Timestamp{{Kind: "log", Verified: true}}}
	report.TrustRoot = n.root
	if n.stamped || n.keyed {
		report.Checks = report.Checks[:1]
		report.Timestamps = nil
	}
	if n.stamped {
		report.Timestamps = []model.Timestamp{{Kind: "rfc3161", Verified: true}}
	}
	if n.verdict != model.Invalid {
		report.Signer = &model.Signer{Kind: model.SignerCertificate, Issuer: issuerActions, Subject: n.subject}
	}
	if n.keyed {
		report.Signer = &model.Signer{Kind: model.SignerKey, Fingerprint: keyFingerprint, KeyPEM: keyText}
	}
	tree.Apply(model.Judged{ID: found.ID, Report: report})
}

func examine(t testing.TB, name, text string, tree *model.Tree) []diagnosis.Rule {
	t.Helper()
	e := Examine(context.Background(), []File{{Name: name, Data: []byte(text)}}, tree, Options{Now: now, Names: []string{"ghcr.io/acme/app:1"}})
	if len(e.Rules) == 0 {
		t.Fatal("a file without a rule")
	}
	for _, r := range e.Rules {
		if r.File != name || r.Kind == "" || r.Message == "" || r.Rule == "" {
			t.Errorf("a rule that says too little: %+v", r)
		}
	}
	return e.Rules
}

// findings are the ids of everything that is said of the rules.
func findings(rules []diagnosis.Rule) string {
	var ids []string
	for _, r := range rules {
		for _, f := range r.Diagnosis {
			ids = append(ids, f.ID)
		}
	}
	return strings.Join(ids, " ")
}

// correction is the one that is shown, nil if there is none.
func correction(rules []diagnosis.Rule) *diagnosis.Correction {
	for _, r := range rules {
		for _, f := range r.Diagnosis {
			if f.Correction != nil {
				return f.Correction
			}
		}
	}
	return nil
}
