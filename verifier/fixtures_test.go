package verifier

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// fixture is one piece of evidence made by a real tool, see testdata/fixtures/README.md.
type fixture struct {
	Name, Cosign, Subject, Repository, Blob, Digest, Verdict, Check string

	Format      model.Format
	Annotations map[string]string
	Manifest    map[string]string `json:"manifestAnnotations"`
}

func fixtureFile(tb testing.TB, parts ...string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"testdata", "fixtures"}, parts...)...))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func fixtures(tb testing.TB) []fixture {
	tb.Helper()
	var all []fixture
	if err := json.Unmarshal(fixtureFile(tb, "cases.json"), &all); err != nil {
		tb.Fatal(err)
	}
	return all
}

// named is the evidence of the fixture with that name.
func named(tb testing.TB, name string) model.Evidence {
	tb.Helper()
	for _, f := range fixtures(tb) {
		if f.Name == name {
			return f.evidence(tb)
		}
	}
	tb.Fatalf("no fixture is called %q", name)
	return model.Evidence{}
}

func (f fixture) evidence(tb testing.TB) model.Evidence {
	tb.Helper()
	blob := fixtureFile(tb, f.Blob)
	return model.Evidence{
		Node: model.Node{
			ID: f.Name, Format: f.Format, Subject: model.Digest(f.Subject), Annotations: f.Manifest,
			Blob: model.Descriptor{Digest: model.Digest(f.Digest), Size: int64(len(blob)), Annotations: f.Annotations},
		},
		Blob: blob, Subject: model.Digest(f.Subject), Repository: f.Repository,
	}
}

// judgedOn is when the tests take place: shortly after the fixtures were made.
var judgedOn = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func testRoot(tb testing.TB) trust.Root {
	tb.Helper()
	roots, err := trust.ParseRoot("test", trust.SourceFile, fixtureFile(tb, "trusted_root.json"))
	if err != nil {
		tb.Fatal(err)
	}
	return roots[0]
}

func testKey(tb testing.TB, name string) *trust.Key {
	tb.Helper()
	key, err := trust.ParseKey(name, fixtureFile(tb, "keys", name+".pub"))
	if err != nil {
		tb.Fatal(err)
	}
	return &key
}

func testSigners(tb testing.TB) trust.Signers {
	tb.Helper()
	entries := []trust.Signer{
		{
			Name: "dockyard", Enabled: true, Keyless: true, Issuer: "https://token.actions.githubusercontent.com",
			Subject: "https://github.com/stacklok/dockyard/.github/workflows/build-containers.yml@refs/heads/main",
		},
		{Name: "alice", Enabled: true, Keyless: true, Issuer: "https://accounts.google.com", Subject: "alice@example.com"},
	}
	for _, name := range []string{"p256", "p384", "rsa2048", "rsa4096", "ed25519"} {
		entries = append(entries, trust.Signer{Name: name, Enabled: true, Key: testKey(tb, name), NoLog: true})
	}
	return signers(tb, entries...)
}

func signers(tb testing.TB, entries ...trust.Signer) trust.Signers {
	tb.Helper()
	list, err := trust.NewSigners(entries...)
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

func testVerifier(tb testing.TB, change ...func(*Options)) *Verifier {
	tb.Helper()
	o := Options{Roots: []trust.Root{testRoot(tb)}, Signers: testSigners(tb), Now: func() time.Time { return judgedOn }}
	for _, c := range change {
		c(&o)
	}
	v, err := New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// deciding is the check that keeps a report from being good, "" if nothing does.
func deciding(r model.Report) model.CheckID {
	_, c := ladder(r.Checks).blocker()
	return c.ID
}

func TestEvidenceByRealToolsIsJudgedAsTheRulesDemand(t *testing.T) {
	v, stepwise := testVerifier(t), testVerifier(t)
	stepwise.stepwise = true
	for _, f := range fixtures(t) {
		t.Run(f.Name, func(t *testing.T) {
			r := v.Verify(t.Context(), f.evidence(t))
			if diff := cmp.Diff(r, stepwise.Verify(t.Context(), f.evidence(t))); diff != "" {
				t.Errorf("asked for the whole and step by step, sigstore-go gives other reports:\n%s", diff)
			}
			if r.Verdict.String() != f.Verdict {
				t.Fatalf("verdict %s (%s), want %s", r.Verdict, r.Reason, f.Verdict)
			}
			if got := deciding(r); string(got) != f.Check {
				t.Errorf("decided by %q, want %q", got, f.Check)
			}
			requireOwnWords(t, r)
			good := r.Verdict == model.Trusted
			if good != (r.Reason == "") {
				t.Errorf("verdict %s with reason %q", r.Verdict, r.Reason)
			}
			if r.Signer != nil && r.Claimed != nil {
				t.Error("one signer is both proven and claimed")
			}
			if good && r.Signer == nil {
				t.Error("trusted, and nobody signed")
			}
			for _, c := range r.Checks {
				if c.Status == model.CheckUnchecked || c.Proves == "" || c.Spec == "" {
					t.Errorf("check %s is incomplete: %+v", c.ID, c)
				}
			}
		})
	}
}
