package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestTroubleWithTheImageItselfIsOneClearSentence has the request for the image go wrong in every way.
func TestTroubleWithTheImageItselfIsOneClearSentence(t *testing.T) {
	const manifest = "/v2/a/b/manifests/1"
	for name, c := range map[string]struct {
		fault registrytest.Fault
		says  string
	}{
		"unauthorized": {registrytest.Fault{Path: manifest, Status: 401}, "401"},
		"forbidden":    {registrytest.Fault{Path: manifest, Status: 403}, "403"},
		"not found":    {registrytest.Fault{Path: manifest, Status: 404}, "404"},
		"rate limited": {registrytest.Fault{Path: manifest, Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, "429"},
		"server error": {registrytest.Fault{Path: manifest, Status: 501}, "501"},
		"garbage":      {registrytest.Fault{Path: manifest, Status: 200, Body: "<html>\x1b[2J\u009b31mhello</html>"}, "manifest"},
		"empty":        {registrytest.Fault{Path: manifest, Status: 200, Body: ""}, "manifest"},
		"elsewhere":    {registrytest.Fault{Path: manifest, Redirect: "http://192.0.2.1/x"}, "without encryption"},
	} {
		for _, verb := range []string{"tree", "verify"} {
			t.Run(verb+": "+name, func(t *testing.T) {
				t.Parallel()
				r := registrytest.New(t, registrytest.Config{})
				r.Image(t, "a/b", "1", "x")
				r.Fail(c.fault)
				stdout, stderr, code := run(t, verb, r.Host()+"/a/b:1")
				if code != 1 {
					t.Errorf("exit code %d, want 1", code)
				}
				if stdout != "" {
					t.Errorf("half an answer was printed: %s", stdout)
				}
				if !strings.HasPrefix(stderr, "attestree: ") || !strings.Contains(strings.ToLower(stderr), c.says) {
					t.Errorf("stderr does not say %q: %s", c.says, stderr)
				}
				oneSentence(t, stderr)
			})
		}
	}
}

// TestWhoStopsItIsToldSo has the person press Ctrl-C.
func TestWhoStopsItIsToldSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, verb := range []string{"tree", "verify"} {
		var stdout, stderr bytes.Buffer
		code := command.Main(ctx, "test", command.Environment{
			Args: []string{verb, "127.0.0.1:1/a/b:1"}, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
			Now: time.Now, Getenv: func(string) string { return "" },
		})
		if code != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "stopped before everything was looked at") {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q", verb, code, &stdout, &stderr)
		}
		oneSentence(t, stderr.String())
	}
}

// oneSentence holds what is said about an error to what a person can read: few lines, nothing that a terminal obeys.
func oneSentence(t *testing.T, stderr string) {
	t.Helper()
	if lines := strings.Count(stderr, "\n"); lines > 2 {
		t.Errorf("%d lines on stderr:\n%s", lines, stderr)
	}
	if strings.ContainsAny(stderr, "\x1b\u009b") || strings.Contains(stderr, "goroutine") {
		t.Errorf("stderr has what nobody should see: %q", stderr)
	}
}

// TestALookUpThatFailsIsNeverCalledAbsent has one mechanism go wrong while the image itself can be had.
func TestALookUpThatFailsIsNeverCalledAbsent(t *testing.T) {
	for name, c := range map[string]struct {
		fault     registrytest.Fault
		mechanism string
		status    string
	}{
		"referrers forbidden":    {registrytest.Fault{Path: "/referrers/", Status: 403}, "referrers-api", "denied"},
		"referrers unauthorized": {registrytest.Fault{Path: "/referrers/", Status: 401}, "referrers-api", "denied"},
		"referrers rate limited": {registrytest.Fault{Path: "/referrers/", Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, "referrers-api", "failed"},
		"referrers are garbage":  {registrytest.Fault{Path: "/referrers/", Status: 200, Body: "nonsense"}, "referrers-api", "failed"},
		"signatures forbidden":   {registrytest.Fault{Path: `\.sig$`, Status: 403}, "cosign-sig", "denied"},
		"attestations broken":    {registrytest.Fault{Path: `\.att$`, Status: 501}, "cosign-att", "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			r.Image(t, "a/b", "1", "x")
			r.Fail(c.fault)
			stdout, _, code := run(t, "verify", r.Host()+"/a/b:1", "-o", "json")
			if code != 1 {
				t.Errorf("verify: exit code %d, want 1: not satisfied, and not everything was looked at", code)
			}
			got := gjson.Get(stdout, `discovery.#(mechanism=="`+c.mechanism+`")`)
			if got.Get("status").String() != c.status || got.Get("detail").String() == "" {
				t.Errorf("%s is reported as %s, want %s and why", c.mechanism, got, c.status)
			}
			if verdict := gjson.Get(stdout, "verdict").String(); verdict != "unavailable" {
				t.Errorf("the image is %s, want unavailable: a signature may be there that was not seen", verdict)
			}
			if _, _, code := run(t, "tree", r.Host()+"/a/b:1"); code != 1 {
				t.Errorf("tree: exit code %d, want 1", code)
			}
		})
	}
}

// TestANoIsFinalOnlyWhereEverythingWasLookedAt has a signature that nobody can check, and another place that may have a better one.
func TestANoIsFinalOnlyWhereEverythingWasLookedAt(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
	verify := []string{"verify", s.Host() + "/a/b:1", "-o", "json"}
	if stdout, stderr, code := run(t, verify...); code != 3 || gjson.Get(stdout, "verdict").String() != "unverifiable" {
		t.Fatalf("exit code %d, want 3: %s%s", code, stdout, stderr)
	}
	s.Fail(registrytest.Fault{Path: "/referrers/", Status: 403})
	if stdout, stderr, code := run(t, verify...); code != 1 || gjson.Get(stdout, "verdict").String() != "unverifiable" {
		t.Errorf("exit code %d, want 1: %s%s", code, stdout, stderr)
	}
}

// TestSourcesThatAreNoneAreRefused names sources that cannot be opened.
func TestSourcesThatAreNoneAreRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"a reference with a bad name":     {[]string{"registry:Not A Reference"}, 2},
		"a file that is not there":        {[]string{"file:" + filepath.Join(dir, "absent.json")}, 1},
		"a folder that is no layout":      {[]string{empty}, 2},
		"broken JSON":                     {[]string{write("broken.json", `{"payload": `)}, 1},
		"an empty file":                   {[]string{write("empty.json", "")}, 1},
		"an archive that is none":         {[]string{"archive:" + write("no.tar", "no tar at all")}, 1},
		"a registry that nobody serves":   {[]string{"127.0.0.1:1/a/b:1"}, 1},
		"a registry, and to stay offline": {[]string{"127.0.0.1:1/a/b:1", "--offline"}, 1},
		"a key that is no key":            {[]string{"demo.json", "--key", write("key.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")}, 2},
		"a private key":                   {[]string{"demo.json", "--key", write("private.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := run(t, append([]string{"verify"}, c.args...)...)
			if code != c.code || stdout != "" || !strings.HasPrefix(stderr, "attestree: ") {
				t.Errorf("exit code %d, want %d; stdout %q; stderr %q", code, c.code, stdout, stderr)
			}
			oneSentence(t, stderr)
		})
	}
}
