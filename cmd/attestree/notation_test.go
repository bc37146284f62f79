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

// TestNotationsTrustStoreAndPolicyDecide judges the signatures as of a time when their certificate was valid, which is one
// day. Nothing proves when they were made, so that as of any time they are not green; whom notation's files name is
// decided before that.
func TestNotationsTrustStoreAndPolicyDecide(t *testing.T) {
	c, args := notationCase(t)
	store := []string{"--notation-trust-store", notationStore}
	for name, want := range map[string]struct {
		flags               []string
		certificate, signer string
		reason              string
	}{
		"nothing":                  {nil, "skipped", "skipped", "whom to believe is not known"},
		"the store":                {store, "passed", "passed", "when it was signed"},
		"everybody in the store":   {append(store, "--notation-trust-policy", trustPolicyFile(t, "*")), "passed", "passed", "when it was signed"},
		"its signer by name":       {append(store, "--notation-trust-policy", trustPolicyFile(t, "x509.subject:C=US,ST=WA,O=Notary")), "passed", "passed", "when it was signed"},
		"somebody else by name":    {append(store, "--notation-trust-policy", trustPolicyFile(t, "x509.subject:C=US,ST=WA,O=Other")), "passed", "failed", "when it was signed"},
		"the store, and it is old": {append(store, "--at", "2026-12-24T12:00:00Z"), "skipped", "skipped", ""},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := run(t, append(append([]string{}, args...), want.flags...)...)
			if code != 3 {
				t.Errorf("exit code %d, want 3: %s", code, stderr)
			}
			found := map[string]gjson.Result{}
			collect(found, gjson.Get(stdout, "root"))
			for _, n := range c.Nodes {
				if !strings.HasPrefix(n.Format, "notation") {
					continue
				}
				got := found[n.ID]
				if got.Get("verdict").String() != "unverifiable" || !strings.Contains(got.Get("reason").String(), want.reason) {
					t.Errorf("%s is %s (%s)", n.Format, got.Get("verdict"), got.Get("reason"))
				}
				for check, status := range map[string]string{"certificate": want.certificate, "signer": want.signer} {
					if is := got.Get(`checks.#(id=="` + check + `").status`).String(); is != status {
						t.Errorf("%s: the check %s %s, want %s", n.Format, check, is, status)
					}
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
