package learn

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/lesson"
)

// trail follows the bytes, one step after the other.
type trail struct {
	from  trailFrom
	steps []lesson.Step
	done  []lesson.Result // of the first steps
}

// trailFrom is what a trail was made from; it is made again when any of it changes.
type trailFrom struct {
	id, tag          string
	blob, raw, under int // bytes
	opened, settled  bool
}

// StepMsg brings what came of one step.
type StepMsg struct {
	from   trailFrom
	at     int
	result lesson.Result
}

// Follow makes the trail of a node, if there is a new one to follow, and starts its first step.
func (t Tab) Follow(tree *model.Tree, e *model.Entry) (Tab, tea.Cmd) {
	from := trailFrom{
		id: e.Node.ID, tag: e.Node.Tag, blob: len(e.Blob), raw: len(e.Node.Raw), opened: e.Attestation != nil, settled: e.BlobState != model.BlobPending,
	}
	if s := tree.Entry(string(e.Node.Subject)); s != nil {
		from.under = len(s.Node.Raw)
	}
	if t.trail.from == from {
		return t, nil
	}
	t.trail = trail{from: from, steps: lesson.Trail(tree, e)}
	return t, t.trail.next()
}

// Done is how many steps of the trail are computed.
func (t Tab) Done() int { return len(t.trail.done) }

// next starts the first step that is not computed yet.
func (t trail) next() tea.Cmd {
	at := len(t.done)
	if at >= len(t.steps) {
		return nil
	}
	from, step := t.from, t.steps[at]
	return func() tea.Msg { return StepMsg{from, at, step.Recompute()} }
}

// Take takes what came of a step, unless another trail is followed by now, and starts the next.
func (t Tab) Take(msg StepMsg) (Tab, tea.Cmd) {
	now := t.trail
	if msg.from != now.from || msg.at != len(now.done) {
		return t, nil
	}
	now.done = append(now.done[:len(now.done):len(now.done)], msg.result)
	t.trail = now
	return t, now.next()
}
