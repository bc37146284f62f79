package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang/snappy"

	"github.com/attestree/attestree/model"
)

const digest = model.Digest("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")

// server is a GitHub of a test: answers by path, and what was asked.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []string
	tokens  map[string]string // by path
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{answers: map[string]http.HandlerFunc{}, tokens: map[string]string{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.RequestURI())
		s.tokens[r.URL.Path] = r.Header.Get("Authorization")
		answer := s.answers[r.URL.Path]
		s.mu.Unlock()
		if answer == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

const list = "/repos/org/app/attestations/" + string(digest)

func (s *server) on(path string, status int, body string, headers ...string) {
	s.answers[path] = func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func (s *server) client(t *testing.T, change ...func(*Options)) *Client {
	t.Helper()
	o := Options{API: s.URL, Repository: "org/app", Token: "secret"}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return c
}

func bundleOf(n int) string {
	return fmt.Sprintf(`{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","n":%d}`, n)
}

func listOf(bundles ...string) string {
	var entries []string
	for _, b := range bundles {
		entries = append(entries, `{"bundle":`+b+`,"repository_id":1}`)
	}
	return `{"attestations":[` + strings.Join(entries, ",") + `]}`
}

func TestEveryAnswerHasItsOwnWord(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(*server)
		status  model.LookupStatus
		bundles int
		detail  string
	}{
		{"two bundles are found", func(s *server) { s.on(list, 200, listOf(bundleOf(1), bundleOf(2))) }, model.LookupFound, 2, ""},
		{"an empty list is none", func(s *server) { s.on(list, 200, listOf()) }, model.LookupNone, 0, ""},
		{"not found in a repository that can be seen is none", func(s *server) { s.on("/repos/org/app", 200, "{}") }, model.LookupNone, 0, ""},
		{"not found in a repository that cannot be seen is denied", func(*server) {}, model.LookupDenied, 0, "does not exist, or"},
		{"a bad token is denied", func(s *server) { s.on(list, 401, `{"message":"Bad credentials"}`) }, model.LookupDenied, 0, "Bad credentials"},
		{"a forbidden list is denied", func(s *server) { s.on(list, 403, `{"message":"Resource not accessible"}`) }, model.LookupDenied, 0, "not accessible"},
		{"a spent limit is no denial", func(s *server) {
			s.on(list, 403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1800000000")
		}, model.LookupFailed, 0, "until 2027-01-15"},
		{"too many requests is no denial", func(s *server) { s.on(list, 429, "", "Retry-After", "3600") }, model.LookupFailed, 0, "rate limited"},
		{"a server that stumbles has failed", func(s *server) { s.on(list, 502, "<html>") }, model.LookupFailed, 0, "status 502"},
		{"HTML is no list", func(s *server) { s.on(list, 200, "<html>") }, model.LookupFailed, 0, "not a list"},
		{"another object is no list", func(s *server) { s.on(list, 200, `{"message":"hello"}`) }, model.LookupFailed, 0, "not a list"},
		{"an entry without a bundle is missing", func(s *server) {
			s.on(list, 200, `{"attestations":[{"bundle":null},{"bundle":`+bundleOf(1)+`}]}`)
		}, model.LookupTruncated, 1, "neither a bundle nor its address"},
		{"a next page elsewhere is not followed", func(s *server) {
			s.on(list, 200, listOf(bundleOf(1)), "Link", `<https://evil.example/steal>; rel="next"`)
		}, model.LookupTruncated, 1, "elsewhere"},
		{"pages in a circle end", func(s *server) {
			s.on(list, 200, listOf(bundleOf(1)), "Link", `<`+list+`?per_page=30>; rel="next"`)
		}, model.LookupTruncated, 1, "no end"},
		{"a redirect to another host is not followed", func(s *server) {
			s.on(list, 302, "", "Location", "https://evil.example/steal")
		}, model.LookupFailed, 0, "redirects to another host"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			test.prepare(s)
			got := s.client(t).Attestations(t.Context(), digest)
			if got.Status != test.status || len(got.Bundles) != test.bundles || !strings.Contains(got.Detail, test.detail) {
				t.Errorf("%s with %d bundles (%s), want %s with %d (…%s…)", got.Status, len(got.Bundles), got.Detail, test.status, test.bundles, test.detail)
			}
		})
	}
}

func TestAllPagesAreRead(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.answers[list] = func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("after")
		if page == "" {
			w.Header().Set("Link", `<`+s.URL+list+`?per_page=30&after=x>; rel="next", <`+s.URL+list+`>; rel="first"`)
			_, _ = w.Write([]byte(listOf(bundleOf(1))))
			return
		}
		_, _ = w.Write([]byte(listOf(bundleOf(2))))
	}
	got := s.client(t).Attestations(t.Context(), digest)
	if got.Status != model.LookupFound || len(got.Bundles) != 2 {
		t.Errorf("%s with %d bundles: %s", got.Status, len(got.Bundles), got.Detail)
	}
}

