package session

import (
	"context"
	"time"

	"github.com/attestree/attestree/model"
)

// interval is how often a live reader is given what has become known: often enough to look immediate, seldom enough
// that drawing does not compete with verifying.
const interval = 33 * time.Millisecond

// Open is Run for a live reader: events come in batches, and the channel closes when everything is done or ctx ends.
func (s *Session) Open(ctx context.Context) <-chan []model.Event {
	return batches(ctx, func(emit func(model.Event)) {
		// The error is in the DiscoveryDone event too, where the reader expects it.
		_ = s.Run(ctx, emit)
	})
}

// Verify is Reverify for a live reader.
func (s *Session) Verify(ctx context.Context, ids []string) <-chan []model.Event {
	return batches(ctx, func(emit func(model.Event)) { s.Reverify(ctx, ids, emit) })
}

func batches(ctx context.Context, produce func(emit func(model.Event))) <-chan []model.Event {
	events := make(chan model.Event, 256)
	go func() {
		defer close(events)
		produce(func(e model.Event) {
			select {
			case events <- e:
			case <-ctx.Done():
			}
		})
	}()
	out := make(chan []model.Event)
	go collect(ctx, events, out)
	return out
}

// collect hands on together what becomes known within one interval.
func collect(ctx context.Context, events <-chan model.Event, out chan<- []model.Event) {
	defer close(out)
	for first := range events {
		batch := gather(first, events)
		select {
		case out <- batch:
		case <-ctx.Done():
			return
		}
	}
}

func gather(first model.Event, events <-chan model.Event) []model.Event {
	batch := []model.Event{first}
	timer := time.NewTimer(interval)
	defer timer.Stop()
	for {
		select {
		case e, more := <-events:
			if !more {
				return batch
			}
			batch = append(batch, e)
		case <-timer.C:
			return batch
		}
	}
}
