package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// spot is where somebody was: on a node, a side of what is known about it, and the scenes over that.
type spot struct {
	node   string
	tab    scene.Tab
	detail bool  // the detail had the focus
	scenes []int // their numbers, the one that was seen last
}

// same reports whether two places are one, wherever in it the focus was.
func (p spot) same(q spot) bool {
	return p.node == q.node && p.tab == q.tab && slices.Equal(p.scenes, q.scenes)
}

// history is through which places somebody came. Its slice is never changed in place.
type history struct {
	places []spot
	at     int // where they are now
}

// How many places are remembered, and how many scenes are kept for them as they were left.
const mostPlaces, mostParked = 100, 8

// here is where one is now.
func (a App) here() spot {
	p := spot{node: a.nodes.selected, tab: a.detail.Tab(), detail: a.focus == paneDetail}
	for _, s := range a.scenes {
		p.scenes = append(p.scenes, s.number)
	}
	return p
}

// remember notes where one is after a key or a click. A step from row to row is no new place, and neither is what a search
// passes over while it is typed.
func (a App) remember(step bool) App {
	if a.overlay != overlayNone || a.nodes.selected == "" {
		return a
	}
	h, now := a.history, a.here()
	switch {
	case len(h.places) == 0:
		h.places = []spot{now}
	case h.places[h.at].same(now), step && h.places[h.at].tab == now.tab && slices.Equal(h.places[h.at].scenes, now.scenes):
		h.places = slices.Clone(h.places)
		h.places[h.at] = now
	default:
		h.places = append(slices.Clip(h.places[:h.at+1]), now)
		h.places = h.places[max(0, len(h.places)-mostPlaces):]
		h.at = len(h.places) - 1
	}
	a.history = h
	return a.prune()
}

// isStep reports whether a key only moves in the tree.
func (a App) isStep(k tea.KeyPressMsg) bool {
	_, covered := a.top()
	return !covered && a.overlay == overlayNone && a.focus == paneTree && !key.Matches(k, a.keys.NextMatch, a.keys.PrevMatch, a.keys.Jump)
}

// travel goes back or forward through where one was.
func (a App) travel(step int) App {
	to := a.history.at + step
	if to < 0 || to >= len(a.history.places) {
		a.note = note{text: safe.Const("this is where you began")}
		if step > 0 {
			a.note = note{text: safe.Const("you have been nowhere after this")}
		}
		return a
	}
	p := a.history.places[to]
	a.history.at = to
	all := slices.Concat(a.parked, a.scenes)
	a.scenes, a.parked = nil, nil
	for _, n := range p.scenes {
		if i := slices.IndexFunc(all, func(s shown) bool { return s.number == n }); i >= 0 {
			a.scenes = append(a.scenes, all[i])
		}
	}
	for _, s := range all {
		if !slices.Contains(p.scenes, s.number) {
			a.parked = append(a.parked, s)
		}
	}
	a.nodes, a.detail, a.focus = a.nodes.reveal(a.tree, p.node), a.detail.Show(p.tab), paneTree
	if p.detail {
		a.focus = paneDetail
	}
	return a
}

// prune ends what is still under way for scenes that nobody can come back to.
func (a App) prune() App {
	var kept []shown
	for i, s := range a.parked {
		known := slices.ContainsFunc(a.history.places, func(p spot) bool { return slices.Contains(p.scenes, s.number) })
		if known && i >= len(a.parked)-mostParked {
			kept = append(kept, s)
		} else {
			s.end()
		}
	}
	a.parked = kept
	return a
}
