package audit

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// A story of a server in which nothing is to be flagged: one finding of low severity, allowed by exactly one entry for a
// good reason, attested by a trusted workflow.
const (
	imageDigest = model.Digest("sha256:1111111111111111111111111111111111111111111111111111111111111111")
	commitHash  = "abcdefabcdefabcdefabcdefabcdefabcdefabcd"
	goodReason  = "The tool asks for a city and a country, and sends neither to anybody but the weather service. Read in v2.0.1."
	source      = "https://forge.example/acme/servers"
	runURL      = source + "/actions/runs/77"
)

var (
	scanTime = time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	auditNow = time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
)

const goodSpec = `metadata:
  name: weather
  protocol: uvx
spec:
  package: acme-weather
  version: "2.0.1"
provenance:
  repository_uri: https://forge.example/acme/weather
  repository_ref: refs/tags/v2.0.1
security:
  allowed_issues:
    - code: AISubtech-1.1.1
      reason: "` + goodReason + `"
`

const goodSummary = `{"server":"weather","status":"passed","tools_scanned":3,"analyzers":["yara","llm"],
"allowed_issues":[{"code":"AITech-1.1","aitech":"AITech-1.1","aitech_name":"Direct Prompt Injection",
"aisubtech":"AISubtech-1.1.1","aisubtech_name":"Instruction Manipulation","severity":"LOW","category":"PROMPT INJECTION",
"message":"it gives an order","tool_name":"forecast","analyzer":"yara_analyzer","allowed_reason":"` + goodReason + `"}],"allowed_count":1}`

// story can be changed before it is told.
type story struct {
	spec, summary string
	conditions    map[string]string // JSON values
	attribute     string
	producer      string
	run           string
	inner         model.Digest // what a nested statement is about, "" for none
	target        model.Digest // what the attribute is said to be about, "" where it is not said
	verdict       model.Verdict
	annotations   map[string]string // of the image
	noEvidence    bool
	noScan        bool
	second        bool // a later scan is attached too
	global        string
	built         string // when the build began, as a trusted provenance says
	change        func(*Case)
}

func newStory() story {
	return story{
		spec: goodSpec, summary: goodSummary, attribute: "MCP_SECURITY_SCAN_PASSED", producer: commitHash, run: runURL,
		verdict: model.Trusted,
		conditions: map[string]string{
			"scanner": `"cisco-ai-mcp-scanner"`, "scannerVersion": `"4.8.3"`, "analyzers": `["yara","llm"]`, "toolsScanned": "3",
			"blockingIssues": "0", "allowedIssues": "1", "scanDate": `"` + scanTime.Format(time.RFC3339) + `"`,
			"configFile": `"uvx/weather/spec.yaml"`,
		},
	}
}

func (s story) predicate() []byte {
	var conditions []string
	for _, key := range []string{"scanner", "scannerVersion", "analyzers", "toolsScanned", "findingsCount", "blockingIssues", "allowedIssues", "scanDate", "configFile"} {
		if value := s.conditions[key]; value != "" {
			conditions = append(conditions, fmt.Sprintf("%q:%s", key, value))
		}
	}
	target := ""
	if s.target != "" {
		target = fmt.Sprintf(`"target":{"digest":{"sha256":%q}},`, s.target.Hex())
	}
	return fmt.Appendf(nil, `{"attributes":[{"attribute":%q,%s"conditions":{%s},"evidence":{"name":"scan-summary.json","uri":%q,"digest":{"sha256":%q}}}],
"producer":{"name":"ci","uri":%q,"digest":{"gitCommit":%q}}}`, s.attribute, target, strings.Join(conditions, ","), s.run,
		model.DigestOf([]byte(s.summary)).Hex(), source, s.producer)
}

const typeSCAI = "https://in-toto.io/attestation/scai/v0.3"

func statementAbout(d model.Digest) *model.Statement {
	return &model.Statement{
		Type: model.StatementV1, PredicateType: typeSCAI,
		Subjects: []model.Subject{{Digests: []model.NamedDigest{{Algorithm: d.Algorithm(), Value: d.Hex()}}}},
	}
}

