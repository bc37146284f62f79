package tuf

import (
	"context"
	"path/filepath"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// Options say what to update.
type Options struct {
	// Dir is where the instance is kept, see Folder; its last element is the instance's name.
	Dir string
	// Mirror is the address to ask. Empty: the instance's own, for a private one that of the last time.
	Mirror string
	// Root is the initial root.json of a private instance, which all else is authenticated from. Nil: that of the last time.
	// Those of the public-good instance and of staging are in the program and cannot be replaced.
	Root []byte
	// UserAgent is told to the mirror.
	UserAgent string
	// Now is the time that expiry is judged by; time.Now if nil.
	Now func() time.Time
}

// Update asks the mirror for the instance's trusted root, keeps it, and says what became different. It takes a minute and
// a half at most. When it fails, what was kept before is as it was, and the error is one sentence.
func Update(ctx context.Context, o Options) (trust.Root, Change, error) {
	if err := checkFolder(o.Dir); err != nil {
		return trust.Root{}, Change{}, because(err, "update the trusted root %s: %v", filepath.Base(o.Dir), err)
	}
	in, err := known(filepath.Base(o.Dir))
	if err != nil {
		return trust.Root{}, Change{}, err
	}
	f := newFetcher(o.UserAgent)
	defer f.close()
	return update(ctx, o, in, f)
}

func update(ctx context.Context, o Options, in instance, f *fetcher) (trust.Root, Change, error) {
	ctx, cancel := context.WithTimeout(ctx, updateTime)
	defer cancel()
	p, err := o.plan(in)
	if err == nil {
		err = prepare(o.Dir)
	}
	if err != nil {
		return trust.Root{}, Change{}, because(err, "update the trusted root %s: %v", in.name, err)
	}
	after, err := p.run(ctx, o.Dir, f)
	if err != nil {
		return trust.Root{}, Change{}, because(err, "update the trusted root %s: %v", in.name, err)
	}
	return after.root, p.change(after), nil
}

// run fetches and keeps. The state is of what is kept afterwards.
func (p plan) run(ctx context.Context, dir string, f *fetcher) (state, error) {
	r := refresh{fetch: f, mirror: p.mirror, old: p.old}
	got, s, err := r.run(ctx, p.in, p.now)
	if err != nil {
		return state{}, err
	}
	if p.private {
		got.Anchor = p.in.anchor
	}
	return save(ctx, dir, p.in, got, s)
}
