package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/registry/registrytest"
)

// smallDisk in the environment makes the test binary a process that can write so many bytes to a file and no more.
const smallDisk = "ATTESTREE_TEST_SMALL_DISK"

func init() {
	if room, err := strconv.ParseUint(os.Getenv(smallDisk), 10, 32); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: room}); err != nil {
			panic(err)
		}
	}
}

// tell runs the program and gives what it said and its exit code, -1 for one that was killed.
func tell(t *testing.T, cmd *exec.Cmd) (stdout, stderr string, code int) {
	t.Helper()
	var out, problems bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout = &out
	}
	cmd.Stderr = &problems
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return "", err.Error(), -1 // killed before it began
	}
	return out.String(), problems.String(), cmd.ProcessState.ExitCode()
}

// TestAKilledProgramLeavesNothingThatIsHalf kills the program at some moment of writing each kind of file. What is there
// afterwards is what was there before, or what was to be written, in whole.
func TestAKilledProgramLeavesNothingThatIsHalf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ending string
		args   func(path string) []string
		whole  func(t *testing.T, path string) bool
	}{
		"a pack": {
			"", func(path string) []string { return []string{"export", "demo", path} },
			func(t *testing.T, path string) bool { _, _, code := run(t, "tree", path); return code == 0 },
		},
		"a packed archive": {
			".tar", func(path string) []string { return []string{"export", "demo", path + ".tar"} },
			func(t *testing.T, path string) bool { _, _, code := run(t, "tree", path); return code == 0 },
		},
		"a policy file": {
			"", func(path string) []string {
				return []string{"trust", "add", "somebody", "--policy", path, "--certificate-identity", "a@b.example", "--certificate-oidc-issuer", "https://c.example"}
			},
			func(t *testing.T, path string) bool {
				_, _, code := run(t, "trust", "list", "--policy", path)
				return code == 0
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			finished := 0
			const last = time.Minute // which it will not need
			for moment := time.Millisecond; moment <= last; moment += moment/3 + time.Millisecond {
				if moment > 400*time.Millisecond {
					moment = last
				}
				path := filepath.Join(t.TempDir(), "written")
				ctx, cancel := context.WithTimeout(t.Context(), moment)
				_, _, code := tell(t, program(ctx, t.TempDir(), c.args(path)...))
				cancel()
				if code == 0 {
					finished++
				}
				if _, err := os.Lstat(path + c.ending); err == nil && !c.whole(t, path+c.ending) {
					t.Errorf("killed after %s it left something broken", moment)
				}
			}
			if finished == 0 {
				t.Error("it was never let to its end: nothing is proven")
			}
		})
	}
}

