package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Answer is what the API has about one digest. Bundles are as they came and nothing in them is proven; where not all
// could be had, those that could be are there.
type Answer struct {
	Bundles [][]byte
	Status  model.LookupStatus
	Detail  string // may quote the server
}

// listed is one entry of the API's list.
type listed struct {
	Bundle    json.RawMessage `json:"bundle"`
	BundleURL string          `json:"bundle_url"`
}

func (l listed) inline() bool { return len(l.Bundle) > 0 && string(l.Bundle) != "null" }

// Attestations asks for everything about a digest, all pages of it (GitHub REST API, "List attestations").
func (c *Client) Attestations(ctx context.Context, digest model.Digest) Answer {
	if !digest.Valid() {
		return Answer{Status: model.LookupFailed, Detail: "it is not a digest that can be asked about"}
	}
	answer, seen := Answer{}, map[string]bool{}
	next, t := c.of(ctx)
	if t != nil {
		return answer.missing(t)
	}
	next = next.JoinPath("attestations", string(digest))
	next.RawQuery = "per_page=30"
	for page := 1; next != nil; page++ {
		if page > c.limits.Pages || seen[next.String()] {
			return answer.missing(failed(model.LookupTruncated, "the list of pages has no end: not followed further"))
		}
		seen[next.String()] = true
		raw, header, t := c.get(ctx, next, true, c.limits.Page)
		if t != nil {
			return c.ended(ctx, answer, t, page)
		}
		var list struct {
			Attestations *[]listed `json:"attestations"`
		}
		if err := json.Unmarshal(raw, &list); err != nil || list.Attestations == nil {
			return answer.missing(failed(model.LookupFailed, "the answer is not a list of attestations"))
		}
		if full := c.take(ctx, &answer, *list.Attestations); full {
			return answer.missing(failed(model.LookupTruncated, "more attestations than are read: only the first ones are shown"))
		}
		if next, t = c.follow(next, header); t != nil {
			return answer.missing(t)
		}
	}
	return answer.complete(c.unread())
}

// ended is the answer where a page could not be had. That the first is not found says that there is nothing only if the
// repository can be seen: what may not be read is not found either.
func (c *Client) ended(ctx context.Context, answer Answer, t *trouble, page int) Answer {
	switch {
	case page > 1 && t.status == model.LookupNone:
		return answer.missing(failed(model.LookupTruncated, "a page of the list is not there"))
	case t.status != model.LookupNone:
		return answer.missing(t)
	case c.name == "": // that the owner is there has been seen
		return answer.complete(c.unread())
	}
	visible, why := c.seen(ctx)
	switch {
	case why != nil:
		return answer.missing(why)
	case !visible && c.token == "":
		return answer.missing(failed(model.LookupDenied, "%s/%s does not exist, or needs a token to be read", c.owner, c.name))
	case !visible:
		return answer.missing(failed(model.LookupDenied, "%s/%s does not exist, or the token may not read it", c.owner, c.name))
	}
	return Answer{Status: model.LookupNone}
}

// seen asks once whether the repository can be seen at all.
func (c *Client) seen(ctx context.Context) (bool, *trouble) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.visible != nil {
		return *c.visible, nil
	}
	_, _, t := c.get(ctx, c.api.JoinPath("repos", c.owner, c.name), true, c.limits.Page)
	if t != nil && t.code != http.StatusNotFound {
		return false, t
	}
	visible := t == nil
	c.visible = &visible
	return visible, nil
}

// take adds the bundles of a page. It reports whether there are more than are read.
func (c *Client) take(ctx context.Context, answer *Answer, list []listed) (full bool) {
	for _, entry := range list {
		if len(answer.Bundles) >= c.limits.Bundles {
			return true
		}
		bundle, t := c.bundle(ctx, entry)
		if t != nil {
			answer.Status, answer.Detail = model.LookupTruncated, fetch.Short("a bundle could not be had: "+t.detail)
			continue
		}
		answer.Bundles = append(answer.Bundles, bundle)
	}
	return false
}

// missing adds why not everything was had.
func (a Answer) missing(t *trouble) Answer {
	a.Status = t.status
	if len(a.Bundles) > 0 && !t.status.Incomplete() {
		a.Status = model.LookupTruncated
	}
	if a.Detail != "" {
		a.Detail += "; "
	}
	a.Detail = fetch.Short(a.Detail + t.detail)
	return a
}

// complete ends an answer of which every page came. of is which repositories it is of, where not all may have counted.
func (a Answer) complete(of string) Answer {
	switch {
	case a.Status != "":
	case len(a.Bundles) == 0:
		a.Status, a.Detail = model.LookupNone, of
	default:
		a.Status = model.LookupFound
	}
	return a
}

// follow is the next page (RFC 8288), nil after the last. One on another host is refused: nobody asked that host, and the
// token is not for it.
func (c *Client) follow(from *url.URL, h http.Header) (*url.URL, *trouble) {
	target := ""
	for _, header := range h.Values("Link") {
		for _, link := range strings.Split(header, ",") {
			address, parameters, _ := strings.Cut(strings.TrimSpace(link), ">")
			if strings.Contains(parameters, `rel="next"`) && target == "" {
				target = strings.TrimPrefix(address, "<")
			}
		}
	}
	if target == "" {
		return nil, nil
	}
	next, err := from.Parse(target)
	if err != nil || next.Host != c.api.Host || next.Scheme != c.api.Scheme {
		return nil, failed(model.LookupTruncated, "the next page is elsewhere: not followed")
	}
	next.User, next.Fragment = nil, ""
	return next, nil
}

// bundle is the bundle of an entry: in it, or where it says.
func (c *Client) bundle(ctx context.Context, entry listed) ([]byte, *trouble) {
	if entry.inline() {
		if int64(len(entry.Bundle)) > c.limits.Bundle {
			return nil, failed(model.LookupTruncated, "it is larger than %d MiB", c.limits.Bundle>>20)
		}
		return entry.Bundle, nil
	}
	if entry.BundleURL == "" {
		return nil, failed(model.LookupFailed, "the entry has neither a bundle nor its address")
	}
	u, err := url.Parse(entry.BundleURL)
	switch {
	case err != nil || u.Host == "" || u.User != nil:
		return nil, failed(model.LookupFailed, "its address cannot be read")
	case u.Host == c.api.Host && u.Scheme == c.api.Scheme:
	case u.Scheme != "https", fetch.Private(u.Hostname()):
		return nil, failed(model.LookupFailed, "its address %s://%s is not one that is asked", u.Scheme, u.Host)
	}
	raw, _, t := c.get(ctx, u, false, c.limits.Bundle)
	if t != nil {
		t.status = model.LookupFailed // that it is not found does not mean that there is none
		return nil, t
	}
	plain, err := decompress(raw, c.limits.Bundle)
	if err != nil {
		return nil, failed(model.LookupFailed, "%v", err)
	}
	if !json.Valid(plain) {
		return nil, failed(model.LookupFailed, "%s sent no JSON", u.Host)
	}
	return plain, nil
}

// Repository is "OWNER/REPO on host", or "OWNER on host", for a person.
func (c *Client) Repository() string {
	if c.name == "" {
		return fmt.Sprintf("%s on %s", c.owner, c.api.Host)
	}
	return fmt.Sprintf("%s/%s on %s", c.owner, c.name, c.api.Host)
}
