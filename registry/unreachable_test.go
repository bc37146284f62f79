package registry

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestWhyNobodyCouldBeReachedIsSaidInOurWords has connections fail in real ways.
func TestWhyNobodyCouldBeReachedIsSaidInOurWords(t *testing.T) {
	t.Parallel()
	mute := listening(t, func(c net.Conn) { _ = c.Close() })
	babble := listening(t, func(c net.Conn) { _, _ = c.Write([]byte("\x1b[2JSSH-2.0-x\r\n")); _ = c.Close() })
	for name, c := range map[string]struct{ host, says string }{
		"nobody listens":           {"127.0.0.1:1", "connection refused"},
		"there is no such name":    {"registry.invalid", "no"},
		"there is no such port":    {"127.0.0.1:99999", "that is no address: invalid port"},
		"it hangs up":              {mute, "the connection"},
		"it speaks something else": {babble, "does not speak"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := Discover(t.Context(), c.host+"/a/b:1", Options{}, func(model.Event) {})
			if err == nil || !strings.Contains(err.Error(), "cannot reach "+c.host+": ") || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("said %q, want %q in it", err, c.says)
			}
			for _, library := range []string{"Get \"", "dial tcp", "lookup ", "x509", "tls:", "EOF", "http:", "\x1b", "malformed"} {
				if strings.Contains(err.Error(), library) {
					t.Errorf("quotes a library: %v", err)
				}
			}
		})
	}
}

// TestARegistryThatDiesHalfwayIsSaidInOurWords has the connection break in the middle of a manifest.
func TestARegistryThatDiesHalfwayIsSaidInOurWords(t *testing.T) {
	t.Parallel()
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "a/b", "1", "x")
	r.Fail(registrytest.Fault{Path: "/manifests/1", Cut: true})
	err := Discover(t.Context(), r.Host()+"/a/b:1", Options{}, func(model.Event) {})
	if err == nil || !strings.Contains(err.Error(), "the answer was cut short: the connection was closed in the middle") {
		t.Errorf("said %q", err)
	}
}

// listening is the address of something that takes connections, and does with them what it likes.
func listening(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_ = c.SetDeadline(time.Now().Add(10 * time.Second))
			serve(c)
		}
	}()
	return l.Addr().String()
}

func TestEveryCauseHasWords(t *testing.T) {
	t.Parallel()
	strange := httptest.NewUnstartedServer(http.NotFoundHandler())
	strange.Config.ErrorLog = log.New(io.Discard, "", 0)
	strange.StartTLS()
	t.Cleanup(strange.Close)
	_, certificate := http.Get(strange.URL)
	for want, err := range map[string]error{
		"it was stopped":                   context.Canceled,
		"no answer in time":                context.DeadlineExceeded,
		"the name service does not answer": &net.DNSError{Err: "server misbehaving", Server: "192.0.2.1:53"},
		"the proxy lets nothing through":   errors.New("proxyconnect tcp: dial tcp 192.0.2.1:3128"),
		"the connection failed":            errors.New("anything else \x1b[2J"),

		"its certificate is by an authority that this machine does not trust": certificate,
	} {
		if got := unreachable(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}
