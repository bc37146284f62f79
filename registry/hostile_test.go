package registry

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// besides is an image with something good attached, which must arrive whatever else goes wrong.
func besides(t *testing.T, r *registrytest.Registry) (image, good model.Descriptor) {
	t.Helper()
	image = r.Image(t, "x", "1", "image")
	return image, r.Attach(t, "x", tagOf(image.Digest)+".att", model.Descriptor{}, "application/vnd.dsse.envelope.v1+json", []byte(`{"good":1}`))
}

func arrived(t *testing.T, tree *model.Tree, good model.Descriptor) {
	t.Helper()
	if problem := lacking(tree, good); problem != "" {
		t.Error(problem)
	}
}

// lacking says that the rest of the tree has not arrived, "" if it has.
func lacking(tree *model.Tree, good model.Descriptor) string {
	if e := tree.Entry(string(good.Digest) + "#0"); e == nil || e.BlobState != model.BlobLoadedOK {
		return fmt.Sprintf("the rest of the tree has not arrived: %+v", e)
	}
	return ""
}

func gzipped(t *testing.T, raw []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestALookUpThatMisbehavesHasABoundAndALineAndTheRestArrives(t *testing.T) {
	const api, sig = "/referrers/", `\.sig$`
	list := func(more string) string {
		return `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[` + more + `]}`
	}
	deep := strings.Repeat(`[`, 2<<20)
	for name, c := range map[string]struct {
		fault  registrytest.Fault
		about  model.Mechanism
		status model.LookupStatus
		detail string
	}{
		"a manifest without an end":             {registrytest.Fault{Path: sig, Endless: true}, model.MechanismCosignSig, model.LookupTruncated, "larger than 4.0 MiB"},
		"a list without an end":                 {registrytest.Fault{Path: api, Endless: true}, model.MechanismReferrersAPI, model.LookupTruncated, "larger than 4.0 MiB"},
		"a manifest that drips":                 {registrytest.Fault{Path: sig, Drip: 10 * time.Millisecond}, model.MechanismCosignSig, model.LookupFailed, "timed out"},
		"a list that drips":                     {registrytest.Fault{Path: api, Drip: 10 * time.Millisecond}, model.MechanismReferrersAPI, model.LookupFailed, "timed out"},
		"a list that stops in between":          {registrytest.Fault{Path: api, Stall: true}, model.MechanismReferrersAPI, model.LookupFailed, "timed out"},
		"JSON of any depth":                     {registrytest.Fault{Path: api, Body: deep}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"JSON of any depth in a tag":            {registrytest.Fault{Path: sig, Body: deep, Status: 200}, model.MechanismCosignSig, model.LookupFailed, "cannot be read"},
		"JSON of any depth in an error":         {registrytest.Fault{Path: sig, Body: `{"errors":` + deep, Status: 403}, model.MechanismCosignSig, model.LookupDenied, "403"},
		"a list twice in one answer":            {registrytest.Fault{Path: api, Body: `{"schemaVersion":2,"manifests":[],"manifests":[]}`}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"a compressed list":                     {registrytest.Fault{Path: api, Body: string(gzipped(t, []byte(list("")))), Header: http.Header{"Content-Encoding": {"gzip"}}}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"a bomb":                                {registrytest.Fault{Path: api, Body: string(gzipped(t, make([]byte, 64<<20))), Header: http.Header{"Content-Encoding": {"gzip"}}}, model.MechanismReferrersAPI, model.LookupFailed, "not a list"},
		"an entry with a digest that is a path": {registrytest.Fault{Path: api, Body: list(`{"mediaType":"x","size":1,"digest":"../../../../etc/passwd"}`)}, model.MechanismReferrersAPI, model.LookupFound, ""},
		"pages in a circle":                     {registrytest.Fault{Path: api + `[^?]*$`, Body: list(""), Header: http.Header{"Link": {`<?a>; rel="next"`}}}, model.MechanismReferrersAPI, model.LookupTruncated, "no end"},
		"a redirect to another scheme":          {registrytest.Fault{Path: sig, Redirect: "file://host/etc/passwd"}, model.MechanismCosignSig, model.LookupFailed, "not followed"},
		"a redirect to the cloud's metadata":    {registrytest.Fault{Path: sig, Redirect: "http://169.254.169.254/latest"}, model.MechanismCosignSig, model.LookupFailed, "private address"},
		"a redirect to a private IPv6 address":  {registrytest.Fault{Path: sig, Redirect: "https://[fd00::1]/x"}, model.MechanismCosignSig, model.LookupFailed, "private address"},
		"a redirect to an IPv4 address in IPv6": {registrytest.Fault{Path: sig, Redirect: "https://[::ffff:10.0.0.1]/x"}, model.MechanismCosignSig, model.LookupFailed, "private address"},
		"a redirect to a host without TLS":      {registrytest.Fault{Path: sig, Redirect: "http://192.0.2.1/x"}, model.MechanismCosignSig, model.LookupFailed, "without encryption"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			image, good := besides(t, r)
			if name == "pages in a circle" {
				r.Fail(registrytest.Fault{Path: api + `.*\?a$`, Body: list(""), Header: http.Header{"Link": {`<?b>; rel="next"`}}})
				r.Fail(registrytest.Fault{Path: api + `.*\?b$`, Body: list(""), Header: http.Header{"Link": {`<?a>; rel="next"`}}})
			}
			r.Fail(c.fault)
			inTime(t, func(limit time.Duration) string {
				opts := quick()
				if c.fault.Drip > 0 || c.fault.Stall {
					opts.Limits.Request, opts.Limits.Patience = limit, time.Millisecond
				}
				tree, err := discovered(t, r.Host()+"/x:1", opts)
				if err != nil {
					return err.Error()
				}
				if got := ledger(t, tree, c.about, image.Digest); got.Status != c.status || !strings.Contains(got.Detail, c.detail) {
					return fmt.Sprintf("%+v, want %s because of %q", got, c.status, c.detail)
				}
				return lacking(tree, good)
			})
		})
	}
}

func TestAPayloadThatMisbehavesSaysSoAndTheRestArrives(t *testing.T) {
	for name, c := range map[string]struct {
		fault   registrytest.Fault
		state   model.BlobState
		problem string
	}{
		"without an end":         {registrytest.Fault{Endless: true}, model.BlobTampered, "more came"},
		"that drips":             {registrytest.Fault{Drip: 10 * time.Millisecond}, model.BlobMissing, "timed out"},
		"that stops in between":  {registrytest.Fault{Stall: true}, model.BlobMissing, "timed out"},
		"that comes compressed":  {registrytest.Fault{Body: string(gzipped(t, make([]byte, 16<<20))), Header: http.Header{"Content-Encoding": {"gzip"}}}, model.BlobTampered, "more came"},
		"at a private address":   {registrytest.Fault{Redirect: "http://192.168.0.1/x"}, model.BlobMissing, "private address"},
		"that is elsewhere, 404": {registrytest.Fault{Redirect: elsewhere}, model.BlobMissing, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, other := registrytest.New(t, registrytest.Config{}), registrytest.New(t, registrytest.Config{})
			image, good := besides(t, r)
			payload := bytes.Repeat([]byte("x"), 1000)
			bad := r.Attach(t, "x", "", image, registrytest.BundleType, payload)
			c.fault.Path = "/blobs/" + string(model.DigestOf(payload))
			if c.fault.Redirect == elsewhere {
				c.fault.Redirect = "http://" + other.Host() + "/nothing"
			}
			r.Fail(c.fault)
			inTime(t, func(limit time.Duration) string {
				opts := quick()
				if c.fault.Drip > 0 || c.fault.Stall {
					opts.Limits.Transfer, opts.Limits.Patience = limit, time.Millisecond
				}
				tree, err := discovered(t, r.Host()+"/x:1", opts)
				if err != nil {
					return err.Error()
				}
				if e := tree.Entry(string(bad.Digest)); e == nil || e.BlobState != c.state || !strings.Contains(e.BlobProblem, c.problem) {
					return fmt.Sprintf("%+v, want state %v because of %q", e, c.state, c.problem)
				}
				return lacking(tree, good)
			})
		})
	}
}

func TestARegistryWithTLSLeadsNowhereWithoutIt(t *testing.T) {
	r, plain := registrytest.New(t, registrytest.Config{TLS: true}), registrytest.New(t, registrytest.Config{})
	image, good := besides(t, r)
	r.Fail(registrytest.Fault{Path: `\.sig$`, Redirect: "http://" + plain.Host() + "/v2/"})
	r.Fail(registrytest.Fault{Path: `\.sbom$`, Redirect: "http://registry.example.com/v2/"})
	opts := quick()
	opts.Insecure, opts.PlainHTTP = true, true
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	for _, m := range []model.Mechanism{model.MechanismCosignSig, model.MechanismCosignSBOM} {
		if got := ledger(t, tree, m, image.Digest); got.Status != model.LookupFailed || !strings.Contains(got.Detail, "HTTPS to plain HTTP") {
			t.Errorf("%+v, want a downgrade that is refused", got)
		}
	}
	if asked := plain.Requests(); len(asked) > 0 {
		t.Errorf("asked %v without TLS", asked)
	}
	arrived(t, tree, good)
}

func TestAPingThatLeadsToAPrivateAddressIsRefused(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "^/v2/$", Redirect: "http://169.254.169.254/v2/"})
	_, err := discovered(t, r.Host()+"/x:1", quick())
	checkKind(t, err, KindServer)
}

