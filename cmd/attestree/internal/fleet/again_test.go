package fleet

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
)

// stumbling is a world in which some repositories give no answer, as often as is said, and some look-ups fail.
type stumbling struct {
	world
	mu     sync.Mutex
	broken map[string]int // by repository: how often it gives no answer
	halves map[string]int // and how often a look-up fails
	tries  atomic.Int64
	waits  []time.Duration
}

func (s *stumbling) engine() *Engine {
	return s.world.engine(func(c *Config) {
		c.Place = func(reference string) string { return reference[:1] }
		c.Passing = func(kind string) bool { return kind == "failed" }
		c.Now = func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
		c.Wait = func(_ context.Context, d time.Duration) error { s.waits = append(s.waits, d); return nil }
		c.Discover = func(reference string) session.Discover {
			inner := s.discover(reference)
			return func(ctx context.Context, emit func(model.Event)) error {
				s.tries.Add(1)
				if s.less(s.broken, reference[:1]) {
					return errors.New("no answer")
				}
				if err := inner(ctx, emit); err != nil {
					return err
				}
				if s.less(s.halves, reference[:1]) {
					emit(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Status: model.LookupFailed}})
				}
				return nil
			}
		}
	})
}

// less reports whether a repository still fails, and counts.
func (s *stumbling) less(of map[string]int, repository string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of[repository] == 0 {
		return false
	}
	of[repository]--
	return true
}

const always = 1 << 30

// many are so many images of a repository, no two alike.
func many(repository string, count int) []Numbered {
	var references []string
	for i := range count {
		references = append(references, fmt.Sprintf("%s%d:%d", repository, i, 1+i%9))
	}
	return list(references...)
}

func TestWhatARegistryStumbledOverIsTriedOnceMoreAtTheEnd(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": 2}, halves: map[string]int{"b": 1}}
	images := append(many("a", 5), many("b", 5)...)
	var order []string
	rows := map[string]fleet.Row{}
	if err := s.engine().Run(t.Context(), images, func(r fleet.Row) { order = append(order, r.Reference); rows[r.Reference] = r }); err != nil {
		t.Fatal(err)
	}
	for reference, r := range rows {
		if r.Outcome() != fleet.OutcomeSatisfied || !r.Complete {
			t.Errorf("%s: %s %v", reference, r.Problem, r.Missed)
		}
	}
	if len(order) != 10 || len(rows) != 10 || s.tries.Load() != 13 || len(s.waits) != 1 || s.waits[0] != recovery {
		t.Errorf("%d rows of %d images after %d tries; waited %v", len(order), len(rows), s.tries.Load(), s.waits)
	}
}

func TestARegistryThatIsGoneIsNotAskedForEveryImage(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": always}}
	rows := run(t, s.engine(), append(many("a", 500), many("b", 20)...))
	unasked := 0
	for reference, r := range rows {
		switch {
		case reference[:1] == "b" && r.Outcome() != fleet.OutcomeSatisfied, reference[:1] == "a" && (r.Problem == "" || r.ProblemKind != "failed"):
			t.Errorf("%s: %q", reference, r.Problem)
		case strings.HasPrefix(r.Problem, "not asked, since other images of a could not be had: no answer"):
			unasked++
		}
	}
	// Three in a row, those under way meanwhile, and two at the end.
	if asked := s.tries.Load() - 20; asked > 3+3+2 || unasked < 490 {
		t.Errorf("it was asked %d times, and %d say that it was not", asked, unasked)
	}
}

func TestARegistryThatGivesNoAnswerHoldsNobodyElsesImages(t *testing.T) {
	t.Parallel()
	s := &stumbling{world: world{wait: map[string]chan struct{}{}}, broken: map[string]int{}}
	silent, others := many("a", 40), many("b", 40)
	release := make(chan struct{})
	for _, image := range silent {
		s.wait[image.Reference] = release
	}
	seen := 0
	err := s.engine().Run(t.Context(), append(silent, others...), func(r fleet.Row) {
		if seen++; seen == len(others) {
			close(release) // only now does the silent one answer
		}
		if (r.Reference[:1] == "b") != (seen <= len(others)) {
			t.Errorf("row %d is of %s", seen, r.Reference)
		}
	})
	if err != nil || seen != 80 {
		t.Errorf("%d rows: %v", seen, err)
	}
}

func TestARegistryThatComesBackIsAskedForAll(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": mostFailures}}
	for reference, r := range run(t, s.engine(), many("a", 100)) {
		if r.Outcome() != fleet.OutcomeSatisfied {
			t.Errorf("%s: %q", reference, r.Problem)
		}
	}
}

func TestALookUpThatFailsForGoodIsNoReasonToAskForNothing(t *testing.T) {
	t.Parallel()
	s := &stumbling{halves: map[string]int{"a": always}}
	for reference, r := range run(t, s.engine(), many("a", 50)) {
		if r.Problem != "" || r.Complete || r.Verdict != "trusted" {
			t.Errorf("%s: %q, %s, complete: %v", reference, r.Problem, r.Verdict, r.Complete)
		}
	}
	if tries := s.tries.Load(); tries != 50+mostAgain {
		t.Errorf("%d tries", tries)
	}
}

func TestRowsThatWillNotGetBetterAreNotHeldBack(t *testing.T) {
	t.Parallel()
	s := &stumbling{halves: map[string]int{"a": always}}
	e, early, waited := s.engine(), 0, false
	e.config.Wait = func(context.Context, time.Duration) error { waited = true; return nil }
	err := e.Run(t.Context(), many("a", 500), func(fleet.Row) {
		if !waited {
			early++
		}
	})
	if err != nil || early != 500-mostLeft {
		t.Errorf("%v, %d rows before the end", err, early)
	}
}

func TestWhatWaitsForTheEndHasNoRowWhereTheRunIsStopped(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": always}}
	ctx, cancel := context.WithCancel(t.Context())
	e := s.engine()
	e.config.Wait = func(context.Context, time.Duration) error { cancel(); return ctx.Err() }
	rows := 0
	if err := e.Run(ctx, many("a", 10), func(fleet.Row) { rows++ }); !errors.Is(err, context.Canceled) || rows != 0 {
		t.Errorf("%v, %d rows", err, rows)
	}
}

func TestTagsOfADigestThatStumbledAreAllTriedAgain(t *testing.T) {
	t.Parallel()
	s := &stumbling{halves: map[string]int{"a": 1}}
	for reference, r := range run(t, s.engine(), list("ax:1", "ay:1", "az:1")) {
		if !r.Complete {
			t.Errorf("%s: %v", reference, r.Missed)
		}
	}
}

func TestWhatWasJudgedIsNotLostWhereTheRegistryIsGoneAtTheEnd(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{}, halves: map[string]int{"a": 1}}
	e := s.engine()
	e.config.Wait = func(context.Context, time.Duration) error { s.broken["a"] = always; return nil }
	for reference, r := range run(t, e, many("a", 3)) {
		if r.Problem != "" || r.Verdict != "trusted" {
			t.Errorf("%s: %q, %s", reference, r.Problem, r.Verdict)
		}
	}
}
