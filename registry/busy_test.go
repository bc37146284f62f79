package registry

import (
	"testing"
	"time"
)

// eventually measures something that a busy machine can only make look worse than it is: a request that starts late
// seems to have waited for another. Slower answers make the difference plain.
func eventually(t *testing.T, measure func(latency time.Duration) string) {
	t.Helper()
	patiently(t, measure, 50*time.Millisecond, 300*time.Millisecond, 2*time.Second)
}

// inTime measures something of which one part comes too late and the rest must not. On a busy machine it takes a longer
// limit to tell them apart.
func inTime(t *testing.T, measure func(limit time.Duration) string) {
	t.Helper()
	patiently(t, measure, 400*time.Millisecond, 3*time.Second, 20*time.Second)
}

// patiently measures with one time after another until nothing is wrong.
func patiently(t *testing.T, measure func(time.Duration) string, times ...time.Duration) {
	t.Helper()
	problem := ""
	for _, d := range times {
		if problem = measure(d); problem == "" {
			return
		}
	}
	t.Error(problem)
}
