package registry

import (
	"context"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// payloadKey tells payloads apart. The size belongs to it: a manifest may name the right digest with the wrong size.
type payloadKey struct {
	digest model.Digest
	size   int64
}

// payload is one blob being fetched. Nodes may share it: several signatures can be over the same claim.
type payload struct {
	done    bool
	bytes   []byte
	failure *failure
	waiting []func(*payload)
}

// load brings the payload of a node, once it is in the tree.
func (c *crawl) load(n model.Node, p place) {
	b := n.Blob
	switch {
	case b.Digest == "" || n.Unavailable != "":
		return
	case n.Format == model.FormatOpaque && b.Size > c.limits.Opaque:
		c.emit(model.BlobLoaded{ID: n.ID, Skipped: true})
		return
	case !b.Digest.Valid():
		c.emit(model.BlobLoaded{ID: n.ID, Problem: fmt.Sprintf("%q is not a digest that can be checked", fetch.Short(string(b.Digest)))})
		return
	}
	if f := sizeProblem(b.Size, c.limits.Blob); f != nil {
		c.emit(model.BlobLoaded{ID: n.ID, Problem: f.detail})
		return
	}
	c.fetch(b, p, func(got *payload) { c.emit(loaded(n, got)) })
}

func sizeProblem(size, limit int64) *failure {
	switch {
	case size < 0:
		return failed(KindBroken, "the manifest gives it a negative size")
	case size > limit:
		return failed(KindTooLarge, "too large: %s, and at most %s are read", bytesText(size), bytesText(limit))
	}
	return nil
}

// fetch reads a blob once, however many nodes want it.
func (c *crawl) fetch(b model.Descriptor, p place, then func(*payload)) {
	key := payloadKey{b.Digest, b.Size}
	if known := c.payloads[key]; known != nil {
		if known.done {
			then(known)
		} else {
			known.waiting = append(known.waiting, then)
		}
		return
	}
	got := &payload{waiting: []func(*payload){then}}
	c.payloads[key] = got
	if c.memory+b.Size > c.limits.Memory {
		c.fetched(got, nil, failed(KindTooLarge, "too large: all payloads together are more than %s", bytesText(c.limits.Memory)))
		return
	}
	c.memory += b.Size
	c.queue.add(priorityPayload, func(ctx context.Context) func() {
		raw, err := p.blob(ctx, b.Digest, b.Size)
		return func() { c.fetched(got, raw, asFailure(err)) }
	})
}

func (c *crawl) fetched(got *payload, raw []byte, f *failure) {
	got.done, got.bytes, got.failure = true, raw, f
	waiting := got.waiting
	got.waiting = nil
	for _, then := range waiting {
		then(got)
	}
}

func loaded(n model.Node, got *payload) model.BlobLoaded {
	if got.failure != nil {
		return model.BlobLoaded{ID: n.ID, Problem: got.failure.detail, Tampered: got.failure.kind == KindTampered}
	}
	return model.BlobLoaded{ID: n.ID, Bytes: got.bytes}
}

// bytesText is a size for a person.
func bytesText(n int64) string {
	switch {
	case n >= 10*mebibyte:
		return fmt.Sprintf("%d MiB", n/mebibyte)
	case n >= mebibyte:
		return fmt.Sprintf("%.1f MiB", float64(n)/mebibyte)
	case n >= 1024:
		return fmt.Sprintf("%d KiB", n/1024)
	}
	return fmt.Sprintf("%d bytes", n)
}