// tree is the judged tree of the image.
func (s story) tree() *model.Tree {
	t := model.NewTree()
	t.Apply(model.Resolved{Digest: imageDigest})
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(imageDigest), Kind: model.KindImage, Digest: imageDigest, Annotations: s.annotations, Found: []model.Found{model.FoundRoot},
	}})
	if !s.noScan {
		s.attest(t, "sha256:"+model.Digest(strings.Repeat("2", 64)), scanTime.Add(time.Minute))
	}
	if s.second {
		s.attest(t, "sha256:"+model.Digest(strings.Repeat("3", 64)), scanTime.Add(time.Hour))
	}
	if !s.noEvidence {
		id := "sha256:" + model.Digest(strings.Repeat("4", 64))
		t.Apply(model.NodeFound{Node: model.Node{
			ID: string(id), Parent: string(imageDigest), Kind: model.KindArtifact, Format: model.FormatOpaque, Digest: id, Subject: imageDigest,
			Blob: model.Descriptor{Digest: model.DigestOf([]byte(s.summary)), Size: int64(len(s.summary))},
		}})
		t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte(s.summary)})
		t.Apply(model.Judged{ID: string(id), Report: model.Report{Verdict: model.Unsigned}})
	}
	if s.built != "" {
		s.provenance(t)
	}
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t
}

func (s story) provenance(t *model.Tree) {
	const predicateType = "https://slsa.dev/provenance/v1"
	id := "sha256:" + model.Digest(strings.Repeat("5", 64))
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(id), Parent: string(imageDigest), Kind: model.KindAttestation, Format: model.FormatBundle, Digest: id, Subject: imageDigest,
		Blob: model.Descriptor{Digest: id, Size: 2},
	}})
	t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte("{}")})
	statement := statementAbout(imageDigest)
	statement.PredicateType = predicateType
	t.Apply(model.Opened{ID: string(id), Attestation: &model.Attestation{
		Statement: statement, PredicateType: predicateType,
		Predicate: predicate.Decode(predicateType, fmt.Appendf(nil, `{"runDetails":{"metadata":{"startedOn":%q}}}`, s.built)),
	}})
	t.Apply(model.Judged{ID: string(id), Report: model.Report{Verdict: model.Trusted}})
}

func (s story) attest(t *model.Tree, id model.Digest, at time.Time) {
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(id), Parent: string(imageDigest), Kind: model.KindAttestation, Format: model.FormatBundle, Digest: id, Subject: imageDigest,
		Blob: model.Descriptor{Digest: id, Size: 2},
	}})
	t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte("{}")})
	a := &model.Attestation{
		Envelope: model.EnvelopeBundle, PredicateType: typeSCAI, RawPredicate: s.predicate(), Statement: statementAbout(imageDigest),
	}
	if s.inner != "" {
		a.Nested = statementAbout(s.inner)
	}
	t.Apply(model.Opened{ID: string(id), Attestation: a})
	t.Apply(model.Judged{ID: string(id), Report: model.Report{
		Verdict: s.verdict, SignedAt: at,
		Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed, Required: true}},
		Signer: &model.Signer{Kind: model.SignerCertificate, Subject: source + "/.github/workflows/build-containers.yml@refs/heads/main", Extensions: []model.Extension{
			{Name: "sourceRepositoryURI", Value: source}, {Name: "sourceRepositoryDigest", Value: commitHash},
			{Name: "runInvocationURI", Value: runURL + "/attempts/1"},
		}},
	}})
}

// audit tells the story.
func (s story) audit(t *testing.T) Report {
	t.Helper()
	c := Case{Now: auditNow, MaxAge: 30 * 24 * time.Hour, MinScanner: "4.0.0", HasGlobal: true}
	if s.spec != "" {
		spec, err := ParseSpec("uvx/weather/spec.yaml", []byte(s.spec))
		if err != nil {
			t.Fatal(err)
		}
		c.Spec = &SpecFile{Spec: spec, From: "checkout", Commit: commitHash, Vouched: true}
	}
	if s.global != "" {
		global, err := ParseGlobal("global_allowed_issues.yaml", []byte(s.global))
		if err != nil {
			t.Fatal(err)
		}
		c.Global = global
	}
	if s.change != nil {
		s.change(&c)
	}
	return JudgeImage(s.tree(), c)
}

// everywhere are the flags of a report, wherever they stand.
func (r Report) everywhere() Flags {
	var out Flags
	add := func(flags Flags) {
		for _, f := range flags {
			out.add(f)
		}
	}
	add(r.Flags)
	if r.Current != nil {
		add(r.Current.Flags)
		for _, i := range r.Current.Issues {
			add(i.Flags)
		}
	}
	if r.Spec != nil {
		add(r.Spec.Flags)
		for _, e := range r.Spec.Entries {
			add(e.Flags)
		}
	}
	return out
}
