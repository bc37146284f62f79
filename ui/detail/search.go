package detail

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// Searchable reports whether there are bytes on screen to search in.
func (p Pane) Searchable() bool {
	switch p.tab {
	case scene.TabPayload:
		return p.payload.searchable()
	case scene.TabRaw:
		return len(p.raw.content.Bytes) > 0
	case scene.TabSummary, scene.TabChecks, scene.TabSigner, scene.TabLearn, scene.TabCount:
	}
	return false
}

// hunt is the search in the bytes on screen.
func (p Pane) hunt() hunt {
	if p.tab == scene.TabRaw {
		return p.raw.hunt
	}
	return p.payload.hunt
}

// with is the pane with another search in the bytes on screen.
func (p Pane) with(h hunt) Pane {
	if p.tab == scene.TabRaw {
		p.raw.hunt = h
	} else {
		p.payload.hunt = h
	}
	return p
}

// BeginSearch begins to look for something, from where the cursor is.
func (p Pane) BeginSearch() Pane {
	if p.tab == scene.TabRaw {
		return p.with(hunt{before: p.raw.at()})
	}
	return p.with(hunt{before: p.payload.at()})
}

// Search looks for a text, from where the search began.
func (p Pane) Search(text string) (next Pane, cmd tea.Cmd) {
	text = widget.Typable(text)
	if p.tab == scene.TabRaw {
		p.raw, cmd = p.raw.search(text)
	} else {
		p.payload, cmd = p.payload.search(text)
	}
	return p, cmd
}

// LeaveSearch goes back to where the search began, and forgets it.
func (p Pane) LeaveSearch() Pane {
	if p.tab == scene.TabRaw {
		p.raw = p.raw.reveal(p.raw.hunt.before)
	} else {
		p.payload = p.payload.reveal(p.payload.hunt.before)
	}
	return p.EndSearch()
}

// EndSearch forgets what is looked for.
func (p Pane) EndSearch() Pane { return p.with(hunt{}) }

// Searched is what is looked for in the bytes on screen, "" where nothing is.
func (p Pane) Searched() string { return p.hunt().query }

// Found is how many places a search has found so far.
func (p Pane) Found() safe.Text {
	h := p.hunt()
	if !h.ready && h.query != "" {
		return safe.Const("searching")
	}
	return matchCount(len(h.found))
}

// Matches is how many are known by now.
func (p Pane) Matches() int { return len(p.hunt().found) }

// NextMatch goes to the match that many steps on, round the ends.
func (p Pane) NextMatch(step int) Pane {
	if p.tab == scene.TabRaw {
		p.raw = p.raw.next(step)
	} else {
		p.payload = p.payload.next(step)
	}
	return p
}

// GoOn looks once for what a search among the nodes has found in this payload, as soon as that can be seen.
func (p Pane) GoOn(text string) (next Pane, cmd tea.Cmd) {
	t := p.payload
	text = strings.ToLower(text)
	if p.tab != scene.TabPayload || t.went == text || t.hunt.query != "" || t.query.live || !t.searchable() {
		return p, nil
	}
	t.went, t.hunt.before = text, t.at()
	p.payload, cmd = t.search(text)
	return p, cmd
}

// Aim sends the cursor to the value that a path leads to in the payload of a node.
func (p Pane) Aim(node, path string) Pane {
	p.payload.aimed = aim{node, path}
	return p
}

// KeyName is the key of the value under the payload's cursor, as it was written; "" where it has none.
func (p Pane) KeyName() string { return p.payload.name() }
