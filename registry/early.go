package registry

import (
	"context"
	"net/http"
	"net/url"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// getEarly is get for what everything begins with: it is asked for at the same time as the ping, without credentials.
// Where it turns out that the registry wants none, the answer counts and a round has been saved; else, and when anything
// but what was asked for came, it is as if it had not been asked. Where both plain HTTP and encryption may be spoken, the
// ping finds out first which.
func (r *remote) getEarly(ctx context.Context, u *url.URL, accept string) (*http.Response, error) {
	if !r.session.unknown() || r.repo.Scheme() != "https" && !loopback(r.base.Hostname()) {
		return r.get(ctx, u, accept)
	}
	nobody := &attempt{scheme: r.repo.Scheme(), client: transport.NewUserAgent(once{r.client.wire}, "attestree")}
	early, cancel := context.WithCancel(ctx)
	counts := make(chan bool, 1)
	go func() {
		a, err := r.session.connect(ctx)
		open := err == nil && a.open && a.scheme == nobody.scheme
		if !open {
			cancel()
		}
		counts <- open
	}()
	resp, err := r.ask(early, nobody, u, accept)
	if <-counts && err == nil {
		// The body is still to be read; what early holds goes with ctx.
		context.AfterFunc(ctx, cancel)
		return resp, nil
	}
	cancel()
	if err == nil {
		_ = resp.Body.Close()
	}
	return r.get(ctx, u, accept)
}

// once is a wire that tries a single time: what the registry says to a request that need not have been made is no reason
// to be patient.
type once struct{ *wire }

// RoundTrip is http.RoundTripper.
func (o once) RoundTrip(req *http.Request) (*http.Response, error) { return o.send(req) }
