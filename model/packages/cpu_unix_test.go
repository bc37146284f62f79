//go:build unix

package packages

import (
	"syscall"
	"time"
)

// processed is how long processors have worked for this process. On a machine that does other things too, it says more
// than the time that has passed.
func processed() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
