package verifier

import (
	"runtime"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestALargePredicateIsVerifiedWithoutParsingIt(t *testing.T) {
	i := newInstance(t)
	for name, ev := range large(t, i) {
		v := i.verifier()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := v.Verify(t.Context(), ev)
		runtime.ReadMemStats(&after)
		if r.Verdict != model.Trusted {
			t.Fatalf("%s: %s: %s", name, r.Verdict, r.Reason)
		}
		// It has half a million packages: one allocation for each would be a parser at work.
		if n := after.Mallocs - before.Mallocs; n > 20000 {
			t.Errorf("%s: %d allocations", name, n)
		}
		if n := (after.TotalAlloc - before.TotalAlloc) / uint64(len(ev.Blob)); n > 8 {
			t.Errorf("%s: %d times its size was allocated", name, n)
		}
	}
}