// TestAFullDiskIsSaidAndLeavesNothing lets no file become larger than a little.
func TestAFullDiskIsSaidAndLeavesNothing(t *testing.T) {
	t.Parallel()
	tree, _, _ := run(t, "tree", "demo", "-o", "json")
	node := gjson.Get(tree, "root.id").String()
	for name, args := range map[string][]string{
		"a pack": {"export", "demo", "PATH"}, "a packed archive": {"export", "demo", "PATH.tar"},
		"a part of a node": {"export", "demo", "PATH", "--node", "NODE", "--part", "manifest"},
		"a review":         {"audit", "demo", "--reviews", "PATH", "--review", "AITech-1.1=question", "--reviewer", "ann", "--note", strings.Repeat("why? ", 1000)},
		"a report":         {"fleet", "LIST", "--report", "PATH"},
		"a policy":         {"trust", "add", "somebody", "--policy", "PATH", "--certificate-identity", strings.Repeat("a", 5000) + "@b.example", "--certificate-oidc-issuer", "https://c.example"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			list := filepath.Join(home, "list.txt")
			if err := os.WriteFile(list, []byte(strings.Repeat("127.0.0.1:1/a/b:1\n", 1)+"not a reference\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			var filled []string
			for _, a := range args {
				filled = append(filled, strings.NewReplacer("PATH", filepath.Join(folder, "written"), "LIST", list, "NODE", node).Replace(a))
			}
			cmd := program(t.Context(), home, filled...)
			cmd.Env = append(cmd.Env, smallDisk+"=600")
			_, stderr, code := tell(t, cmd)
			if code != 1 || !strings.Contains(stderr, "attestree: ") || !strings.Contains(stderr, "too large") && !strings.Contains(stderr, "no space") {
				t.Errorf("exit code %d, stderr %q", code, stderr)
			}
			left, err := os.ReadDir(folder)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestAnAnswerThatCannotBePrintedIsNoAnswer has stdout be a device that is full.
func TestAnAnswerThatCannotBePrintedIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"verify", "demo"}, {"verify", "demo", "-o", "json"}, {"tree", "demo"}, {"audit", "demo"}, {"diff", "demo", "demo"},
		{"commands", "demo"}, {"trust", "roots"}, {"fleet", "/dev/null"},
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd := program(t.Context(), t.TempDir(), args...)
		cmd.Stdout = full
		if _, stderr, code := tell(t, cmd); code == 0 || code == -1 || !strings.HasPrefix(stderr, "attestree: ") {
			t.Errorf("%v: exit code %d, stderr %q", args, code, stderr)
		}
		if err := full.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestAHomeThatCannotBeWrittenCostsTheCacheAndNothingElse has every folder of the person's be where nobody can make one.
func TestAHomeThatCannotBeWrittenCostsTheCacheAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("1")
	reference := s.Host() + "/" + attacked + ":1"
	for _, home := range []string{"/proc/nobody", ""} {
		stdout, stderr, code := tell(t, program(t.Context(), home, "verify", reference, "--key", s.pub, "--insecure-ignore-tlog"))
		if code != 0 || !strings.Contains(stdout, "trusted") || strings.Contains(stderr, "panic") {
			t.Errorf("home %q: exit code %d, stderr %q", home, code, stderr)
		}
	}
	_, stderr, code := tell(t, program(t.Context(), "/proc/nobody", "trust", "add", "x", "--certificate-identity", "a@b.example", "--certificate-oidc-issuer", "https://c.example"))
	if code != 1 && code != 2 || !strings.HasPrefix(stderr, "attestree: ") {
		t.Errorf("a policy that cannot be written: exit code %d, stderr %q", code, stderr)
	}
}

// TestARegistryThatDiesHalfwayLeavesNothingGreen has the connection break in the middle of each kind of answer.
func TestARegistryThatDiesHalfwayLeavesNothingGreen(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/manifests/1", "/blobs/", "/referrers/", "/manifests/sha256"} {
		s := newScene(t)
		image := s.image("1", "x")
		s.attach("", image, s.bundle(statement(cosignSign, image, `{}`)))
		s.Fail(registrytest.Fault{Path: path, Cut: true})
		stdout, stderr, code := run(t, "verify", s.Host()+"/"+attacked+":1", "--key", s.pub, "--insecure-ignore-tlog")
		if code != 1 || strings.Contains(stdout, "✔ trusted") {
			t.Errorf("%s: exit code %d, stdout %s, stderr %s", path, code, stdout, stderr)
		}
		if !strings.Contains(stdout+stderr, "cut short") && !strings.Contains(stdout+stderr, "middle") && !strings.Contains(stdout+stderr, "failed") {
			t.Errorf("%s: it does not say why: %s%s", path, stdout, stderr)
		}
	}
}

// TestAClockThatIsYearsOffIsNoticed verifies what is right under clocks that are not.
func TestAClockThatIsYearsOffIsNoticed(t *testing.T) {
	t.Parallel()
	for _, years := range []int{0, -60, -10, 30, 200} {
		var stdout, stderr bytes.Buffer
		at := time.Now().AddDate(years, 0, 0)
		code := command.Main(t.Context(), "test", command.Environment{
			Args: append([]string{"verify", fromFolder(t, readImages(t)[0])}, trustees()...), Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
			Now: func() time.Time { return at }, Getenv: func(string) string { return "" },
		})
		const notice = "in the future by this computer's clock"
		if early := strings.Contains(stdout.String(), notice); early != (years < 0) {
			t.Errorf("%+d years: it says that it was signed in the future: %v\n%s%s", years, early, &stdout, &stderr)
		}
		// What was signed in time stays signed, whatever the clock says: a proven time decides, and not the clock.
		if code != 0 {
			t.Errorf("%+d years: exit code %d", years, code)
		}
	}
}

// TestATerminalThatIsClosedEndsTheProgram closes the window in the middle of a frame.
func TestATerminalThatIsClosedEndsTheProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := program(ctx, t.TempDir(), "demo")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 36})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := tty.Read(make([]byte, 64)); n == 0 {
		t.Fatalf("it drew nothing: %v", err)
	}
	if err := tty.Close(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // whatever it says of itself, nobody is there to read it
	if ctx.Err() != nil {
		t.Error("it went on without a terminal")
	}
}

// TestATerminalThatGoesAwayEndsTheProgram hangs up, and stops the program, in the middle of everything.
func TestATerminalThatGoesAwayEndsTheProgram(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*terminal, *exec.Cmd) error{
		"hung up":   func(_ *terminal, cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGHUP) },
		"told to":   func(_ *terminal, cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGTERM) },
		"interrupt": func(_ *terminal, cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGINT) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term, cmd := startTerminal(t, "demo")
			term.shows("✔10 ▲1")
			if err := leave(term, cmd); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // startTerminal kills what does not end, and then the code is -1
			if code := cmd.ProcessState.ExitCode(); code == -1 {
				t.Errorf("it was killed: %v", cmd.ProcessState)
			}
			<-term.ended
			written, _ := term.sofar()
			for _, restored := range []string{"\x1b[?1049l", "\x1b[?25h"} {
				if !bytes.Contains(written, []byte(restored)) {
					t.Errorf("the terminal is not given back: %q is missing", restored)
				}
			}
		})
	}
}

// TestAStormOfSizesIsSurvived changes the size of the terminal all the time, down to nothing.
func TestAStormOfSizesIsSurvived(t *testing.T) {
	t.Parallel()
	term, cmd := startTerminal(t, "demo")
	term.shows("✔10 ▲1")
	for i := range uint16(400) {
		if err := pty.Setsize(term.tty, &pty.Winsize{Cols: i * 37 % 300, Rows: i * 53 % 120}); err != nil {
			t.Fatal(err)
		}
		term.press("j")
	}
	if err := pty.Setsize(term.tty, &pty.Winsize{Cols: 120, Rows: 36}); err != nil {
		t.Fatal(err)
	}
	term.press("q")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the program ended with %v", err)
	}
}
