package pypi

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Index is where to ask.
type Index struct {
	URL           *url.URL // of the Simple API, without credentials
	Authorization string   // the header's value, "" for none
}

// Answers are an index's documents about one version.
type Answers struct {
	Index      []byte            // of the project; nil where only a provenance object was saved
	Provenance map[string][]byte // by file name
	Asked      string            // the index, "" for saved answers
	Lookups    map[string]model.Lookup
	// Digests are those of the file that saved provenance should be about, where nothing else says what it is.
	Digests []model.Digest
}

// simple is the media type of the Simple API's JSON form.
const simple = "application/vnd.pypi.simple.v1+json"

// atOnce is how many files are asked about at the same time.
const atOnce = 4

// Ask asks for one version. The error means that nothing is known of it.
func Ask(ctx context.Context, c *fetch.Client, in Index, name, version string) (Answers, error) {
	a := Answers{Asked: in.URL.Host, Provenance: map[string][]byte{}, Lookups: map[string]model.Lookup{}}
	raw, err := c.Get(ctx, fetch.Request{
		URL: in.URL.JoinPath(model.NormalName(name), "/"), Accept: simple, Authorization: in.Authorization, Limit: maxIndex,
	})
	if err != nil {
		if fetch.Is(err, fetch.NotFound) {
			return a, fmt.Errorf("%s has no project %s", in.URL.Host, name)
		}
		return a, fmt.Errorf("ask for %s %s: %w", name, version, err)
	}
	files, err := parseIndex(raw, name, version)
	if err != nil {
		return a, fmt.Errorf("ask %s for %s %s: %w", in.URL.Host, name, version, err)
	}
	a.Index = raw
	var mu sync.Mutex
	var done sync.WaitGroup
	queue := make(chan file)
	for range atOnce {
		done.Go(func() {
			for f := range queue {
				answer, l := in.provenance(ctx, c, name, version, f)
				mu.Lock()
				if a.Lookups[f.Filename] = l; answer != nil {
					a.Provenance[f.Filename] = answer
				}
				mu.Unlock()
			}
		})
	}
	for _, f := range files {
		queue <- f
	}
	close(queue)
	done.Wait()
	return a, ctx.Err()
}

// provenance asks for what was published with one file: at the link that the index gives, or, where the index is too old
// to give one, by the integrity API beside it.
func (in Index) provenance(ctx context.Context, c *fetch.Client, name, version string, f file) ([]byte, model.Lookup) {
	l := model.Lookup{
		Mechanism: model.MechanismPackageAttestations, Subject: f.digest(), Repository: PURL(name, version),
		Status: model.LookupNone,
	}
	link, known := f.link()
	if known && link == "" {
		return nil, l
	}
	address := in.integrity(name, version, f.Filename)
	if known {
		u, err := in.URL.Parse(link)
		if err != nil || u.Host != in.URL.Host || u.Scheme != in.URL.Scheme {
			l.Status, l.Detail = model.LookupFailed, in.URL.Host+": the provenance of "+f.Filename+" is at another host ("+linkHost(u)+"), which nobody asked for: ask that index itself"
			return nil, l
		}
		address = u
	}
	raw, err := c.Get(ctx, fetch.Request{URL: address, Accept: "application/json", Authorization: in.Authorization, Limit: maxProvenance})
	if err != nil {
		l.Status, l.Detail = fetch.Lookup(err)
		switch {
		case l.Status == model.LookupNone && known:
			l.Status, l.Detail = model.LookupFailed, in.URL.Host+": the index links the provenance of "+f.Filename+", but it is not there"
		case l.Status == model.LookupNone:
			l.Status, l.Detail = model.LookupUnsupported, in.URL.Host+": the index does not know provenance (PEP 740)"
		}
		return nil, l
	}
	p, err := parseProvenance(raw)
	if err != nil {
		l.Status, l.Detail = model.LookupFailed, in.URL.Host+": "+err.Error()
		return nil, l
	}
	if l.Count = p.count(); l.Count > 0 {
		l.Status = model.LookupFound
	}
	return raw, l
}

func linkHost(u *url.URL) string {
	if u == nil || u.Host == "" {
		return "no address"
	}
	return u.Host
}

// integrity is the address of the integrity API, which lies beside the Simple API.
func (in Index) integrity(name, version, file string) *url.URL {
	root := *in.URL
	root.Path = strings.TrimSuffix(strings.TrimRight(root.Path, "/"), "/simple")
	return root.JoinPath("integrity", model.NormalName(name), url.PathEscape(version), url.PathEscape(file), "provenance")
}
