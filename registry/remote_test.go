package registry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/registrytest"
)

func checkKind(t *testing.T, err error, want ErrorKind) {
	t.Helper()
	var got *SourceError
	if !errors.As(err, &got) || got.Kind != want {
		t.Fatalf("error %v, want kind %s", err, want)
	}
	if got.Error() == "" || strings.Contains(got.Error(), "\n") || got.Source == "" {
		t.Errorf("error %q is not one line about a source", got.Error())
	}
}

// hint is what an error tells the person to do.
func hint(err error) string {
	var known *SourceError
	if errors.As(err, &known) {
		return known.Hint
	}
	return ""
}

// wide is a two-platform index with ten manifests attached, in the ways in which tools attach them.
func wide(t testing.TB, r *registrytest.Registry) model.Descriptor {
	t.Helper()
	a, b := r.Image(t, "x", "", "a"), r.Image(t, "x", "", "b")
	index := r.Index(t, "x", "1", []model.Descriptor{a, b}, "linux/amd64", "linux/arm64")
	for i := range 5 {
		r.Attach(t, "x", "", index, registrytest.BundleType, fmt.Appendf(nil, `{"n":%d}`, i))
	}
	for i, on := range []model.Descriptor{a, b, a} {
		r.Attach(t, "x", "", on, registrytest.BundleType, fmt.Appendf(nil, `{"on":%d}`, i))
	}
	for _, suffix := range []string{".sig", ".att"} {
		r.Attach(t, "x", tagOf(index.Digest)+suffix, model.Descriptor{}, "application/vnd.dsse.envelope.v1+json", []byte(suffix))
	}
	return index
}

func TestTheTreeIsCompleteWithinFourRoundsAndTwoForAToken(t *testing.T) {
	cases := map[string]struct {
		config registrytest.Config
		rounds int
	}{
		"four without a token":             {registrytest.Config{}, 4},
		"six with a token":                 {registrytest.Config{Token: true}, 6},
		"six with a token and over HTTP/2": {registrytest.Config{Token: true, TLS: true}, 6},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, pinned := range []bool{false, true} {
				eventually(t, func(latency time.Duration) string {
					c.config.Latency = latency
					r := registrytest.New(t, c.config)
					reference := r.Host() + "/x:1"
					if index := wide(t, r); pinned {
						reference = r.Host() + "/x@" + string(index.Digest)
					}
					opts := quick()
					opts.Insecure = c.config.TLS
					if got := len(attached(mustDiscover(t, reference, opts))); got != 10 {
						t.Errorf("%d attached, want 10", got)
					}
					if rounds := registrytest.Rounds(r.Requests()); rounds > c.rounds {
						return fmt.Sprintf("%d rounds, want at most %d", rounds, c.rounds)
					}
					return ""
				})
			}
		})
	}
}

func TestOnePingAndOneTokenForARepository(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Token: true})
	wide(t, r)
	mustDiscover(t, r.Host()+"/x:1", quick())
	pings := 0
	for _, request := range r.Requests() {
		if request.Path == "/v2/" {
			pings++
		}
	}
	if pings != 1 || r.Tokens() != 1 {
		t.Errorf("%d pings and %d tokens, want one of each", pings, r.Tokens())
	}
}

func TestEveryRequestIsMadeOnce(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	index := wide(t, r)
	mustDiscover(t, r.Host()+"/x@"+string(index.Digest), quick())
	seen := map[string]bool{}
	for _, request := range r.Requests() {
		if seen[request.Path] {
			t.Errorf("%s was asked for twice", request.Path)
		}
		seen[request.Path] = true
	}
}

func TestRegistriesThatRefuseAreErrorsOfTheirKind(t *testing.T) {
	cases := map[string]struct {
		fault registrytest.Fault
		kind  ErrorKind
	}{
		"401":             {registrytest.Fault{Path: "manifests/1$", Status: 401}, KindDenied},
		"403":             {registrytest.Fault{Path: "manifests/1$", Status: 403}, KindDenied},
		"404":             {registrytest.Fault{Path: "manifests/1$", Status: 404}, KindNotFound},
		"429":             {registrytest.Fault{Path: "manifests/1$", Status: 429, Header: http.Header{"Retry-After": {"999"}}}, KindRateLimited},
		"500":             {registrytest.Fault{Path: "manifests/1$", Status: 500}, KindServer},
		"hanging":         {registrytest.Fault{Path: "manifests/1$", Hang: true}, KindTimedOut},
		"a hanging ping":  {registrytest.Fault{Path: "^/v2/$", Hang: true}, KindTimedOut},
		"a refused ping":  {registrytest.Fault{Path: "^/v2/$", Status: 403}, KindDenied},
		"not a registry":  {registrytest.Fault{Path: "^/v2/$", Status: 404}, KindServer},
		"no manifest":     {registrytest.Fault{Path: "manifests/1$", Status: 200, Body: "<html>"}, KindBroken},
		"an old manifest": {registrytest.Fault{Path: "manifests/1$", Status: 200, Body: `{"schemaVersion":1}`}, KindBroken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			r.Image(t, "x", "1", "image")
			r.Fail(c.fault)
			opts := quick()
			if c.fault.Hang {
				opts.Limits.Request, opts.Limits.Patience, opts.Limits.Helper = 200*time.Millisecond, 100*time.Millisecond, 100*time.Millisecond
			}
			_, err := discovered(t, r.Host()+"/x:1", opts)
			checkKind(t, err, c.kind)
			if hint(err) == "" && c.kind != KindBroken {
				t.Error("there is no hint")
			}
		})
	}
}

