package registry

import (
	"bytes"
	"context"

	"github.com/attestree/attestree/model"
)

// opening is one manifest being fetched by its digest. However many ways lead to it, it is fetched once.
type opening struct {
	done     bool
	content  content
	manifest model.Manifest
	failure  *failure
	waiting  []func(*opening)
}

// open fetches a manifest and calls then in the loop.
func (c *crawl) open(p place, digest model.Digest, at priority, then func(*opening)) {
	if o := c.openings[digest]; o != nil {
		if o.done {
			then(o)
		} else {
			o.waiting = append(o.waiting, then)
		}
		return
	}
	o := &opening{waiting: []func(*opening){then}}
	c.openings[digest] = o
	if f := c.admit(digest); f != nil {
		c.opened(o, content{digest: digest}, f)
		return
	}
	c.queue.add(at, func(ctx context.Context) func() {
		got, err := p.manifest(ctx, string(digest))
		return func() { c.opened(o, got, asFailure(err)) }
	})
}

// admit says why a manifest is not fetched at all.
func (c *crawl) admit(digest model.Digest) *failure {
	switch {
	case !digest.Valid():
		return failed(KindUnsupported, "%q is not a digest that can be checked (sha256 or sha512)", string(digest))
	case len(c.openings) > c.limits.Manifests:
		return failed(KindTooLarge, "left alone: more than %d manifests are attached", c.limits.Manifests)
	}
	return nil
}

// A manifest weighs more against the memory limit than its bytes: it is kept as it came and as it was parsed, and every
// small thing in it takes room of its own. 700 MB of annotations were seen to take 1.5 GB.
const (
	parsedWeight = 3   // in times its bytes
	stringWeight = 50  // bytes for each quote; a member of an object has at least two
	objectWeight = 150 // bytes for each object
)

// weight is how many bytes a manifest takes once it has been parsed, at most. It is judged by before parsing.
func weight(raw []byte) int64 {
	return parsedWeight*int64(len(raw)) + stringWeight*int64(bytes.Count(raw, []byte(`"`))) + objectWeight*int64(bytes.Count(raw, []byte("{")))
}

// opened takes a manifest that has come, and calls everybody who waited for it.
func (c *crawl) opened(o *opening, got content, f *failure) {
	if o.done {
		return // it came under a tag meanwhile
	}
	if f == nil {
		if held := weight(got.raw); c.memory+held > c.limits.Memory {
			f = failed(KindTooLarge, "too large: everything attached is more than %s", bytesText(c.limits.Memory))
			got.raw = nil
		} else {
			c.memory += held
		}
	}
	o.done, o.content, o.failure = true, got, f
	if f == nil {
		m, err := model.ParseManifest(got.raw)
		if err != nil {
			o.failure = failed(KindBroken, "%v", err)
		}
		o.manifest = m
	}
	waiting := o.waiting
	o.waiting = nil
	for _, then := range waiting {
		then(o)
	}
}

// already remembers a manifest that came under a tag, as if it had been fetched by its digest.
func (c *crawl) already(got content) *opening {
	if o := c.openings[got.digest]; o != nil {
		if !o.done {
			// It is on its way by digest too; these bytes hash to that digest, so they will do.
			c.opened(o, got, nil)
		}
		return o
	}
	o := &opening{}
	c.openings[got.digest] = o
	c.opened(o, got, nil)
	return o
}

// asListed is the opening as an index lists it. An index is hash-checked, so that its entry counts whole: bytes of
// another size than it names are not what was signed, and no client pulls them (image-spec, descriptor.md).
func (o *opening) asListed(entry model.Descriptor) *opening {
	if o.failure != nil || entry.Size == int64(len(o.content.raw)) {
		return o
	}
	other := *o
	other.failure = failed(KindTampered, "the index says %d bytes, and %d came", entry.Size, len(o.content.raw))
	return &other
}
