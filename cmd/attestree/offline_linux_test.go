package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOfflineOpensNoSocket runs every command with --offline, and what needs no network to begin with, in a process that
// the kernel kills when it opens a socket.
func TestOfflineOpensNoSocket(t *testing.T) {
	s := newScene(t)
	image := s.signed("1")
	pinned := s.Host() + "/" + attacked + "@" + string(image.Digest)
	home := t.TempDir()
	if out, err := program(t.Context(), home, "verify", pinned, "--key", s.pub, "--insecure-ignore-tlog").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if code, out := withoutSockets(t, home, "tree", s.Host()+"/"+attacked+":1", "--no-cache"); code != -1 {
		t.Fatalf("a program that asks a registry was not killed, so that nothing is proven: exit code %d: %s", code, out)
	}
	list := s.file("list.txt", pinned+"\n")
	asked, connections := len(s.Requests()), s.Connections()
	tried := map[string]bool{}
	for _, c := range offlineRuns(s, pinned, list, home) {
		t.Run(strings.Join(c.args[:min(2, len(c.args))], " "), func(t *testing.T) {
			if code, out := withoutSockets(t, home, c.args...); code != c.code {
				t.Errorf("%q: exit code %d (-1 is killed), want %d: %s", c.args, code, c.code, out)
			}
		})
		tried[c.args[0]] = true
		if len(c.args) > 1 {
			tried[c.args[0]+" "+c.args[1]] = true
		}
	}
	for _, command := range commandsOf(t) {
		if !tried[command] {
			t.Errorf("nobody runs %q without sockets", command)
		}
	}
	if got, n := len(s.Requests()), s.Connections(); got != asked || n != connections {
		t.Errorf("%d requests in %d connections came, and none may", got-asked, n-connections)
	}
}

// offlineRun is a command line that must open no socket, and its exit code.
type offlineRun struct {
	code int
	args []string
}

// offlineRuns are all commands, with --offline where they would else ask somebody.
func offlineRuns(s *scene, pinned, list, home string) []offlineRun {
	rego := s.file("policy.rego", "package signature\n")
	signers := filepath.Join(home, "signers.yaml")
	saved := filepath.Join(home, "report.jsonl")
	runs := []offlineRun{
		{0, []string{"verify", pinned, "--offline"}}, {0, []string{"diff", pinned, pinned, "--offline"}}, {0, []string{"commands", pinned, "--offline"}},
		{0, []string{"fleet", list, "--offline", "--report", saved}}, {3, []string{"policy", pinned, "--policy", rego, "--offline"}},
		{0, []string{"export", pinned, filepath.Join(home, "pack"), "--offline"}}, {0, []string{"verify", filepath.Join(home, "pack"), "--as", pinned}},
		{2, []string{"verify", pinned, "--offline", "--github", "org/app", "--github-api", "https://github.example/api/v3"}},
	}
	for i := range runs {
		runs[i].args = append(runs[i].args, "--key", s.pub, "--insecure-ignore-tlog")
	}
	https := "https://registry.example"
	return append(runs, []offlineRun{
		{0, []string{"tree", pinned, "--offline"}}, {3, []string{"audit", pinned, "--offline"}}, {2, []string{"audit", pinned, "--offline", "--fetch-spec"}},
		{1, []string{"verify", "registry.example/a/b:1", "--offline"}}, {1, []string{"tree", "registry.example/a/b:1", "--offline"}},
		{1, []string{"fleet", "registry.example/a/b", "--offline"}}, {0, []string{"fleet", "merge", saved}},
		{1, []string{"package", "npm:a@1.0.0", "--npm-registry", https, "--offline"}}, {1, []string{"package", "pypi:a@1.0", "--pypi-index", https, "--offline"}},
		{3, []string{"package", "golang:registry.example/a@v1.0.0", "--offline"}},
		{0, []string{"verify", "demo"}}, {0, []string{"tree", "demo"}}, {3, []string{"audit", "demo"}}, {0, []string{"demo"}}, {0, []string{"tree", "demo", "--package"}}, {0, []string{"tree", "demo", "--package", "--offline"}},
		{0, []string{"trust", "roots"}}, {0, []string{"trust", "roots", "--offline"}}, {2, []string{"trust", "update", "--offline"}},
		{0, []string{"trust", "add", "x", "--policy", signers, "--certificate-identity", "a@b.example", "--certificate-oidc-issuer", https}},
		{0, []string{"trust", "list", "--policy", signers}}, {0, []string{"trust", "disable", "x", "--policy", signers}}, {0, []string{"trust", "enable", "x", "--policy", signers}},
		{0, []string{"trust", "expire", "x", "2030-01-01", "--policy", signers}}, {0, []string{"trust", "remove", "x", "--policy", signers}},
		{0, []string{"cache", "info"}}, {0, []string{"cache", "clear"}}, {0, []string{"keys"}}, {0, []string{"help"}}, {0, []string{"completion", "bash"}},
		{0, []string{"completion", "zsh"}}, {0, []string{"completion", "fish"}}, {0, []string{"completion", "powershell"}},
		{0, []string{"--version"}}, {0, []string{"version"}}, {0, []string{"--help"}},
	}...)
}

// commandsOf are all commands and their subcommands, as the help lists them.
func commandsOf(t *testing.T) (all []string) {
	t.Helper()
	for _, command := range listed(t) {
		all = append(all, command)
		for _, below := range listed(t, command) {
			all = append(all, command+" "+below)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %q are listed", all)
	}
	return all
}

var commandLine = regexp.MustCompile(`^    ([a-z]+) `)

// listed are the commands that the help of a command names.
func listed(t *testing.T, command ...string) (names []string) {
	t.Helper()
	stdout, stderr, _ := run(t, append(command, "--help")...)
	_, below, _ := strings.Cut(stdout+stderr, "COMMANDS")
	below, _, _ = strings.Cut(below, "FLAGS")
	for line := range strings.Lines(below) {
		if m := commandLine.FindStringSubmatch(line); m != nil {
			names = append(names, m[1])
		}
	}
	return names
}

// withoutSockets runs the program, and gives its exit code, -1 for a program that was killed, and what it said.
func withoutSockets(t *testing.T, home string, args ...string) (int, string) {
	t.Helper()
	cmd := program(t.Context(), home, args...)
	cmd.Env = append(cmd.Env, killedAt+"=socket")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
