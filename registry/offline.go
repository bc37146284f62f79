package registry

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
	"github.com/attestree/attestree/registry/cache"
)

// kept is a repository as it was the last time, from the cache alone. It opens no connection.
type kept struct {
	name     string
	cache    *cache.Cache
	limits   Limits
	shelf    *aside.Shelf
	answers  map[inquiry]recall
	noLister string // why the repository had no referrers API, "" if it had
	missing  atomic.Pointer[failure]
}

// incomplete is an image that cannot be shown as it was, because something of it is not in the cache.
func incomplete(what string, args ...any) *failure {
	return failed(KindOffline, "%s is not in the cache, and --offline opens no connection", fmt.Sprintf(what, args...))
}

// lacks notes that something is missing; the first time counts.
func (k *kept) lacks(what string, args ...any) *failure {
	f := incomplete(what, args...)
	k.missing.CompareAndSwap(nil, f)
	return f
}

func newKept(name string, image memory, opts Options) *kept {
	k := &kept{name: name, cache: opts.Cache, limits: opts.Limits, shelf: opts.Shelf, answers: map[inquiry]recall{}}
	for _, a := range image.Answers {
		if a.Repository != name {
			continue
		}
		k.answers[a.inquiry] = a
		if a.Subject != "" && a.Status == model.LookupUnsupported {
			k.noLister = a.Detail
		}
	}
	return k
}

// manifest is place.manifest.
func (k *kept) manifest(_ context.Context, reference string) (content, error) {
	digest := model.Digest(reference)
	if !digest.Valid() {
		a, known := k.answers[inquiry{Tag: reference}]
		switch {
		case !known:
			return content{}, k.lacks("what the tag %s names", reference)
		case a.Status == model.LookupNone:
			return content{}, failed(KindNotFound, "%s", a.Detail)
		case a.Status != model.LookupFound:
			return content{}, k.lacks("what the tag %s names (%s)", reference, a.Detail)
		}
		digest = a.Named
	}
	raw := k.cache.Get(k.name, digest, k.limits.Manifest)
	if raw == nil {
		return content{}, k.lacks("the manifest %s", digest.Short())
	}
	return content{raw: raw, digest: digest}, nil
}

// blob is place.blob.
func (k *kept) blob(_ context.Context, digest model.Digest, size int64) ([]byte, error) {
	raw := k.cache.GetOnto(k.shelf, k.name, digest, size)
	if raw == nil || int64(len(raw)) != size {
		return nil, k.lacks("the payload %s", digest.Short())
	}
	return raw, nil
}

// referrers is place.referrers.
func (k *kept) referrers(_ context.Context, subject model.Digest) listing {
	a, known := k.answers[inquiry{Subject: subject}]
	switch {
	case !known && k.noLister != "":
		return listing{status: model.LookupUnsupported, detail: k.noLister}
	case !known, a.Status.Incomplete():
		f := k.lacks("what refers to %s", subject.Short())
		return listing{status: f.status(), detail: f.detail}
	}
	l := listing{status: a.Status, detail: a.Detail}
	for _, e := range a.Entries {
		l.entries = append(l.entries, model.Descriptor{MediaType: e.MediaType, Digest: e.Digest, Size: e.Size})
	}
	return l
}

// lister is place.lister.
func (k *kept) lister() (model.Mechanism, model.Found) {
	return model.MechanismReferrersAPI, model.FoundReferrersAPI
}

// repository is place.repository.
func (k *kept) repository() string { return k.name }

// width is place.width.
func (k *kept) width() int { return 8 }

// scheme is place.scheme. What the registry answered by then is not kept.
func (*kept) scheme() string { return "" }

// notes is place.notes.
func (k *kept) notes() []model.Finding { return nil }

// discoverKept answers for a registry from the cache, or not at all: an image of which anything is missing is an error,
// since nobody could tell what is not there from what was not kept.
func discoverKept(ctx context.Context, r reference, others []reference, opts Options, emit func(model.Event)) error {
	memories := memoriesOf(r, opts)
	root, asked := r.digest, time.Time{}
	if root == "" {
		tag, known := memories.tag(r.tag)
		if !known {
			return notKept(r, incomplete("%s:%s", normalName(r.repo), r.tag))
		}
		root, asked = tag.Digest, tag.Asked
	}
	image, known := memories.image(root)
	if !known {
		return notKept(r, incomplete("%s@%s", normalName(r.repo), root.Short()))
	}
	if asked.IsZero() || image.Asked.Before(asked) {
		asked = image.Asked
	}
	places := []place{newKept(normalName(r.repo), image, opts)}
	for _, other := range others {
		places = append(places, newKept(normalName(other.repo), image, opts))
	}
	held := &eventTape{}
	c := newCrawl(places, opts, held.add)
	c.asOf = asked
	if r.digest == "" {
		c.tag = r.tag
	}
	c.begin(string(root))
	if err := c.loop(ctx); err != nil {
		return notKept(r, err)
	}
	for _, p := range places {
		if k, ok := p.(*kept); ok && k.missing.Load() != nil {
			return notKept(r, k.missing.Load())
		}
	}
	held.play(emit)
	return nil
}

// eventTape holds events back until it is known that they are all.
type eventTape struct{ events []model.Event }

func (r *eventTape) add(e model.Event) { r.events = append(r.events, e) }

func (r *eventTape) play(emit func(model.Event)) {
	for _, e := range r.events {
		emit(e)
	}
}

// notKept adds what a person can do about an image that is not in the cache as a whole.
func notKept(r reference, err error) error {
	var f *failure
	if !errors.As(err, &f) || f.kind != KindOffline {
		return err
	}
	return &SourceError{
		Kind: KindOffline, Err: f,
		Hint: fmt.Sprintf("look at %s once without --offline, which keeps it; or give a layout, an archive or a file", normalName(r.repo)),
	}
}

// asOfNote says that an answer is from the cache.
func asOfNote(asked time.Time, tag string) model.Finding {
	text := "from the cache, as of " + asked.UTC().Format(time.RFC3339) + ": what was attached, replaced or removed since is not seen"
	if tag != "" {
		text += "; nor whether the tag " + tag + " names something else by now"
	}
	return model.Finding{ID: "as-of", Severity: model.SeverityWarning, Message: text}
}
