package registry

import (
	"context"
	"sync"

	"github.com/attestree/attestree/model"
)

// inquiry is a question to one repository whose answer may change: what a tag names, or who refers to a digest.
type inquiry struct {
	Tag     string       `json:"tag,omitempty"`
	Subject model.Digest `json:"subject,omitempty"`
}

// answer is what a repository said, once done is closed.
type answer struct {
	done    chan struct{}
	used    bool // somebody wanted it, as opposed to having expected that somebody will
	counted bool // among what is held
	taken   bool // who wanted it has it
	lost    bool // too much to hold until somebody wants it
	turn    int  // the order in which they were wanted

	content content
	failure *failure
	listing listing
}

// answers are those of one run, so that no question is asked twice.
type answers struct {
	mu    sync.Mutex
	of    map[inquiry]*answer
	turns int
	held  int   // bytes of manifests that nobody has wanted so far
	lists int64 // bytes of lists, which are held until the end
}

// maxHeld is how many bytes are held at most before anybody wants them.
const maxHeld = 32 * mebibyte

func newAnswers() *answers { return &answers{of: map[inquiry]*answer{}} }

// once asks, or waits for who asked before. It gives nil when the caller left meanwhile.
func (a *answers) once(ctx context.Context, q inquiry, used bool, ask func(*answer)) *answer {
	a.mu.Lock()
	known := a.of[q]
	mine := known == nil
	if mine {
		known = &answer{done: make(chan struct{})}
		a.of[q] = known
	}
	if used && !known.used {
		a.turns++
		known.used, known.turn = true, a.turns
	}
	a.mu.Unlock()
	if mine {
		ask(known)
		close(known.done)
		return known
	}
	select {
	case <-known.done:
		return known
	case <-ctx.Done():
		return nil
	}
}

// given calls visit for every answer that was used and has come.
func (a *answers) given(visit func(inquiry, *answer)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for q, known := range a.of {
		select {
		case <-known.done:
			if known.used {
				visit(q, known)
			}
		default:
		}
	}
}

// manifest is place.manifest.
func (r *remote) manifest(ctx context.Context, reference string) (content, error) {
	digest := model.Digest(reference)
	if !digest.Valid() {
		return r.tagged(ctx, reference, true)
	}
	if reference != r.root {
		if raw := r.cached.get(ctx, nil, digest, r.limits.Manifest); raw != nil {
			return content{raw: raw, digest: digest}, nil
		}
	}
	got, err := r.readManifest(ctx, reference)
	if err == nil {
		r.cached.admit()
		r.cached.keep(nil, digest, got.raw)
	}
	return got, err
}

// tagged asks what a tag names.
func (r *remote) tagged(ctx context.Context, tag string, used bool) (content, error) {
	a := r.answers.once(ctx, inquiry{Tag: tag}, used, func(a *answer) {
		got, err := r.readManifest(ctx, tag)
		if err == nil {
			r.cached.admit()
			r.cached.keep(nil, got.digest, got.raw)
		}
		a.content, a.failure = got, asFailure(err)
	})
	switch {
	case a == nil:
		return content{}, ctx.Err()
	case a.failure != nil:
		return content{}, a.failure
	}
	got, lost := r.answers.hand(a, used)
	if lost {
		return r.readManifest(ctx, tag)
	}
	return got, nil
}

// hand gives a manifest to who wanted it, and holds it no longer: that is the only one. What is not wanted yet is held
// as long as it is not too much.
func (a *answers) hand(from *answer, used bool) (got content, lost bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	got = from.content
	if used && from.taken {
		return got, true
	}
	from.taken = used
	switch size := len(got.raw); {
	case !used && from.used, !used && from.counted:
	case !used && a.held+size > maxHeld:
		from.content.raw, from.lost = nil, true
	case !used:
		a.held += size
		from.counted = true
	case from.counted:
		a.held -= size
		fallthrough
	default:
		from.content.raw = nil
	}
	return got, from.lost
}

// listsPart is the part of the memory limit that all lists together may take.
const listsPart = 4

// afford cuts a list where all of them together would be more than limit bytes.
func (a *answers) afford(l listing, limit int64) listing {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, e := range l.entries {
		held := stringWeight*2 + objectWeight + int64(len(e.MediaType)+len(e.Digest))
		if a.lists+held > limit {
			l.entries = l.entries[:i:i]
			l.status, l.detail = model.LookupTruncated, "all lists together are more than "+bytesText(limit)+": only the first ones are shown"
			break
		}
		a.lists += held
	}
	return l
}

// referrers is place.referrers.
func (r *remote) referrers(ctx context.Context, subject model.Digest) listing {
	return r.listed(ctx, subject, true)
}

func (r *remote) listed(ctx context.Context, subject model.Digest, used bool) listing {
	a := r.answers.once(ctx, inquiry{Subject: subject}, used, func(a *answer) {
		a.listing = r.answers.afford(r.readReferrers(ctx, subject), r.limits.Memory/listsPart)
	})
	if a == nil {
		f := asFailure(ctx.Err())
		return listing{status: f.status(), detail: f.detail}
	}
	return a.listing
}

// blob is place.blob.
func (r *remote) blob(ctx context.Context, digest model.Digest, size int64) ([]byte, error) {
	if raw := r.cached.get(ctx, r.shelf, digest, size); int64(len(raw)) == size && raw != nil {
		return raw, nil
	}
	raw, err := r.readBlob(ctx, digest, size)
	if err == nil {
		r.cached.keep(r.shelf, digest, raw)
	}
	return raw, err
}
