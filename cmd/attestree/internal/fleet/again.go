package fleet

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/attestree/attestree/model/fleet"
)

// A registry that stumbles is asked once more at the end, when it has had time to recover. One that is gone must not cost
// every one of its images the time that a request waits: after a few failures in a row its images are left for the end
// too, and there a few tell for all.
const (
	mostFailures = 3               // in a row, after which a place's images are left for the end
	mostLeft     = 50              // rows of a place that lack something and wait for the end
	mostAgain    = 2               // in a row at the end, after which its other images are not asked for
	recovery     = 3 * time.Second // from the last failure to the next try
)

// left is an image for the end: with the row that it has so far, or none where nobody has looked yet.
type left struct {
	image Numbered
	row   *fleet.Row
}

// better is the row of a second look, or that of the first where only that one saw the image, and the second says no more
// than that nobody answers now.
func (l left) better(second fleet.Row, passing bool) fleet.Row {
	if passing && second.Problem != "" && l.row != nil && l.row.Problem == "" {
		return *l.row
	}
	return second
}

// place is what is known of one registry.
type place struct {
	failures int       // in a row
	answered bool      // since the last failure
	heard    bool      // of anything, ever
	silent   bool      // it was waited for until the time was over, and nothing was ever heard of it
	tried    bool      // once more, at the end
	why      fleet.Row // of the last failure
	left     []left
}

// places are all of them, by name. Its zero value is ready to use.
type places struct {
	mu    sync.Mutex
	of    map[string]*place
	order []string  // as they came to have something left
	last  time.Time // when something failed or was missing last
}

// at is the place of that name. mu is held.
func (p *places) at(name string) *place {
	if p.of == nil {
		p.of = map[string]*place{}
	}
	if p.of[name] == nil {
		p.of[name] = &place{}
	}
	return p.of[name]
}

// defers reports whether an image is left for the end without a try, and leaves it. Silence costs more than other failures,
// so that one wait is enough.
func (p *places) defers(name string, image Numbered) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.at(name)
	if at.failures < mostFailures && !at.silent {
		return false
	}
	p.leave(name, left{image: image})
	return true
}

// took counts how an image of a place ended, and whether with silence. A row that did not come of the registry's trouble
// ends the count.
func (p *places) took(name string, row fleet.Row, failed, silence bool, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.at(name)
	if at.answered = !failed; at.answered {
		at.failures, at.heard, at.silent = 0, true, false
		return
	}
	at.failures++
	at.why, at.silent = row, silence && !at.heard
	p.last = now
}

// answers reports whether a place has answered since it last failed.
func (p *places) answers(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return name == "" || p.at(name).answered
}

// keeps reports whether a row waits for the end. What a place cannot say of image after image it will not say then either,
// and nobody should wait for rows that are as good as they will be.
func (p *places) keeps(name string, l left, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.row.Problem == "" && len(p.at(name).left) >= mostLeft {
		return false
	}
	p.leave(name, l)
	p.last = now
	return true
}

// leave keeps an image for the end. mu is held.
func (p *places) leave(name string, l left) {
	at := p.at(name)
	if len(at.left) == 0 {
		p.order = append(p.order, name)
	}
	at.left = append(at.left, l)
}

// rows hands on rows, one after another.
type rows struct {
	mu   sync.Mutex
	emit func(fleet.Row)
}

func (r *rows) add(row fleet.Row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.emit(row)
}

// first looks at an image for the first time, unless its place is gone.
func (e *Engine) first(ctx context.Context, image Numbered, out *rows) {
	name := e.place(image)
	if name != "" && e.places.defers(name, image) {
		return
	}
	row, passing := e.look(ctx, image)
	if ctx.Err() != nil {
		return // it may have been cut off: nobody knows
	}
	if name == "" || !passing {
		if name != "" {
			e.places.took(name, row, false, false, e.config.Now())
		}
		out.add(row)
		return
	}
	// A row that says something shows that somebody answers there.
	e.places.took(name, row, row.Problem != "", e.silence(row), e.config.Now())
	if !e.places.keeps(name, left{image, &row}, e.config.Now()) {
		out.add(row)
	}
}

