package rego

import (
	"context"
	"errors"
	"fmt"
	"runtime/metrics"
	"time"
)

// The bounds of one evaluation. Real policies need a thousandth of them.
const (
	maxTime   = 2 * time.Second
	maxMemory = 256 << 20 // bytes more than when it began, in the whole program
	grace     = 200 * time.Millisecond
	interval  = 2 * time.Millisecond
)

var (
	errTime   = fmt.Errorf("it took longer than %s", maxTime)
	errMemory = fmt.Errorf("it took more than %d MiB of memory", maxMemory>>20)
	errPanic  = errors.New("it cannot be evaluated")
)

// bounded runs work with a bound on time and memory, and calls stop when one is reached: what cannot be interrupted is
// then left behind, and its result is not used. The error says which bound it was.
func bounded(ctx context.Context, work func(context.Context) error, stop func()) error {
	ctx, cancel := context.WithTimeoutCause(ctx, maxTime, errTime)
	defer cancel()
	done := make(chan ended, 1)
	go func() {
		defer func() {
			if recover() != nil { // the library is not ours: it must cost the policy and not the program
				done <- ended{errPanic}
			}
		}()
		done <- ended{work(ctx)}
	}()
	result, bound := watch(ctx, done)
	if bound == nil {
		return result.err
	}
	stop()
	select {
	case <-done: // its result came too late
	case <-time.After(grace):
	}
	return bound
}

// ended is how work came to its own end.
type ended struct{ err error }

// watch waits for the end of the work, or for the bound that is reached before.
func watch(ctx context.Context, done <-chan ended) (result ended, bound error) {
	limit := heap() + maxMemory
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case result := <-done:
			return result, nil
		case <-ctx.Done():
			return ended{}, context.Cause(ctx)
		case <-tick.C:
			if heap() > limit {
				return ended{}, errMemory
			}
		}
	}
}

// heap is how many bytes objects on the heap take.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
