package diff

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// kind is what sort of thing is compared.
type kind int

const (
	nothing       kind = iota
	diffSource         // another source
	diffPlatforms      // two platforms of this image
	diffMarked         // two nodes
)

// wanted is what is to be compared. before and after are IDs of nodes, where both sides are in this tree.
type wanted struct {
	kind          kind
	name          string // for a person
	before, after string
}

// run is one comparison under way.
type run struct {
	wanted   wanted
	number   int // changes with what is wanted: what comes back for another one is dropped
	started  bool
	cancel   context.CancelFunc
	progress diff.Progress
	version  int    // of the tree that was compared
	failed   string // why there is no answer
}

// step is how far a comparison is, and where the rest comes from.
type step struct {
	number   int
	progress diff.Progress
	from     <-chan diff.Progress
	ended    bool
	turned   bool // before and after are swapped
}

// start begins the comparison that is wanted, as soon as everything that is attached here has been looked at: before that
// something would seem to be lost.
func (s View) start(on scene.Stage) (View, tea.Cmd) {
	r := &s.run
	switch {
	case s.asking() || r.started:
		return s, nil
	case s.report != nil: // it is to be turned round
		r.started = true
		number, report, turned := r.number, s.report, !s.turned
		return s, on.Report(func(context.Context) any {
			other := report.Swapped()
			return step{number: number, progress: diff.Progress{Report: &other}, turned: turned, ended: true}
		})
	case !on.Tree.Complete:
		return s, nil
	}
	ctx, cancel := context.WithCancel(on.Ctx)
	r.started, r.cancel, r.version = true, cancel, on.Version
	b, number, wanted := s.backend, r.number, r.wanted
	return s, on.ReportOn(func(_ context.Context, tree *model.Tree) any {
		if wanted.kind == diffSource {
			return awaitDiff(number, b.Compare(ctx, tree, wanted.name))
		}
		report, err := compareHere(ctx, tree, wanted)
		return step{number: number, progress: diff.Progress{Report: report, Err: err}, ended: true}
	})
}

func awaitDiff(number int, from <-chan diff.Progress) step {
	p, more := <-from
	return step{number: number, progress: p, from: from, ended: !more}
}

// compareHere compares two parts of one tree.
func compareHere(ctx context.Context, tree *model.Tree, wanted wanted) (*diff.Report, error) {
	if wanted.kind == diffMarked {
		r := diff.CompareNodes(tree, wanted.before, wanted.after)
		return &r, nil
	}
	var sides [2]diff.Side
	for i, id := range []string{wanted.before, wanted.after} {
		side, _ := diff.FromPlatform(tree, id)
		if err := side.ReadContentsOf(ctx, tree, id); err != nil {
			return nil, err
		}
		sides[i] = side
	}
	r := diff.Compare(sides[0], sides[1])
	return &r, nil
}

// stepped takes what came, unless something else is wanted by now.
func (s View) stepped(on scene.Stage, step step) (scene.Scene, tea.Cmd) {
	r := &s.run
	if step.number != r.number {
		return s, nil
	}
	switch p := step.progress; {
	case p.Report != nil:
		s.number++
		s.report, s.turned, s.worse = p.Report, step.turned, countWorse(p.Report)
		s.lists = [2]widget.Listing{s.lists[0].Afresh(), s.lists[1].Afresh()}
		if p.Report.Packages == nil {
			s.tab = changes
		}
		return s, nil
	case p.Err != nil:
		r.failed = p.Err.Error()
		return s, nil
	case step.ended:
		if s.report == nil && r.failed == "" {
			r.failed = "it came to no end"
		}
		return s, nil
	}
	r.progress = step.progress
	number, from := step.number, step.from
	return s, on.Report(func(context.Context) any { return awaitDiff(number, from) })
}

// want compares with something else; what was under way ends.
func (s View) want(w wanted) View {
	if s.run.cancel != nil {
		s.run.cancel()
	}
	s.run = run{wanted: w, number: s.run.number + 1}
	s.report, s.turned, s.tab, s.lists, s.detail = nil, false, changes, [2]widget.Listing{}, widget.Details{}
	return s
}

// again compares once more, with the image as it is judged now.
func (s View) again() View { return s.want(s.run.wanted) }

// askAgain asks what to compare with.
func (s View) askAgain() View {
	s = s.want(wanted{})
	s.ask = ask{}
	return s
}

// swap turns before and after round. That is another comparison, which is made from what was read.
func (s View) swap() View {
	s.run.number++
	s.run.started = false
	return s
}
