package slsa_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
	"github.com/attestree/attestree/verifier/slsa"
)

const (
	image  = model.Digest("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
	other  = model.Digest("sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
	commit = "1111111111111111111111111111111111111111"
	moved  = "2222222222222222222222222222222222222222"

	project   = "https://github.com/acme/app"
	own       = project + "/.github/workflows/release.yml@refs/heads/main"
	attempt   = project + "/actions/runs/7/attempts/1"
	generator = "https://github.com/slsa-framework/slsa-github-generator"
	container = generator + "/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0"
	delegator = generator + "/.github/workflows/delegator_generic_slsa3.yml@refs/tags/v2.1.0"
	shared    = "https://github.com/acme/workflows/.github/workflows/build.yml@refs/heads/main"

	github         = "https://token.actions.githubusercontent.com"
	workflowType   = "https://actions.github.io/buildtypes/workflow/v1"
	npmType        = "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1"
	buildKitType   = "https://mobyproject.org/buildkit@v1"
	provenanceType = "https://slsa.dev/provenance/v1"
	vsaType        = "https://slsa.dev/verification_summary/v1"
)

// instance is one provenance with everything that its level rests on. newInstance gives a good one at level 2, which a
// test case changes in one place.
type instance struct {
	verdict model.Verdict
	signer  *model.Signer
	kind    string // predicate type
	fields  map[string]any
	raw     string // the predicate as it is, instead of fields
	subject model.Digest
	about   model.Digest // as the statement says
	nested  bool
	image   string
	root    string
	table   slsa.Table
}

func newInstance() *instance {
	return &instance{
		verdict: model.Valid, kind: provenanceType, subject: image, about: image, image: "ghcr.io/acme/app", root: "public-good",
		table: slsa.Known(), signer: workflowSigner(own), fields: provenance(),
	}
}

// workflowSigner is a certificate for a run of the project that was signed by a workflow, its own or a reusable one.
func workflowSigner(san string) *model.Signer {
	s := &model.Signer{Kind: model.SignerCertificate, Issuer: github, Subject: san}
	for _, x := range [][2]string{
		{"githubWorkflowTrigger", "push"}, {"githubWorkflowSHA", commit}, {"githubWorkflowRepository", "acme/app"},
		{"githubWorkflowRef", "refs/heads/main"},
		{"buildSignerURI", san}, {"buildSignerDigest", moved}, {"runnerEnvironment", "github-hosted"},
		{"sourceRepositoryURI", project}, {"sourceRepositoryDigest", commit}, {"sourceRepositoryRef", "refs/heads/main"},
		{"buildConfigURI", own}, {"buildTrigger", "push"}, {"runInvocationURI", attempt},
	} {
		s.Extensions = append(s.Extensions, model.Extension{Name: x[0], Value: x[1]})
	}
	return s
}

// provenance is a v1 predicate that says what workflowSigner proves.
func provenance() map[string]any {
	return map[string]any{
		"buildType": workflowType, "builder": own, "repository": project, "ref": "refs/heads/main",
		"path": ".github/workflows/release.yml", "commit": commit, "run": attempt, "trigger": "push", "runner": "github-hosted",
	}
}

// set changes an extension of the certificate; "" takes it away.
func (i *instance) set(name, value string) {
	var kept []model.Extension
	for _, x := range i.signer.Extensions {
		if x.Name != name {
			kept = append(kept, x)
		}
	}
	if value != "" {
		kept = append(kept, model.Extension{Name: name, Value: value})
	}
	i.signer.Extensions = kept
}

// by has another workflow sign, a reusable one that the project calls, and the predicate name it.
func (i *instance) by(san string) {
	i.signer = workflowSigner(san)
	i.fields["builder"] = san
}

// old takes from the certificate what Fulcio did not issue before 2023.
func (i *instance) old() {
	for _, name := range []string{
		"buildSignerURI", "buildSignerDigest", "runnerEnvironment", "sourceRepositoryURI", "sourceRepositoryDigest",
		"sourceRepositoryRef", "buildConfigURI", "buildTrigger", "runInvocationURI",
	} {
		i.set(name, "")
	}
}

// generatorV02 makes the predicate what slsa-github-generator writes.
func (i *instance) generatorV02() {
	i.kind = "https://slsa.dev/provenance/v0.2"
	i.raw = fmt.Sprintf(`{"builder":{"id":%q},"buildType":%q,"invocation":{"configSource":{"uri":"git+%s@refs/heads/main",
		"digest":{"sha1":%q},"entryPoint":".github/workflows/release.yml"},"environment":{"github_event_name":"push"}},
		"metadata":{"buildInvocationID":"7-1"},"materials":[]}`,
		i.signer.Subject, generator+"/container@v1", project, commit)
}

func (i *instance) predicate() []byte {
	if i.raw != "" || i.fields == nil {
		return []byte(i.raw)
	}
	f := i.fields
	raw, err := json.Marshal(map[string]any{
		"buildDefinition": map[string]any{
			"buildType":          f["buildType"],
			"externalParameters": map[string]any{"workflow": map[string]any{"repository": f["repository"], "ref": f["ref"], "path": f["path"]}},
			"internalParameters": map[string]any{"github": map[string]any{"event_name": f["trigger"], "runner_environment": f["runner"]}},
			"resolvedDependencies": []any{map[string]any{
				"uri": fmt.Sprintf("git+%v@%v", f["repository"], f["ref"]), "digest": map[string]any{"gitCommit": f["commit"]},
			}},
		},
		"runDetails": map[string]any{"builder": map[string]any{"id": f["builder"]}, "metadata": map[string]any{"invocationId": f["run"]}},
	})
	if err != nil {
		panic(err)
	}
	return raw
}

func (i *instance) assess() *model.SLSA {
	a := claims(i.kind, i.about, i.predicate())
	if i.nested {
		a.Nested = &model.Statement{PredicateType: i.kind}
	}
	node := model.Node{ID: "n", Subject: i.subject}
	return i.table.Assess(
		model.Evidence{Node: node, Subject: i.subject, Repository: i.image}, a,
		model.Report{Verdict: i.verdict, Signer: i.signer, TrustRoot: i.root, Reason: "the reason of the report"})
}

// claims is a statement about a digest as it is read from its bytes.
func claims(kind string, about model.Digest, raw []byte) *model.Attestation {
	s := &model.Statement{Type: model.StatementV1, PredicateType: kind, Predicate: raw}
	if about != "" {
		s.Subjects = []model.Subject{{Digests: []model.NamedDigest{{Algorithm: about.Algorithm(), Value: about.Hex()}}}}
	}
	return &model.Attestation{Statement: s, PredicateType: kind, RawPredicate: raw, Predicate: predicate.Decode(kind, raw)}
}

// row is a test case: one change to a good instance, and the level that it leaves.
type row struct {
	name   string
	change func(*instance)
	level  int
	says   string // part of the reason, the hint or a line
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			i := newInstance()
			r.change(i)
			got := i.assess()
			if got == nil {
				t.Fatal("it was not assessed at all")
			}
			if got.Level != r.level {
				t.Errorf("level = %d, want %d: %s", got.Level, r.level, got.Reason)
			}
			if got.Reason == "" {
				t.Error("a level without a reason")
			}
			if text := said(got); !strings.Contains(text, r.says) {
				t.Errorf("it does not say %q, but:\n%s", r.says, text)
			}
		})
	}
}

func said(s *model.SLSA) string {
	text := s.Reason + "\n" + s.Hint + "\n"
	for _, l := range s.Lines {
		text += fmt.Sprintf("%s: claimed %q, verified %q, %s, %s\n", l.Label, l.Claimed, l.Verified, l.Status, l.Because)
	}
	return text
}
