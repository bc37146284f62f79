package fleet

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/fleet"
)

// silentEngine is of a world where whoever gives no answer was waited for.
func (s *stumbling) silentEngine(forgive func()) *Engine {
	e := s.engine()
	e.config.Silence = func(kind string) bool { return kind == "failed" }
	e.config.Forgive = forgive
	return e
}

func TestARegistryThatIsSilentIsWaitedForOnceAndForAnotherImageAtTheEnd(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": always}}
	unasked := 0
	for reference, r := range run(t, s.silentEngine(nil), append(many("a", 500), many("b", 20)...)) {
		switch {
		case reference[:1] == "b" && r.Outcome() != fleet.OutcomeSatisfied, reference[:1] == "a" && r.ProblemKind != "failed":
			t.Errorf("%s: %q", reference, r.Problem)
		case strings.HasPrefix(r.Problem, "not asked, since other images of a could not be had: no answer"):
			unasked++
		}
	}
	if asked := s.tries.Load() - 20; asked != 2 || unasked != 498 {
		t.Errorf("it was asked %d times, and %d say that it was not", asked, unasked)
	}
}

func TestASilentRegistryIsNotWaitedForTwiceForTheSameImage(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": always}}
	rows := run(t, s.silentEngine(nil), many("a", 1))
	if len(rows) != 1 || s.tries.Load() != 1 || len(s.waits) != 0 {
		t.Errorf("%d rows after %d tries; waited %v", len(rows), s.tries.Load(), s.waits)
	}
}

func TestOneImageThatGetsNoAnswerCostsNoOther(t *testing.T) {
	t.Parallel()
	s := &stumbling{broken: map[string]int{"a": 1}}
	for reference, r := range run(t, s.silentEngine(nil), many("a", 100)) {
		if r.Outcome() != fleet.OutcomeSatisfied {
			t.Errorf("%s: %q", reference, r.Problem)
		}
	}
	if s.tries.Load() != 101 {
		t.Errorf("%d tries", s.tries.Load())
	}
}

func TestWhoeverFailedIsForgivenBeforeASecondLookAndNotDuringTheFirst(t *testing.T) {
	t.Parallel()
	s, calls := &stumbling{broken: map[string]int{"a": 2}}, 0
	var before int64
	e := s.engine()
	e.config.Forgive = func() { calls++; before = s.tries.Load() }
	run(t, e, many("a", 5))
	if calls != 1 || before != 5 || s.tries.Load() != 7 {
		t.Errorf("forgiven %d times, after %d of %d tries", calls, before, s.tries.Load())
	}
	whole := &stumbling{}
	e = whole.engine()
	e.config.Forgive = func() { t.Error("nobody failed") }
	run(t, e, many("a", 5))
}
