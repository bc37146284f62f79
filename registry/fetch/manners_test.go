package fetch_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/attestree/attestree/registry/fetch"
)

func TestAHostIsPrivateWhereOnlyThisMachineOrItsNetworkCanMeanIt(t *testing.T) {
	const public, private, loopback = 0, 1, 2
	for host, want := range map[string]int{
		"ghcr.io": public, "192.0.2.1": public, "2001:db8::1": public, "localhost.example": public, "notlocalhost": public,
		"10.1.2.3": private, "169.254.169.254": private, "fd00::1": private, "::ffff:10.0.0.1": private, "0.0.0.0": private,
		"127.1": private, "0x7f000001": private, "2130706433": private, "224.0.0.1": private,
		"10.0.0.1.": private, "100.100.100.200": private, "192.0.0.192": private, "fe80::1%eth0": private, "64:ff9b::a9fe:a9fe": private,
		"8.8.8.8.": public, "64:ff9b::8.8.8.8": public, "100.128.0.1": public,
		"localhost": loopback, "LocalHost": loopback, "localhost.": loopback, "a.localhost": loopback, "127.9.9.9": loopback, "::1": loopback,
	} {
		if got := fetch.Private(host); got != (want >= private) {
			t.Errorf("%s is private: %v", host, got)
		}
		if got := fetch.Loopback(host); got != (want == loopback) {
			t.Errorf("%s is this machine: %v", host, got)
		}
	}
}

func TestAddressesAreAsNearAsWhoCanMeanThem(t *testing.T) {
	for address, want := range map[string]fetch.Near{
		"192.0.2.1": fetch.Internet, "2001:db8::1": fetch.Internet, "64:ff9b::8.8.8.8": fetch.Internet,
		"10.0.0.1": fetch.Network, "172.31.0.1": fetch.Network, "::ffff:192.168.0.1": fetch.Network, "fd00::1": fetch.Network,
		"100.64.0.1": fetch.Network, "198.18.0.1": fetch.Network, "64:ff9b::a00:1": fetch.Network,
		"127.0.0.1": fetch.Machine, "::1": fetch.Machine, "169.254.169.254": fetch.Machine, "fe80::1%eth0": fetch.Machine,
		"0.0.0.0": fetch.Machine, "::": fetch.Machine, "100.100.100.200": fetch.Machine, "fd00:ec2::254": fetch.Machine,
		"192.0.0.192": fetch.Machine, "224.0.0.1": fetch.Machine, "64:ff9b::a9fe:a9fe": fetch.Machine,
	} {
		if got := fetch.NearOf(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
}

func TestARedirectStaysOnTheHostAndKeepsItsProtection(t *testing.T) {
	from := &http.Request{URL: address(t, "https://a.example/x")}
	for to, allowed := range map[string]bool{
		"https://a.example/y": true, "https://b.example/x": false, "http://a.example/x": false, "https://a.example:8443/x": false,
	} {
		if err := fetch.SameHost(&http.Request{URL: address(t, to)}, []*http.Request{from}); (err == nil) != allowed {
			t.Errorf("to %s: %v", to, err)
		}
	}
	if fetch.SameHost(from, []*http.Request{from, from, from, from, from}) == nil {
		t.Error("it went on and on")
	}
}

func TestWordsOfOthersAreCutBetweenCharacters(t *testing.T) {
	for _, s := range []string{"", "plain", strings.Repeat("é", 100), strings.Repeat("é", 101), strings.Repeat("x", 198) + "語語", "\xff\xfe"} {
		got := fetch.Short(s)
		if len(got) > 200 || !utf8.ValidString(got) || len(s) <= 200 && utf8.ValidString(s) && got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestSettingsThatCannotBeReadAreNotAbsent(t *testing.T) {
	dir := t.TempDir()
	if raw, err := fetch.Settings(filepath.Join(dir, "absent"), "npm"); raw != nil || err != nil {
		t.Errorf("absent: %q, %v", raw, err)
	}
	for size, fits := range map[int]bool{1 << 20: true, 1<<20 + 1: false} {
		name := filepath.Join(dir, "rc")
		if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if raw, err := fetch.Settings(name, "npm"); (err == nil) != fits || fits && len(raw) != size {
			t.Errorf("%d bytes: %d were read, %v", size, len(raw), err)
		}
	}
	if _, err := fetch.Settings(dir, "npm"); err == nil {
		t.Error("a folder was read")
	}
}

func address(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
