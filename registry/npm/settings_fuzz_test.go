package npm_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/attestree/attestree/registry/npm"
)

// Credentials of one registry are never those of another, however the settings are written.
func FuzzCredentialsAreOfOneRegistry(f *testing.F) {
	f.Add("registry=https://a.example/npm/\n//a.example/npm/:_authToken=secret\n", "b.example", "/npm")
	f.Add("//a.example/:_auth=secret\n//a.example:8080/:username=u\n//a.example:8080/:_password=cA==\n", "a.example:8080", "/")
	f.Add("//:_authToken=secret\n///:_authToken=secret\n//b.example:_authToken=secret", "", "//b.example/")
	f.Fuzz(func(t *testing.T, text, host, path string) {
		home := t.TempDir()
		if err := os.WriteFile(filepath.Join(home, ".npmrc"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := npm.ReadSettings(func(string) string { return "" }, home)
		if err != nil {
			return
		}
		if r, _, err := s.Registry("a"); err == nil && r.URL != nil && (r.URL.User != nil || r.URL.Host == "") {
			t.Errorf("the registry is %s", r.URL)
		}
		r := s.Authorize(npm.Registry{URL: &url.URL{Scheme: "https", Host: host, Path: path}})
		if r.Authorization != "" && !strings.Contains(text, "//"+host+"/") {
			t.Errorf("%q is sent to %q, which the settings do not name:\n%s", r.Authorization, host, text)
		}
	})
}
