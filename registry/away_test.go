package registry

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/registrytest"
)

// nameService is a resolver to which every name is 127.0.0.1 (RFC 1035, section 4).
func nameService(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		for ask := make([]byte, 512); ; {
			n, from, err := conn.ReadFrom(ask)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(loopbackAnswer(ask[:n]), from) // who is not answered says so
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// loopbackAnswer answers a question for addresses of IPv4; for any other kind there is nothing.
func loopbackAnswer(ask []byte) []byte {
	const header = 12
	end := header + bytes.IndexByte(ask[header:], 0) + 1
	answer := bytes.Clone(ask[:end+4])
	binary.BigEndian.PutUint16(answer[2:], 0x8180)
	copy(answer[4:], []byte{0, 1, 0, 0, 0, 0, 0, 0})
	if binary.BigEndian.Uint16(ask[end:]) == 1 {
		answer[7] = 1
		answer = append(answer, 0xc0, header, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	return answer
}

// seenFrom makes a client's registry one that is as near as that, and names mean what the name service says.
func seenFrom(t *testing.T, opts *Options, host string, near fetch.Near, proxy *url.URL) {
	t.Helper()
	opts.PlainHTTP = true
	opts.Limits = opts.Limits.withDefaults()
	opts.Client = NewClient(*opts)
	own := newTransport(*opts)
	if own.Proxy = nil; proxy != nil {
		own.Proxy = func(req *http.Request) (*url.URL, error) {
			if strings.HasSuffix(req.URL.Hostname(), ".example") {
				return proxy, nil
			}
			return nil, nil
		}
	}
	opts.Client.wire.inner, opts.Client.wire.away = own, newAway(own, nameService(t))
	opts.Client.host(host).reached(near)
	t.Cleanup(opts.Client.Close)
}

// under is a host under a name that only the name service knows.
func under(host, name string) string { return name + host[strings.LastIndex(host, ":"):] }

func TestANameThatLeadsNearerThanTheRegistryIsNotFollowed(t *testing.T) {
	for label, c := range map[string]struct {
		near    fetch.Near
		proxied bool
		state   model.BlobState
		asked   int
	}{
		"from the internet":              {fetch.Internet, false, model.BlobMissing, 0},
		"from a private network":         {fetch.Network, false, model.BlobMissing, 0},
		"from this machine":              {fetch.Machine, false, model.BlobLoadedOK, 1},
		"where a proxy finds out for us": {fetch.Internet, true, model.BlobLoadedOK, 1},
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			r, storage := registrytest.New(t, registrytest.Config{}), registrytest.New(t, registrytest.Config{})
			image, good := besides(t, r)
			payload := []byte(`{"elsewhere":1}`)
			bad := r.Attach(t, "x", "", image, registrytest.BundleType, payload)
			digest := string(storage.Blob("y", payload).Digest)
			r.Fail(registrytest.Fault{Path: "/blobs/" + digest, Redirect: "http://" + under(storage.Host(), "storage.example") + "/v2/y/blobs/" + digest})
			opts := quick()
			var proxy *url.URL
			if c.proxied {
				proxy = &url.URL{Scheme: "http", Host: storage.Host()}
			}
			seenFrom(t, &opts, r.Host(), c.near, proxy)
			tree := mustDiscover(t, r.Host()+"/x:1", opts)
			e := tree.Entry(string(bad.Digest))
			if e == nil || e.BlobState != c.state || c.state == model.BlobMissing && !strings.Contains(e.BlobProblem, "private address") {
				t.Errorf("%+v, want state %v", e, c.state)
			}
			if asked := storage.Requests(); len(asked) != c.asked {
				t.Errorf("it was asked %v", asked)
			}
			arrived(t, tree, good)
		})
	}
}

// identity is a keychain with a refresh token.
type identity struct{}

func (identity) Resolve(authn.Resource) (authn.Authenticator, error) {
	return authn.FromConfig(authn.AuthConfig{IdentityToken: "a refresh token"}), nil
}

func TestATokenServiceIsAskedWhereTheRegistryMayLeadAndSendsNobodyOn(t *testing.T) {
	for label, c := range map[string]struct {
		near  fetch.Near
		says  string
		asked int
	}{
		"a name nearer than the registry": {fetch.Internet, "private address", 0},
		"one that sends a secret on":      {fetch.Machine, "not told what it was told", 1},
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			r, service, other := registrytest.New(t, registrytest.Config{}), registrytest.New(t, registrytest.Config{}), registrytest.New(t, registrytest.Config{})
			r.Image(t, "x", "1", "image")
			realm := "http://" + under(service.Host(), "auth.example") + "/token"
			r.Fail(registrytest.Fault{Path: "^/v2/", Status: 401, Header: http.Header{"Www-Authenticate": {`Bearer realm="` + realm + `",service="x"`}}})
			service.Fail(registrytest.Fault{Path: "^/token", Redirect: "http://" + under(other.Host(), "other.example") + "/token"})
			opts := quick()
			opts.Keychain = identity{}
			seenFrom(t, &opts, r.Host(), c.near, nil)
			_, err := discovered(t, r.Host()+"/x:1", opts)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want it to say %q", err, c.says)
			}
			if asked := service.Requests(); len(asked) != c.asked {
				t.Errorf("the token service was asked %v", asked)
			}
			if asked := other.Requests(); len(asked) != 0 {
				t.Errorf("somebody else was told %v", asked)
			}
		})
	}
}

func TestWhatWasHeardByAnyCertificateCountsThereOnly(t *testing.T) {
	repo, err := name.NewRepository("registry.example/x")
	if err != nil {
		t.Fatal(err)
	}
	kept := cache.Open(t.TempDir(), 0)
	heard := &transport.Challenge{Scheme: "bearer", Parameters: map[string]string{"realm": "https://between.example/token"}}
	memoryOfChallenges(Options{Cache: kept, Insecure: true}).keep(repo, heard, fetch.Network)
	if got, _ := memoryOfChallenges(Options{Cache: kept}).recall(repo); got != nil {
		t.Errorf("a run that looks at certificates believes %+v", got)
	}
	if got, near := memoryOfChallenges(Options{Cache: kept, Insecure: true}).recall(repo); got == nil || near != fetch.Network {
		t.Errorf("one that does not has forgotten it: %+v, %d", got, near)
	}
}
