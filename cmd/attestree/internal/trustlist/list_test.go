package trustlist

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/trust"
)

const policyText = `# mine
signing_policy:
  trusted_keys:
    - {name: alice, keyless: true, issuer: "https://issuer.example", subject: "alice@example.com", for: [signature]}
`

func demoRoot(t *testing.T) []trust.Root {
	t.Helper()
	roots, err := trust.ParseRoot("demo", trust.SourceEmbedded, testdata.DemoTrustedRoot)
	if err != nil {
		t.Fatal(err)
	}
	return roots
}

func newList(t *testing.T, policy string) (*List, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.yaml")
	c := Config{Source: "x", Roots: demoRoot(t), SavePath: path, Now: time.Now}
	if policy != "" {
		if err := os.WriteFile(path, []byte(policy), 0o600); err != nil {
			t.Fatal(err)
		}
		c.PolicyPath = path
	}
	l, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return l, path
}

func names(l *List) string {
	var out []string
	for _, s := range l.Signers() {
		state := "+"
		if !s.Enabled {
			state = "-"
		}
		out = append(out, state+s.Name+"/"+s.Origin)
	}
	return strings.Join(out, " ")
}

func bob() model.TrustedSigner {
	return model.TrustedSigner{
		Name: "bob", Kind: model.SignerCertificate, Issuer: "https://issuer.example", Subject: "bob@example.com", For: []string{"signature"},
	}
}

func wants(t *testing.T, l *List, want string) {
	t.Helper()
	if got := names(l); got != want {
		t.Errorf("the list is %q, want %q", got, want)
	}
}

func TestWhatIsDoneOnTheScreenIsForThisRunAndCanBeTakenBack(t *testing.T) {
	l, path := newList(t, policyText)
	wants(t, l, "+alice/policy")
	if err := l.Pin(bob()); err != nil {
		t.Fatal(err)
	}
	wants(t, l, "+alice/policy +bob/this run")
	if err := errors.Join(l.SetEnabled("alice", false), l.SetEnabled("bob", false)); err != nil {
		t.Fatal(err)
	}
	wants(t, l, "-alice/policy -bob/this run")
	if err := errors.Join(l.SetEnabled("alice", true), l.Unpin("bob")); err != nil {
		t.Fatal(err)
	}
	wants(t, l, "+alice/policy")
	if data, err := os.ReadFile(path); err != nil || string(data) != policyText {
		t.Errorf("the file was changed: %q, %v", data, err)
	}
}

func TestWhatCannotBeDoneLeavesTheListAsItWas(t *testing.T) {
	l, _ := newList(t, policyText)
	unsound := bob()
	unsound.Subject = ""
	for what, do := range map[string]func() error{
		"a name that is taken":           func() error { s := bob(); s.Name = "alice"; return l.Pin(s) },
		"an entry that names nobody":     func() error { return l.Pin(unsound) },
		"switching a stranger":           func() error { return l.SetEnabled("carol", true) },
		"unpinning the policy's own":     func() error { return l.Unpin("alice") },
		"updating a root that was given": func() error { _, err := l.UpdateRoot(t.Context()); return err },
	} {
		if err := do(); err == nil {
			t.Errorf("%s is no error", what)
		}
		wants(t, l, "+alice/policy")
	}
}

func TestWhatIsSavedIsThePolicysFromThenOn(t *testing.T) {
	l, path := newList(t, policyText)
	if err := l.Pin(bob()); err != nil {
		t.Fatal(err)
	}
	if saved, err := l.Save(bob()); err != nil || saved != path {
		t.Fatalf("saved to %q, %v", saved, err)
	}
	if err := l.reload(); err != nil {
		t.Fatal(err)
	}
	wants(t, l, "+alice/policy -bob/policy")
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "# mine\n") {
		t.Errorf("the file is %q, %v", data, err)
	}
}

func TestAFileThatCannotBeParsedChangesNothing(t *testing.T) {
	l, path := newList(t, policyText)
	const broken = "signing_policy: [\n"
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.reload(); err == nil {
		t.Error("a broken file was read")
	}
	wants(t, l, "+alice/policy")
	if _, err := l.Save(bob()); err == nil {
		t.Error("a broken file was edited")
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != broken {
		t.Errorf("the file was changed: %q, %v", data, err)
	}
}

func TestAChangeOnDiskIsToldAndCounts(t *testing.T) {
	l, path := newList(t, policyText)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	changed := l.Watch(ctx)
	if err := write(path, []byte(strings.Replace(policyText, "alice@", "alice.b@", 1))); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-changed:
		if err != nil || l.Signers()[0].Subject != "alice.b@example.com" {
			t.Errorf("%v, %+v", err, l.Signers())
		}
	case <-ctx.Done():
		t.Error("nobody was told")
	}
}

func TestARootThatWasAskedForCounts(t *testing.T) {
	newer := demoRoot(t)[0]
	newer.Info.Date = "2030-01-01"
	l, err := New(Config{Roots: demoRoot(t), Now: time.Now, UpdateRoot: func(context.Context) (trust.Root, string, error) {
		return newer, "version 2, was 1", nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if said, err := l.UpdateRoot(t.Context()); err != nil || said != "version 2, was 1" || l.Roots()[0].Date != "2030-01-01" {
		t.Errorf("%q, %v, %+v", said, err, l.Roots())
	}
}

func TestOnlyAProvenSignerIsProposedAndAsNarrowAsCanBe(t *testing.T) {
	l, _ := newList(t, "")
	claimed := &model.Entry{Report: &model.Report{Claimed: &model.Signer{Kind: model.SignerCertificate, Subject: "mallory@example.net"}}}
	if s, err := l.Propose(claimed, "example.com/a"); err == nil {
		t.Errorf("a claim was proposed: %+v", s)
	}
	proven := &model.Entry{
		Node:        model.Node{Kind: model.KindAttestation},
		Attestation: &model.Attestation{Statement: &model.Statement{PredicateType: "https://example.com/outer"}, PredicateType: "https://example.com/nested"},
		Report: &model.Report{TrustRoot: "demo", Signer: &model.Signer{
			Kind: model.SignerCertificate, Issuer: "https://issuer.example", Subject: "https://github.com/o/r/.github/workflows/b.yml@refs/heads/main",
			Extensions: []model.Extension{{Name: "sourceRepositoryURI", Value: "https://github.com/o/r"}},
		}},
	}
	s, err := l.Propose(proven, "example.com/a")
	if err != nil {
		t.Fatal(err)
	}
	if s.Pattern || s.Root != "" || s.SourceRepository != "https://github.com/o/r" ||
		strings.Join(s.For, " ") != "https://example.com/outer" || strings.Join(s.Images, " ") != "example.com/a" {
		t.Errorf("proposed %+v", s)
	}
	if err := l.Pin(s); err != nil {
		t.Errorf("what was proposed cannot be pinned: %v", err)
	}
}
