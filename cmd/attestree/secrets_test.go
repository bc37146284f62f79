package main

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/attestree/attestree/registry/registrytest"
)

// The canary: what must be seen by nobody but the registry and its token service.
const (
	canaryUser     = "canary-user"
	canaryPassword = "canary-password-9d1f"
)

// secrets are every form in which the canary, or what is given out for it, could be seen.
func secrets() []string {
	return []string{canaryPassword, base64.StdEncoding.EncodeToString([]byte(canaryUser + ":" + canaryPassword)), "test-1", "test-2", "Bearer test-"}
}

// thief is a host to which registries lead on. It keeps every header and address that it is asked with.
type thief struct {
	*httptest.Server
	mu   sync.Mutex
	seen strings.Builder
}

func newThief(t *testing.T) *thief {
	t.Helper()
	th := &thief{}
	th.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		th.mu.Lock()
		defer th.mu.Unlock()
		_, _ = fmt.Fprintf(&th.seen, "%s %s %v\n", r.Method, r.URL, r.Header)
		http.Error(w, r.Header.Get("Authorization"), http.StatusNotFound) // and says it back, for it to be shown
	}))
	t.Cleanup(th.Close)
	return th
}

// TestCredentialsAreSeenByNobodyElse has every command look at images of a registry that wants a password and leads on to
// another host, in every way in which that can be done, and looks for the password in all that is written and asked.
func TestCredentialsAreSeenByNobodyElse(t *testing.T) {
	home := t.TempDir()
	for name, value := range map[string]string{"HOME": home, "DOCKER_CONFIG": home, "XDG_CONFIG_HOME": filepath.Join(home, "config")} {
		t.Setenv(name, value)
	}
	for name, path := range map[string]string{
		"blobs are elsewhere": "/blobs/", "referrers are elsewhere": "/referrers/", "signatures are elsewhere": `\.sig$`,
		"children are elsewhere": "/manifests/sha256", "nothing is elsewhere": "nowhere",
	} {
		t.Run(name, func(t *testing.T) {
			th := newThief(t)
			s := newScene(t)
			s.Change(func(c *registrytest.Config) { c.Token, c.User, c.Password = true, canaryUser, canaryPassword })
			auth := base64.StdEncoding.EncodeToString([]byte(canaryUser + ":" + canaryPassword))
			docker := fmt.Sprintf(`{"auths":{%q:{"auth":%q}}}`, s.Host(), auth)
			if err := os.WriteFile(filepath.Join(home, "config.json"), []byte(docker), 0o600); err != nil {
				t.Fatal(err)
			}
			image := s.image("1", "x")
			index := s.index("2", image)
			s.attach("", index, s.bundle(statement(provenance, index, `{}`)))
			s.Fail(registrytest.Fault{Path: path, Redirect: th.URL + "/stolen"})
			written := t.TempDir()
			said := everyCommand(t, s.Host()+"/"+attacked+":2", written)
			if s.Tokens() == 0 {
				t.Fatal("the registry gave nobody a token: nothing is proven")
			}
			if name != "nothing is elsewhere" && th.seen.Len() == 0 {
				t.Error("nobody was led on: nothing is proven")
			}
			for _, secret := range secrets() {
				if strings.Contains(th.seen.String(), secret) {
					t.Errorf("another host was told %q:\n%s", secret, th.seen.String())
				}
				if strings.Contains(said, secret) {
					t.Errorf("%q was printed:\n%s", secret, said)
				}
				if file := holding(t, written, secret); file != "" {
					t.Errorf("%q was written to %s", secret, file)
				}
			}
		})
	}
}

// everyCommand runs every command that asks a registry, with a cache in the folder and all that is written there too. It
// returns what was printed.
func everyCommand(t *testing.T, reference, folder string) string {
	t.Helper()
	list := filepath.Join(folder, "list.txt")
	if err := os.WriteFile(list, []byte(reference+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, args := range [][]string{
		{"tree", reference}, {"tree", reference, "-o", "json"}, {"verify", reference}, {"verify", reference, "-o", "json"},
		{"audit", reference}, {"audit", reference, "-o", "markdown"}, {"diff", reference, reference}, {"commands", reference},
		{"export", reference, filepath.Join(folder, "pack")}, {"export", reference, filepath.Join(folder, "pack.tar")},
		{"fleet", list, "--report", filepath.Join(folder, "report.jsonl")}, {"fleet", list, "-o", "csv"},
		{"tree", reference + "absent"}, {"tree", strings.Replace(reference, ":2", "/none:1", 1)}, {"cache", "info"},
	} {
		stdout, stderr, _ := cached(t, filepath.Join(folder, "cache"), args...)
		said.WriteString(stdout + stderr)
	}
	return said.String()
}

// holding is a file below a folder that holds a text, "" if there is none.
func holding(t *testing.T, folder, text string) (found string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if strings.Contains(string(raw), text) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
