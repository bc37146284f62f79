package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"
	"unsafe"
)

// killedAt in the environment names a system call, and makes the test binary a process that the kernel kills as soon as a
// thread of it asks for that.
const killedAt = "ATTESTREE_TEST_KILLED_AT"

func init() {
	if name := os.Getenv(killedAt); name != "" {
		beKilledAt(calls[name])
	}
}

// calls are system calls by what they are for; old ones have no number everywhere.
var calls = map[string][]uint32{
	"socket": {syscall.SYS_SOCKET},
	"sync":   {syscall.SYS_FSYNC, syscall.SYS_FDATASYNC},
	"rename": slices.Concat([]uint32{syscall.SYS_RENAMEAT}, map[string][]uint32{"amd64": {82, 316}, "arm64": {276}}[runtime.GOARCH]),
	"link":   slices.Concat([]uint32{syscall.SYS_LINKAT}, map[string][]uint32{"amd64": {86}}[runtime.GOARCH]),
}

// beKilledAt has the kernel kill this process when it asks for any of the system calls (seccomp(2)).
func beKilledAt(numbers []uint32) {
	const (
		setNoNewPrivileges = 38 // PR_SET_NO_NEW_PRIVS
		setModeFilter      = 1  // SECCOMP_SET_MODE_FILTER
		allThreads         = 1  // SECCOMP_FILTER_FLAG_TSYNC
		kill, allow        = 0x80000000, 0x7fff0000
	)
	seccomp := map[string]uintptr{"amd64": 317, "arm64": 277}[runtime.GOARCH]
	filter := []syscall.SockFilter{{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS}} // the number of the system call
	for _, number := range numbers {
		filter = append(filter, syscall.SockFilter{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, Jf: 1, K: number},
			syscall.SockFilter{Code: syscall.BPF_RET, K: kill})
	}
	filter = append(filter, syscall.SockFilter{Code: syscall.BPF_RET, K: allow})
	program := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	_, _, e1 := syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0, 0, 0, 0)
	_, _, e2 := syscall.RawSyscall(seccomp, setModeFilter, allThreads, uintptr(unsafe.Pointer(&program)))
	if e1 != 0 || e2 != 0 || len(numbers) == 0 {
		panic(fmt.Sprint("the kernel cannot be told to kill this process: ", e1, " ", e2))
	}
}
