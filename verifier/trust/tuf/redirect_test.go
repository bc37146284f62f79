package tuf

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
)

func TestAMirrorLeadsToNoPrivateAddress(t *testing.T) {
	from := &http.Request{URL: &url.URL{Scheme: "https", Host: "mirror.example"}}
	for host, want := range map[string]error{
		"store.example": nil, "8.8.8.8": nil, "mirror.example": nil, "169.254.169.254": errPrivate, "10.0.0.1": errPrivate, "[fd00::1]": errPrivate,
		"127.1": errPrivate, "localhost": errPrivate, "a.localhost.": errPrivate, "[::ffff:192.168.0.1]": errPrivate, "10.0.0.1.": errPrivate,
	} {
		if got := follow(&http.Request{URL: &url.URL{Scheme: "https", Host: host}}, []*http.Request{from}); !errors.Is(got, want) {
			t.Errorf("to %s: %v, want %v", host, got, want)
		}
	}
	own := &http.Request{URL: &url.URL{Scheme: "https", Host: "10.0.0.1"}}
	if err := follow(own, []*http.Request{own}); err != nil {
		t.Errorf("a mirror that is at a private address itself: %v", err)
	}
}
