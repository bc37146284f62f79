package ui

import (
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// searchLine is where the query is typed. Keys are named as far as there is room for them beside it.
func (a App) searchLine() widget.Line {
	s := a.Styles
	var l widget.Line
	l.Add(s.Prompt, a.prompt())
	typed, style := safe.Line(a.query(a.search.place)), s.Text
	if typed.Empty() {
		typed, style = a.searchExample(), s.Faint
	}
	right := []rows.Part{{Style: s.Quiet, Text: safe.Format("%s  ", a.searchResult())}}
	room := func() int { return a.Width - widget.Width(l.Left) - 1 - widget.Width(right) }
	for _, h := range a.searchHints() {
		parts := a.hint(h)
		if room()-widget.Width(parts) < min(typed.Width(), a.Width/2) {
			break
		}
		right = append(right, parts...)
	}
	if room() < recognisable {
		right[0].Text = right[0].Text.Truncate(max(a.Width-widget.Width(l.Left)-1-recognisable, 8))
	}
	if a.query(a.search.place) == "" {
		typed = typed.Truncate(max(room(), 0))
	}
	l.Add(style, typed.TruncateLeft(max(room(), 0)))
	l.Spread(a.Width, right...)
	return l
}

// searchExample shows, as long as nothing is typed, how something can be asked.
func (a App) searchExample() safe.Text {
	switch a.search.place {
	case searchQuery:
		return safe.Const("subject.#.digest")
	case searchFilter:
		return safe.Const(":invalid  signer:name  platform:arm64  !:sbom")
	case searchTree, searchBytes:
	}
	return safe.Text{}
}

// searchHints are the keys that matter while something is typed, the most useful first.
func (a App) searchHints() []keymap.Hint {
	enter, back := keymap.HintFor(a.keys.Enter, safe.Const("keep")), keymap.HintFor(a.keys.Back, safe.Const("back"))
	if a.search.place != searchQuery {
		return []keymap.Hint{enter, back}
	}
	return []keymap.Hint{keymap.HintFor(a.keys.Enter, safe.Const("go there")), {Keys: safe.Const("tab"), Does: safe.Const("complete")}, back}
}

// prompt is what stands before what is typed.
func (a App) prompt() safe.Text {
	switch a.search.place {
	case searchQuery:
		return safe.Const(" query: ")
	case searchFilter:
		return safe.Const(" filter: ")
	case searchTree, searchBytes:
	}
	return safe.Const(" /")
}

// searchResult is how many places a search that is being typed has found so far.
func (a App) searchResult() safe.Text {
	switch a.search.place {
	case searchBytes:
		return a.detail.Found()
	case searchQuery:
		return a.detail.QuerySaid()
	case searchFilter:
		return a.nodes.sieve.said()
	case searchTree:
		if a.search.query == "" {
			return safe.Const("titles, digests, signers, types, payloads")
		}
	}
	return a.hitsSaid()
}
