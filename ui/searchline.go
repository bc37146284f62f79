package ui

import (
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// searchLine is where the query is typed. Keys are named as far as there is room for them beside it.
func (a App) searchLine() line {
	s := a.styles
	var l line
	l.add(s.Prompt, a.prompt())
	typed, style := safe.Line(a.query(a.search.place)), s.Text
	if typed.Empty() && a.search.place == searchQuery {
		typed, style = safe.Const("subject.#.digest"), s.Faint
	}
	right := []rows.Part{{Style: s.Quiet, Text: safe.Format("%s  ", a.searchResult())}}
	room := func() int { return a.width - width(l.left) - 1 - width(right) }
	for _, h := range a.searchHints() {
		parts := a.hint(h)
		if room()-width(parts) < min(typed.Width(), a.width/2) {
			break
		}
		right = append(right, parts...)
	}
	if room() < recognisable {
		right[0].Text = right[0].Text.Truncate(max(a.width-width(l.left)-1-recognisable, 8))
	}
	l.add(style, typed.TruncateLeft(max(room(), 0)))
	l.spread(a.width, right...)
	return l
}

// searchHints are the keys that matter while something is typed, the most useful first.
func (a App) searchHints() []hint {
	enter, back := hintFor(a.keys.Enter, safe.Const("keep")), hintFor(a.keys.Back, safe.Const("back"))
	if a.search.place != searchQuery {
		return []hint{enter, back}
	}
	return []hint{hintFor(a.keys.Enter, safe.Const("go there")), {safe.Const("tab"), safe.Const("complete")}, back}
}

// prompt is what stands before what is typed.
func (a App) prompt() safe.Text {
	if a.search.place == searchQuery {
		return safe.Const(" query: ")
	}
	return safe.Const(" /")
}

// searchResult is how many places a search that is being typed has found so far.
func (a App) searchResult() safe.Text {
	found, h := len(a.search.found), hunt{ready: true}
	switch a.search.place {
	case searchPayload:
		h = a.detail.payload.hunt
		found = len(h.found)
	case searchRaw:
		h = a.detail.raw.hunt
		found = len(h.found)
	case searchQuery:
		return a.detail.payload.query.said()
	case searchTree:
	}
	if !h.ready && h.query != "" {
		return safe.Const("searching")
	}
	return matchCount(found)
}
