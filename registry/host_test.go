package registry

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestTheBoundFollowsWhatTheHostSays(t *testing.T) {
	h := newHost(Limits{}.withDefaults())
	if h.width() != 32 {
		t.Fatalf("%d at once before anything is known, want 32", h.width())
	}
	h.answered(2)
	if h.width() != 64 {
		t.Fatalf("%d at once over HTTP/2, want 64", h.width())
	}
	now := time.Now()
	for range 10 { // ten that were under way are told so at once
		h.slow(pause{}, now)
	}
	if h.width() != 32 {
		t.Fatalf("%d at once after being told once that it is too much, want half", h.width())
	}
	for i := range 20 {
		h.slow(pause{}, now.Add(time.Duration(i)*time.Minute))
	}
	if h.width() != 1 {
		t.Fatalf("%d at once after being told so again and again, want 1", h.width())
	}
	for range 10_000 {
		h.answered(2)
	}
	if h.width() != 64 {
		t.Fatalf("%d at once when all is well again, want 64", h.width())
	}
}

func TestTurnsAreBoundedAndNoneIsLost(t *testing.T) {
	h := newHost(Limits{Connections: 3}.withDefaults())
	var busy, most, served atomic.Int32
	var crowd sync.WaitGroup
	for i := range 300 {
		crowd.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%3 == 0 {
				cancel() // leaves while it waits, or at the very moment of its turn
			}
			if h.enter(ctx) != nil {
				return
			}
			if now := busy.Add(1); now > most.Load() {
				most.Store(now)
			}
			served.Add(1)
			busy.Add(-1)
			h.leave()
		})
	}
	crowd.Wait()
	if most.Load() > 3 || served.Load() < 200 || h.busy != 0 || len(h.waiting) != 0 {
		t.Errorf("%d at once, %d served, %d still busy, %d still waiting", most.Load(), served.Load(), h.busy, len(h.waiting))
	}
}

func TestWhoAsksTooMuchIsToldAndAsksLess(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "referrers", Times: 1, Status: 429, Header: http.Header{"Retry-After": {"1"}}})
	opts := quick()
	opts.Client = NewClient(opts)
	defer opts.Client.Close()
	opts.Client.wire.wait = func(context.Context, time.Duration) error { return nil }
	var told []string
	tree := model.NewTree()
	err := Discover(t.Context(), r.Host()+"/x:1", opts, func(e model.Event) {
		tree.Apply(e)
		if note, ok := e.(model.Noted); ok {
			told = append(told, note.Finding.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || !strings.Contains(told[0], "status 429") || !strings.Contains(told[0], "after 1s") || !strings.Contains(told[0], "given up after 10s") {
		t.Errorf("while it waited, the person was told %q", told)
	}
	if got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest); !strings.Contains(got.Detail, "asked 2 times over 1s") {
		t.Errorf("the ledger says %+v, and not that it had to wait", got)
	}
	if width := opts.Client.host(r.Host()).width(); width > 20 {
		t.Errorf("%d at once after that, want about half of 32", width)
	}
}

// deaf is a transport on which nothing is ever answered once the root has been. It counts what is asked.
type deaf struct {
	inner http.RoundTripper

	mu    sync.Mutex
	late  int // asked after the caller had left
	left  bool
	busy  sync.WaitGroup
	begun chan struct{} // one for each that hangs
}

func (h *deaf) RoundTrip(req *http.Request) (*http.Response, error) {
	h.mu.Lock()
	if h.left {
		h.late++
	}
	h.mu.Unlock()
	if !strings.Contains(req.URL.Path, "referrers") && !strings.Contains(req.URL.Path, "sha256-") {
		return h.inner.RoundTrip(req)
	}
	h.busy.Add(1)
	defer h.busy.Done()
	select {
	case h.begun <- struct{}{}:
	default:
	}
	<-req.Context().Done()
	return nil, req.Context().Err()
}

func TestCancellingStopsAllTraffic(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	transport := &deaf{inner: &http.Transport{}, begun: make(chan struct{}, 5)}
	ctx, cancel := context.WithCancel(t.Context())
	opts := quick()
	opts.Transport = transport
	ended := make(chan error, 1)
	go func() { ended <- Discover(ctx, r.Host()+"/x:1", opts, func(model.Event) {}) }()
	for range 5 { // referrers, three tags, the fallback
		<-transport.begun
	}
	transport.mu.Lock()
	transport.left = true
	cancel()
	transport.mu.Unlock()
	cancelled := time.Now()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	transport.busy.Wait()
	if took := time.Since(cancelled); took > 20*time.Second { // what is wanted is 200 ms; machines that test are busy
		t.Errorf("the last request ended %s later", took)
	}
	if transport.late > 0 {
		t.Errorf("%d requests were made after the caller had left", transport.late)
	}
}

func TestCancellingWhileTheRegistryIsWaitedForEndsTheWait(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "manifests/1", Status: 429, Header: http.Header{"Retry-After": {"3000"}}})
	opts := quick()
	opts.Limits.Patience = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := Discover(ctx, r.Host()+"/x:1", opts, func(e model.Event) {
		if _, ok := e.(model.Noted); ok {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	before := len(r.Requests())
	if err := Discover(ctx, r.Host()+"/x:1", opts, func(model.Event) {}); !errors.Is(err, context.Canceled) || len(r.Requests()) != before {
		t.Errorf("who had left asked on: %v", err)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	for i := range 100 {
		r.Attach(t, "x", "", image, registrytest.BundleType, []byte{byte(i)})
	}
	mustDiscover(t, r.Host()+"/x:1", quick())
	if opened := r.Connections(); opened > 33 { // one more was tried with TLS first
		t.Errorf("%d connections for %d requests, want at most 33", opened, len(r.Requests()))
	}
}
