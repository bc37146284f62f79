package learn

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// Tab teaches about the selected node, or about one check of it.
type Tab struct {
	widget.Stops
	leads []lead        // where each stop leads
	about model.CheckID // the check that the page is about, "" for the node
	trail trail
}

// lead is what can be done at a line of the page.
type lead struct {
	what, copies string        // for the clipboard
	visit        scene.Intent  // where enter leads, nil for nowhere
	check        model.CheckID // the check that enter explains, "" for none
	whole        bool          // enter leads back to the page about the node
	step         int           // of the trail, from 1 on; 0 for none
	row          int           // of the page, that enter scrolls to; 0 for none
}

// About is the check that the page is about, "" where it is about the node.
func (t Tab) About() model.CheckID { return t.about }

// On is the page about a check, or with "" that about the node, at its first stop.
func (t Tab) On(id model.CheckID) Tab {
	t.about, t.At = id, 0
	return t
}

// Write makes the page, and its stops. The keys are named in it.
func (t Tab) Write(page *widget.Sheet, keys keymap.Map, tree *model.Tree, e *model.Entry, commands equivalent.Context) Tab {
	at := t.At
	t.Stops, t.leads = widget.Stops{}, nil
	if t.about != "" {
		writer{page, keys}.check(&t, e)
	} else {
		writer{page, keys}.node(&t, tree, e, commands)
	}
	t.At = max(0, min(at, len(t.Lines)-1))
	return t
}

// Key moves from stop to stop of a page that is scrolled, and does what can be done there.
func (t Tab) Key(keys keymap.Map, k tea.KeyPressMsg, scroll rows.Window) (Tab, rows.Window, scene.Intent) {
	if len(t.Lines) > 0 {
		if stops, w, moved := t.Move(keys, k, scroll); moved {
			t.Stops = stops
			return t, w, nil
		}
	}
	if w, moved := keys.Scroll(scroll, k); moved {
		return t, w, nil
	}
	at, top := t.current(), rows.Window{}.Resize(scroll.Height())
	switch {
	case key.Matches(k, keys.Left) && t.about != "":
		return t.On(""), top, nil
	case key.Matches(k, keys.Left):
		return t, scroll, scene.LeavePane{}
	case key.Matches(k, keys.Enter) && at.check != "":
		return t.On(at.check), top, nil
	case key.Matches(k, keys.Enter) && at.row > 0:
		return t.from(at.row), scroll.Wheel(-scroll.Count()).Wheel(at.row), nil
	case key.Matches(k, keys.Enter) && at.whole:
		return t.On(""), top, nil
	case key.Matches(k, keys.Enter) && at.visit != nil:
		return t, scroll, at.visit
	case key.Matches(k, keys.Copy) && at.what == "command" && at.copies != "": // a policy has several lines
		return t, scroll, scene.CopyLines{What: at.what, Text: at.copies}
	case key.Matches(k, keys.Copy) && at.copies != "":
		return t, scroll, scene.CopyText{What: at.what, Text: at.copies}
	}
	return t, scroll, nil
}

// from selects what can be selected first from a row on.
func (t Tab) from(row int) Tab {
	for i, b := range t.Lines {
		if b.First >= row {
			t.At = i
			return t
		}
	}
	return t
}

// current is what the selected stop leads to; its zero value where there is none.
func (t Tab) current() lead {
	if t.At < 0 || t.At >= len(t.leads) {
		return lead{}
	}
	return t.leads[t.At]
}

// stop makes a stop of the lines of a page from one on.
func (t *Tab) stop(first, end int, to lead) {
	if end > first {
		t.Add(first, end)
		t.leads = append(t.leads, to)
	}
}

// Followed is how many computed steps of the trail begin above a row.
func (t Tab) Followed(row int) int {
	n := 0
	for i, to := range t.leads {
		if to.step > 0 && to.step <= t.Done() && t.Lines[i].First < row {
			n++
		}
	}
	return n
}