func TestATokenServiceAtAPrivateAddressIsRefused(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	r.Fail(registrytest.Fault{Path: "^/v2/$", Status: 401, Header: http.Header{"Www-Authenticate": {`Bearer realm="http://169.254.169.254/token"`}}})
	_, err := discovered(t, r.Host()+"/x:1", quick())
	if err == nil || !strings.Contains(err.Error(), "private") {
		t.Errorf("error %v, want one about a private address", err)
	}
}

// crowded are options for very many, which are all there in the end however slow the machine is.
func crowded() Options {
	opts := quick()
	opts.Limits.Request, opts.Limits.Overall = 10*time.Minute, 10*time.Minute
	limits := Limits{}.withDefaults()
	opts.Limits.Children, opts.Limits.Referrers = limits.Children/slower, limits.Referrers/slower
	return opts
}

func TestVeryManyAreAThousandPlatformsAndTenThousandReferrers(t *testing.T) {
	if limits := (Limits{}).withDefaults(); limits.Children != 1000 || limits.Referrers != 10_000 {
		t.Errorf("%d and %d", limits.Children, limits.Referrers)
	}
}

func TestAThousandPlatformsAreShownAndMoreAreCut(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	var children []model.Descriptor
	var platforms []string
	opts := crowded()
	most := opts.Limits.Children
	for i := range most + 1 {
		children = append(children, r.Image(t, "x", "", fmt.Sprint(i)))
		platforms = append(platforms, fmt.Sprintf("linux/a%d", i))
	}
	index := r.Index(t, "x", "1", children, platforms...)
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	got := ledger(t, tree, model.MechanismIndexChildren, index.Digest)
	if got.Status != model.LookupTruncated || got.Count != most || tree.Len() != most+1 {
		t.Errorf("%+v and %d nodes, want the first thousand platforms", got, tree.Len())
	}
}

