package verifier

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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

func TestALargePredicateNeedsLittleMemory(t *testing.T) {
	i := newInstance(t)
	for _, name := range []string{"layer", "bundle"} {
		ev, v := large(t, i)[name], i.verifier()
		peak := peakHeap(func() {
			if r := v.Verify(t.Context(), ev); r.Verdict != model.Trusted {
				t.Errorf("%s: %s: %s", name, r.Verdict, r.Reason)
			}
		})
		// Its own bytes, which the caller holds, are part of it: they are live all the time.
		if peak < uint64(len(ev.Blob)) {
			t.Errorf("%s: less is live than it weighs: nothing was measured", name)
		}
		if peak > 140<<20 {
			t.Errorf("%s: %d MiB were live at once", name, peak>>20)
		}
	}
}

// peakHeap is how many bytes at most were live while work ran, with all that is live anyway. The garbage collector runs
// so often that little else is counted.
func peakHeap(work func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(2))
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		sample, most := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, uint64(0)
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-done:
				peak <- most
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	runtime.GC()
	work()
	close(done)
	return <-peak
}
