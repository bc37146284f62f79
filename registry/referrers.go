package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// readReferrers asks the referrers API, all pages of it (distribution-spec, "Listing Referrers"). Nothing is filtered, and
// what came before a page failed is kept.
func (r *remote) readReferrers(ctx context.Context, subject model.Digest) listing {
	ctx, leave, err := r.turn(ctx, r.limits.Request)
	if err != nil {
		f := asFailure(err)
		return listing{status: f.status(), detail: f.detail}
	}
	defer leave()
	var got listing
	next := r.url("referrers", string(subject))
	seen := map[string]bool{}
	for page := 1; next != nil; page++ {
		if page > r.limits.Pages || seen[next.String()] {
			got.status, got.detail = model.LookupTruncated, "the list of pages has no end: not followed further"
			return got
		}
		seen[next.String()] = true
		entries, link, f := r.page(ctx, next)
		if f != nil {
			return got.broken(asFailure(waitedFor(ctx, f)), page)
		}
		got.entries = append(got.entries, slim(entries)...)
		if len(got.entries) > r.limits.Referrers {
			got.entries = got.entries[:r.limits.Referrers]
			got.status, got.detail = model.LookupTruncated, "more referrers than are read: only the first ones are shown"
			return got
		}
		if next, f = r.follow(link); f != nil {
			got.status, got.detail = model.LookupTruncated, f.detail
			return got
		}
	}
	got.status, got.detail = model.LookupFound, waitText(ctx)
	if len(got.entries) == 0 {
		got.status = model.LookupNone
	}
	return got
}

// broken ends a listing at a page that failed.
func (l listing) broken(f *failure, page int) listing {
	l.status, l.detail = f.status(), f.detail
	if page > 1 {
		l.detail = fetch.Short("page after the first: " + f.detail)
		if l.status == model.LookupNone || l.status == model.LookupUnsupported {
			// The list began, so there is one; the rest of it is missing.
			l.status = model.LookupTruncated
		}
	}
	return l
}

// parsing bounds how many lists are parsed at once. Until what is not kept of them has been dropped they take many times
// their bytes, and a machine has no more cores than it has anyway.
var parsing = make(chan struct{}, 2)

// page reads one page.
func (r *remote) page(ctx context.Context, u *url.URL) ([]model.Descriptor, link, *failure) {
	resp, err := r.get(ctx, u, model.MediaTypeOCIIndex)
	if err != nil {
		return nil, link{}, unsupported(asFailure(err))
	}
	defer drop(resp)
	raw, err := readAtMost(resp.Body, r.limits.Manifest)
	if err != nil {
		return nil, link{}, asFailure(cutShort(err))
	}
	next := linkOf(resp)
	parsing <- struct{}{}
	defer func() { <-parsing }()
	if emptyList(raw) {
		return nil, next, nil
	}
	m, err := model.ParseManifest(raw)
	if err != nil || !m.Index {
		return nil, link{}, failed(KindBroken, "the answer is not a list of referrers (%s)", contentType(resp.Header))
	}
	return m.Manifests, next, nil
}

// emptyList reports whether raw is an index whose list is null, which some registries write for an empty one. One that
// has a list as well, or says what it is twice, is none: parsers disagree about it.
func emptyList(raw []byte) bool {
	object := json.NewDecoder(bytes.NewReader(raw))
	if start, err := object.Token(); err != nil || start != json.Delim('{') {
		return false
	}
	seen := map[string]string{}
	for object.More() {
		key, err := object.Token()
		name, is := key.(string)
		var value json.RawMessage
		if err != nil || !is || object.Decode(&value) != nil {
			return false
		}
		name = strings.ToLower(name)
		if _, twice := seen[name]; twice {
			return false
		}
		seen[name] = string(value)
	}
	_, config := seen["config"]
	return json.Valid(raw) && seen["schemaversion"] == "2" && seen["manifests"] == "null" && !config
}

// slim are the entries of a list without what nothing follows from. A list is kept for as long as its image is, and may
// hold megabytes of annotations; nothing in it is believed but digests.
func slim(entries []model.Descriptor) []model.Descriptor {
	out := make([]model.Descriptor, len(entries))
	for i, e := range entries {
		out[i] = model.Descriptor{MediaType: fetch.Short(e.MediaType), Digest: e.Digest, Size: e.Size}
		if !e.Digest.Valid() {
			out[i].Digest = model.Digest(fetch.Short(string(e.Digest)))
		}
	}
	return out
}

// unsupported tells a registry without the API from one that has it and could not answer. It must answer 200 with an
// empty list where there is nothing, so 404 means that there is no such API; older registries answer 400, 405 or 406 to
// paths that they do not know, and 501 says it outright.
func unsupported(f *failure) *failure {
	if f.kind == KindDenied || f.kind == KindRateLimited {
		return f
	}
	switch f.code {
	case http.StatusNotFound, http.StatusGone, http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusNotImplemented:
		return failed(KindUnsupported, "no referrers API (status %d)", f.code)
	}
	return f
}

func contentType(h http.Header) string {
	mediaType, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType == "" {
		return "of no stated type"
	}
	return fetch.Short(mediaType)
}