func TestATokenServiceThatRefusesIsDenied(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Token: true, User: "me", Password: "secret"})
	r.Image(t, "x", "1", "image")
	_, err := discovered(t, r.Host()+"/x:1", quick())
	checkKind(t, err, KindDenied)
	opts := quick()
	opts.Keychain = keychain{user: "me", password: "secret"}
	mustDiscover(t, r.Host()+"/x:1", opts)
}

type keychain struct{ user, password string }

func (k keychain) Resolve(authn.Resource) (authn.Authenticator, error) {
	return &authn.Basic{Username: k.user, Password: k.password}, nil
}

func TestNobodyListeningIsUnreachable(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	host := r.Host()
	r.Close()
	_, err := discovered(t, host+"/x:1", quick())
	checkKind(t, err, KindUnreachable)
}

func TestOfflineAsksNobody(t *testing.T) {
	opts := quick()
	opts.Offline = true
	opts.Transport = refusing{t}
	_, err := discovered(t, "registry.example.com/x:1", opts)
	checkKind(t, err, KindOffline)
}

type refusing struct{ t *testing.T }

func (r refusing) RoundTrip(req *http.Request) (*http.Response, error) {
	r.t.Errorf("asked %s", req.URL)
	return nil, errors.New("offline")
}

func TestPlainHTTPIsRefusedUnlessAllowed(t *testing.T) {
	asked := recording{}
	opts := quick()
	opts.Transport = &asked
	_, err := discovered(t, "10.0.0.1:5000/x:1", opts)
	checkKind(t, err, KindUnreachable)
	for _, u := range asked.urls {
		if strings.HasPrefix(u, "http:") {
			t.Errorf("asked %s without being allowed to", u)
		}
	}
	opts.PlainHTTP = true
	_, err = discovered(t, "registry.example.com/x:1", opts)
	checkKind(t, err, KindUnreachable)
	want := []string{"https://registry.example.com/v2/", "http://registry.example.com/v2/"}
	if got := asked.urls[max(len(asked.urls)-2, 0):]; !slices.Equal(got, want) {
		t.Errorf("asked %s last, want encryption first, then plain HTTP where it is allowed", got)
	}
}

// recording refuses everything one after another and remembers it.
type recording struct {
	mu   sync.Mutex
	urls []string
}

func (r *recording) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.urls = append(r.urls, req.URL.String())
	return nil, errors.New("nobody there")
}

func TestCredentialsStayWithTheRegistry(t *testing.T) {
	for name, config := range map[string]registrytest.Config{"a bearer token": {Token: true}, "a password": {Basic: true}} {
		t.Run(name, func(t *testing.T) {
			r, storage := registrytest.New(t, config), registrytest.New(t, registrytest.Config{})
			image := r.Image(t, "x", "1", "image")
			artifact := r.Attach(t, "x", "", image, registrytest.BundleType, []byte("{}!"))
			payload := storage.Blob("x", []byte("{}!"))
			r.Fail(registrytest.Fault{Path: "/blobs/", Redirect: "http://" + storage.Host() + "/v2/x/blobs/" + string(payload.Digest)})
			opts := quick()
			opts.Keychain = keychain{user: "me", password: "secret"}
			tree := mustDiscover(t, r.Host()+"/x:1", opts)
			if e := tree.Entry(string(artifact.Digest)); e.BlobState != model.BlobLoadedOK {
				t.Errorf("payload %v: %s", e.BlobState, e.BlobProblem)
			}
			for _, request := range storage.Requests() {
				if request.Authorization != "" {
					t.Errorf("the other host was sent %q", request.Authorization)
				}
			}
			if len(storage.Requests()) == 0 {
				t.Error("the redirect was not followed")
			}
		})
	}
}

func TestARegistryThatAsksForPatienceGetsIt(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	r.Attach(t, "x", "", image, registrytest.BundleType, []byte("{}"))
	r.Fail(registrytest.Fault{Path: "referrers", Times: 2, Status: 429, Header: http.Header{"Retry-After": {"0"}}})
	r.Fail(registrytest.Fault{Path: "blobs", Times: 1, Status: 502})
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	if got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest); got.Status != model.LookupFound {
		t.Errorf("%+v, want found after two tries", got)
	}
	for _, id := range attached(tree) {
		if e := tree.Entry(id); e.BlobState != model.BlobLoadedOK {
			t.Errorf("payload %v: %s", e.BlobState, e.BlobProblem)
		}
	}
}