func TestABundleIsFetchedFromItsAddressWithoutTheToken(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"compressed": string(snappy.Encode(nil, []byte(bundleOf(7)))), "plain": bundleOf(7),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.on(list, 200, `{"attestations":[{"bundle":null,"bundle_url":"`+s.URL+`/blob/7?sig=x"}]}`)
			s.on("/blob/7", 200, body)
			got := s.client(t).Attestations(t.Context(), digest)
			if got.Status != model.LookupFound || len(got.Bundles) != 1 || string(got.Bundles[0]) != bundleOf(7) {
				t.Fatalf("%s: %s %s", got.Status, got.Detail, got.Bundles)
			}
			if s.tokens[list] != "Bearer secret" || s.tokens["/blob/7"] != "" {
				t.Errorf("the API got %q, the other address %q", s.tokens[list], s.tokens["/blob/7"])
			}
		})
	}
}

func TestWhatAnAddressGivesIsBounded(t *testing.T) {
	t.Parallel()
	bomb := append([]byte{0xff, 0xff, 0xff, 0x7f}, "xxxx"...) // says that it is 256 MiB
	large := snappy.Encode(nil, []byte(`{"a":"`+strings.Repeat("x", 5000)+`"}`))
	tests := []struct{ name, address, body string }{
		{"a block that says it is large", "/blob", string(bomb)},
		{"a block that is larger than is read", "/blob", string(large)},
		{"bytes that are no snappy", "/blob", "\x00\x01\x02"},
		{"no JSON", "/blob", string(snappy.Encode(nil, []byte("hello there")))},
		{"nothing there", "/nowhere", ""},
		{"a file", "file:///etc/passwd", ""},
		{"the metadata service of a cloud", "https://169.254.169.254/latest", ""},
		{"plain HTTP elsewhere", "http://example.com/x", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			address := test.address
			if strings.HasPrefix(address, "/") {
				address = s.URL + address
			}
			s.on(list, 200, `{"attestations":[{"bundle_url":"`+address+`"}]}`)
			if test.address == "/blob" {
				s.on("/blob", 200, test.body)
			}
			got := s.client(t, func(o *Options) { o.Limits.Bundle = 1000 }).Attestations(t.Context(), digest)
			if got.Status != model.LookupTruncated || len(got.Bundles) != 0 || got.Detail == "" {
				t.Errorf("%s with %d bundles: %s", got.Status, len(got.Bundles), got.Detail)
			}
		})
	}
}

