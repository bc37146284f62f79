package fetch

import (
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Loopback reports whether a host, without port, is this machine (RFC 6761, section 6.3: so is all below localhost).
func Loopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Private reports whether a host is written as an address that only this machine or its network can mean.
func Private(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if Loopback(host) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return number(host[strings.LastIndex(host, ".")+1:])
	}
	return NearOf(ip) != Internet
}

// Near is how near to this machine an address is.
type Near int

// From far to near.
const (
	Internet Near = iota
	Network       // a private network can mean it
	Machine       // this machine and its links, and where clouds keep what describes a machine
)

// NearOf says how near an address is.
func NearOf(ip netip.Addr) Near {
	ip = ip.WithZone("").Unmap()
	in := func(p netip.Prefix) bool { return p.Contains(ip) }
	switch {
	case translated.Contains(ip):
		raw := ip.As16()
		return NearOf(netip.AddrFrom4([4]byte(raw[12:])))
	case ip.IsLoopback(), ip.IsLinkLocalUnicast(), ip.IsUnspecified(), ip.IsMulticast(), slices.ContainsFunc(nearest, in):
		return Machine
	case ip.IsPrivate(), slices.ContainsFunc(ours, in):
		return Network
	}
	return Internet
}

// ours are networks beside the private ones that are not the internet (RFC 6890 and the registries that it made).
var ours = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("fec0::/10"),
}

// nearest are those of them that no machine of a network has, among them those in which clouds keep what describes a
// machine (beside the link-local ones).
var nearest = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("100.100.100.200/32"), netip.MustParsePrefix("fd00:ec2::/32"),
}

// translated are addresses of IPv4 in IPv6, for a translator to reach (RFC 6052, section 2.1).
var translated = netip.MustParsePrefix("64:ff9b::/96")

// number reports whether the end of a host is a number. No domain ends so; some systems read all of it as an address then,
// such as 127.1 or 0x7f000001.
func number(label string) bool {
	_, err := strconv.ParseUint(label, 0, 64)
	return err == nil
}
