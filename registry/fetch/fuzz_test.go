package fetch_test

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// What a redirect is followed to is on the host that was asked, by the same protection.
func FuzzARedirectStaysWhereItBegan(f *testing.F) {
	for _, s := range []string{"/x", "//b.example/x", "https://a.example/y", "http://a.example", "https://a.example:443/", "https://A.example/", "\\\\b.example", "https://a.example@b.example/", "?q", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, location string) {
		from := &url.URL{Scheme: "https", Host: "a.example", Path: "/x"}
		to, err := from.Parse(location)
		if err != nil || fetch.SameHost(&http.Request{URL: to}, []*http.Request{{URL: from}}) != nil {
			return
		}
		if to.Scheme != "https" || to.Host != "a.example" {
			t.Errorf("%q was followed to %s", location, to)
		}
	})
}

// However an address of this machine or its network is written, it is taken for one.
func FuzzNoPrivateAddressIsTakenForAnother(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "::1", "10.0.0.1", "fd00::1", "169.254.169.254", "100.100.100.200", "fe80::1", "0.0.0.0", "8.8.8.8"} {
		ip := netip.MustParseAddr(s)
		f.Add(ip.AsSlice())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		ip, ok := netip.AddrFromSlice(raw)
		if !ok {
			return
		}
		std := net.IP(ip.AsSlice())
		private := std.IsPrivate() || std.IsLoopback() || std.IsLinkLocalUnicast() || std.IsUnspecified() || std.IsMulticast()
		forms := []string{ip.String(), ip.String() + ".", ip.StringExpanded(), strings.ToUpper(ip.String())}
		if ip.Is4() {
			forms = append(forms, "::ffff:"+ip.String(), "64:ff9b::"+ip.String())
		}
		for _, form := range forms {
			if private && !fetch.Private(form) {
				t.Errorf("%q is private", form)
			}
		}
	})
}

// A service says how long to wait, and never that it was to be asked before now.
func FuzzNobodyWaitsBackwards(f *testing.F) {
	for _, s := range []string{"1", "-1", "99999999999999999999", "Wed, 21 Oct 1985 07:28:00 GMT", "Wed, 21 Oct 9985 07:28:00 GMT", "", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if d := fetch.RetryAfter(http.Header{"Retry-After": {value}}, time.Second); d < 0 {
			t.Errorf("%q is %s", value, d)
		}
	})
}

// Nobody who reads an address that was shown learns the password in it.
func FuzzNoPasswordIsShown(f *testing.F) {
	f.Add("https", "me", "p:w", "a.example", "x?y")
	f.Add("", "me", "pw", "a.example:1", "a/b@sha256:00")
	f.Fuzz(func(t *testing.T, scheme, user, password, host, path string) {
		if len(password) < 4 || strings.ContainsAny(scheme+user+password+host, "/") || strings.Contains(scheme+user+host+path, password) {
			return
		}
		if scheme != "" {
			scheme += "://"
		}
		address := scheme + user + ":" + password + "@" + host + "/" + path + "x"
		if shown := fetch.WithoutUser(address); strings.Contains(shown, password) && !strings.Contains(user, "://") {
			t.Errorf("%q is shown as %q", address, shown)
		}
	})
}
