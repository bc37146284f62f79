package registry

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/model"
)

// remote is a repository in a registry. It connects on first use: one ping, one token.
type remote struct {
	repo   name.Repository
	limits Limits
	wire   *wire // without credentials
	login  func(context.Context) (http.RoundTripper, error)

	once    sync.Once
	ready   chan struct{}
	client  http.RoundTripper // with credentials, for the registry's own host only
	failure *failure
	base    *url.URL

	http2 atomic.Bool // the registry speaks it

	mu      sync.Mutex
	remarks []model.Finding
}

// newRemote does not touch the network yet.
func newRemote(repo name.Repository, w *wire, opts Options) *remote {
	r := &remote{
		repo: repo, limits: opts.Limits, wire: w, ready: make(chan struct{}),
		// Once connected, the client puts in the scheme that the registry answered to.
		base: &url.URL{Scheme: "https", Host: repo.RegistryStr()},
	}
	keys := opts.Keychain
	r.login = func(ctx context.Context) (http.RoundTripper, error) {
		auth, note := credentials(ctx, repo, keys, opts.Limits.Helper)
		if note != nil {
			r.mu.Lock()
			r.remarks = append(r.remarks, *note)
			r.mu.Unlock()
		}
		return transport.NewWithContext(ctx, repo.Registry, auth, w, []string{repo.Scope(transport.PullScope)})
	}
	return r
}

// connect pings the registry and gets a token where it wants one. Whoever comes first does it for all.
func (r *remote) connect(ctx context.Context) error {
	r.once.Do(func() {
		defer close(r.ready)
		ctx, cancel := context.WithTimeout(ctx, r.limits.Request+r.limits.Helper)
		defer cancel()
		client, err := r.login(ctx)
		if err != nil {
			r.failure = connectFailure(r.repo.RegistryStr(), err)
			return
		}
		r.client = client
	})
	select {
	case <-r.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if r.failure != nil {
		return r.failure
	}
	return nil
}

func (r *remote) url(kind, reference string) *url.URL {
	return r.base.JoinPath("v2", r.repo.RepositoryStr(), kind, reference)
}

// manifest is place.manifest.
func (r *remote) manifest(ctx context.Context, reference string) (content, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limits.Request+r.limits.Patience)
	defer cancel()
	if err := r.connect(ctx); err != nil {
		return content{}, err
	}
	resp, err := r.get(ctx, r.url("manifests", reference), strings.Join(model.ManifestTypes, ","))
	if err != nil {
		return content{}, err
	}
	defer drop(resp)
	raw, err := readAtMost(resp.Body, r.limits.Manifest)
	if err != nil {
		return content{}, cutShort(err)
	}
	got := content{raw: raw, digest: model.DigestOf(raw), mediaType: resp.Header.Get("Content-Type")}
	if strings.Contains(reference, ":") {
		got.digest = model.Digest(reference)
		if err := checkManifest(got.digest, raw); err != nil {
			return content{}, err
		}
	}
	return got, nil
}

// blob is place.blob.
func (r *remote) blob(ctx context.Context, digest model.Digest, size int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limits.Transfer+r.limits.Patience)
	defer cancel()
	if err := r.connect(ctx); err != nil {
		return nil, err
	}
	resp, err := r.get(ctx, r.url("blobs", string(digest)), "*/*")
	if err != nil {
		return nil, err
	}
	defer drop(resp)
	raw, err := readBlob(resp.Body, digest, size)
	if err != nil {
		return nil, cutShort(err)
	}
	return raw, nil
}

// lister is place.lister.
func (r *remote) lister() (model.Mechanism, model.Found) {
	return model.MechanismReferrersAPI, model.FoundReferrersAPI
}

// repository is place.repository.
func (r *remote) repository() string { return normalName(r.repo) }

// notes is place.notes.
func (r *remote) notes() []model.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.remarks
}

// width is place.width.
func (r *remote) width() int {
	if r.http2.Load() {
		return r.limits.InFlight
	}
	return r.limits.Connections
}

// get asks for something and follows redirects, without credentials as soon as they leave the registry's host. The
// caller closes the body of a response, which has status 200.
func (r *remote) get(ctx context.Context, u *url.URL, accept string) (*http.Response, error) {
	for hop := 0; hop <= maxRedirects; hop++ {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
		if err != nil {
			return nil, failed(KindUsage, "%v", err)
		}
		req.Header.Set("Accept", accept)
		own := u.Host == r.base.Host
		client := r.client
		if !own {
			client = r.wire
		}
		resp, err := client.RoundTrip(req)
		if err != nil {
			return nil, requestFailure(ctx, err)
		}
		resp.Request = req
		if own {
			r.http2.Store(resp.ProtoMajor >= 2)
		}
		next, err := redirect(resp, req.URL, r.base)
		switch {
		case err != nil:
			drop(resp)
			return nil, err
		case next != nil:
			drop(resp)
			u = next
		case resp.StatusCode != http.StatusOK:
			defer drop(resp)
			return nil, statusFailure(resp, own)
		default:
			return resp, nil
		}
	}
	return nil, failed(KindServer, "more than %s redirects", strconv.Itoa(maxRedirects))
}

// drop reads what little is left of a body, so that the connection can be used again, and closes it.
func drop(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 16<<10)
	_ = resp.Body.Close()
}
