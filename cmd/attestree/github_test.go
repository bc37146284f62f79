package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// gitHub answers every question about attestations with one body.
func gitHub(t *testing.T, status int, body string) (address string, token *atomic.Value) {
	t.Helper()
	token = &atomic.Value{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token.Store(r.Header.Get("Authorization"))
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/api/v3", token
}

func TestASignatureThatOnlyGitHubKeepsCounts(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	image := s.image("1", "one")
	other := s.image("2", "two")
	signed := func(about string) string { return `{"attestations":[{"bundle":` + about + `}]}` }
	good := string(s.bundle(statement(cosignSign, image, `{}`)))
	wrong := string(s.bundle(statement(cosignSign, other, `{}`)))
	tests := []struct {
		name    string
		status  int
		body    string
		code    int
		verdict string
		lookup  string
	}{
		{"kept there", 200, signed(good), 0, "trusted", "found"},
		{"of another image", 200, signed(wrong), 3, "invalid", "found"},
		{"altered", 200, signed(strings.Replace(good, `"sig":"`, `"sig":"AAAA`, 1)), 3, "unverifiable", "found"},
		{"nothing", 200, `{"attestations":[]}`, 3, "unsigned", "none"},
		{"denied", 401, `{"message":"Bad credentials"}`, 1, "unavailable", "denied"},
		{"broken", 200, `<html>`, 1, "unavailable", "failed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			api, _ := gitHub(t, test.status, test.body)
			report, code := s.verify(":1", "--github", "org/app", "--github-api", api)
			if code != test.code || report.Get("verdict").String() != test.verdict {
				t.Errorf("exit code %d, %s; want %d, %s", code, report.Get("verdict"), test.code, test.verdict)
			}
			if got := report.Get(`discovery.#(mechanism=="github-api").status`).String(); got != test.lookup {
				t.Errorf("the look-up is %q, want %q", got, test.lookup)
			}
			if fleet := s.fleet(s.list(":1"), "--github", "org/app", "--github-api", api); fleet.code != test.code {
				t.Errorf("as a fleet: exit code %d", fleet.code)
			}
		})
	}
}

func TestATokenGoesWhereItWasMeantToAndNowhereElse(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.image("1", "one")
	for name, want := range map[string]string{"": "", "MINE": "Bearer mine"} {
		api, got := gitHub(t, 200, `{"attestations":[]}`)
		args := []string{"tree", s.Host() + "/" + attacked + ":1", "--github", "org/app", "--github-api", api}
		if name != "" {
			args = append(args, "--github-token-env", name)
		}
		var out, errs bytes.Buffer
		code := command.Main(t.Context(), "test", command.Environment{
			Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now,
			Getenv: func(v string) string { return map[string]string{"GITHUB_TOKEN": "github.com's", "MINE": "mine"}[v] },
		})
		if code != 0 || fmt.Sprint(got.Load()) != want {
			t.Errorf("with --github-token-env %q: exit code %d, the token was %q; %s", name, code, got.Load(), &errs)
		}
	}
}
