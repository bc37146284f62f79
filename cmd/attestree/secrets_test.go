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
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/attestree/attestree/registry/registrytest"
)

// The canary: what must be seen by nobody but the registry and its token service.
const (
	canaryUser     = "canary-user"
	canaryPassword = "canary-password-9d1f"
	canaryToken    = "canary-token-77aa"   // of another registry
	canaryAddress  = "canary-address-31c0" // in an address that lets whoever holds it read
)

// secrets are every form in which the canary, or what is given out for it, could be seen.
func secrets() []string {
	return []string{
		canaryPassword, base64.StdEncoding.EncodeToString([]byte(canaryUser + ":" + canaryPassword)), canaryToken,
		base64.StdEncoding.EncodeToString([]byte(canaryUser + ":" + canaryToken)), "test-1", "test-2", "Bearer test-",
	}
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

// logins are the ways in which a registry wants to know who asks, and a person tells.
func logins(t *testing.T, home string) map[string]login {
	t.Helper()
	helper := "#!/bin/sh\nread host\necho '{\"Username\":\"" + canaryUser + "\",\"Secret\":\"" + canaryPassword + "\"}'\n"
	if err := os.WriteFile(filepath.Join(home, "docker-credential-canary"), []byte(helper), 0o700); err != nil {
		t.Fatal(err)
	}
	auth := base64.StdEncoding.EncodeToString([]byte(canaryUser + ":" + canaryPassword))
	token := func(c *registrytest.Config) { c.Token, c.User, c.Password = true, canaryUser, canaryPassword }
	basic := func(c *registrytest.Config) { c.Basic = true }
	return map[string]login{
		"a token, by a file":   {token, `{"auths":{%q:{"auth":"` + auth + `"}}}`},
		"a token, by a helper": {token, `{"credHelpers":{%q:"canary"}}`},
		"a password":           {basic, `{"auths":{%q:{"auth":"` + auth + `"}}}`},
		"a helper's password":  {basic, `{"credHelpers":{%q:"canary"}}`},
		"a wrong password":     {func(c *registrytest.Config) { c.Token, c.User, c.Password = true, "other", "x" }, `{"auths":{%q:{"auth":"` + auth + `"}}}`},
	}
}

type login struct {
	wants func(*registrytest.Config)
	file  string // docker's configuration, with %q for the registry
}

// settle writes docker's configuration, for which the environment must have been set.
func (l login) settle(t *testing.T, home string, s *scene) {
	t.Helper()
	s.Change(l.wants)
	if err := os.WriteFile(filepath.Join(home, "config.json"), fmt.Appendf(nil, l.file, s.Host()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// homeOf makes a folder the home of whoever runs the tests.
func homeOf(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "DOCKER_CONFIG": home, "XDG_CONFIG_HOME": filepath.Join(home, "config"), "REGISTRY_AUTH_FILE": "",
		"PATH": home + string(os.PathListSeparator) + os.Getenv("PATH"),
	} {
		t.Setenv(name, value)
	}
	return home
}

// TestCredentialsAreSeenByNobodyElse has every command look at images of a registry that wants to know who asks and leads
// on to another host, in every way in which that can be done, and looks for the canary in all that is written and asked.
func TestCredentialsAreSeenByNobodyElse(t *testing.T) {
	home := homeOf(t)
	for who, by := range logins(t, home) {
		for name, path := range map[string]string{
			"blobs are elsewhere": "/blobs/", "referrers are elsewhere": "/referrers/", "signatures are elsewhere": `\.sig$`,
			"children are elsewhere": "/manifests/sha256", "nothing is elsewhere": "nowhere",
		} {
			t.Run(who+", "+name, func(t *testing.T) {
				th := newThief(t)
				s := newScene(t)
				by.settle(t, home, s)
				image := s.image("1", "x")
				index := s.index("2", image)
				s.attach("", index, s.bundle(statement(provenance, index, `{}`)))
				s.Fail(registrytest.Fault{Path: path, Redirect: th.URL + "/stolen?signature=" + canaryAddress})
				written := t.TempDir()
				said := everyCommand(t, s.Host()+"/"+attacked+":2", written)
				if wrong := who == "a wrong password"; !wrong && name != "nothing is elsewhere" && th.seen.Len() == 0 {
					t.Error("nobody was led on: nothing is proven")
				} else if wrong == strings.Contains(said, string(index.Digest)) {
					t.Errorf("the image was seen: %v", !wrong)
				}
				for _, secret := range secrets() {
					if strings.Contains(th.seen.String(), secret) {
						t.Errorf("another host was told %q:\n%s", secret, th.seen.String())
					}
				}
				keptTo(t, said, written)
			})
		}
	}
}

// TestWhatARegistrySaysBackIsNotRepeated has registries and token services say in errors what they were told in confidence.
func TestWhatARegistrySaysBackIsNotRepeated(t *testing.T) {
	home := homeOf(t)
	password := strings.Join(secrets()[:2], " ")
	told := map[string]string{"a password": password, "a token, by a file": "Bearer test-1"}
	for who, by := range logins(t, home) {
		if told[who] == "" {
			continue
		}
		for _, path := range []string{"/manifests/1", "/referrers/", "/blobs/", `\.sig$`, "^/token"} {
			back := told[who]
			if path == "^/token" {
				if back == password {
					continue // nobody is asked for a token then
				}
				back = password
			}
			s := newScene(t)
			by.settle(t, home, s)
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement(provenance, image, `{}`)))
			s.Fail(registrytest.Fault{Path: path, Status: http.StatusForbidden, Body: `{"errors":[{"code":"DENIED","message":"you are ` + back + `"}]}`})
			stdout, stderr, code := run(t, "verify", s.Host()+"/"+attacked+":1", "-o", "json", "--no-cache")
			if code == 0 || !strings.Contains(stdout+stderr, "you are") {
				t.Errorf("%s, %s: nothing was said back, so that nothing is proven: exit code %d, %s%s", who, path, code, stdout, stderr)
			}
			keptTo(t, stdout+stderr)
		}
	}
}

// keptTo fails if a secret is in what was said, or in a file below the folders.
func keptTo(t *testing.T, said string, folders ...string) {
	t.Helper()
	for _, secret := range append(secrets(), canaryAddress) {
		if at := strings.Index(said, secret); at >= 0 {
			t.Errorf("%q was said: …%q", secret, said[max(0, at-200):at+len(secret)])
		}
		for _, folder := range folders {
			if file := holding(t, folder, secret); file != "" {
				t.Errorf("%q was written to %s", secret, file)
			}
		}
	}
}

// TestTheScreenShowsNoCredentials goes through what the screen shows of how things were asked, copies and writes.
func TestTheScreenShowsNoCredentials(t *testing.T) {
	home := homeOf(t)
	for who, by := range logins(t, home) {
		if who == "a wrong password" {
			continue // then there is no screen, but an error, which the commands say too
		}
		t.Run(who, func(t *testing.T) {
			th := newThief(t)
			s := newScene(t)
			by.settle(t, home, s)
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement(provenance, image, `{}`)))
			s.attach("", image, s.bundle(statement(cosignSign, image, `{}`)))
			s.Fail(registrytest.Fault{Path: `\.sig$`, Redirect: th.URL + "/stolen?signature=" + canaryAddress})
			own := t.TempDir()
			term, cmd := startTerminalAt(t, own, s.Host()+"/"+attacked+":1", "--no-animation", "--key", s.pub, "--insecure-ignore-tlog")
			term.shows("policy satisfied")
			for _, step := range []struct{ keys, shows, hides string }{
				{"\t\tG", "cosign", ""}, {"y", "┤ Copy", ""}, {"\x1b", "", "┤ Copy"}, {":", "┤ :", ""}, {"\x1b", "", "┤ :"},
				{"c", "┤ Coverage", ""}, {"\x1b", "", "┤ Coverage"}, {"D", "octor", ""}, {"\x1b", "", "┤ Policy doctor"}, {"\tj5", "[5 ", ""},
			} {
				term.press(step.keys)
				term.shows(step.shows)
				if step.hides != "" {
					term.hides(step.hides)
				}
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // its exit code is that of a program which was told to end
			<-term.ended
			whole, _ := term.sofar()
			keptTo(t, string(whole), own)
		})
	}
}

