package policy

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

const (
	typeSCAI = "https://in-toto.io/attestation/scai/attribute-report/v0.2"
	typeSLSA = "https://slsa.dev/provenance/v1"
	typeSPDX = "https://spdx.dev/Document"
	typeVuln = "https://cosign.sigstore.dev/attestation/vuln/v1"
	typeVSA  = "https://slsa.dev/verification_summary/v1"
	typeVEX  = "https://openvex.dev/ns/v0.2.0"
	typeSign = "https://sigstore.dev/cosign/sign/v1"

	image = "ghcr.io/acme/app"
)

var (
	today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	root  = model.DigestOf([]byte("index"))
	amd64 = model.DigestOf([]byte("amd64"))
	arm64 = model.DigestOf([]byte("arm64"))
)

// node is something attached, with what is known about it.
type node struct {
	name    string
	on      model.Digest
	kind    model.Kind
	typ     string // predicate type, as signed
	body    string // the predicate
	verdict model.Verdict
	reason  string
	signer  *model.Signer
	at      time.Time // when it was signed
	slsa    *model.SLSA
	within  []model.Digest
	about   model.Digest // where it is about something else than what it is attached to
	nested  *model.Statement
	subject model.CheckStatus // CheckPassed if unset
}

func ci() *model.Signer {
	return &model.Signer{
		Kind: model.SignerCertificate, Name: "ci", Issuer: actions, Subject: workflow,
		Extensions: []model.Extension{
			{Name: "buildSignerURI", Value: workflow}, {Name: "sourceRepositoryURI", Value: "https://github.com/acme/app"},
		},
	}
}

// signedBy is a signature of the root.
func signedBy(v model.Verdict) node {
	return node{name: "signature", on: root, kind: model.KindSignature, typ: typeSign, body: "{}", verdict: v, signer: ci(), at: today.Add(-time.Hour)}
}

// says is an attestation by the CI, trusted and about the root.
func says(typ, body string, change ...func(*node)) node {
	n := node{name: typ, on: root, kind: model.KindAttestation, typ: typ, body: body, verdict: model.Trusted, signer: ci(), at: today.Add(-time.Hour)}
	for _, c := range change {
		c(&n)
	}
	return n
}

func on(d model.Digest) func(*node)      { return func(n *node) { n.on = d; n.name += string(d) } }
func stands(v model.Verdict) func(*node) { return func(n *node) { n.verdict = v; n.reason = "why" } }
func signedAt(t time.Time) func(*node)   { return func(n *node) { n.at = t; n.name += t.String() } }
func reaches(level int, why string) func(*node) {
	return func(n *node) { n.slsa = &model.SLSA{Level: level, Reason: why} }
}

// bare is a statement that nobody signed, in the index itself.
func bare(n *node) {
	n.verdict, n.signer, n.within = model.Unsigned, nil, []model.Digest{root}
}

func (n node) entryNode() model.Node {
	d := model.DigestOf([]byte(n.name))
	format := model.FormatBundle
	if n.verdict == model.Unsigned {
		format = model.FormatStatement
	}
	return model.Node{
		ID: string(d), Parent: string(n.on), Kind: n.kind, Format: format, Digest: d, Subject: n.on, Within: n.within,
		Blob: model.Descriptor{Digest: model.DigestOf([]byte(n.name + " blob")), Size: 5},
	}
}

func (n node) attestation() *model.Attestation {
	about := n.on
	if n.about != "" {
		about = n.about
	}
	subject := []model.Subject{{Digests: []model.NamedDigest{{Algorithm: about.Algorithm(), Value: about.Hex()}}}}
	a := &model.Attestation{
		Envelope: model.EnvelopeBundle, PredicateType: n.typ, RawPredicate: json.RawMessage(n.body), Nested: n.nested,
		Statement: &model.Statement{Type: model.StatementV1, PredicateType: n.typ, Subjects: subject},
	}
	if n.verdict == model.Unsigned {
		a.Envelope = model.EnvelopeNone
	}
	if n.nested != nil {
		a.PredicateType = n.nested.PredicateType
	}
	a.Predicate = predicate.Decode(a.PredicateType, a.RawPredicate)
	return a
}

func (n node) report() model.Report {
	status := n.subject
	if status == model.CheckUnchecked {
		status = model.CheckPassed
	}
	return model.Report{
		Verdict: n.verdict, Reason: n.reason, Signer: n.signer, SignedAt: n.at, SLSA: n.slsa,
		Checks: []model.Check{{ID: model.CheckSubject, Status: status, Required: true}},
	}
}

// indexOf is an index of two platforms with something attached.
func indexOf(nodes ...node) *model.Tree { return grow(true, nodes...) }

func grow(finished bool, nodes ...node) *model.Tree {
	t := model.NewTree()
	t.Apply(model.Resolved{Reference: image + "@" + string(root), Digest: root})
	t.Apply(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root}})
	for d, platform := range map[model.Digest]string{amd64: "linux/amd64", arm64: "linux/arm64"} {
		t.Apply(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: string(root), Kind: model.KindImage, Digest: d, Platform: platform, Within: []model.Digest{root},
		}})
	}
	for _, n := range nodes {
		t.Apply(model.NodeFound{Node: n.entryNode()})
		id := string(model.DigestOf([]byte(n.name)))
		t.Apply(model.BlobLoaded{ID: id, Bytes: []byte("bytes")})
		t.Apply(model.Opened{ID: id, Attestation: n.attestation()})
		if n.verdict != model.Unchecked {
			t.Apply(model.Judged{ID: id, Report: n.report()})
		}
	}
	if finished {
		t.Apply(model.DiscoveryDone{})
		t.Apply(model.Done{})
	}
	t.Judge()
	return t
}

// policyOf reads a policy whose fields are given, with two trusted keys.
func policyOf(tb testing.TB, fields string) *File {
	tb.Helper()
	return must[*File](tb)(Parse("policy.yaml", []byte(fmt.Sprintf(`signing_policy: {%s, trusted_keys: [
  {name: ci, keyless: true, issuer: %q, subject: %q}, {name: other, keyless: true, issuer: %q, subject: x}]}`,
		fields, actions, workflow, actions)), nil))
}

func scan(attribute, conditions string) string {
	return fmt.Sprintf(`{"attributes":[{"attribute":%q,"conditions":{%s}}]}`, attribute, conditions)
}

const passed = "MCP_SECURITY_SCAN_PASSED"

const clean = `"blockingIssues":0,"toolsScanned":3,"scanDate":"2026-11-20T00:00:00Z"`
