package registry

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/cache"
)

// memory is what was asked about an image the last time, and what the answers were. It lets everything that may have
// changed be asked at once, since what will be asked is known; and it answers where nothing may be asked (--offline).
// It proves nothing: a run that has a network believes only what it is told anew.
type memory struct {
	Asked   time.Time `json:"asked"`
	Answers []recall  `json:"answers"`
}

// recall is one answer.
type recall struct {
	inquiry
	Repository string             `json:"repository"`
	Named      model.Digest       `json:"named,omitempty"` // what the tag names
	Entries    []recalledEntry    `json:"entries,omitempty"`
	Status     model.LookupStatus `json:"status"`
	Detail     string             `json:"detail,omitempty"`
}

// recalledEntry is an entry of a list, as far as anything follows from it.
type recalledEntry struct {
	MediaType string       `json:"mediaType,omitempty"`
	Digest    model.Digest `json:"digest"`
	Size      int64        `json:"size"`
}

// taggedAs is what a tag named, and when.
type taggedAs struct {
	Asked  time.Time    `json:"asked"`
	Digest model.Digest `json:"digest"`
}

// maxRecalled is how many answers about one image are remembered. Where there are more, it is not remembered.
const maxRecalled = 30_000

// memories find what is remembered of one source.
type memories struct {
	cache *cache.Cache
	scope string // everything that changes what is asked, or how far answers are to be believed
}

func memoriesOf(r reference, opts Options) memories {
	scope := []string{normalName(r.repo), opts.Platform, opts.CosignRepository}
	if opts.Insecure {
		scope = append(scope, "any certificate")
	}
	if opts.PlainHTTP {
		scope = append(scope, "plain HTTP")
	}
	return memories{cache: opts.Cache, scope: strings.Join(scope, "\x00")}
}

func (m memories) tagName(tag string) string { return "tag\x00" + m.scope + "\x00" + tag }
func (m memories) imageName(digest model.Digest) string {
	return "image\x00" + m.scope + "\x00" + string(digest)
}

// image is what is remembered of a digest.
func (m memories) image(digest model.Digest) (memory, bool) {
	var got memory
	return got, m.cache.Recall(m.imageName(digest), &got)
}

// tag is what a tag named.
func (m memories) tag(tag string) (taggedAs, bool) {
	var got taggedAs
	return got, m.cache.Recall(m.tagName(tag), &got)
}

// keep remembers what was asked in a run that came to its end.
// A registry without the referrers API is remembered by what it said of images: of anything else it may or may not have
// been asked before that was known.
func (m memories) keep(root model.Digest, tag string, asked time.Time, places []*remote, image func(model.Digest) bool) {
	if m.cache == nil || !root.Valid() {
		return
	}
	known := memory{Asked: asked}
	type turned struct {
		turn int
		recall
	}
	var all []turned
	for _, p := range places {
		p.answers.given(func(q inquiry, a *answer) {
			if p == places[0] && tag != "" && q.Tag == tag {
				return // kept by itself
			}
			if q.Subject != "" && a.listing.status == model.LookupUnsupported && !image(q.Subject) {
				return
			}
			all = append(all, turned{a.turn, recalled(p.repository(), q, a)})
		})
	}
	if len(all) > maxRecalled {
		return
	}
	slices.SortStableFunc(all, func(a, b turned) int { return a.turn - b.turn })
	for _, a := range all {
		known.Answers = append(known.Answers, a.recall)
	}
	m.cache.Remember(m.imageName(root), known)
	if tag != "" {
		m.cache.Remember(m.tagName(tag), taggedAs{Asked: asked, Digest: root})
	}
}

func recalled(repository string, q inquiry, a *answer) recall {
	r := recall{inquiry: q, Repository: repository, Status: a.listing.status, Detail: a.listing.detail}
	switch {
	case q.Subject != "":
		for _, e := range a.listing.entries {
			r.Entries = append(r.Entries, recalledEntry{e.MediaType, e.Digest, e.Size})
		}
	case a.failure != nil:
		r.Status, r.Detail = a.failure.status(), a.failure.detail
	default:
		r.Status, r.Named = model.LookupFound, a.content.digest
	}
	return r
}

// expect asks at once everything that was asked the last time. What nobody wants after all is dropped.
func (c *crawl) expect(image memory, places []*remote) {
	nested := nestedIn(image)
	for _, known := range image.Answers {
		i := slices.IndexFunc(places, func(p *remote) bool { return p.repository() == known.Repository })
		if i < 0 {
			continue
		}
		p, at := places[i], priorityLookup
		if known.Subject != "" && known.Status == model.LookupUnsupported {
			c.doubt(p)
			if nested[known.Subject] {
				continue
			}
		}
		if nested[known.Subject] {
			at = priorityNested
		}
		c.queue.guess(at, func(ctx context.Context) func() {
			if known.Subject != "" {
				p.listed(ctx, known.Subject, false)
			} else {
				_, _ = p.tagged(ctx, known.Tag, false) // who wants it sees why it failed
			}
			return func() {}
		})
	}
}

// nestedIn are the digests that were found attached to others, whose own attachments are of less interest.
func nestedIn(image memory) map[model.Digest]bool {
	nested := map[model.Digest]bool{}
	for _, known := range image.Answers {
		for _, e := range known.Entries {
			nested[e.Digest] = true
		}
		if known.Named != "" {
			nested[known.Named] = true
		}
	}
	return nested
}