func TestTenThousandReferrersAreShownAndMoreAreCut(t *testing.T) {
	opts := crowded()
	most := opts.Limits.Referrers
	r := registrytest.New(t, registrytest.Config{Page: most / 10})
	image, good := besides(t, r)
	for i := range most + 1 {
		r.Attach(t, "x", "", image, registrytest.BundleType, fmt.Appendf(nil, "%d", i))
	}
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	got := ledger(t, tree, model.MechanismReferrersAPI, image.Digest)
	if got.Status != model.LookupTruncated || got.Count != most || len(attached(tree)) != most+1 {
		t.Errorf("%+v and %d attached, want the first ten thousand and the one under the tag", got, len(attached(tree)))
	}
	arrived(t, tree, good)
}

func TestNestingAThousandDeepEndsAtItsLimit(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image, good := besides(t, r)
	on := image
	for level := range 1000 {
		on = r.Attach(t, "x", "", on, "application/x-test", fmt.Appendf(nil, "%d", level))
	}
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	truncated := 0
	for _, l := range tree.Lookups {
		if l.Status == model.LookupTruncated && strings.Contains(l.Detail, "too many levels") {
			truncated++
		}
	}
	if got := len(attached(tree)); got != 9 || truncated != 1 {
		t.Errorf("%d attached and %d look-ups cut, want 8 levels, the one under the tag, and one look-up that is cut", got, truncated)
	}
	arrived(t, tree, good)
}

