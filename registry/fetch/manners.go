package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// What every client of ours agrees on, those of container registries included.

// Transport is one that keeps at most perHost connections to a host, and waits for the beginning of an answer as long as
// answer says.
func Transport(perHost int, answer time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ForceAttemptHTTP2:     true,
		MaxConnsPerHost:       perHost,
		MaxIdleConnsPerHost:   perHost,
		IdleConnTimeout:       30 * time.Second,
		ResponseHeaderTimeout: answer,
	}
}

var (
	errElsewhere = errors.New("it redirects to another host, which nobody asked for")
	errCircles   = errors.New("it redirects in circles")
)

// SameHost is an http.Client's CheckRedirect: it follows a redirect only on the host that was asked, and never to less
// protection, so that credentials stay where they belong.
func SameHost(req *http.Request, via []*http.Request) error {
	first := via[0].URL
	switch {
	case len(via) > 4:
		return errCircles
	case req.URL.Host != first.Host || req.URL.Scheme != first.Scheme:
		return errElsewhere
	}
	return nil
}

// RetryAfter is how long a service asks to wait (RFC 9110, section 10.2.3): seconds or a date.
func RetryAfter(h http.Header, otherwise time.Duration) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, 1<<20)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(time.Until(at), 0)
	}
	return otherwise
}

// Sleep passes time, or fails when ctx is done.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ShortBytes is how much of somebody else's words is kept.
const ShortBytes = 200

// Short cuts somebody else's words to ShortBytes without cutting a character in two.
func Short(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= ShortBytes {
		return s
	}
	end := ShortBytes - len("…")
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// WithoutUser is an address, or reference, without the user and password that somebody wrote before a host: errors end in
// logs.
func WithoutUser(address string) string {
	scheme, rest, isURL := strings.Cut(address, "://")
	if !isURL {
		scheme, rest = "", address
	}
	host, path, _ := strings.Cut(rest, "/")
	at := strings.LastIndex(host, "@")
	if at < 0 || !isURL && (path == "" || !strings.Contains(host[:at], ":")) {
		return address
	}
	if isURL {
		scheme += "://"
	}
	return scheme + "…" + strings.TrimPrefix(rest, host[:at])
}
