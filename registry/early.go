package registry

import (
	"bytes"
	"context"
	"io"
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
	resp, err := r.wholly(r.ask(early, nobody, u, accept))
	open := <-counts
	cancel()
	if open && err == nil {
		return resp, nil
	}
	return r.get(ctx, u, accept)
}

// wholly reads the body of a response. Unread it would hold its connection, for which the ping may be waiting.
func (r *remote) wholly(resp *http.Response, err error) (*http.Response, error) {
	if err != nil {
		return nil, err
	}
	defer drop(resp)
	raw, err := readAtMost(resp.Body, r.limits.Manifest)
	if err != nil {
		return nil, err
	}
	read := *resp
	read.Body = io.NopCloser(bytes.NewReader(raw))
	return &read, nil
}

// once is a wire that tries a single time: what the registry says to a request that need not have been made is no reason
// to be patient.
type once struct{ *wire }

// RoundTrip is http.RoundTripper.
func (o once) RoundTrip(req *http.Request) (*http.Response, error) { return o.send(req) }