func TestAServerThatAsksForPatienceGetsIt(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	tries := 0
	s.answers[list] = func(w http.ResponseWriter, _ *http.Request) {
		if tries++; tries == 1 {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = w.Write([]byte(listOf(bundleOf(1))))
	}
	c := s.client(t)
	var waited time.Duration
	c.sleep = func(_ context.Context, d time.Duration) error { waited += d; return nil }
	if got := c.Attestations(t.Context(), digest); got.Status != model.LookupFound || waited != 7*time.Second {
		t.Errorf("%s after %s: %s", got.Status, waited, got.Detail)
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{Repository: ""}, {Repository: "org/"}, {Repository: ".."}, {Repository: "org/app/more"}, {Repository: "../app"}, {Repository: "org/.."}, {Repository: "a b/c"},
		{Repository: "org/app", API: "http://example.com"}, {Repository: "org/app", API: "https://user:pw@example.com"},
		{Repository: "org/app", API: "ftp://example.com"}, {Repository: "org/app", API: "example.com"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}

// inner is a discovery of an image that has one bundle in its registry.
func inner(bundle string) Discover {
	return func(_ context.Context, emit func(model.Event)) error {
		emit(model.Resolved{Reference: "r/a@" + string(digest), Digest: digest})
		emit(model.NodeFound{Node: model.Node{ID: string(digest), Kind: model.KindImage, Digest: digest, Found: []model.Found{model.FoundRoot}}})
		if bundle != "" {
			emit(model.NodeFound{Node: model.Node{
				ID: "sha256:b", Parent: string(digest), Kind: model.KindAttestation, Format: model.FormatBundle, Subject: digest,
				Found: []model.Found{model.FoundReferrersAPI},
			}})
			emit(model.BlobLoaded{ID: "sha256:b", Bytes: []byte(bundle)})
		}
		return nil
	}
}

func fold(t *testing.T, d Discover) *model.Tree {
	t.Helper()
	tree := model.NewTree()
	err := d(t.Context(), tree.Apply)
	tree.Apply(model.DiscoveryDone{Err: err})
	return tree
}

func TestBundlesOfGitHubHangUnderTheImage(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.on(list, 200, listOf(bundleOf(1)))
	tree := fold(t, s.client(t).Around(inner("")))
	children := tree.Root().Children
	if len(children) != 1 {
		t.Fatalf("%d children", len(children))
	}
	n := tree.Entry(children[0])
	if n.Node.Subject != digest || n.Node.Format != model.FormatBundle || n.Node.Found[0] != model.FoundGitHub || string(n.Blob) != bundleOf(1) {
		t.Errorf("%+v", n.Node)
	}
	if l := tree.Lookups; len(l) != 1 || l[0].Mechanism != model.MechanismGitHub || l[0].Status != model.LookupFound || l[0].Count != 1 {
		t.Errorf("%+v", l)
	}
}

func TestABundleThatIsInTheRegistryTooIsOneNode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.on(list, 200, listOf(`{ "n": 1, "mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json" }`))
	tree := fold(t, s.client(t).Around(inner(bundleOf(1))))
	if children := tree.Root().Children; len(children) != 1 || len(tree.Entry(children[0]).Node.Found) != 2 {
		t.Errorf("%v", children)
	}
}

func TestAnImageIsNotCalledUnsignedWhenGitHubDenied(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.on(list, 401, "")
	tree := fold(t, s.client(t).Around(inner("")))
	tree.Apply(model.Judged{ID: string(digest), Report: model.Report{Verdict: model.Unsigned}})
	tree.Apply(model.Done{})
	tree.Judge()
	if v := tree.Root().Standing.Verdict; v != model.Unavailable {
		t.Errorf("the image is %s", v)
	}
}

func FuzzAnyAnswerEndsWithAStatusAndWholeBundles(f *testing.F) {
	f.Add([]byte(listOf(bundleOf(1))), []byte(bundleOf(2)))
	f.Add([]byte(`{"attestations":[{"bundle_url":"BLOB"}]}`), snappy.Encode(nil, []byte(bundleOf(2))))
	f.Add([]byte(`{"attestations":null}`), []byte("\xff\x06\x00\x00sNaPpY"))
	f.Fuzz(func(t *testing.T, page, blob []byte) {
		s := newServer(t)
		s.on(list, 200, strings.ReplaceAll(string(page), "BLOB", s.URL+"/blob"))
		s.on("/blob", 200, string(blob))
		c := s.client(t, func(o *Options) { o.Limits = Limits{Page: 1 << 16, Bundle: 1 << 12, Bundles: 3, Pages: 3} })
		c.http.Transport = onlyTo{s.URL, http.DefaultTransport}
		got := c.Attestations(t.Context(), digest)
		switch got.Status {
		case model.LookupFound, model.LookupNone, model.LookupTruncated, model.LookupFailed, model.LookupDenied, model.LookupUnsupported:
		default:
			t.Fatalf("status %q", got.Status)
		}
		if (got.Status == model.LookupFound) != (len(got.Bundles) > 0 && got.Detail == "") {
			t.Fatalf("%s with %d bundles: %s", got.Status, len(got.Bundles), got.Detail)
		}
		for _, b := range got.Bundles {
			if !json.Valid(b) || len(b) > 1<<12 {
				t.Fatalf("a bundle of %d bytes: %q", len(b), b)
			}
		}
	})
}

// onlyTo asks the test's own server and nobody else.
type onlyTo struct {
	url   string
	inner http.RoundTripper
}

func (o onlyTo) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.String(), o.url) {
		return nil, fmt.Errorf("%s is nobody here", r.URL.Host)
	}
	return o.inner.RoundTrip(r)
}
