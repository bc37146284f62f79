package policy

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

const (
	actions  = "https://token.actions.githubusercontent.com"
	workflow = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"
)

func must[T any](tb testing.TB) func(T, error) T {
	return func(v T, err error) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}

// newKey is a key that nobody else has.
func newKey(tb testing.TB, name string) trust.Key {
	tb.Helper()
	private := must[*ecdsa.PrivateKey](tb)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	return must[trust.Key](tb)(trust.NewKey(name, private.Public()))
}

// full has every field, most of them twice.
func full(key trust.Key) string {
	indented := strings.ReplaceAll(strings.TrimSpace(publicPEM(key)), "\n", "\n        ")
	return `# whom we trust
signing_policy:
  require_signature: true
  require: [slsa-provenance, sbom, scai, "https://example.com/review/v1"]
  scai: {attribute: MCP_SECURITY_SCAN_PASSED, max_blocking: 0, min_tools: 1}
  sbom: {min_packages: 1}
  max_age: {scai: 30d, signature: 52w}
  slsa:
    minimum_level: 2
    builders:
      - https://github.com/acme/build/.github/workflows/image.yml@refs/tags/v1
      - {signer: release, id: "https://ci.example.com/builder"}
    sources: ["https://github.com/acme/app"]
  vsa:
    - {signer: release, verifier: "https://example.com/verifier"}
  trusted_keys:
    # our CI
    - {name: ci, keyless: true, issuer: "` + actions + `",
       subject: "` + workflow + `", source_repository: "https://github.com/acme/app",
       source_repository_id: "42", triggers: [push, release], root: corp,
       for: [signature, scai, "https://example.com/review/v1"], images: ["ghcr.io/acme/**"], mirrors: ["docker.io/acme/*"],
       require_name: true, valid_from: 2026-01-01, valid_until: 2026-12-31T12:00:00Z, expires: 2027-01-01, enabled: true}
    - name: release # the old one
      key: |
        ` + indented + `
      require_log: false

    # of the vault
    - name: vault
      key_ref: "hashivault://release"
      enabled: false
`
}

func TestEveryFieldIsRead(t *testing.T) {
	key := newKey(t, "release")
	f := must[*File](t)(Parse("policy.yaml", []byte(full(key)), nil))
	signers := f.Signers()
	if len(signers) != 3 {
		t.Fatalf("%d signers", len(signers))
	}
	day := func(y, m, d, h int) time.Time { return time.Date(y, time.Month(m), d, h, 0, 0, 0, time.UTC) }
	ci := signers[0]
	want := trust.Signer{
		Name: "ci", Enabled: true, Keyless: true, Issuer: actions, Subject: workflow,
		SourceRepository: "https://github.com/acme/app", SourceRepositoryID: "42", Triggers: []string{"push", "release"}, Root: "corp",
		For: []string{"signature", "scai", "https://example.com/review/v1"}, Images: []string{"ghcr.io/acme/**"},
		Mirrors: []string{"docker.io/acme/*"}, RequireName: true,
		ValidFrom: day(2026, 1, 1, 0), ValidUntil: day(2026, 12, 31, 12), Expires: day(2027, 1, 1, 0),
	}
	if inline(ci) != inline(want) {
		t.Errorf("ci is\n%s, want\n%s", inline(ci), inline(want))
	}
	if s := signers[1]; s.Key == nil || !s.Key.Equal(key) || !s.NoLog || !s.Enabled {
		t.Errorf("release is %+v", s)
	}
	if s := signers[2]; s.Key != nil || s.KeyRef != "hashivault://release" || s.Enabled {
		t.Errorf("vault is %+v", s)
	}
	r := f.rules
	if !r.signature || strings.Join(r.require, " ") != "slsa-provenance sbom scai https://example.com/review/v1 vsa" ||
		r.level != 2 || len(r.builders) != 2 || len(r.sources) != 1 || *r.packages != 1 || len(r.ages) != 2 ||
		*r.scai.maxBlocking != 0 || *r.scai.minTools != 1 || len(r.verifiers) != 1 {
		t.Errorf("rules %+v", r)
	}
	if table := f.Table(); len(table.Verifiers) != 1 || table.Builders[len(table.Builders)-1].Signer != "release" {
		t.Errorf("table %+v", table)
	}
	if len(f.sum) != 64 || f.name != "policy.yaml" {
		t.Errorf("%q %q", f.sum, f.name)
	}
}

func TestAFileThatSaysNothingTrustsNobody(t *testing.T) {
	for _, data := range []string{"", "\n\n", "# nothing yet\n", "---\n", "signing_policy:\n", "signing_policy: {}\n", "signing_policy:\n  trusted_keys: []\n"} {
		f, err := Parse("p", []byte(data), nil)
		if err != nil {
			t.Errorf("%q: %v", data, err)
			continue
		}
		if len(f.Signers()) != 0 || !f.rules.nothing() {
			t.Errorf("%q says something", data)
		}
	}
}

func TestAKeyReferenceIsResolvedByTheCallerAlone(t *testing.T) {
	const data = "signing_policy:\n  trusted_keys:\n    - name: vault\n      key_ref: hashivault://release\n"
	key := newKey(t, "other name")
	f := must[*File](t)(Parse("p", []byte(data), func(ref string) (trust.Key, error) {
		if ref != "hashivault://release" {
			return trust.Key{}, fmt.Errorf("asked for %q", ref)
		}
		return key, nil
	}))
	if s := f.Signers()[0]; s.Key == nil || !s.Key.Equal(key) || s.Key.Name != "vault" || s.KeyRef != "hashivault://release" {
		t.Errorf("%+v", s)
	}
	for name, c := range map[string]struct {
		resolve KeyResolver
		want    string
	}{
		"without a resolver":         {nil, "p:4:16: the key hashivault://release cannot be fetched: nothing here can resolve"},
		"one that fails":             {func(string) (trust.Key, error) { return trust.Key{}, errors.New("sealed") }, "cannot be fetched: sealed"},
		"one that answers with none": {func(string) (trust.Key, error) { return trust.Key{}, nil }, "the answer is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse("p", []byte(data), c.resolve); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	called := false
	off := data + "      enabled: false\n"
	f = must[*File](t)(Parse("p", []byte(off), func(string) (trust.Key, error) { called = true; return key, nil }))
	if called || f.Signers()[0].Key != nil || f.Signers().Pinned() {
		t.Error("a disabled reference is resolved")
	}
}

func testPEM(tb testing.TB) string { return publicPEM(newKey(tb, "test")) }