// again looks once more at what was left, each place by itself and several of its images at a time.
func (e *Engine) again(ctx context.Context, out *rows) {
	e.places.mu.Lock()
	order, last := e.places.order, e.places.last
	e.places.mu.Unlock()
	if len(order) == 0 || ctx.Err() != nil {
		return
	}
	worth := slices.ContainsFunc(order, func(name string) bool { return e.places.of[name].worth() })
	if pause := recovery - e.config.Now().Sub(last); worth && pause > 0 && e.config.Wait(ctx, min(pause, recovery)) != nil {
		return
	}
	if e.config.Forgive != nil {
		e.config.Forgive()
	}
	var all sync.WaitGroup
	turns := make(chan struct{}, e.config.InFlight)
	for _, name := range order {
		all.Go(func() { e.placeAgain(ctx, name, turns, out) })
	}
	all.Wait()
}

// worth reports whether a place is looked at once more. One that was silent is asked for an image that nobody has asked it
// for, since the others may have been the trouble, and for nothing else until it answers.
func (at *place) worth() bool {
	return !at.silent || slices.ContainsFunc(at.left, func(l left) bool { return l.row == nil })
}

// silence reports whether a row says that nothing was heard until the time was over.
func (e *Engine) silence(row fleet.Row) bool {
	return row.Problem != "" && e.config.Silence != nil && e.config.Silence(row.ProblemKind)
}

// placeAgain looks once more at one place: first at what nobody has looked at, then at what it stumbled over.
func (e *Engine) placeAgain(ctx context.Context, name string, turns chan struct{}, out *rows) {
	at := e.places.of[name]
	var unseen, stumbled []left
	for _, l := range at.left {
		if l.row == nil {
			unseen = append(unseen, l)
		} else {
			stumbled = append(stumbled, l)
		}
	}
	at.failures = 0
	rest := e.tryAgain(ctx, name, unseen, turns, out)
	if at.silent {
		rest = append(rest, stumbled...)
	} else {
		rest = append(rest, e.tryAgain(ctx, name, stumbled, turns, out)...)
	}
	for _, l := range rest {
		if ctx.Err() != nil {
			return
		}
		out.add(e.givenUp(name, at, l))
	}
}

// tryAgain begins with one image and goes on with more at once, as long as that brings something. rest are those that it
// did not come to.
func (e *Engine) tryAgain(ctx context.Context, name string, waiting []left, turns chan struct{}, out *rows) (rest []left) {
	at := e.places.of[name]
	for len(waiting) > 0 && at.failures < at.mostAgain() {
		batch := waiting[:min(len(waiting), e.batch(at))]
		waiting = waiting[len(batch):]
		var some sync.WaitGroup
		for _, l := range batch {
			select {
			case turns <- struct{}{}:
			case <-ctx.Done():
				some.Wait()
				return nil
			}
			some.Go(func() {
				defer func() { <-turns }()
				row, passing := e.look(ctx, l.image)
				if ctx.Err() != nil {
					return
				}
				// That something is missing still counts only where nothing else is to be had there.
				e.places.took(name, row, passing && (row.Problem != "" || l.row != nil), e.silence(row), e.config.Now())
				out.add(l.better(row, passing))
			})
		}
		some.Wait()
		at.tried = true
	}
	return waiting
}

// mostAgain is after how many failures in a row at the end nobody asks any more. Whoever was silent and is so again is gone.
func (at *place) mostAgain() int {
	if at.silent && at.failures > 0 {
		return 1
	}
	return mostAgain
}

// batch is how many images of a place are looked at together: one, until one has shown that somebody answers there.
func (e *Engine) batch(at *place) int {
	if !at.tried || at.failures > 0 {
		return 1
	}
	return e.config.InFlight
}

// givenUp is the row of an image that is not looked at again: the one that it has, or why nobody asked.
func (e *Engine) givenUp(name string, at *place, l left) fleet.Row {
	if l.row != nil {
		return *l.row
	}
	return e.failed(l.image, at.why.ProblemKind, fmt.Sprintf("not asked, since other images of %s could not be had: %s", name, at.why.Problem))
}

// place is the name of an image's registry, "" where that is not known or nothing is tried again.
func (e *Engine) place(image Numbered) string {
	if e.config.Place == nil || e.config.Passing == nil || image.Problem != "" {
		return ""
	}
	return e.config.Place(image.Reference)
}
