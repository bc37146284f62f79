package registry

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// traffic is a registry that counts what it is asked and which connections are open. It answers no question for a payload
// as long as anybody waits for it.
type traffic struct {
	answer http.Handler
	begun  chan struct{} // one for each payload that is asked for

	mu      sync.Mutex
	changed *sync.Cond
	asked   int
	open    map[net.Conn]bool
}

func newTraffic(t *testing.T, answer http.Handler) (*traffic, string) {
	t.Helper()
	seen := &traffic{answer: answer, begun: make(chan struct{}, 1000), open: map[net.Conn]bool{}}
	seen.changed = sync.NewCond(&seen.mu)
	server := httptest.NewUnstartedServer(seen)
	server.Config.ConnState = seen.state
	server.Start()
	t.Cleanup(server.Close)
	return seen, strings.TrimPrefix(server.URL, "http://")
}

// ServeHTTP is http.Handler.
func (s *traffic) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	if !strings.Contains(req.URL.Path, "/blobs/") {
		s.answer.ServeHTTP(w, req)
		return
	}
	s.begun <- struct{}{}
	<-req.Context().Done()
}

func (s *traffic) state(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state == http.StateNew {
		s.open[c] = true
	}
	if state == http.StateClosed || state == http.StateHijacked {
		delete(s.open, c)
	}
	s.changed.Broadcast()
}

// silence waits until no connection is open any more, and returns how many requests there were in all.
func (s *traffic) silence() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.open) > 0 {
		s.changed.Wait()
	}
	return s.asked
}

func (s *traffic) sofar() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// TestCancellingClosesWhatIsOpenAndBeginsNothing has five requests under way and many more wait for their turn when the
// caller leaves.
func TestCancellingClosesWhatIsOpenAndBeginsNothing(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	for i := range 100 {
		r.Attach(t, "x", "", image, registrytest.BundleType, []byte{byte(i)})
	}
	seen, host := newTraffic(t, r)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	opts := quick()
	opts.Limits.Connections = 5
	opts.Client = NewClient(opts)
	ended := make(chan error, 1)
	go func() { ended <- Discover(ctx, host+"/x:1", opts, func(model.Event) {}) }()
	for range 5 {
		<-seen.begun
	}
	before := seen.sofar()
	cancel()
	cancelled := time.Now()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	opts.Client.Close() // its idle connections are kept for another discovery until then
	if after := seen.silence(); after > before {
		t.Errorf("%d requests began after the caller had left", after-before)
	}
	// What is wanted is 200 ms; machines that test are busy.
	if took := time.Since(cancelled); took > 20*time.Second {
		t.Errorf("the last connection closed %s later", took)
	}
}

// TestWhoLeavesDuringThePingLooksAtNothingThatIsStillMade is for the race detector.
func TestWhoLeavesDuringThePingLooksAtNothingThatIsStillMade(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "^/v2/", Hang: true})
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if err := Discover(ctx, r.Host()+"/x:1", quick(), func(model.Event) {}); err == nil {
			t.Error("who left has been answered")
		}
		cancel()
	}
}
