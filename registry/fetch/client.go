package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Client asks for documents. Its zero value can be used; it is safe for concurrent use.
type Client struct {
	Agent     string            // told to the service
	Transport http.RoundTripper // nil for one of our own
	Offline   bool              // ask nobody
	PlainHTTP bool              // allow HTTP to other machines
	Patience  time.Duration     // how long to wait in all because a service asks for it; 0 is a minute
	// Wait passes time; nil is the clock's.
	Wait func(context.Context, time.Duration) error
}

// Request is one question.
type Request struct {
	URL    *url.URL
	Accept string // media type
	// Authorization is the header's value, "" for none. It is sent to the URL's host alone.
	Authorization string
	Limit         int64 // bytes of the answer
}

const (
	requestTime = 30 * time.Second
	tries       = 3 // of a request that the service stumbles over
	maxPauses   = 8 // that a service may ask for during one request
	patience    = time.Minute
)

// Get asks for a document. Its error is an *Error, or that of ctx.
func (c *Client) Get(ctx context.Context, r Request) ([]byte, error) {
	if c.Offline {
		return nil, &Error{Kind: Offline, Host: r.URL.Host, Detail: "not asked, because of --offline"}
	}
	if r.URL.Scheme != "https" && !c.PlainHTTP && !Loopback(r.URL.Hostname()) {
		return nil, &Error{Kind: Failed, Host: r.URL.Host, Detail: "it would be spoken to without encryption, which --allow-http-registry permits"}
	}
	left := c.Patience
	if left == 0 {
		left = patience
	}
	for try, pauses := 1, 0; ; {
		body, problem := c.once(ctx, r)
		if problem == nil {
			return body, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pause := 200 * time.Millisecond << (try - 1)
		switch {
		case problem.Kind == Busy && problem.After <= left && pauses < maxPauses:
			pause = max(problem.After, pause)
			left -= pause
			pauses++
		case problem.again && try < tries:
			try++
		default:
			return nil, problem
		}
		if err := c.wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	return Sleep(ctx, d)
}

// once asks once.
func (c *Client) once(ctx context.Context, r Request) ([]byte, *Error) {
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL.String(), nil)
	if err != nil {
		return nil, &Error{Kind: Failed, Host: r.URL.Host, Detail: "the address cannot be asked"}
	}
	req.URL.User = nil
	for name, value := range map[string]string{"Accept": r.Accept, "User-Agent": c.Agent, "Authorization": r.Authorization} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	resp, err := c.client().Do(req)
	if err != nil {
		return nil, broken(r.URL.Host, err)
	}
	defer func() { _ = resp.Body.Close() }() // only read from
	if problem := status(r.URL.Host, resp); problem != nil {
		return nil, problem
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, r.Limit+1))
	switch {
	case err != nil:
		return nil, broken(r.URL.Host, err)
	case int64(len(body)) > r.Limit:
		return nil, &Error{Kind: TooLarge, Host: r.URL.Host, Detail: fmt.Sprintf("the answer is larger than %d bytes", r.Limit)}
	}
	return body, nil
}

// shared is the transport of all clients that bring none.
var shared = Transport(4, requestTime)

func (c *Client) client() *http.Client {
	transport := c.Transport
	if transport == nil {
		transport = shared
	}
	return &http.Client{Transport: transport, CheckRedirect: SameHost}
}

// status is what is wrong with an answer that is none.
func status(host string, resp *http.Response) *Error {
	e := &Error{Host: host, Status: resp.StatusCode, Detail: fmt.Sprintf("it answers %d", resp.StatusCode)}
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		e.Kind = NotFound
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		e.Kind = Denied
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "":
		e.Kind, e.After = Busy, RetryAfter(resp.Header, time.Second)
		e.Detail = fmt.Sprintf("it asks to wait %s, after too many requests", e.After)
	default:
		e.Kind, e.again = Failed, code >= 500 && code != http.StatusNotImplemented
	}
	return e
}
