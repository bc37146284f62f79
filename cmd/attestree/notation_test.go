package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// notationStore has the certificate that signed testdata/images/notation.zip.
const notationStore = "../../verifier/testdata/notation"

// notationCase is the image that notation signed. Its certificate was valid for one day, so it is judged as of then.
func notationCase(t *testing.T) (imageCase, []string) {
	t.Helper()
	for _, c := range readImages(t) {
		if c.File == "notation.zip" {
			return c, []string{"verify", fromFolder(t, c), "-o", "json", "--at", "2026-11-21T12:00:00Z"}
		}
	}
	t.Fatal("there is no notation.zip")
	return imageCase{}, nil
}

func trustPolicyFile(t *testing.T, identity string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trustpolicy.json")
	text := `{"version":"1.0","trustPolicies":[{"name":"p","registryScopes":["*"],"signatureVerification":{"level":"strict"},
		"trustStores":["ca:fixtures"],"trustedIdentities":["` + identity + `"]}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNotationsTrustStoreAndPolicyDecide(t *testing.T) {
	c, args := notationCase(t)
	store := []string{"--notation-trust-store", notationStore}
	for name, want := range map[string]struct {
		flags   []string
		verdict string
		code    int
	}{
		"nothing":                  {nil, "unverifiable", 3},
		"the store":                {store, "trusted", 0},
		"everybody in the store":   {append(store, "--notation-trust-policy", trustPolicyFile(t, "*")), "trusted", 0},
		"its signer by name":       {append(store, "--notation-trust-policy", trustPolicyFile(t, "x509.subject:C=US,ST=WA,O=Notary")), "trusted", 0},
		"somebody else by name":    {append(store, "--notation-trust-policy", trustPolicyFile(t, "x509.subject:C=US,ST=WA,O=Other")), "untrusted", 3},
		"the store, and it is old": {append(store, "--at", "2026-12-24T12:00:00Z"), "unverifiable", 3},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := run(t, append(append([]string{}, args...), want.flags...)...)
			if code != want.code {
				t.Errorf("exit code %d, want %d: %s", code, want.code, stderr)
			}
			found := map[string]gjson.Result{}
			collect(found, gjson.Get(stdout, "root"))
			for _, n := range c.Nodes {
				if !strings.HasPrefix(n.Format, "notation") {
					continue
				}
				if got := found[n.ID]; got.Get("verdict").String() != want.verdict {
					t.Errorf("%s is %s (%s), want %s", n.Format, got.Get("verdict"), got.Get("reason"), want.verdict)
				}
			}
		})
	}
}

func TestNotationsConfigurationIsUnderstoodOrRefused(t *testing.T) {
	_, args := notationCase(t)
	empty, policy := t.TempDir(), trustPolicyFile(t, "*")
	broken := filepath.Join(empty, "broken.json")
	if err := os.WriteFile(broken, []byte(`{"version":"1.0"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		flags []string
		want  string
	}{
		"a policy without a store": {[]string{"--notation-trust-policy", policy}, "needs --notation-trust-store"},
		"a folder without a store": {[]string{"--notation-trust-store", empty}, "no folder truststore/x509"},
		"a policy that is none":    {[]string{"--notation-trust-store", notationStore, "--notation-trust-policy", broken}, "no trustPolicies"},
		"a policy that is missing": {[]string{"--notation-trust-store", notationStore, "--notation-trust-policy", empty + "/x"}, "no such file"},
		"another store's policy": {[]string{"--notation-trust-store", notationStore, "--notation-trust-policy", func() string {
			path := trustPolicyFile(t, "*")
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(raw), "ca:fixtures", "ca:acme", 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}()}, "not there or empty"},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := run(t, append(append([]string{}, args...), c.flags...)...)
			if code != 2 || !strings.Contains(stderr, c.want) || stdout != "" {
				t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
			}
		})
	}
}
