package registry

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"syscall"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// origin is the registry on whose behalf a request is made, wherever it goes.
type origin struct {
	name string // host and port
	host *host
}

type originKey struct{}

func withOrigin(ctx context.Context, name string, h *host) context.Context {
	return context.WithValue(ctx, originKey{}, origin{name, h})
}

func fromOrigin(ctx context.Context) (origin, bool) {
	from, known := ctx.Value(originKey{}).(origin)
	return from, known
}

// away asks hosts that a registry named: where it redirects to, and its token service. Nobody but the registry wants
// to know what they say, so that none of them may be nearer to this machine than the registry is: one on the internet
// must not have us ask what only this network can reach. What counts is the address that is dialled, and not what a name
// service said before.
type away struct {
	within [fetch.Machine + 1]*http.Transport // by how near they may be; connections are not shared between these
	any    *http.Transport                    // where a proxy dials
}

// errTooNear is why an address is not dialled.
var errTooNear = errors.New("it is at a private address")

// newAway makes transports like own. The resolver is nil but in tests.
func newAway(own *http.Transport, names *net.Resolver) *away {
	a := &away{any: own}
	for near := range a.within {
		dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Resolver: names, Control: atMost(fetch.Near(near))}
		a.within[near] = own.Clone()
		a.within[near].Proxy, a.within[near].DialContext = nil, dialer.DialContext
	}
	return a
}

// atMost is a net.Dialer's Control, which sees each address before it is dialled.
func atMost(near fetch.Near) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || fetch.NearOf(to.Addr()) > near {
			return errTooNear
		}
		return nil
	}
}

// proxied reports whether somebody else makes the connection, and finds out what a name means. Its address may be a
// private one, and where it leads is its own affair.
func (a *away) proxied(req *http.Request) bool {
	if a.any.Proxy == nil {
		return false
	}
	by, err := a.any.Proxy(req)
	return err == nil && by != nil
}

// watched is a request to the registry itself, which shows how near the registry is. Behind a proxy nobody can tell.
func (a *away) watched(req *http.Request, from origin) *http.Request {
	got := func(info httptrace.GotConnInfo) {
		near := fetch.Internet
		if address, err := netip.ParseAddrPort(info.Conn.RemoteAddr().String()); err == nil && !a.proxied(req) {
			near = fetch.NearOf(address.Addr())
		}
		from.host.reached(near)
	}
	return req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{GotConn: got}))
}

// ask sends a request to another host than the registry's.
func (a *away) ask(req *http.Request, from origin) (*http.Response, error) {
	if a.proxied(req) {
		return a.any.RoundTrip(req)
	}
	resp, err := a.within[from.host.near()].RoundTrip(req)
	if errors.Is(err, errTooNear) {
		return nil, failed(KindServer, "sent on to %s, which is at a private address: not followed", req.URL.Host)
	}
	return resp, err
}

// CloseIdleConnections lets go of them.
func (a *away) CloseIdleConnections() {
	for _, t := range a.within {
		t.CloseIdleConnections()
	}
}
