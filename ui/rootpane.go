package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// rootPane is the overlay that asks for a newer trusted root. It says whom it would ask, and asks nobody before that is
// confirmed.
type rootPane struct {
	keys    keymap.Map
	nobody  string // why nobody can be asked, "" where somebody can
	stage   rootStage
	cancel  context.CancelFunc // ends the asking
	before  []model.TrustRoot  // by which everything was judged when it was asked
	change  string             // what came of it
	problem string             // why nothing did
	board   widget.Board
}

// rootStage is how far the asking is.
type rootStage int

const (
	rootOffered  rootStage = iota
	rootAsking             // until an answer comes, even after it was stopped: the answer may be on its way
	rootStopping           // stopped, and not ended yet
	rootAnswered
)

// nobodyAsked says why nobody can be asked for a newer trusted root in a run, "" where somebody can.
func nobodyAsked(of Info) string {
	switch {
	case of.Demo:
		return "The demo has a trusted root of its own, which nobody else knows, and opens no connection."
	case of.Offline:
		return "This run is offline. Open it once more without --offline, or run attestree trust update when there is a network."
	}
	return ""
}

// asking reports whether the answer is still to come.
func (p rootPane) asking() bool { return p.stage == rootAsking || p.stage == rootStopping }

// opened is the pane as it stands when somebody opens it: an answer that was seen is no answer to the next question.
func (p rootPane) opened() rootPane {
	if p.asking() {
		return p
	}
	return rootPane{keys: p.keys, nobody: p.nobody}
}

func (p rootPane) prepare(roots []model.TrustRoot, spin safe.Text, w, h int, s *theme.Styles) rootPane {
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	closes := keymap.HintFor(p.keys.Back, safe.Const("closes"))
	p.board.Hints = []keymap.Hint{closes}
	switch {
	case p.asking():
		sheet.Put(s.Strong, safe.Format("%s asking…", spin))
		sheet.Sentence("Everything stays as it is until an answer has come and was authenticated.", s.Quiet, 0)
		p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Back, safe.Const("stop"))}
	case p.problem != "":
		sheet.Sentence("The trusted root stays as it is.", s.Strong, 0)
		sheet.Sentence("No newer one could be had: "+p.problem, s.Bad, 0)
	case p.stage == rootAnswered:
		p.answer(&sheet, roots)
	case p.nobody != "":
		sheet.Sentence("Nobody is asked for a newer trusted root.", s.Strong, 0)
		sheet.Sentence(p.nobody, s.Text, 0)
	default:
		sheet.Sentence("Ask for the newest trusted root?", s.Strong, 0)
		sheet.Sentence("The mirror of its instance is asked, by The Update Framework (TUF). Nothing else is sent: not "+
			"what is looked at here, and not what was found. If the root has changed, every node is judged again by the "+
			"new one, in this run and in those to come.", s.Text, 0)
		p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("ask")), keymap.HintFor(p.keys.Back, safe.Const("cancel"))}
	}
	sheet.Heading(safe.Const("Judged by"))
	page.Roots(&sheet, roots)
	p.board = p.board.Set(safe.Const("Trusted root"), sheet.Lines, nil, w, h, widget.BoardWidth)
	return p
}

// answer says what came of asking.
func (p rootPane) answer(sheet *widget.Sheet, now []model.TrustRoot) {
	s := sheet.Styles
	sheet.Sentence(p.change, s.Strong, 0)
	if sameRoots(p.before, now) {
		sheet.Sentence("It is what everything was judged by already, so nothing is judged again.", s.Text, 0)
		return
	}
	sheet.Sentence("It has changed: every node is judged again.", s.Text, 0)
	sheet.Heading(safe.Const("Judged by before"))
	page.Roots(sheet, p.before)
}

// onRootKey asks, or stops asking.
func (a App) onRootKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	switch {
	case key.Matches(k, a.keys.Back, a.keys.Root):
		a.overlay = overlayNone
		if a.root.asking() {
			a.root.cancel()
			a.root.stage = rootStopping
		}
	case key.Matches(k, a.keys.Enter) && a.root.nobody != "":
		a.overlay = overlayNone
	case key.Matches(k, a.keys.Enter) && a.root.stage == rootOffered:
		ctx, cancel := context.WithCancel(a.ctx)
		a.root.stage, a.root.cancel, a.root.before = rootAsking, cancel, a.trust.Roots
		return a, updateRoot(ctx, cancel, a.backend)
	case key.Matches(k, a.keys.Enter) && a.root.stage == rootAnswered:
		a.overlay = overlayNone
	default:
		a.root.board = a.root.board.Key(a.keys, k)
	}
	return a, nil
}

// onRootUpdated has everything judged again if the roots are others than before, also where somebody stopped the asking
// too late: what is shown must be by what is trusted.
func (a App) onRootUpdated(msg rootUpdatedMsg) (App, tea.Cmd) {
	stopped := a.root.stage == rootStopping
	a.root.stage, a.root.change = rootAnswered, cmp.Or(msg.change, "The trusted root was asked for.")
	what := safe.LineMax(a.root.change, 2*phrase.MostName)
	switch {
	case msg.err != nil && stopped && errors.Is(msg.err, context.Canceled):
		a.root.stage, a.note = rootOffered, note{text: safe.Const("not asked any further: the trusted root stays as it is")}
	case msg.err != nil:
		a.root.problem = msg.err.Error()
		a.note = a.failure(safe.Const("the trusted root stays as it is"), msg.err)
	default:
		a.note = note{text: what}
	}
	a = a.readTrust()
	if sameRoots(a.root.before, a.trust.Roots) {
		return a, nil
	}
	return a.recheckAll(what)
}

// sameRoots reports whether two lists judge alike: where a root came from, and when, changes no verdict.
func sameRoots(a, b []model.TrustRoot) bool {
	return slices.EqualFunc(a, b, func(x, y model.TrustRoot) bool { return x.Name == y.Name && x.SHA256 == y.SHA256 })
}
