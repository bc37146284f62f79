package tuf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Limits of one update. Real files are a tenth of these, a real update is five requests.
const (
	requestTime = 20 * time.Second // for one file, body and all
	updateTime  = 90 * time.Second // for everything
	updateSize  = 16 << 20         // bytes of all files together
	redirects   = 5                // that one request follows
)

var (
	errNotFound  = errors.New("not found")
	errPlain     = errors.New("redirect to plain HTTP")
	errRedirects = errors.New("too many redirects")
	errPrivate   = errors.New("redirect to a private address")
)

// fetcher reads files of a mirror, each within a time and a size.
type fetcher struct {
	client *http.Client
	agent  string
	each   time.Duration
	left   int64 // bytes that may still be read
}

func newFetcher(agent string) *fetcher {
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true, // what is limited is what is read
		ForceAttemptHTTP2:      true,
	}
	return &fetcher{
		client: &http.Client{Transport: transport, CheckRedirect: follow}, agent: agent, each: requestTime, left: updateSize,
	}
}

// follow keeps what began with TLS, and all else, from going on without it.
func follow(to *http.Request, via []*http.Request) error {
	switch {
	case to.URL.Scheme != "https":
		return errPlain
	case len(via) > redirects:
		return errRedirects
	case to.URL.Hostname() != via[0].URL.Hostname() && private(to.URL.Hostname()):
		return errPrivate
	}
	return nil
}

// private reports whether a host is written as anything but a name, or an address that everybody can mean.
func private(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip, err := netip.ParseAddr(host)
	if err == nil {
		ip = ip.WithZone("").Unmap()
		return !ip.IsGlobalUnicast() || ip.IsPrivate()
	}
	last := host[strings.LastIndex(host, ".")+1:]
	_, err = strconv.ParseUint(last, 0, 64) // no domain ends in a number; some systems read such a host as an address
	return err == nil || last == "localhost"
}

func (f *fetcher) close() { f.client.CloseIdleConnections() }

// get reads the file at address, of at most limit bytes. It fails with errNotFound where there is none.
func (f *fetcher) get(ctx context.Context, address string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, f.each)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, because(err, "fetch %s: the address is not usable", address)
	}
	request.Header.Set("User-Agent", f.agent)
	response, err := f.client.Do(request)
	if err != nil {
		return nil, because(err, "fetch %s: %s", address, unreachable(err))
	}
	defer func() { _ = response.Body.Close() }() // only read from
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusForbidden: // stores that may not be listed deny what they do not have
		return nil, because(errNotFound, "fetch %s: the mirror answered with status %d", address, response.StatusCode)
	default:
		return nil, fmt.Errorf("fetch %s: the mirror answered with status %d", address, response.StatusCode)
	}
	return f.body(response, address, min(limit, f.left))
}

func (f *fetcher) body(response *http.Response, address string, limit int64) ([]byte, error) {
	if response.ContentLength > limit {
		return nil, fmt.Errorf("fetch %s: the file is larger than the %d bytes that it may have", address, limit)
	}
	raw, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	switch {
	case err != nil:
		return nil, because(err, "fetch %s: %s", address, unreachable(err))
	case int64(len(raw)) > limit:
		return nil, fmt.Errorf("fetch %s: the file is larger than the %d bytes that it may have", address, limit)
	}
	f.left -= int64(len(raw))
	return raw, nil
}
