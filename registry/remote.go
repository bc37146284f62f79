package registry

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

// remote is a repository in a registry. It connects on first use.
type remote struct {
	repo    name.Repository
	limits  Limits
	shelf   *aside.Shelf
	client  *Client
	session *session
	host    *host
	base    *url.URL // the scheme is the one that the registry answers to, once connected
	cached  *cached  // nil where nothing is kept
	answers *answers
	begins  string // the tag or digest that everything begins with, "" elsewhere
	root    string // the digest asked for by the person, "" for a tag; it is asked of the registry in every run
}

// newRemote does not touch the network yet.
func newRemote(repo name.Repository, client *Client, opts Options) *remote {
	return &remote{
		repo: repo, limits: opts.Limits, shelf: opts.Shelf, client: client,
		session: client.session(repo, memoryOfChallenges(opts)), host: client.host(repo.RegistryStr()),
		base:    &url.URL{Scheme: "https", Host: repo.RegistryStr()},
		cached:  newCached(repo, opts.Cache),
		answers: newAnswers(),
	}
}

func (r *remote) url(kind, reference string) *url.URL {
	return r.base.JoinPath("v2", r.repo.RepositoryStr(), kind, reference)
}

// turn waits until one more request may be made, and says how long it may take from then on.
func (r *remote) turn(ctx context.Context, limit time.Duration) (context.Context, func(), error) {
	if err := r.host.enter(ctx); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(withOrigin(withPatience(ctx), r.base.Host, r.host), limit+r.limits.Patience)
	return ctx, func() { cancel(); r.host.leave() }, nil
}

// readManifest asks the registry for a manifest.
func (r *remote) readManifest(ctx context.Context, reference string) (content, error) {
	ctx, leave, err := r.turn(ctx, r.limits.Request)
	if err != nil {
		return content{}, err
	}
	defer leave()
	get := r.get
	if reference == r.begins {
		get = r.getEarly
	}
	resp, err := get(ctx, r.url("manifests", reference), strings.Join(model.ManifestTypes, ","))
	if err != nil {
		return content{}, waitedFor(ctx, err)
	}
	defer drop(resp)
	raw, err := readAtMost(resp.Body, r.limits.Manifest)
	if err != nil {
		return content{}, cutShort(err)
	}
	got := content{raw: raw, digest: model.DigestOf(raw), mediaType: resp.Header.Get("Content-Type"), note: waitText(ctx)}
	if strings.Contains(reference, ":") {
		got.digest = model.Digest(reference)
		if err := checkManifest(got.digest, raw); err != nil {
			return content{}, err
		}
	}
	return got, nil
}

// readBlob asks the registry for a payload.
func (r *remote) readBlob(ctx context.Context, digest model.Digest, size int64) ([]byte, error) {
	ctx, leave, err := r.turn(ctx, r.limits.Transfer)
	if err != nil {
		return nil, err
	}
	defer leave()
	resp, err := r.get(ctx, r.url("blobs", string(digest)), "*/*")
	if err != nil {
		return nil, waitedFor(ctx, err)
	}
	defer drop(resp)
	raw, err := readBlob(resp.Body, r.shelf, digest, size)
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

// scheme is place.scheme.
func (r *remote) scheme() string { return r.session.scheme() }

// notes is place.notes.
func (r *remote) notes() []model.Finding { return r.session.note() }

// width is place.width.
func (r *remote) width() int { return r.host.width() }

// get asks for something. The caller closes the body of a response, which has status 200. Where it was only known from
// another time how to speak to the registry, and that is so no more, it connects anew.
func (r *remote) get(ctx context.Context, u *url.URL, accept string) (*http.Response, error) {
	a, err := r.session.connect(ctx)
	if err != nil {
		return nil, err
	}
	resp, err := r.ask(ctx, a, u, accept)
	var f *failure
	if a.guessed && errors.As(err, &f) && (f.code == http.StatusUnauthorized || f.kind == KindUnreachable) {
		if a, err = r.session.renew(ctx, a); err != nil {
			return nil, err
		}
		return r.ask(ctx, a, u, accept)
	}
	return resp, err
}

// ask follows redirects, without credentials as soon as they leave the registry's host.
func (r *remote) ask(ctx context.Context, a *attempt, from *url.URL, accept string) (*http.Response, error) {
	u := *from
	if u.Host == r.base.Host {
		u.Scheme = a.scheme
	}
	base := url.URL{Scheme: a.scheme, Host: r.base.Host}
	for range maxRedirects + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
		if err != nil {
			return nil, failed(KindUsage, "%v", err)
		}
		req.Header.Set("Accept", accept)
		own := u.Host == base.Host
		client := a.client
		if !own {
			client = r.client.wire
		}
		resp, err := client.RoundTrip(req)
		if err != nil && !own {
			return nil, sentOn(u.Host, requestFailure(ctx, err))
		}
		if err != nil {
			return nil, requestFailure(ctx, err)
		}
		resp.Request = req
		if own {
			r.host.answered(resp.ProtoMajor)
		}
		next, err := redirect(resp, req.URL, &base)
		switch {
		case err != nil:
			drop(resp)
			return nil, err
		case next != nil:
			drop(resp)
			u = *next
		case resp.StatusCode != http.StatusOK:
			defer drop(resp)
			return nil, statusFailure(resp, own)
		default:
			return resp, nil
		}
	}
	return nil, failed(KindServer, "more than %d redirects", maxRedirects)
}

// drop reads what little is left of a body, so that the connection can be used again, and closes it.
func drop(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 16<<10)
	_ = resp.Body.Close()
}
