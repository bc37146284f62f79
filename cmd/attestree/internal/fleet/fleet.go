// Package fleet looks at many images at once, with one session for each of them and everything shared that can be:
// connections and tokens belong to the caller's way to discover, one and the same signature is verified once however
// many repositories hold a copy, and an image that several references name is looked at once.
//
// It knows sessions and rows. It must not know where references come from, how a report is written, or what a registry
// is.
package fleet

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/registry/fetch"
)

// Config says how a fleet is looked at. InFlight and Now have defaults, all else must be set.
type Config struct {
	Discover func(reference string) session.Discover
	Judge    session.Judge
	Assess   session.Assess
	Policy   func(t *model.Tree, name string) model.PolicyAnswer
	Columns  []fleet.Column
	// Explain gives the kind and the sentence of an error that discovery ended with.
	Explain func(error) (kind, problem string)
	// ByRepository says that a signer is trusted for some repositories only, so that a verdict of one repository says
	// nothing about another.
	ByRepository bool
	// Place names the registry of a reference, and Passing says of a kind of error that it may be gone after a while. Where
	// both are there, what failed so is tried once more at the end, and a registry that is gone is not waited for again and
	// again.
	Place   func(reference string) string
	Passing func(kind string) bool
	// Silence says of a kind of error that somebody was waited for and nothing was heard. A registry that was silent from the
	// beginning is not waited for again for each of its images. May be nil.
	Silence func(kind string) bool
	// Forgive is called before anything is tried once more, so that whoever failed is really asked again. May be nil.
	Forgive  func()
	InFlight int // images at once; 32
	Now      func() time.Time
	Wait     func(context.Context, time.Duration) error // passes time; the clock's
}

// Engine looks at images. It remembers what it has seen, so one engine is for one list.
type Engine struct {
	config Config
	memo   *memo
	seen   claims
	places places
}

// New prepares an engine.
func New(config Config) *Engine {
	if config.InFlight <= 0 {
		config.InFlight = 32
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Wait == nil {
		config.Wait = fetch.Sleep
	}
	return &Engine{config: config, memo: newMemo(config.Judge, config.ByRepository)}
}

// Numbered is an image with its place in the list.
type Numbered struct {
	fleet.Image
	Index int
}

// Run looks at every image, several at a time, and hands on a row for each as it is finished; emit is called serially.
// What a registry stumbled over comes last, when it was tried once more. Run returns early only when ctx ends: then with
// its error, and without rows for what was not finished.
func (e *Engine) Run(ctx context.Context, images []Numbered, emit func(fleet.Row)) error {
	out := &rows{emit: emit}
	waiting, done, under := newQueue(images, e.place, e.room), make(chan string), 0
	for {
		for under < e.config.InFlight && ctx.Err() == nil {
			image, place, ok := waiting.take()
			if !ok {
				break
			}
			under++
			go func() {
				e.first(ctx, image, out)
				done <- place
			}()
		}
		if under == 0 {
			break
		}
		waiting.done(<-done)
		under--
	}
	e.again(ctx, out)
	return ctx.Err()
}

// look makes the row of one image, of its own or of one that has the same digest in the same repository. It reports
// whether the row may be better after a while.
func (e *Engine) look(ctx context.Context, image Numbered) (row fleet.Row, passing bool) {
	if image.Problem != "" {
		return e.failed(image, "reference", image.Problem), false
	}
	own := &look{engine: e, image: image, tree: model.NewTree()}
	row, shared := own.run(ctx)
	if shared == nil {
		return row, own.passing
	}
	select {
	case <-shared.done:
		return shared.row.As(image.Image, image.Index), shared.passing
	case <-ctx.Done():
		return e.failed(image, "", ctx.Err().Error()), false
	}
}

func (e *Engine) failed(image Numbered, kind, problem string) fleet.Row {
	return fleet.Failed(image.Image, image.Index, e.config.Columns, kind, problem, e.now())
}

func (e *Engine) now() string { return e.config.Now().UTC().Format(time.RFC3339) }

// look is one image being looked at.
type look struct {
	engine  *Engine
	image   Numbered
	tree    *model.Tree
	mine    *claim // what others wait for, once it is known which digest this is
	theirs  *claim // what somebody else looks at already
	passing bool   // what is missing may be there after a while
}

// run gives the row, or the claim of somebody who makes it.
func (l *look) run(caller context.Context) (row fleet.Row, shared *claim) {
	e := l.engine
	ctx, cancel := context.WithCancel(caller)
	defer cancel()
	defer func() {
		if l.mine != nil {
			e.seen.finish(l.mine, row, l.passing)
		}
	}()
	s := session.New(session.Config{
		Discover: e.config.Discover(l.image.Reference), Judge: e.memo, Assess: e.config.Assess, Once: true,
	})
	err := s.Run(ctx, func(event model.Event) { l.observe(event, cancel) })
	switch {
	case l.theirs != nil:
		return fleet.Row{}, l.theirs
	case err != nil:
		kind, problem := e.config.Explain(err)
		l.passing = e.config.Passing != nil && e.config.Passing(kind)
		return e.failed(l.image, kind, problem), nil
	}
	l.passing = stumbled(l.tree)
	l.tree.Judge()
	answer := e.config.Policy(l.tree, l.name())
	return fleet.Judged(l.image.Image, l.image.Index, l.tree, e.config.Columns, answer, e.now()), nil
}

// stumbled reports whether a look-up came to no answer that might come to one: not one that was denied or cut short.
func stumbled(t *model.Tree) bool {
	return slices.ContainsFunc(t.Lookups, func(l model.Lookup) bool { return l.Status == model.LookupFailed })
}

// name is what was judged, in the words of the policy's answer. Other references may share the answer, so it is none of
// them.
func (l *look) name() string {
	if l.tree.Reference != "" {
		return l.tree.Reference
	}
	return l.image.Reference
}

// observe folds an event, stops where somebody else is at work on the same digest, and lets go of bytes that have been
// judged.
func (l *look) observe(event model.Event, stop func()) {
	l.tree.Apply(event)
	switch event := event.(type) {
	case model.Resolved:
		if !strings.Contains(event.Reference, "@") {
			return
		}
		theirs, mine := l.engine.seen.claim(event.Reference)
		if mine != nil {
			l.mine = mine
			return
		}
		l.theirs = theirs
		stop()
	case model.Judged:
		drop(l.tree.Entry(event.ID))
	default:
	}
}

// drop lets go of a node's bytes. What was read of them stays.
func drop(entry *model.Entry) {
	if entry == nil {
		return
	}
	entry.Blob = nil
	if entry.Attestation == nil {
		return
	}
	a := *entry.Attestation
	a.Payload, a.RawPredicate = nil, nil
	a.Statement, a.Nested = outline(a.Statement), outline(a.Nested)
	entry.Attestation = &a
}

func outline(s *model.Statement) *model.Statement {
	if s == nil {
		return nil
	}
	out := *s
	out.Predicate = nil
	return &out
}
