package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// noSockets in the environment makes the test binary a process that the kernel kills when it opens a socket.
const noSockets = "ATTESTREE_TEST_NO_SOCKETS"

func init() {
	if os.Getenv(noSockets) != "" {
		forbidSockets()
	}
}

// forbidSockets has the kernel kill this process as soon as a thread of it asks for a socket of any kind (seccomp(2)).
func forbidSockets() {
	const (
		setNoNewPrivileges = 38 // PR_SET_NO_NEW_PRIVS
		setModeFilter      = 1  // SECCOMP_SET_MODE_FILTER
		allThreads         = 1  // SECCOMP_FILTER_FLAG_TSYNC
		kill, allow        = 0x80000000, 0x7fff0000
	)
	number := map[string]uintptr{"amd64": 317, "arm64": 277}[runtime.GOARCH] // of seccomp(2)
	filter := []syscall.SockFilter{
		{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS}, // the number of the system call
		{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, Jf: 1, K: syscall.SYS_SOCKET},
		{Code: syscall.BPF_RET, K: kill},
		{Code: syscall.BPF_RET, K: allow},
	}
	program := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	_, _, e1 := syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0, 0, 0, 0)
	_, _, e2 := syscall.RawSyscall(number, setModeFilter, allThreads, uintptr(unsafe.Pointer(&program)))
	if e1 != 0 || e2 != 0 {
		panic(fmt.Sprint("sockets cannot be forbidden: ", e1, " ", e2))
	}
}

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
	judged := []string{"--key", s.pub, "--insecure-ignore-tlog"}
	for _, c := range []struct {
		code int
		args []string
	}{
		{0, append([]string{"verify", pinned, "--offline"}, judged...)}, {0, []string{"tree", pinned, "--offline"}},
		{3, []string{"audit", pinned, "--offline"}}, {0, append([]string{"diff", pinned, pinned, "--offline"}, judged...)},
		{0, append([]string{"commands", pinned, "--offline"}, judged...)}, {0, append([]string{"fleet", list, "--offline"}, judged...)},
		{0, append([]string{"export", pinned, filepath.Join(home, "pack"), "--offline"}, judged...)},
		{0, []string{"verify", "demo"}}, {0, []string{"tree", "demo"}}, {3, []string{"audit", "demo"}}, {0, []string{"trust", "roots"}},
		{0, []string{"trust", "roots", "--offline"}}, {0, []string{"cache", "info"}}, {0, []string{"--version"}}, {0, []string{"--help"}},
		{1, []string{"verify", "registry.example/a/b:1", "--offline"}}, {1, []string{"package", "npm:a@1.0.0", "--npm-registry", "https://registry.example", "--offline"}},
	} {
		t.Run(strings.Join(c.args[:min(2, len(c.args))], " "), func(t *testing.T) {
			if code, out := withoutSockets(t, home, c.args...); code != c.code {
				t.Errorf("exit code %d (-1 is killed), want %d: %s", code, c.code, out)
			}
		})
	}
	if got, n := len(s.Requests()), s.Connections(); got != asked || n != connections {
		t.Errorf("%d requests in %d connections came, and none may", got-asked, n-connections)
	}
}

// withoutSockets runs the program, and gives its exit code, -1 for a program that was killed, and what it said.
func withoutSockets(t *testing.T, home string, args ...string) (int, string) {
	t.Helper()
	cmd := program(t.Context(), home, args...)
	cmd.Env = append(cmd.Env, noSockets+"=1")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
