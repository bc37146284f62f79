package registry

import (
	"context"
	"sync"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// host bounds how many requests are under way at one registry host. The bound is that of HTTP/1.1 until HTTP/2 has been
// seen. It is halved when the host says that it is asked too much, and grows again slowly with every answer.
type host struct {
	connections, inFlight int // bounds for HTTP/1.1 and for HTTP/2

	mu      sync.Mutex
	most    int     // the bound for the protocol that is spoken
	now     float64 // the bound at the moment, from 1 to most
	busy    int
	until   time.Time // nobody starts before
	cut     time.Time // when the bound fell last
	waiting []chan struct{}

	answers bool       // connected to, ever
	nearest fetch.Near // how near all its addresses are that were connected to
}

func newHost(l Limits) *host {
	return &host{connections: l.Connections, inFlight: l.InFlight, most: l.Connections, now: float64(l.Connections)}
}

// width is how many requests may be under way at the moment.
func (h *host) width() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(int(h.now), 1)
}

// enter waits for a turn; first come, first served. Whoever has one must leave.
func (h *host) enter(ctx context.Context) error {
	h.mu.Lock()
	if len(h.waiting) == 0 && h.busy < max(int(h.now), 1) {
		h.busy++
		until := h.until
		h.mu.Unlock()
		return h.pausedUntil(ctx, until)
	}
	turn := make(chan struct{})
	h.waiting = append(h.waiting, turn)
	h.mu.Unlock()
	select {
	case <-turn:
	case <-ctx.Done():
		h.giveUp(turn)
		return ctx.Err()
	}
	h.mu.Lock()
	until := h.until
	h.mu.Unlock()
	return h.pausedUntil(ctx, until)
}

// pausedUntil waits for the end of a pause. Whoever gives up meanwhile has left.
func (h *host) pausedUntil(ctx context.Context, until time.Time) error {
	left := time.Until(until)
	if left <= 0 {
		return nil
	}
	if err := fetch.Sleep(ctx, left); err != nil {
		h.leave()
		return err
	}
	return nil
}

// giveUp takes somebody out of the queue; a turn that came at the same moment goes to the next.
func (h *host) giveUp(turn chan struct{}) {
	h.mu.Lock()
	for i, other := range h.waiting {
		if other == turn {
			h.waiting = append(h.waiting[:i], h.waiting[i+1:]...)
			h.mu.Unlock()
			return
		}
	}
	h.mu.Unlock()
	h.leave()
}

// leave ends a turn.
func (h *host) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.busy--
	h.admit()
}

// admit lets in those for whom there is room.
func (h *host) admit() {
	for len(h.waiting) > 0 && h.busy < max(int(h.now), 1) {
		h.busy++
		close(h.waiting[0])
		h.waiting = h.waiting[1:]
	}
}

// answered says that the host answered, and by which protocol.
func (h *host) answered(major int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	most := h.connections
	if major >= 2 {
		most = h.inFlight
	}
	if most != h.most {
		h.now *= float64(most) / float64(h.most)
		h.most = most
	}
	h.now = min(h.now+1/h.now, float64(h.most))
	h.admit()
}

// atOnce is how long after one answer others may say the same of the same moment.
const atOnce = time.Second

// slow says that the host is asked too much, and when to go on. What was under way at once hears so at once, and that
// halves the bound but once.
func (h *host) slow(p pause, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now.Sub(h.cut) > atOnce {
		h.now, h.cut = max(h.now/2, 1), now
	}
	if end := now.Add(p.length); end.After(h.until) {
		h.until = end
	}
}

// reached says how near an address of the host is. Of several the farthest counts: a name may lead to both.
func (h *host) reached(near fetch.Near) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.answers || near < h.nearest {
		h.answers, h.nearest = true, near
	}
}

// supposed says how near the host was the last time, which counts until it is connected to.
func (h *host) supposed(near fetch.Near) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.answers {
		h.nearest = near
	}
}

// near is how near the host is, as far as is known.
func (h *host) near() fetch.Near {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.nearest
}
