package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

// writing is something that the program writes: how it is made to, where that is, and when that is killed.
type writing struct {
	name  string
	place string   // below the home; all of it is looked at, where it is a folder
	args  []string // HOME stands for the home
	again []string // to write it once more, where that is not the same; HOME stands for the home
	keys  []string // that make it write, where it does so on the screen; each with what the screen shows before
	ends  int      // the exit code where it is let to its end
	calls []string // at which it is killed, one after the other
}

// writings are all that the program writes, but for its cache, which has tests of its own.
func writings(mirror, list, node string) []writing {
	both := []string{"sync", "rename"}
	return []writing{
		{name: "a pack", place: "pack", args: []string{"export", "demo", "HOME/pack"}, calls: []string{"rename"}},
		{name: "a packed archive", place: "pack.tar", args: []string{"export", "demo", "HOME/pack.tar"}, calls: []string{"rename"}},
		{name: "a part of a node", place: "part", args: []string{"export", "demo", "HOME/part", "--node", node, "--part", "manifest"}, calls: []string{"sync", "link"}},
		{name: "a policy", place: "policy.yaml", calls: both, args: []string{
			"trust", "add", "somebody", "--policy", "HOME/policy.yaml", "--certificate-identity", "a@b.example", "--certificate-oidc-issuer", "https://c.example",
		}, again: []string{"trust", "disable", "somebody", "--policy", "HOME/policy.yaml"}},
		{name: "a review", place: "reviews.yaml", calls: both, ends: 3, args: []string{
			"audit", "demo", "--reviews", "HOME/reviews.yaml", "--review", "AITech-1.1=question", "--reviewer", "ann", "--note", "why?",
		}},
		{name: "a report of a fleet", place: "report.jsonl", calls: []string{"rename"}, ends: 1, args: []string{"fleet", list, "--report", "HOME/report.jsonl"}},
		{name: "a trusted root", place: "cache/attestree/tuf/acme/trusted.json", calls: both, args: []string{"trust", "update", "--name", "acme", "--mirror", mirror, "--root", "HOME/anchor.json"}},
		{name: "what was opened", place: "state", calls: both, args: []string{filepath.Join("..", "..", "testdata", "demo", "layout")}, keys: []string{"unsigned", "q"}},
	}
}

// TestWhatIsKilledWhileItWritesLeavesTheOldOrTheNew has the kernel kill the program at the very moment between writing a
// file and calling it by its name. What was there before is there as it was, and the same run afterwards does its work.
func TestWhatIsKilledWhileItWritesLeavesTheOldOrTheNew(t *testing.T) {
	t.Parallel()
	r := tuftest.New(t, time.Now(), testdata.DemoTrustedRoot)
	list := filepath.Join(t.TempDir(), "list.txt")
	if err := os.WriteFile(list, []byte("127.0.0.1:1/a/b:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tree, _, _ := run(t, "tree", "demo", "-o", "json")
	for _, w := range writings(r.URL(), list, gjson.Get(tree, "root.id").String()) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			for _, call := range w.calls {
				w := w
				home := t.TempDir()
				if err := os.WriteFile(filepath.Join(home, "anchor.json"), r.Anchor(), 0o600); err != nil {
					t.Fatal(err)
				}
				w.dies(t, home, call) // when there is nothing yet
				if left := contents(t, filepath.Join(home, w.place)); len(left) > 0 {
					t.Errorf("killed at %s the first time, it left %d files", call, len(left))
				}
				w.lives(t, home)
				before := contents(t, filepath.Join(home, w.place))
				if len(before) == 0 {
					t.Fatal("it wrote nothing")
				}
				if slices.Contains([]string{"a pack", "a packed archive", "a part of a node"}, w.name) {
					continue // which is never written over another
				}
				if w.again != nil {
					w.args = w.again
				}
				w.dies(t, home, call)
				after := contents(t, filepath.Join(home, w.place))
				for name, old := range before {
					if !bytes.Equal(after[name], old) {
						t.Errorf("killed at %s it changed %s from\n%s\nto\n%s", call, name, old, after[name])
					}
				}
			}
		})
	}
}

// dies runs it until it is killed.
func (w writing) dies(t *testing.T, home, call string) {
	t.Helper()
	cmd := w.start(t, home, call)
	_ = cmd.Wait() // how it ended is looked at
	if status, is := cmd.ProcessState.Sys().(syscall.WaitStatus); !is || status.Signal() != syscall.SIGSYS {
		t.Fatalf("it was not killed at %s, so that nothing is proven: %v", call, cmd.ProcessState)
	}
}

// lives runs it to its end.
func (w writing) lives(t *testing.T, home string) {
	t.Helper()
	cmd := w.start(t, home, "")
	_ = cmd.Wait() // its exit code is looked at
	if got := cmd.ProcessState.ExitCode(); got != w.ends {
		t.Fatalf("exit code %d, want %d: %v", got, w.ends, cmd.Stderr)
	}
}

func (w writing) start(t *testing.T, home, call string) *exec.Cmd {
	t.Helper()
	var args []string
	for _, a := range w.args {
		args = append(args, strings.Replace(a, "HOME", home, 1))
	}
	if w.keys == nil {
		cmd := program(t.Context(), home, args...)
		cmd.Stderr = &bytes.Buffer{}
		cmd.Env = append(cmd.Env, killedAt+"="+call)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	term, cmd := startTerminalWith(t, home, []string{killedAt + "=" + call}, args...)
	if call == "" {
		term.shows(w.keys[0])
		term.press(w.keys[1])
	}
	return cmd
}

// contents are the files at or below a path, by their names: those that bear the name that they are to have.
func contents(t *testing.T, path string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return nil
		}
		files[at], err = os.ReadFile(at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
