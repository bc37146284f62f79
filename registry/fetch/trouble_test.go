package fetch_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/attestree/attestree/registry/fetch"
)

// TestWhyNothingWasFetchedIsSaidInOurWords has requests fail in ways in which a library would quote an address that holds
// a secret, or what a service said.
func TestWhyNothingWasFetchedIsSaidInOurWords(t *testing.T) {
	t.Parallel()
	const secret = "canary-5a1c"
	through := func(proxy func(*http.Request) (*url.URL, error)) http.RoundTripper {
		transport := fetch.Transport(1, 0)
		transport.Proxy = proxy
		return transport
	}
	for name, c := range map[string]struct {
		answer    http.HandlerFunc
		transport http.RoundTripper
		says      string
	}{
		"a redirect to no address": {answer: led("https://h/%zz?sig=" + secret), says: "redirects to nowhere"},
		"a redirect elsewhere":     {answer: led("https://h.example/?sig=" + secret), says: "redirects to another host"},
		"a redirect in circles":    {answer: led("/round?sig=" + secret), says: "redirects in circles"},
		"an answer that breaks": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(secret))
		}, says: "closed in the middle"},
		"an answer that is none": {answer: func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_, _ = c.Write([]byte("HTTP/9 " + secret + "\x1b[2J\r\n\r\n"))
				_ = c.Close()
			}
		}, says: "does not speak HTTP"},
		"a proxy that is none": {transport: through(func(*http.Request) (*url.URL, error) {
			return nil, errors.New(`invalid proxy address "http://me:` + secret + `@proxy"`)
		}), says: "the connection failed"},
		"a proxy of an unknown kind": {transport: through(func(*http.Request) (*url.URL, error) {
			return &url.URL{Scheme: "odd", User: url.UserPassword("me", secret), Host: "proxy.example:1"}, nil
		}), says: ""},
		"a proxy where nobody listens": {transport: through(func(*http.Request) (*url.URL, error) {
			return &url.URL{Scheme: "http", User: url.UserPassword("me", secret), Host: "127.0.0.1:1"}, nil
		}), says: "connection refused"},
		"a transport with words of its own": {transport: fails{&net.OpError{Op: "read", Err: errors.New(secret)}}, says: "the connection failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.answer == nil {
				c.answer = http.NotFound
			}
			server := httptest.NewServer(c.answer)
			t.Cleanup(server.Close)
			client := fetch.Client{Transport: c.transport, PlainHTTP: true}
			_, err := client.Get(t.Context(), fetch.Request{URL: address(t, server.URL+"/?sig="+secret), Limit: 1 << 20, Authorization: "Bearer " + secret})
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("said %v, want %q in it", err, c.says)
			}
			for _, theirs := range []string{secret, "Get \"", "dial tcp", "proxyconnect", "EOF", "malformed", "\x1b", "parse"} {
				if strings.Contains(err.Error(), theirs) {
					t.Errorf("quotes %q: %v", theirs, err)
				}
			}
		})
	}
}

func led(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

type fails struct{ err error }

func (f fails) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
