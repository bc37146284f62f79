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
		got.entries = append(got.entries, entries...)
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

// link says where the next page is, seen from the page that said so.
type link struct {
	from   *url.URL
	target string // "" on the last page
}

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
	next := link{from: resp.Request.URL, target: nextLink(resp.Header.Values("Link"))}
	if emptyList(raw) {
		return nil, next, nil
	}
	m, err := model.ParseManifest(raw)
	if err != nil || !m.Index {
		return nil, link{}, failed(KindBroken, "the answer is not a list of referrers (%s)", contentType(resp.Header))
	}
	return m.Manifests, next, nil
}

// emptyList reports whether raw is an index whose list is null, which some registries write for an empty one.
func emptyList(raw []byte) bool {
	var index struct {
		SchemaVersion int              `json:"schemaVersion"`
		Manifests     *json.RawMessage `json:"manifests"`
		Config        *json.RawMessage `json:"config"`
	}
	return json.Unmarshal(raw, &index) == nil && index.SchemaVersion == 2 && index.Manifests == nil && index.Config == nil &&
		bytes.Contains(raw, []byte(`"manifests"`))
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

// follow is the page that a link leads to, nil if there is none. A page on another host is refused: nobody asked that
// host.
func (r *remote) follow(l link) (*url.URL, *failure) {
	if l.target == "" {
		return nil, nil
	}
	next, err := l.from.Parse(l.target)
	if err != nil {
		return nil, failed(KindBroken, "the link to the next page cannot be read")
	}
	if next.Host != r.base.Host || next.Scheme != l.from.Scheme {
		return nil, failed(KindBroken, "the next page is elsewhere (%s): not followed", next.Host)
	}
	next.User, next.Fragment = nil, ""
	return next, nil
}

// nextLink is the target of the first link with relation "next" (RFC 8288, section 3), "" if there is none.
func nextLink(links []string) string {
	for _, header := range links {
		for header != "" {
			var target, parameters string
			target, parameters, header = cutLink(header)
			if target != "" && isNext(parameters) {
				return target
			}
		}
	}
	return ""
}

// cutLink cuts the first link off a Link header: "<target>; parameters, rest". A header that is not one ends it.
func cutLink(header string) (target, parameters, rest string) {
	header = strings.TrimLeft(header, " \t,")
	if !strings.HasPrefix(header, "<") {
		return "", "", ""
	}
	target, rest, found := strings.Cut(header[1:], ">")
	if !found {
		return "", "", ""
	}
	quoted := false
	for i, r := range rest {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			return target, rest[:i], rest[i+1:]
		}
	}
	return target, rest, ""
}

func isNext(parameters string) bool {
	for _, p := range strings.Split(parameters, ";") {
		key, value, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(key), "rel") {
			continue
		}
		for _, relation := range strings.Fields(strings.Trim(strings.TrimSpace(value), `"`)) {
			if strings.EqualFold(relation, "next") {
				return true
			}
		}
	}
	return false
}
