package registry

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// wire is the transport below credentials. It refuses plain HTTP unless that is allowed, and tries again where a registry
// stumbles or asks for patience.
type wire struct {
	inner     http.RoundTripper
	away      *away // for what a registry sends us on to; nil where inner is not ours
	plainHTTP bool
	patience  time.Duration
	wait      func(context.Context, time.Duration) error
	slow      func(host string, p pause) // told of every pause
}

func newWire(opts Options) *wire {
	inner, away := opts.Transport, (*away)(nil)
	if inner == nil {
		own := newTransport(opts)
		inner, away = own, newAway(own, nil)
	}
	return &wire{
		inner: inner, away: away, plainHTTP: opts.PlainHTTP, patience: opts.Limits.Patience, wait: fetch.Sleep, slow: func(string, pause) {},
	}
}

// pause is a wait before a request is made once more.
type pause struct {
	length  time.Duration
	reason  string // for a person
	tooMuch bool   // the host says that it is asked too much
}

// newTransport is our own HTTP transport. It does not decompress, since digests are of what is sent.
func newTransport(opts Options) *http.Transport {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	config.InsecureSkipVerify = opts.Insecure // asked for with --allow-insecure-registry
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       config,
		TLSHandshakeTimeout:   10 * time.Second,
		ForceAttemptHTTP2:     true,
		DisableCompression:    true,
		MaxConnsPerHost:       opts.Limits.Connections,
		MaxIdleConnsPerHost:   opts.Limits.Connections,
		IdleConnTimeout:       30 * time.Second,
		ResponseHeaderTimeout: opts.Limits.Request,
	}
}

// tries is how often a request is made at most when the registry answers 5xx or the connection breaks.
const tries = 3

// RoundTrip sends a request, if need be several times. Only requests without a body are repeated.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	repeatable := req.Body == nil || req.Body == http.NoBody
	waited := time.Duration(0)
	for try := 1; ; try++ {
		if err := req.Context().Err(); err != nil {
			return nil, err // whoever gave up sends nothing more
		}
		resp, err := w.send(req)
		pause, again := w.again(resp, err, try, waited)
		if pause.tooMuch && pause.length <= w.patience {
			w.slow(req.URL.Host, pause)
		}
		if !repeatable || !again || req.Context().Err() != nil {
			return resp, err
		}
		if resp != nil {
			drop(resp)
		}
		waited += pause.length
		waiting(req.Context(), req.URL.Host, pause, w.patience-waited+pause.length)
		if err := w.wait(req.Context(), pause.length); err != nil {
			return nil, err
		}
	}
}

// send sends a request once.
func (w *wire) send(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme == "http" && !w.plainHTTP && !loopback(req.URL.Hostname()) {
		return nil, unencrypted(req.URL.Host)
	}
	from, known := fromOrigin(req.Context())
	switch {
	case w.away == nil || !known:
		return w.inner.RoundTrip(req)
	case req.URL.Host == from.name:
		return w.inner.RoundTrip(w.away.watched(req, from))
	}
	return w.away.ask(req, from)
}

// again says whether to try once more, and after how long.
func (w *wire) again(resp *http.Response, err error, try int, waited time.Duration) (pause, bool) {
	backoff := 200 * time.Millisecond << (try - 1)
	switch {
	case err != nil:
		return pause{length: backoff, reason: "the connection broke"}, try < tries && passing(err)
	case resp.StatusCode == http.StatusTooManyRequests:
		p := pause{fetch.RetryAfter(resp.Header, backoff*2), "it is asked too much (status 429)", true}
		return p, waited+p.length <= w.patience && try < 10
	case resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "":
		p := pause{fetch.RetryAfter(resp.Header, backoff), "it asks to come back later (status 503)", true}
		return p, waited+p.length <= w.patience && try < tries
	case resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented:
		return pause{length: backoff, reason: fmt.Sprintf("it stumbled (status %d)", resp.StatusCode)}, try < tries
	}
	return pause{}, false
}

// passing reports whether an error may be gone next time: a connection that broke, not one that cannot be made.
func passing(err error) bool {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Op == "read" || op.Op == "write"
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
