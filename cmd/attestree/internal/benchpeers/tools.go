package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// task is one thing that a person wants to know, as the commands that answer it.
type task struct {
	name  string
	again bool // the first run is not measured: it fills the cache
	steps func(w world) [][]string
}

// world is what commands are run in.
type world struct {
	host, key, root, home string
	digests               []string // the index and its platforms
}

func (w world) tag() string            { return w.host + "/demo/app:1" }
func (w world) pinned(d string) string { return w.host + "/demo/app@" + d }
func one(command ...string) [][]string { return [][]string{command} }

// tasks are what is compared. Listing is one command for each tool. The whole picture, what is attached to the index and
// to each platform, with every signature and attestation verified, is one command of attestree, and sixteen of others:
// regctl is the one that finds all, and cosign verifies one type on one digest at a time.
var tasks = []task{
	{"attestree tree", false, func(w world) [][]string { return one("attestree", "tree", "--no-cache", w.tag()) }},
	{"attestree tree, again", true, func(w world) [][]string { return one("attestree", "tree", w.tag()) }},
	{"cosign tree", false, func(w world) [][]string { return one("cosign", "tree", "--allow-http-registry", w.tag()) }},
	{"oras discover", false, func(w world) [][]string {
		return one("oras", "discover", "--plain-http", "--no-tty", w.tag())
	}},
	{"cosign tree, of each digest", false, func(w world) [][]string {
		return each(w, func(ref string) []string { return []string{"cosign", "tree", "--allow-http-registry", ref} })
	}},
	{"oras discover, of each digest", false, func(w world) [][]string {
		return each(w, func(ref string) []string { return []string{"oras", "discover", "--plain-http", "--no-tty", ref} })
	}},
	{"regctl artifact tree", false, func(w world) [][]string {
		return one("regctl", "--host", "reg="+w.host+",tls=disabled", "artifact", "tree", "--digest-tags", w.tag())
	}},
	{"whole: attestree verify", false, func(w world) [][]string {
		return one("attestree", "verify", "--no-cache", "--key", w.key, "--insecure-ignore-tlog", w.tag())
	}},
	{"whole: attestree, again", true, func(w world) [][]string {
		return one("attestree", "verify", "--key", w.key, "--insecure-ignore-tlog", w.tag())
	}},
	{"whole: 16 commands", false, sixteen},
}

// each is a command for the index and for each of its platforms.
func each(w world, step func(reference string) []string) [][]string {
	var steps [][]string
	for _, digest := range w.digests {
		steps = append(steps, step(w.pinned(digest)))
	}
	return steps
}

func sixteen(w world) [][]string {
	steps := one("regctl", "--host", "reg="+w.host+",tls=disabled", "artifact", "tree", "--digest-tags", w.tag())
	common := []string{"--key", w.key, "--insecure-ignore-tlog", "--private-infrastructure", "--trusted-root", w.root, "--allow-http-registry"}
	for _, digest := range w.digests {
		steps = append(steps, append(append([]string{"cosign", "verify"}, common...), w.pinned(digest)))
		for _, kind := range kinds[1:] {
			step := append([]string{"cosign", "verify-attestation", "--type", kind.name}, common...)
			steps = append(steps, append(step, w.pinned(digest)))
		}
	}
	return steps
}

// result is one line of the table.
type result struct {
	requests, rounds, found, none, failed int
	wall                                  time.Duration
	problem                               string // of the first command that failed
}

var digestText = regexp.MustCompile(`sha256:[0-9a-f]{12,64}`)

// run runs the commands of a task one after another, as a person would.
func run(ctx context.Context, bin string, t task, w world, r *server) result {
	if t.again {
		for _, step := range t.steps(w) {
			_, _ = command(ctx, bin, w, step) // measured by itself in another line
		}
	}
	r.asked()
	var got result
	seen := map[string]bool{}
	began := time.Now()
	for _, step := range t.steps(w) {
		out, err := command(ctx, bin, w, step)
		if err != nil && bytes.Contains(out, []byte("none of the attestations matched")) {
			got.none++ // it looked at all of them, and none was of that type
		} else if err != nil {
			got.failed++
			if got.problem == "" {
				got.problem = fmt.Sprintf("%v: %v: %s", step[:2], err, lastLine(out))
			}
		}
		for _, d := range digestText.FindAllString(string(out), -1) {
			seen[d[:len("sha256:")+12]] = true
		}
	}
	got.wall = time.Since(began)
	got.requests, got.rounds = r.asked()
	for d := range r.store.attached {
		if seen[d[:len("sha256:")+12]] {
			got.found++
		}
	}
	return got
}

func lastLine(out []byte) string {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return string(lines[len(lines)-1])
}

// command runs one in a home of its own, so that nobody's settings and credentials take part.
func command(ctx context.Context, bin string, w world, step []string) ([]byte, error) {
	c := exec.CommandContext(ctx, filepath.Join(bin, step[0]), step[1:]...)
	c.Env = append(os.Environ(), "HOME="+w.home, "XDG_CACHE_HOME="+filepath.Join(w.home, "cache"),
		"XDG_CONFIG_HOME="+w.home, "DOCKER_CONFIG="+w.home, "NO_COLOR=1")
	return c.CombinedOutput()
}
