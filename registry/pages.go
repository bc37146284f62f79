package registry

import (
	"net/http"
	"net/url"
	"strings"
)

// link says where the next page is, seen from the page that said so.
type link struct {
	from       *url.URL
	target     string // "" on the last page
	unreadable bool   // there is a next page, and nobody can tell where
}

// linkOf is the link of a page.
func linkOf(resp *http.Response) link {
	target, unreadable := nextLink(resp.Header.Values("Link"))
	return link{from: resp.Request.URL, target: target, unreadable: unreadable}
}

// follow is the page that a link leads to, nil if there is none. A page on another host is refused: nobody asked that
// host.
func (r *remote) follow(l link) (*url.URL, *failure) {
	switch {
	case l.unreadable:
		return nil, failed(KindBroken, "the link to the next page cannot be read")
	case l.target == "":
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

// nextLink is the target of the first link with relation "next" (RFC 8288, section 3), "" if there is none. Where a
// header speaks of a next page and is no list of links, or the link leads nowhere, it is unreadable: a list that goes on
// must not look like one that ends.
func nextLink(links []string) (target string, unreadable bool) {
	for _, header := range links {
		for header != "" {
			to, parameters, rest, found := cutLink(header)
			switch {
			case !found:
				unreadable = unreadable || strings.Contains(strings.ToLower(header), "next")
			case isNext(parameters):
				return to, to == ""
			}
			header = rest
		}
	}
	return "", unreadable
}

// cutLink cuts the first link off a Link header: "<target>; parameters, rest". A header that is not one ends it.
func cutLink(header string) (target, parameters, rest string, found bool) {
	header = strings.TrimLeft(header, " \t,")
	if !strings.HasPrefix(header, "<") {
		return "", "", "", false
	}
	target, rest, found = strings.Cut(header[1:], ">")
	if !found {
		return "", "", "", false
	}
	quoted := false
	for i, r := range rest {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			return target, rest[:i], rest[i+1:], true
		}
	}
	return target, rest, "", true
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