func TestRetryAfterIsReadAsSecondsOrADate(t *testing.T) {
	soon := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for value, want := range map[string]time.Duration{"3": 3 * time.Second, "": time.Minute, "-1": time.Minute, "nonsense": time.Minute, "99999999999999": 1 << 20 * time.Second} {
		if got := fetch.RetryAfter(http.Header{"Retry-After": {value}}, time.Minute); got != want {
			t.Errorf("%q means %v, want %v", value, got, want)
		}
	}
	if got := fetch.RetryAfter(http.Header{"Retry-After": {soon}}, 0); got < 59*time.Minute || got > time.Hour {
		t.Errorf("a date in an hour means %v", got)
	}
}

func TestCancellingEndsEverything(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "referrers", Hang: true})
	ctx, cancel := context.WithCancel(t.Context())
	opts := quick()
	opts.Limits.Request = time.Hour
	err := Discover(ctx, r.Host()+"/x:1", opts, func(e model.Event) {
		if _, found := e.(model.NodeFound); found {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

func TestWhenTheOverallTimeIsOverEveryLookUpSaysSo(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "referrers|sha256-", Hang: true})
	inTime(t, func(limit time.Duration) string {
		opts := quick()
		opts.Limits.Request, opts.Limits.Overall = time.Hour, limit
		tree, err := discovered(t, r.Host()+"/x:1", opts)
		if err != nil {
			return err.Error()
		}
		for _, m := range []model.Mechanism{model.MechanismReferrersAPI, model.MechanismReferrersTag, model.MechanismCosignSig} {
			if got := ledger(t, tree, m, image.Digest); got.Status != model.LookupFailed || got.Detail != "timed out" {
				return fmt.Sprintf("%+v, want failed because of the time", got)
			}
		}
		return ""
	})
}

func TestCosignRepositoryIsLookedInToo(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Token: true})
	image := r.Image(t, "x", "1", "image")
	signature := r.Attach(t, "sigs", tagOf(image.Digest)+".sig", model.Descriptor{}, "application/vnd.dev.cosign.simplesigning.v1+json", []byte("{}"))
	opts := quick()
	opts.CosignRepository = r.Host() + "/sigs"
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	e := tree.Entry(string(signature.Digest) + "#0")
	if e == nil || e.BlobState != model.BlobLoadedOK {
		t.Fatalf("signature %+v, want it found with its payload", e)
	}
	found := false
	for _, l := range tree.Lookups {
		found = found || (l.Mechanism == model.MechanismCosignSig && l.Repository == r.Host()+"/sigs" && l.Status == model.LookupFound)
	}
	if !found {
		t.Errorf("the ledger does not say that it was found in the other repository: %+v", tree.Lookups)
	}
	if got := ledger(t, tree, model.MechanismCosignSig, image.Digest); got.Status != model.LookupNone {
		t.Errorf("%+v, want none in the image's own repository", got)
	}
}

func TestRequestsAtOnceAreBounded(t *testing.T) {
	for name, c := range map[string]struct {
		config        registrytest.Config
		atLeast, most int
	}{
		"32 connections on HTTP/1.1": {registrytest.Config{}, 20, 32},
		"64 requests on HTTP/2":      {registrytest.Config{TLS: true}, 40, 64},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eventually(t, func(latency time.Duration) string {
				c.config.Latency = latency
				r := registrytest.New(t, c.config)
				image := r.Image(t, "x", "1", "image")
				for i := range 150 {
					r.Attach(t, "x", "", image, registrytest.BundleType, fmt.Appendf(nil, `{"n":%d}`, i))
				}
				opts := quick()
				opts.Insecure = c.config.TLS
				if got := len(attached(mustDiscover(t, r.Host()+"/x:1", opts))); got != 150 {
					t.Errorf("%d attached, want 150", got)
				}
				most := registrytest.AtOnce(r.Requests())
				if most > c.most {
					t.Errorf("%d requests at once, want at most %d", most, c.most)
				}
				if most < c.atLeast {
					return fmt.Sprintf("%d requests at once, want at least %d", most, c.atLeast)
				}
				return ""
			})
		})
	}
}

func TestSomethingAttachedCanItselfBeOpened(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	load(t, r, "x", "legacy-key.zip")
	load(t, r, "y", "bundle-key.zip")
	tree := mustDiscover(t, r.Host()+"/x:sha256-e4ff580d576b443a10f9a8fe9115e5e8248281fa52dd082543b2c2a5ba18ef67.sig", quick())
	if root := tree.Root(); root.Node.Kind != model.KindArtifact || len(attached(tree)) != 6 {
		t.Errorf("root %s with %d signatures, want 6", root.Node.Kind, len(attached(tree)))
	}
	bundle := "sha256:93267759e102956fe92f11b6cba46cc591a2c6cca32ef057ab4a2f73df4e1aa4"
	tree = mustDiscover(t, r.Host()+"/y@"+bundle, quick())
	if root := tree.Root(); root.Node.Kind != model.KindSignature || root.Node.Subject == "" || root.BlobState != model.BlobLoadedOK {
		t.Errorf("root %s about %s, payload %v", root.Node.Kind, root.Node.Subject, root.BlobState)
	}
}
