package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// learnTab teaches about the selected node, or about one check of it.
type learnTab struct {
	widget.Stops
	leads []learnStop   // where each stop leads
	about model.CheckID // the check that the page is about, "" for the node
	trail learnTrail
}

// learnStop is what can be done at a line of the page.
type learnStop struct {
	what, copies string        // for the clipboard
	visit        scene.Intent  // where enter leads, nil for nowhere
	check        model.CheckID // the check that enter explains, "" for none
	whole        bool          // enter leads back to the page about the node
	step         int           // of the trail, from 1 on; 0 for none
	row          int           // of the page, that enter scrolls to; 0 for none
}

// learnTrail follows the bytes, one step after the other.
type learnTrail struct {
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

// stepRecomputedMsg brings what came of one step.
type stepRecomputedMsg struct {
	from   trailFrom
	at     int
	result lesson.Result
}

// recompute computes one step again.
func recompute(from trailFrom, at int, s lesson.Step) tea.Cmd {
	return func() tea.Msg { return stepRecomputedMsg{from, at, s.Recompute()} }
}

// prepareLearn makes the trail, if there is a new one to follow.
func (p detailPane) prepareLearn(tree *model.Tree) (detailPane, tea.Cmd) {
	e := p.entry
	from := trailFrom{
		id: e.Node.ID, tag: e.Node.Tag, blob: len(e.Blob), raw: len(e.Node.Raw), opened: e.Attestation != nil, settled: e.BlobState != model.BlobPending,
	}
	if s := tree.Entry(string(e.Node.Subject)); s != nil {
		from.under = len(s.Node.Raw)
	}
	if p.learn.trail.from == from {
		return p, nil
	}
	p.learn.trail = learnTrail{from: from, steps: lesson.Trail(tree, e)}
	return p, p.learn.trail.next()
}

// next starts the first step that is not computed yet.
func (t learnTrail) next() tea.Cmd {
	if len(t.done) >= len(t.steps) {
		return nil
	}
	return recompute(t.from, len(t.done), t.steps[len(t.done)])
}

// onStep takes what came of a step, unless another trail is followed by now.
func (p detailPane) onStep(msg stepRecomputedMsg) (detailPane, tea.Cmd) {
	t := p.learn.trail
	if msg.from != t.from || msg.at != len(t.done) {
		return p, nil
	}
	t.done = append(t.done[:len(t.done):len(t.done)], msg.result)
	p.learn.trail = t
	return p, t.next()
}

// learnAbout turns to the page about a check, or with "" to that about the node.
func (p detailPane) learnAbout(id model.CheckID) detailPane {
	p = p.show(scene.TabLearn)
	p.learn.about, p.learn.At, p.scroll = id, 0, rows.Window{}.Resize(p.scroll.Height())
	return p
}

// toLearn turns to the tab: from the checks, to the page about the selected one.
func (p detailPane) toLearn() detailPane {
	if r := p.reported(); p.tab == scene.TabChecks && p.check >= 0 && p.check < len(r) {
		return p.learnAbout(r[p.check].ID)
	}
	return p.learnAbout("")
}

// reported are the checks of the node, as far as there are any.
func (p detailPane) reported() []model.Check {
	if p.entry == nil || p.entry.Report == nil {
		return nil
	}
	return p.entry.Report.Checks
}

// learnKey moves from stop to stop, and does what can be done there.
func (p detailPane) learnKey(k tea.KeyPressMsg) (detailPane, scene.Intent) {
	if len(p.learn.Lines) > 0 {
		var moved bool
		if p.learn.Stops, p.scroll, moved = p.learn.Move(p.keys, k, p.scroll); moved {
			return p, nil
		}
	}
	if w, moved := p.keys.Scroll(p.scroll, k); moved {
		p.scroll = w
		return p, nil
	}
	at := p.learn.current()
	switch {
	case key.Matches(k, p.keys.Left) && p.learn.about != "":
		return p.learnAbout(""), nil
	case key.Matches(k, p.keys.Left):
		return p, scene.LeavePane{}
	case key.Matches(k, p.keys.Enter) && at.check != "":
		return p.learnAbout(at.check), nil
	case key.Matches(k, p.keys.Enter) && at.row > 0:
		return p.learnFrom(at.row), nil
	case key.Matches(k, p.keys.Enter) && at.whole:
		return p.learnAbout(""), nil
	case key.Matches(k, p.keys.Enter) && at.visit != nil:
		return p, at.visit
	case key.Matches(k, p.keys.Copy) && at.copies != "":
		if at.what == "command" { // a policy has several lines
			return p, scene.CopyLines{What: at.what, Text: at.copies}
		}
		return p, scene.CopyText{What: at.what, Text: at.copies}
	}
	return p, nil
}

// learnFrom scrolls to a row, and selects what can be selected first from there on.
func (p detailPane) learnFrom(row int) detailPane {
	p.scroll = p.scroll.Wheel(-p.scroll.Count()).Wheel(row)
	for i, b := range p.learn.Lines {
		if b.First >= row {
			p.learn.At = i
			return p
		}
	}
	return p
}

// current is the selected stop; its zero value where there is none.
func (t learnTab) current() learnStop {
	if t.At < 0 || t.At >= len(t.leads) {
		return learnStop{}
	}
	return t.leads[t.At]
}

// stop makes a stop of the lines of a page from one on.
func (t *learnTab) stop(first, end int, s learnStop) {
	if end > first {
		t.Add(first, end)
		t.leads = append(t.leads, s)
	}
}

// write makes the page, and its stops.
func (t learnTab) write(page *widget.Sheet, tree *model.Tree, e *model.Entry, info Info) learnTab {
	at := t.At
	t.Stops, t.leads = widget.Stops{}, nil
	if t.about != "" {
		writer{page}.learnCheck(&t, e)
	} else {
		writer{page}.learnNode(&t, tree, e, info)
	}
	t.At = max(0, min(at, len(t.Lines)-1))
	return t
}

// turn is show for a key that names the tab: learning begins with what is on screen.
func (p detailPane) turn(t scene.Tab) detailPane {
	if t == scene.TabLearn {
		return p.toLearn()
	}
	return p.show(t)
}

// followed is how many computed steps of the trail were in sight or above it.
func (p detailPane) followed() int {
	n := 0
	for i, s := range p.learn.leads {
		if s.step > 0 && s.step <= len(p.learn.trail.done) && p.learn.Lines[i].First < p.scroll.Offset()+p.scroll.Height() {
			n++
		}
	}
	return n
}
