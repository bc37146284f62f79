package ui

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
)

// mostApplied is how many events are folded into the tree in one go: a fraction of a frame's worth of work.
const mostApplied = 400

// onEvents takes a batch. A stream that was given up brings nothing any more.
func (a App) onEvents(msg eventsArrivedMsg) (App, tea.Cmd) {
	if _, current := a.streams[msg.stream]; !current {
		return a, nil
	}
	a.inbox = append(slices.Clip(a.inbox), msg)
	a, read := a.readIn()
	if a.tick != nil && a.tree.Len() >= survey.Many {
		return a, read
	}
	a, judged := a.judge()
	return a, tea.Batch(read, judged)
}

// readIn folds what came into the tree, unless a command reads that. The next batch of a stream is asked for when the
// last one is read.
func (a App) readIn() (App, tea.Cmd) {
	if len(a.inbox) == 0 || a.knocking {
		return a, nil
	}
	if !a.shared.TryLock() {
		return a.knock()
	}
	defer a.shared.Unlock()
	var cmds []tea.Cmd
	for left := mostApplied; len(a.inbox) > 0 && left > 0; {
		msg := a.inbox[0]
		n := min(left, len(msg.events))
		if _, current := a.streams[msg.stream]; current {
			a, left = a.apply(msg.stream, msg.events[:n]), left-n
		}
		if n < len(msg.events) {
			msg.events = msg.events[n:]
			a.inbox = append([]eventsArrivedMsg{msg}, a.inbox[1:]...)
			continue
		}
		a.inbox = a.inbox[1:]
		cmds = append(cmds, awaitEvents(msg.stream, msg.from))
	}
	if len(a.inbox) > 0 {
		next, cmd := a.goOn()
		a, cmds = next, append(cmds, cmd)
	}
	return a, tea.Batch(cmds...)
}

// apply folds events into the tree.
func (a App) apply(stream int, events []model.Event) App {
	for _, e := range events {
		if stream == 1 || !a.rejudges(e) {
			a.tree.Apply(e)
		}
		if j, is := e.(model.Judged); is && stream == a.recheck.stream {
			a.recheck = a.recheck.with(j.ID)
		}
	}
	a.stale = true
	return a
}

// rejudges reports whether an event begins to judge again what has a verdict: that stays in sight until the next comes.
func (a App) rejudges(e model.Event) bool {
	started, is := e.(model.VerifyStarted)
	if !is {
		return false
	}
	entry := a.tree.Entry(started.ID)
	return entry != nil && entry.Report != nil
}

func (a App) onStreamEnded(msg streamEndedMsg) (App, tea.Cmd) {
	cancel, current := a.streams[msg.stream]
	if !current {
		return a, nil
	}
	// The context of the first stream is that of everything, which goes on.
	if msg.stream != 1 {
		cancel()
	}
	a.streams = maps.Clone(a.streams)
	delete(a.streams, msg.stream)
	a.judging.ended = append(slices.Clip(a.judging.ended), msg.stream) // something is said when all is judged
	if a.tree.Len() >= survey.Many {
		a.stale = true
		return a.judge()
	}
	a, judged := a.judge()
	a, cmd := a.onAllEnded()
	return a, tea.Batch(judged, cmd)
}

// verify judges nodes again, all of them when ids is nil.
func (a App) verify(ids []string) (App, tea.Cmd) {
	switch {
	case !a.tree.Found:
		a.note = note{text: noteStillLooking}
		return a, nil
	case ids == nil:
		return a.recheckAll(safe.Const("verified again"))
	}
	a, cmd := a.startVerify(ids)
	if a.recheck.stream == 0 {
		a.recheck = recheck{stream: a.last, what: safe.Const("verified again"), before: a.verdicts(), met: a.trust.Policy.Satisfied}
	}
	return a, cmd
}

// startVerify starts another stream. What is being judged anyway goes on beside it, except that judging everything takes
// the place of judging parts.
func (a App) startVerify(ids []string) (App, tea.Cmd) {
	a.streams = maps.Clone(a.streams)
	if ids == nil {
		for stream, cancel := range a.streams {
			if stream != 1 {
				cancel()
				delete(a.streams, stream)
			}
		}
	}
	a.last++
	ctx, cancel := context.WithCancel(a.ctx)
	a.streams[a.last] = cancel
	return a, verifyNodes(ctx, a.backend, a.last, ids)
}
