package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/survey"
)

// mostSettled is how many verdicts are written to a large tree in one go: a fraction of a frame's worth of work.
const mostSettled = 4000

// judging is what is known of how the judging of a large tree goes on.
type judging struct {
	on      bool           // it is under way
	settle  *model.Judging // what is to be written, as soon as nobody reads
	ended   []int          // streams that ended, and of which something is to be said when all is judged
	weighed weighed        // what came out last
}

// weighed is what is said of a whole tree. It is never changed.
type weighed struct {
	version  int
	counts   counts
	outline  survey.Outline
	verdicts map[string]model.Verdict
	reports  map[string]bool // nodes that have a report of their own
	policy   *model.PolicyAnswer
	changed  string // since everything began to be judged again
}

type (
	// treeFreeMsg says that no command reads the tree any more, or that it is time to go on changing it.
	treeFreeMsg struct{}
	// lookedMsg says that the next part of judging was looked at; with more there is something to write.
	lookedMsg struct {
		of   *model.Judging
		more bool
	}
	// weighedMsg brings what is said of a whole tree.
	weighedMsg struct{ weighed weighed }
)

// knock waits until no command reads the tree.
func (a App) knock() (App, tea.Cmd) {
	if a.knocking {
		return a, nil
	}
	a.knocking = true
	tree := a.shared
	return a, func() tea.Msg {
		tree.Lock()
		defer tree.Unlock()
		return treeFreeMsg{}
	}
}

// goOn comes back as soon as the keys that wait have been answered.
func (a App) goOn() (App, tea.Cmd) {
	if a.knocking {
		return a, nil
	}
	a.knocking = true
	return a, func() tea.Msg { return treeFreeMsg{} }
}

// onTreeFree goes on with what waited for the tree.
func (a App) onTreeFree() (App, tea.Cmd) {
	a.knocking = false
	if a.judging.settle != nil {
		return a.settleJudging()
	}
	a, read := a.readIn()
	if a.tree.Len() >= survey.Many {
		return a, read
	}
	a, judged := a.judge()
	a, cmd := a.onAllEnded()
	return a, tea.Batch(read, judged, cmd)
}

// judge brings verdicts, and what is said of the whole tree, up to date: at once, or in the background where that takes
// long.
func (a App) judge() (App, tea.Cmd) {
	switch {
	case !a.stale || a.judging.on:
		return a, nil
	case a.tree.Len() >= survey.Many:
		a.judging.on, a.stale = true, false
		return a, look(a.shared, a.tree.Judging())
	case !a.shared.TryLock():
		return a.knock()
	}
	defer a.shared.Unlock()
	a.tree.Judge()
	a.counts, a.version, a.stale = count(a.tree), a.tree.Version(), false
	return a, nil
}

// look has the next part of a tree judged.
func look(tree *survey.Shared, j *model.Judging) tea.Cmd {
	return func() tea.Msg {
		tree.RLock()
		defer tree.RUnlock()
		return lookedMsg{j, j.Look()}
	}
}

// onLooked writes what was found out, or has all of it weighed at the end.
func (a App) onLooked(msg lookedMsg) (App, tea.Cmd) {
	if msg.more {
		a.judging.settle = msg.of
		return a.settleJudging()
	}
	tree, t, b := a.shared, a.tree, a.backend
	asks, before := len(a.streams) == 0 && t.Found, a.recheck.before
	return a, func() tea.Msg {
		tree.RLock()
		defer tree.RUnlock()
		w := weigh(t, b, asks)
		w.changed = changes(before, w.verdicts)
		return weighedMsg{w}
	}
}

// settleJudging writes some of what was found out, and comes back for the rest.
func (a App) settleJudging() (App, tea.Cmd) {
	if !a.shared.TryLock() {
		return a.knock()
	}
	defer a.shared.Unlock()
	j := a.judging.settle
	if j.Settle(mostSettled) {
		return a.goOn()
	}
	a.judging.settle = nil
	next := look(a.shared, j)
	if len(a.inbox) == 0 {
		return a, next
	}
	a, read := a.goOn() // what came meanwhile
	return a, tea.Batch(next, read)
}

// weigh is everything that is said of a whole tree, and with asks what the policy says.
func weigh(t *model.Tree, b Backend, asks bool) weighed {
	w := weighed{
		version: t.Version(), counts: count(t), outline: survey.NewOutline(t), verdicts: verdicts(t), reports: judged(t),
	}
	if asks {
		answer := b.Policy(t)
		w.policy = &answer
	}
	return w
}

// onWeighed shows what came out, and judges once more where something came meanwhile.
func (a App) onWeighed(msg weighedMsg) (App, tea.Cmd) {
	w := msg.weighed
	a.judging.on, a.judging.weighed = false, w
	a.counts, a.version = w.counts, w.version
	a.nodes = a.nodes.given(w.outline, w.version, serious(a.tree.Notes))
	if w.policy != nil && !a.stale && len(a.streams) == 0 { // else it may be by whom was trusted before
		a = a.answered(*w.policy)
	}
	if a.stale && (a.tick == nil || len(a.streams) == 0) {
		return a.judge()
	}
	return a.onAllEnded()
}

// onAllEnded says what came of the streams that ended, unless it is still to be judged.
func (a App) onAllEnded() (App, tea.Cmd) {
	if a.stale && a.tree.Len() < survey.Many {
		return a, nil
	}
	var cmds []tea.Cmd
	ended := a.judging.ended
	a.judging.ended = nil
	for _, stream := range ended {
		next, cmd := a.onRechecked(stream)
		a, cmds = next, append(cmds, cmd)
	}
	return a, tea.Batch(cmds...)
}

// verdicts is the standing of every node.
func (a App) verdicts() map[string]model.Verdict {
	if a.tree.Len() >= survey.Many {
		return a.judging.weighed.verdicts
	}
	return verdicts(a.tree)
}

// judged is every node that has a report of its own.
func (a App) judged() map[string]bool {
	if a.tree.Len() >= survey.Many {
		return a.judging.weighed.reports
	}
	return judged(a.tree)
}
