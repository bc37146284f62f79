package registry

import (
	"context"
	"strings"

	"github.com/attestree/attestree/model"
)

// cosignTags are the tags under which cosign keeps what is attached, by what is added to the digest
// (cosign specs/SIGNATURE_SPEC.md, "Tag-based discovery").
var cosignTags = []struct {
	mechanism model.Mechanism
	suffix    string
}{
	{model.MechanismCosignSig, ".sig"},
	{model.MechanismCosignAtt, ".att"},
	{model.MechanismCosignSBOM, ".sbom"},
}

// tagOf is the digest as a tag (distribution-spec, "Referrers Tag Schema"): the algorithm cut to 32 characters and the
// rest to 64.
func tagOf(d model.Digest) string {
	algorithm, digits := d.Algorithm(), d.Hex()
	return algorithm[:min(len(algorithm), 32)] + "-" + digits[:min(len(digits), 64)]
}

// lookEverywhere asks every mechanism in every place what is attached to an image.
func (c *crawl) lookEverywhere(s *subject) {
	s.image = true
	for _, p := range c.places {
		c.ask(s, p, priorityLookup)
		c.askTags(s, p, priorityLookup)
	}
}

// look asks what is attached to something attached. For signatures and attestations the referrers API alone is asked,
// after everything else; ask has been called when the digest became known.
func (c *crawl) look(s *subject, found place, signing bool) {
	if signing || s.depth >= c.limits.Depth {
		return
	}
	for _, p := range c.places {
		if p != found {
			c.ask(s, p, priorityLookup)
		}
		c.askTags(s, p, priorityLookup)
	}
}

// ask asks a place's own list (the referrers API, or the scan of a layout).
func (c *crawl) ask(s *subject, p place, at priority) {
	mechanism, found := p.lister()
	if s.asked[question{p, mechanism}] {
		return
	}
	s.asked[question{p, mechanism}] = true
	l := c.line(mechanism, s.digest, p)
	switch {
	case s.depth >= c.limits.Depth:
		l.end(model.LookupTruncated, 0, "too many levels of things attached to things: not looked further")
		return
	case c.noLister[p] != "":
		l.end(model.LookupUnsupported, 0, c.noLister[p])
		return
	}
	now := func() {
		c.queue.add(at, func(ctx context.Context) func() {
			got := p.referrers(ctx, s.digest)
			return func() { c.listed(s, p, l, found, got) }
		})
	}
	waiting, doubtful := c.doubtful[p]
	if !doubtful || s.image {
		now()
		return
	}
	c.doubtful[p] = append(waiting, func(unsupported string) {
		if unsupported != "" {
			l.end(model.LookupUnsupported, 0, unsupported)
			return
		}
		now()
	})
}

// doubt says that a place had no referrers API the last time. What is attached to something attached is then asked only
// once the answer for an image has shown whether it has one now; images are always asked.
func (c *crawl) doubt(p place) { c.doubtful[p] = []func(string){} }

// settle ends the doubt.
func (c *crawl) settle(p place, got listing) {
	waiting := c.doubtful[p]
	delete(c.doubtful, p)
	unsupported := ""
	if got.status == model.LookupUnsupported {
		unsupported = got.detail
	}
	for _, ask := range waiting {
		ask(unsupported)
	}
}

func (c *crawl) listed(s *subject, p place, l *line, found model.Found, got listing) {
	if s.image {
		if got.status == model.LookupUnsupported {
			c.noLister[p] = got.detail
		}
		c.settle(p, got)
	}
	entries, status := l.named(got.entries, got.status)
	for _, entry := range entries {
		c.attach(finding{place: p, on: s, about: s.digest, entry: entry, found: found, line: l})
	}
	l.end(status, len(entries), got.detail)
}

// askTags asks for the tags that are made from a digest: cosign's three and the fallback of the referrers API.
func (c *crawl) askTags(s *subject, p place, at priority) {
	for _, t := range cosignTags {
		c.askTag(s, p, t.mechanism, tagOf(s.digest)+t.suffix, at)
	}
	c.askTag(s, p, model.MechanismReferrersTag, tagOf(s.digest), at)
}

func (c *crawl) askTag(s *subject, p place, m model.Mechanism, tag string, at priority) {
	if s.asked[question{p, m}] {
		return
	}
	s.asked[question{p, m}] = true
	l := c.line(m, s.digest, p)
	turn := c.turnFor(question{p, m}, s)
	c.queue.add(at, func(ctx context.Context) func() {
		got, err := p.manifest(ctx, tag)
		return func() {
			take := func() {}
			switch f := asFailure(err); {
			case f != nil && f.kind == KindNotFound:
				l.end(model.LookupNone, 0, f.note)
			case f != nil:
				l.end(f.status(), 0, f.detail)
			case m == model.MechanismReferrersTag:
				c.fallback(s, p, l, got)
			default:
				o, note := c.already(got), got.note // weighed now: it is held while others are waited for
				take = func() { c.tagged(s, p, l, o, note, tag) }
			}
			turn.answered(take)
		}
	})
}

// tagged takes the manifest that one of cosign's tags names. note is what a person should know of how it came.
func (c *crawl) tagged(s *subject, p place, l *line, o *opening, note, tag string) {
	if o.failure != nil {
		l.end(model.LookupFailed, 0, "the tag holds something that cannot be read: "+o.failure.detail)
		return
	}
	entry := model.Descriptor{MediaType: o.manifest.MediaType, Digest: o.content.digest, Size: int64(len(o.content.raw))}
	c.attach(finding{place: p, on: s, about: s.digest, entry: entry, found: model.FoundCosignTag, tag: tag, line: l})
	count := len(o.manifest.Layers)
	if o.manifest.Index {
		count = 1
	}
	l.end(model.LookupFound, max(count, 1), note)
}

// fallback takes the index that the fallback tag names.
func (c *crawl) fallback(s *subject, p place, l *line, got content) {
	m, err := model.ParseManifest(got.raw)
	if err != nil || !m.Index {
		l.end(model.LookupFailed, 0, "the tag holds something that is not an index")
		return
	}
	entries, status, detail := cut(m.Manifests, c.limits.Referrers)
	entries, status = l.named(slim(entries), status)
	for _, entry := range entries {
		c.attach(finding{place: p, on: s, about: s.digest, entry: entry, found: model.FoundReferrersTag, line: l})
	}
	if len(m.Manifests) == 0 {
		status = model.LookupNone
	}
	l.note("%s", got.note)
	l.end(status, len(entries), detail)
}

// cut bounds a list.
func cut(entries []model.Descriptor, limit int) ([]model.Descriptor, model.LookupStatus, string) {
	if len(entries) <= limit {
		return entries, model.LookupFound, ""
	}
	return entries[:limit], model.LookupTruncated, "more entries than are read: only the first ones are shown"
}

// attachmentTag reports whether a tag is one of those made from a digest.
func attachmentTag(tag string) bool {
	for _, t := range cosignTags {
		tag = strings.TrimSuffix(tag, t.suffix)
	}
	algorithm, digits, found := strings.Cut(tag, "-")
	return found && model.Digest(algorithm+":"+digits).Valid()
}