// TestPackagesTellNobodyElseTheirCredentials asks registries of packages that lead on to another host.
func TestPackagesTellNobodyElseTheirCredentials(t *testing.T) {
	th := newThief(t)
	for name, meddle := range map[string]func(http.ResponseWriter, *http.Request) bool{
		"nothing is elsewhere": nil,
		"all is elsewhere": func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, th.URL+"/stolen?signature="+canaryAddress, http.StatusFound)
			return true
		},
		"it refuses, and says back who asks": func(w http.ResponseWriter, r *http.Request) bool {
			http.Error(w, r.Header.Get("Authorization"), http.StatusForbidden)
			return true
		},
		"it leads to no address": func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Location", "https://x/%zz?signature="+canaryAddress)
			w.WriteHeader(http.StatusFound)
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			home := homeOf(t)
			s := newShops(t)
			var sent atomic.Int32
			watch := func(w http.ResponseWriter, r *http.Request) bool {
				if r.Header.Get("Authorization") != "" {
					sent.Add(1)
				}
				return meddle != nil && meddle(w, r)
			}
			s.npm.Meddle, s.pypi.Meddle = watch, watch
			rc := "registry=" + s.npm.URL() + "\n//" + strings.TrimPrefix(s.npm.URL(), "http://") + "/:_authToken=" + canaryToken + "\n"
			settings := filepath.Join(t.TempDir(), "npmrc")
			if err := os.WriteFile(settings, []byte(rc), 0o600); err != nil {
				t.Fatal(err)
			}
			index := strings.Replace(s.pypi.URL(), "http://", "http://"+canaryUser+":"+canaryToken+"@", 1)
			var said strings.Builder
			for _, args := range [][]string{{"package", "npm:" + npmTarget}, {"package", "npm:" + npmTarget, "-o", "json"}, {"package", "pypi:" + pypiTarget}, {"package", "pypi:" + pypiTarget, "-o", "json"}} {
				cmd := program(t.Context(), home, append(args, "--npm-keys", s.keys)...)
				cmd.Env = append(cmd.Env, "PIP_INDEX_URL="+index, "npm_config_userconfig="+settings)
				out, _ := cmd.CombinedOutput() // its exit code is not what this is about
				said.Write(out)
			}
			if sent.Load() == 0 {
				t.Error("nobody was told who asks: nothing is proven")
			}
			keptTo(t, said.String(), home)
		})
	}
	for _, typed := range []string{"https://me:" + canaryPassword + "@registry.example/a:1", "me:" + canaryPassword + "@registry.example/a:1", "http://" + canaryPassword + "@registry.example/a"} {
		_, stderr, code := run(t, "tree", typed)
		if keptTo(t, stderr); code != 2 || !strings.Contains(stderr, "@registry.example/a") {
			t.Errorf("exit code %d, %s", code, stderr)
		}
	}
	if seen := th.seen.String(); seen != "" {
		t.Errorf("another host was asked: %s", seen)
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
	rego := filepath.Join(folder, "policy.rego")
	if err := os.WriteFile(rego, []byte("package signature\ndeny contains input.predicateType if true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, args := range [][]string{
		{"tree", reference}, {"tree", reference, "-o", "json"}, {"verify", reference}, {"verify", reference, "-o", "json"},
		{"audit", reference}, {"audit", reference, "-o", "markdown"}, {"diff", reference, reference}, {"commands", reference},
		{"export", reference, filepath.Join(folder, "pack")}, {"export", reference, filepath.Join(folder, "pack.tar")},
		{"fleet", list, "-o", "csv", "--report", filepath.Join(folder, "report.jsonl")},
		{"verify", filepath.Join(folder, "pack")}, {"fleet", list, "--since", filepath.Join(folder, "report.jsonl")},
		{"policy", reference, "--policy", rego}, {"policy", reference, "--policy", rego, "-o", "json"}, {"commands", reference, "-o", "json"},
		{"tree", reference, "--plain"}, {"tree", reference, "--package"}, {"export", reference, filepath.Join(folder, "one.json"), "--part", "manifest"},
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
