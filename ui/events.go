package ui

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// onEvents folds a batch into the tree. A stream that was given up brings nothing any more.
func (a App) onEvents(msg eventsArrivedMsg) (App, tea.Cmd) {
	if _, current := a.streams[msg.stream]; !current {
		return a, nil
	}
	for _, e := range msg.events {
		if msg.stream == 1 || !a.rejudges(e) {
			a.tree.Apply(e)
		}
		if j, is := e.(model.Judged); is && msg.stream == a.recheck.stream {
			delete(a.recheck.left, j.ID) // like the tree, it belongs to the newest screen alone
		}
	}
	a.stale = true
	if a.tick == nil || a.tree.Len() < manyNodes {
		a = a.judge()
	}
	return a, awaitEvents(msg.stream, msg.from)
}

// judge brings verdicts, and what is said of the whole tree, up to date.
func (a App) judge() App {
	if a.stale {
		a.tree.Judge()
		a.counts, a.version, a.stale = count(a.tree), a.tree.Version(), false
	}
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
	return a.judge().onRechecked(msg.stream)
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
		a.recheck = recheck{stream: a.last, what: safe.Const("verified again"), before: verdicts(a.tree), met: a.trust.policy.Satisfied}
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
