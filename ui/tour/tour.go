// Package tour leads somebody who has never seen the screen through the demo image: what to do, and what that shows.
//
// It is told what is on screen, and knows neither panes nor views.
package tour

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/scene"
)

// Tour is how far somebody is. It can be left and taken up again.
type Tour struct {
	Shown   bool
	Offered bool // in this run, and neither begun nor refused
	keys    *strings.Replacer
	at      int  // the step; as many as there are when it is over
	passed  bool // the step before this one was just done
}

// New is the tour for somebody who has these keys; shown says whether it begins at once.
func New(keys keymap.Map, shown bool) Tour {
	var names []string
	for _, g := range keys.Table() {
		for _, k := range g.Keys {
			all := strings.Fields(k.Keys)
			names = append(names, "{"+k.Action+"}", all[0], "{all "+k.Action+"}", strings.Join(all, " or "))
		}
	}
	return Tour{Shown: shown, keys: strings.NewReplacer(names...)}
}

// say is a text of the tour with the reader's keys.
func (t Tour) say(text string) string { return t.keys.Replace(text) }

// Place is what is on screen.
type Place struct {
	Node, Root *model.Entry // the selected node, and the image; nil for none
	Tab        scene.Tab
	Learning   model.CheckID // what the learn tab is about, "" for the node
	Followed   int           // steps of its trail that were in sight
	Covered    bool          // something lies over the panes, or a search is being typed
	Trusting   bool          // that is the question whether to trust the signer
	Staged     bool          // a view is in place of the panes
	Breaking   bool          // that is the bench
	Auditing   bool          // that is the audit
}

// selects reports whether a node of that family with that verdict is selected, and not just passed over while a search is
// being typed.
func (at Place) selects(f model.Family, v model.Verdict) bool {
	return at.Node != nil && !at.Covered && model.EntryFamily(at.Node) == f && at.Node.Standing.Verdict == v
}

// reads reports whether a tab is being looked at.
func (at Place) reads(t scene.Tab) bool { return at.Tab == t && !at.Covered && !at.Staged }

// Offer offers the tour, unless it has begun.
func (t Tour) Offer() Tour {
	t.Offered = !t.Shown
	return t
}

// Begin begins the tour, or takes it up again.
func (t Tour) Begin() Tour {
	if t.at >= len(steps) {
		t.at = 0
	}
	t.Shown, t.Offered, t.passed = true, false, false
	return t
}

// Leave hides the tour. Where it was is kept.
func (t Tour) Leave() Tour {
	t.Shown, t.Offered = false, false
	return t
}

// Follow goes on as soon as what a step asks for is so.
func (t Tour) Follow(at Place) Tour {
	for t.at < len(steps) {
		done := steps[t.at].done
		if done == nil || !done(at) {
			return t
		}
		t.at, t.passed = t.at+1, true
	}
	return t
}