func TestIndexesWithinIndexesEndAtTheLimitOfManifests(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	child := r.Image(t, "x", "", "image")
	for level := range 1000 {
		child = r.Index(t, "x", "", []model.Descriptor{child}, fmt.Sprintf("linux/l%d", level))
	}
	r.Manifest("x", "1", mustManifest(t, r, child))
	opts := quick()
	opts.Limits.Manifests = 100
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	said := false
	tree.Walk(func(e *model.Entry) { said = said || strings.Contains(e.Node.Unavailable, "more than 100 manifests") })
	if !said || tree.Len() > 110 {
		t.Errorf("%d nodes, want about a hundred and one that says that there are more", tree.Len())
	}
}

func TestSubjectsInALoopEndIt(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image, good := besides(t, r)
	a := r.Attach(t, "x", "", image, "application/x-test", []byte("a"))
	b := r.Attach(t, "x", "", a, "application/x-test", []byte("b"))
	r.Refer("x", b.Digest, a.Digest)
	r.Refer("x", b.Digest, image.Digest)
	r.Refer("x", a.Digest, a.Digest)
	tree := mustDiscover(t, r.Host()+"/x:1", quick())
	if got := len(attached(tree)); got != 3 {
		t.Errorf("%d attached, want a, b and the one under the tag", got)
	}
	if got := ledger(t, tree, model.MechanismReferrersAPI, b.Digest); !strings.Contains(got.Detail, "attached to itself") {
		t.Errorf("%+v, want it to say that it was led in a circle", got)
	}
	arrived(t, tree, good)
}

func TestHugeAnnotationsCountAgainstTheMemory(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image, good := besides(t, r)
	for i := range 8 {
		manifest, err := json.Marshal(map[string]any{
			"schemaVersion": 2, "mediaType": model.MediaTypeOCIManifest, "artifactType": "application/x-test",
			"config":  registrytest.Descriptor(r.Blob("x", []byte("{}"))),
			"subject": registrytest.Descriptor(image), "annotations": map[string]string{"a": strings.Repeat("ü", 1<<20), "n": fmt.Sprint(i)},
		})
		if err != nil {
			t.Fatal(err)
		}
		r.Manifest("x", "", manifest)
	}
	r.Fail(registrytest.Fault{Path: "/referrers/" + string(image.Digest), Times: 1, Body: references(t, r, image)})
	opts := quick()
	opts.Limits.Memory = 20 << 20
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	tooLarge := 0
	tree.Walk(func(e *model.Entry) {
		if strings.Contains(e.Node.Unavailable, "too large") {
			tooLarge++
		}
	})
	if held := heldBytes(tree); held > 20<<20 || tooLarge == 0 {
		t.Errorf("%d bytes are held, and %d nodes say that they were too much", held, tooLarge)
	}
	arrived(t, tree, good)
}

// references is a list of what is attached to an image, without annotations.
func references(t *testing.T, r *registrytest.Registry, image model.Descriptor) string {
	t.Helper()
	entries := []any{}
	for _, d := range r.Referrers("x", image.Digest) {
		entries = append(entries, map[string]any{"mediaType": model.MediaTypeOCIManifest, "digest": d, "size": 1})
	}
	raw, err := json.Marshal(map[string]any{"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex, "manifests": entries})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestARegistryThatDiesHalfwayLeavesALineForEachLookUp(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image, _ := besides(t, r)
	r.Fail(registrytest.Fault{Path: "referrers|sha256-", Status: 500})
	opts := quick()
	opts.Client = NewClient(opts)
	opts.Client.wire.wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	closed := false
	tree := model.NewTree()
	err := Discover(t.Context(), r.Host()+"/x:1", opts, func(e model.Event) {
		tree.Apply(e)
		if _, resolved := e.(model.Resolved); resolved && !closed {
			closed = true
			go r.Close()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []model.Mechanism{model.MechanismReferrersAPI, model.MechanismReferrersTag, model.MechanismCosignSig, model.MechanismCosignAtt} {
		if got := ledger(t, tree, m, image.Digest); got.Status != model.LookupFailed {
			t.Errorf("%+v, want failed", got)
		}
	}
}
