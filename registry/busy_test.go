package registry

import (
	"testing"
	"time"
)

// eventually measures something that a busy machine can only make look worse than it is: a request that starts late
// seems to have waited for another. Slower answers make the difference plain.
func eventually(t *testing.T, measure func(latency time.Duration) string) {
	t.Helper()
	problem := ""
	for _, latency := range []time.Duration{50 * time.Millisecond, 300 * time.Millisecond, 2 * time.Second} {
		if problem = measure(latency); problem == "" {
			return
		}
	}
	t.Error(problem)
}

// inTime measures something of which one part comes too late and the rest must not. On a busy machine it takes a longer
// limit to tell them apart.
func inTime(t *testing.T, measure func(limit time.Duration) string) {
	t.Helper()
	problem := ""
	for _, limit := range []time.Duration{400 * time.Millisecond, 3 * time.Second, 20 * time.Second} {
		if problem = measure(limit); problem == "" {
			return
		}
	}
	t.Error(problem)
}
