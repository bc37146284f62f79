package registry

import (
	"net/http"
	"net/url"

	"github.com/attestree/attestree/registry/fetch"
)

const maxRedirects = 5

// redirect is where a response sends us on to, nil if it does not. A redirect never goes from HTTPS to HTTP, nor from
// a registry elsewhere to an address of this machine or its private network.
func redirect(resp *http.Response, from, registry *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || next.Host == "" || resp.Header.Get("Location") == "" {
		return nil, failed(KindServer, "redirected to nowhere (status %d without a usable Location)", resp.StatusCode)
	}
	next.User, next.Fragment = nil, ""
	switch {
	case next.Scheme != "https" && next.Scheme != "http":
		return nil, failed(KindServer, "redirected to a %q address: not followed", next.Scheme)
	case next.Scheme == "http" && from.Scheme == "https":
		return nil, failed(KindServer, "redirected from HTTPS to plain HTTP at %s: not followed", next.Host)
	case next.Hostname() != registry.Hostname() && fetch.Private(next.Hostname()):
		return nil, failed(KindServer, "redirected to the private address %s: not followed", next.Host)
	}
	return next, nil
}

// sentOn says of whom it is so that what was to be had there could not be: a host that the reader did not name.
func sentOn(host string, f *failure) *failure {
	if f.kind != KindUnreachable {
		return f
	}
	more := *f
	more.detail = fetch.Short("sent on to " + host + ": " + f.detail)
	more.remedy = "the registry may be behind a login page, or keep its contents where this machine cannot look"
	return &more
}

// steady is a transport whose redirects are looked at before anybody follows them.
type steady struct{ inner http.RoundTripper }

// RoundTrip is http.RoundTripper.
func (s steady) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := s.inner.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if _, err := redirect(resp, req.URL, req.URL); err != nil {
		drop(resp)
		return nil, err
	}
	return resp, nil
}

// discreet is a transport that says nobody else what a request says in its body: a token service is told a refresh token
// there, which would follow a redirect (RFC 9110, sections 15.4.8 and 15.4.9).
type discreet struct{ inner http.RoundTripper }

// RoundTrip is http.RoundTripper.
func (d discreet) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := d.inner.RoundTrip(req)
	if err != nil || req.Body == nil || req.Body == http.NoBody {
		return resp, err
	}
	next, err := redirect(resp, req.URL, req.URL)
	if err == nil && next != nil && next.Host != req.URL.Host {
		err = failed(KindServer, "the token service sends us on to %s, which is not told what it was told: not followed", next.Host)
	}
	if err != nil {
		drop(resp)
		return nil, err
	}
	return resp, nil
}

func loopback(host string) bool { return fetch.Loopback(host) }
