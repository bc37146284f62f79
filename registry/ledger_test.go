package registry

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestTroubleIsNeverCalledNone(t *testing.T) {
	const api, sig = "/referrers/", `\.sig$`
	cases := map[string]struct {
		fault  registrytest.Fault
		about  model.Mechanism
		status model.LookupStatus
		detail string
	}{
		"401 on the referrers API is denied":          {registrytest.Fault{Path: api, Status: 401}, model.MechanismReferrersAPI, model.LookupDenied, "401"},
		"403 on the referrers API is denied":          {registrytest.Fault{Path: api, Status: 403, Body: `{"errors":[{"code":"DENIED","message":"no"}]}`}, model.MechanismReferrersAPI, model.LookupDenied, "DENIED: no"},
		"404 on the referrers API is unsupported":     {registrytest.Fault{Path: api, Status: 404}, model.MechanismReferrersAPI, model.LookupUnsupported, "404"},
		"405 on the referrers API is unsupported":     {registrytest.Fault{Path: api, Status: 405}, model.MechanismReferrersAPI, model.LookupUnsupported, "405"},
		"429 without an end is failed":                {registrytest.Fault{Path: api, Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, model.MechanismReferrersAPI, model.LookupFailed, "rate limited"},
		"500 on the referrers API is failed":          {registrytest.Fault{Path: api, Status: 500}, model.MechanismReferrersAPI, model.LookupFailed, "500"},
		"a referrers API that hangs is failed":        {registrytest.Fault{Path: api, Hang: true}, model.MechanismReferrersAPI, model.LookupFailed, "timed out"},
		"a list that breaks off is failed":            {registrytest.Fault{Path: api, Cut: true}, model.MechanismReferrersAPI, model.LookupFailed, "cut short"},
		"a list that is a web page is failed":         {registrytest.Fault{Path: api, Body: "<html>", Header: http.Header{"Content-Type": {"text/html"}}}, model.MechanismReferrersAPI, model.LookupFailed, "text/html"},
		"a list beside a null one is failed":          {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[{"mediaType":"x","size":1,"digest":"sha256:1"}],"manifests":null}`}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"a list beside a null one in capitals":        {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"Manifests":[{"mediaType":"x","size":1,"digest":"sha256:1"}],"manifests":null}`}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"an error that mentions a list is failed":     {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"errors":["manifests"]}`}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"a next page that cannot be read":             {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`/v2/x/referrers/y?p=2; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "cannot be read"},
		"a next page that is nowhere":                 {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`<>; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "cannot be read"},
		"a next page behind a link that has no end":   {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`<x>; rel="prev", <?p=2; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "cannot be read"},
		"links to other things are no next page":      {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`<https://next.example/a>; rel="preconnect"`}}}, model.MechanismReferrersAPI, model.LookupNone, ""},
		"a list that is another object is failed":     {registrytest.Fault{Path: api, Body: `{"errors":[]}`}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"a list that is empty is none":                {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`}, model.MechanismReferrersAPI, model.LookupNone, ""},
		"a list that is null is none":                 {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":null}`}, model.MechanismReferrersAPI, model.LookupNone, ""},
		"404 on a tag is none":                        {registrytest.Fault{Path: sig, Status: 404}, model.MechanismCosignSig, model.LookupNone, ""},
		"404 that is a refusal is denied":             {registrytest.Fault{Path: sig, Status: 404, Body: `{"errors":[{"code":"DENIED","message":"no"}]}`}, model.MechanismCosignSig, model.LookupDenied, "DENIED: no"},
		"404 that wants a login is denied":            {registrytest.Fault{Path: sig, Status: 404, Body: `{"errors":[{"code":"unauthorized"}]}`}, model.MechanismCosignSig, model.LookupDenied, "404"},
		"404 of too many requests is failed":          {registrytest.Fault{Path: sig, Status: 404, Body: `{"errors":[{"code":"TOOMANYREQUESTS"}]}`}, model.MechanismCosignSig, model.LookupFailed, "rate limited"},
		"404 of a refusal is no missing API":          {registrytest.Fault{Path: api, Status: 404, Body: `{"errors":[{"code":"DENIED","message":"no"}]}`}, model.MechanismReferrersAPI, model.LookupDenied, "DENIED: no"},
		"410 on the referrers API is unsupported":     {registrytest.Fault{Path: api, Status: 410}, model.MechanismReferrersAPI, model.LookupUnsupported, "410"},
		"401 on a tag is denied":                      {registrytest.Fault{Path: sig, Status: 401}, model.MechanismCosignSig, model.LookupDenied, "401"},
		"403 on a tag is denied":                      {registrytest.Fault{Path: sig, Status: 403}, model.MechanismCosignSig, model.LookupDenied, "403"},
		"503 on a tag is failed":                      {registrytest.Fault{Path: sig, Status: 503}, model.MechanismCosignSig, model.LookupFailed, "503"},
		"a tag that hangs is failed":                  {registrytest.Fault{Path: sig, Hang: true}, model.MechanismCosignSig, model.LookupFailed, "timed out"},
		"a tag on something else than a manifest":     {registrytest.Fault{Path: sig, Status: 200, Body: "hello"}, model.MechanismCosignSig, model.LookupFailed, "cannot be read"},
		"a fallback tag on something not an index":    {registrytest.Fault{Path: `manifests/sha256-[0-9a-f]{64}$`, Status: 200, Body: "{}"}, model.MechanismReferrersTag, model.LookupFailed, "not an index"},
		"a redirect to a private address is failed":   {registrytest.Fault{Path: sig, Redirect: "http://10.1.2.3/x"}, model.MechanismCosignSig, model.LookupFailed, "private address"},
		"redirects without an end are failed":         {registrytest.Fault{Path: sig, Redirect: "/v2/x/manifests/a.sig"}, model.MechanismCosignSig, model.LookupFailed, "redirects"},
		"a 404 of a host that we were sent to":        {registrytest.Fault{Path: sig, Redirect: elsewhere}, model.MechanismCosignSig, model.LookupFailed, "404"},
		"words without end of the registry are cut":   {registrytest.Fault{Path: sig, Status: 403, Body: `{"errors":[{"code":"X","message":"` + strings.Repeat("ü", 5000) + `"}]}`}, model.MechanismCosignSig, model.LookupDenied, "…"},
		"a manifest too large to read is truncated":   {registrytest.Fault{Path: sig, Status: 200, Body: strings.Repeat(" ", 2000)}, model.MechanismCosignSig, model.LookupTruncated, "larger than"},
		"a next page on another host is not followed": {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`<http://example.com/x>; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "example.com"},
		"pages without an end are truncated":          {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[]}`, Header: http.Header{"Link": {`<?again>; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "no end"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			image := r.Image(t, "x", "1", "image")
			other := registrytest.New(t, registrytest.Config{})
			if c.fault.Redirect == elsewhere {
				c.fault.Redirect = "http://" + other.Host() + "/nothing"
			}
			r.Fail(c.fault)
			inTime(t, func(limit time.Duration) string {
				opts := quick()
				opts.Limits.Manifest = 1000
				if c.fault.Hang {
					opts.Limits.Request, opts.Limits.Patience = limit, time.Millisecond
				}
				tree, err := discovered(t, r.Host()+"/x:1", opts)
				if err != nil {
					return err.Error()
				}
				if got := ledger(t, tree, c.about, image.Digest); got.Status != c.status || !strings.Contains(got.Detail, c.detail) {
					return fmt.Sprintf("%+v, want %s because of %q", got, c.status, c.detail)
				}
				return ""
			})
		})
	}
}

// elsewhere stands for the address of a second server.
const elsewhere = "elsewhere"

func TestAPageThatFailsKeepsThePagesBefore(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Page: 2})
	image := r.Image(t, "x", "1", "image")
	for _, payload := range []string{"a", "b", "c"} {
		r.Attach(t, "x", "", image, "application/x-test", []byte(payload))
	}
	r.Fail(registrytest.Fault{Path: "last=2", Status: 403})
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest)
	if got.Status != model.LookupDenied || got.Count != 2 || len(attached(tree)) != 2 {
		t.Errorf("%+v and %d nodes, want denied after 2", got, len(attached(tree)))
	}
}

func TestAListOfReferrersIsCutAtItsLimit(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Page: 2})
	image := r.Image(t, "x", "1", "image")
	for _, payload := range []string{"a", "b", "c", "d", "e"} {
		r.Attach(t, "x", "", image, "application/x-test", []byte(payload))
	}
	opts := quick()
	opts.Limits.Referrers = 3
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	if got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest); got.Status != model.LookupTruncated || got.Count != 3 {
		t.Errorf("%+v, want truncated at 3", got)
	}
}

func TestNestingIsFollowedToItsLimitAndThenSaidToBeTruncated(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	on := r.Image(t, "x", "1", "image")
	for level := range 5 {
		on = r.Attach(t, "x", "", on, "application/x-test", []byte{byte('a' + level)})
	}
	opts := quick()
	opts.Limits.Depth = 3
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	if got := attached(tree); len(got) != 3 {
		t.Errorf("%d levels, want 3", len(got))
	}
	truncated := 0
	for _, l := range tree.Lookups {
		if l.Status == model.LookupTruncated {
			truncated++
		}
	}
	if truncated != 1 {
		t.Errorf("%d look-ups are truncated, want the one of the deepest manifest", truncated)
	}
}

func TestAManifestThatDoesNotNameTheSubjectIsShownAndNoted(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "x", "1", "image")
	elsewhere := r.Image(t, "x", "2", "another image")
	stray := r.Attach(t, "x", "", elsewhere, "application/x-test", []byte("about another"))
	r.Refer("x", image.Digest, stray.Digest)
	r.Refer("x", image.Digest, image.Digest)
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	e := tree.Entry(string(stray.Digest) + "@" + string(image.Digest))
	if e == nil || e.Node.Subject != image.Digest || e.Node.DeclaredSubject != elsewhere.Digest {
		t.Fatalf("node %+v, want it attached to %s and naming %s", e, image.Digest, elsewhere.Digest)
	}
	got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest)
	if !strings.Contains(got.Detail, "do not name it") || !strings.Contains(got.Detail, "attached to itself") {
		t.Errorf("detail %q does not say that one names another subject and that one is the image itself", got.Detail)
	}
	if tree.Len() != 2 {
		t.Errorf("%d nodes, want the image and the stray one", tree.Len())
	}
}

func TestACopiedSignatureIsANodeUnderEachImageWithStableIDs(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	a, b := r.Image(t, "x", "", "a"), r.Image(t, "x", "", "b")
	index := r.Index(t, "x", "1", []model.Descriptor{a, b}, "linux/amd64", "linux/arm64")
	signature := r.Attach(t, "x", tagOf(b.Digest)+".sig", model.Descriptor{}, "application/vnd.dev.cosign.simplesigning.v1+json", []byte("{}"))
	r.Manifest("x", tagOf(a.Digest)+".sig", mustManifest(t, r, signature))
	first, second := string(signature.Digest)+"#0", string(signature.Digest)+"#0@"+string(b.Digest)
	for _, late := range []model.Digest{"", a.Digest, b.Digest} {
		if late != "" {
			// Whoever answers last must not matter.
			r.Fail(registrytest.Fault{Path: tagOf(late) + `\.sig$`, Times: 1, Status: 500})
		}
		tree := mustDiscover(t, r.Host()+"/x@"+string(index.Digest), quick())
		for id, subject := range map[string]model.Digest{first: a.Digest, second: b.Digest} {
			if e := tree.Entry(id); e == nil || e.Node.Subject != subject {
				t.Errorf("after %q was late, %s: want it on %s; the look-ups: %+v", late.Short(), id, subject, tree.Lookups)
			}
		}
	}
}

func mustManifest(t *testing.T, r *registrytest.Registry, d model.Descriptor) []byte {
	t.Helper()
	raw := r.Bytes("x", d.Digest)
	if raw == nil {
		t.Fatalf("no %s", d.Digest)
	}
	return raw
}
