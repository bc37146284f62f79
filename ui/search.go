package ui

import (
	"slices"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

// searchPlace is what is searched: the tree, or the bytes that the detail shows.
type searchPlace int

const (
	searchTree searchPlace = iota
	searchPayload
	searchRaw
	searchQuery // a question to the payload
)

// searchBox is a search that is typed, and what the last one in the tree was.
type searchBox struct {
	place  searchPlace // of what is being typed
	query  string      // in the tree
	before string      // the node that was selected when the search began, to return to
	found  []string
}

// mostQuery bounds what is typed or pasted, in characters.
const mostQuery = 200

// beginSearch searches what has the focus: bytes, where there are some, else the tree.
func (a App) beginSearch() App {
	a.overlay = overlaySearch
	a.detail.payload = a.detail.payload.endQuery()
	switch a.hunting() {
	case searchPayload:
		a.search.place, a.detail.payload.hunt = searchPayload, hunt{before: a.detail.payload.at()}
	case searchRaw:
		a.search.place, a.detail.raw.hunt = searchRaw, hunt{before: a.detail.raw.at()}
	case searchTree:
		a.search = searchBox{before: a.nodes.selected}
		a.nodes.query = ""
	case searchQuery:
	}
	return a
}

// hunting is where a search would look now.
func (a App) hunting() searchPlace {
	switch {
	case a.focus != paneDetail:
	case a.detail.tab == tabPayload && a.detail.payload.searchable():
		return searchPayload
	case a.detail.tab == tabRaw && len(a.detail.raw.content.bytes) > 0:
		return searchRaw
	}
	return searchTree
}

// query is what is looked for in a place.
func (a App) query(place searchPlace) string {
	switch place {
	case searchPayload:
		return a.detail.payload.hunt.query
	case searchRaw:
		return a.detail.raw.hunt.query
	case searchQuery:
		return a.detail.payload.query.text
	case searchTree:
	}
	return a.search.query
}

// onSearchKey edits the query; every change goes to the nearest match at once.
func (a App) onSearchKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	if a.search.place == searchQuery {
		return a.onQueryKey(k)
	}
	query := a.query(a.search.place)
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
		return a.leaveSearch(), nil
	case key.Matches(k, a.keys.Enter):
		a.overlay = overlayNone
		if a.search.place == searchTree {
			a.focus = paneTree
		}
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(query)
		return a.searchFor(query[:len(query)-size])
	case k.String() == "ctrl+u":
		return a.searchFor("")
	case k.Text != "":
		return a.searchFor(query + k.Text)
	}
	return a, nil
}

// leaveSearch ends a search that is being typed, and goes back to where it began.
func (a App) leaveSearch() App {
	switch a.search.place {
	case searchPayload:
		a.detail.payload = a.detail.payload.reveal(a.detail.payload.hunt.before)
	case searchRaw:
		a.detail.raw = a.detail.raw.reveal(a.detail.raw.hunt.before)
	case searchTree:
		a.nodes = a.nodes.reveal(a.tree, a.search.before)
	case searchQuery:
	}
	return a.endSearch(a.search.place)
}

// endSearch forgets what was looked for in a place.
func (a App) endSearch(place searchPlace) App {
	switch place {
	case searchPayload:
		a.detail.payload.hunt = hunt{}
	case searchRaw:
		a.detail.raw.hunt = hunt{}
	case searchTree:
		a.nodes.query, a.search = "", searchBox{}
	case searchQuery:
		a.detail.payload = a.detail.payload.endQuery()
		a.detail.payload.query.text = ""
	}
	return a
}

// onPaste adds pasted text to the query, where one is being typed. Nothing else takes pasted text.
func (a App) onPaste(msg tea.PasteMsg) (App, tea.Cmd) {
	if a.overlay != overlaySearch {
		if s, open := a.top(); open {
			a = a.withScene(s.number, s.scene.paste(msg.Content))
		}
		return a, nil
	}
	return a.searchFor(a.query(a.search.place) + msg.Content)
}

// searchFor looks for another text in the place where one is being typed.
func (a App) searchFor(query string) (next App, cmd tea.Cmd) {
	query = typable(query)
	switch a.search.place {
	case searchPayload:
		a.detail.payload, cmd = a.detail.payload.search(query)
	case searchRaw:
		a.detail.raw, cmd = a.detail.raw.search(query)
	case searchTree:
		a = a.searchNodes(query)
	case searchQuery:
		a.detail.payload, cmd = a.detail.payload.ask(query)
	}
	return a, cmd
}

func (a App) searchNodes(query string) App {
	a.search.query, a.nodes.query = query, query
	a.search.found = matches(a.tree, query)
	if len(a.search.found) == 0 {
		a.nodes = a.nodes.reveal(a.tree, a.search.before)
		return a
	}
	a.nodes = a.nodes.reveal(a.tree, matchFrom(a.tree, a.search.before, a.search.found))
	return a
}

// matchFrom is the first match at or after a node in tree order, round the end if need be. found is not empty.
func matchFrom(tree *model.Tree, start string, found []string) string {
	first, passed, at := "", false, 0
	tree.Walk(func(e *model.Entry) {
		passed = passed || e.Node.ID == start
		if at < len(found) && found[at] == e.Node.ID {
			at++
			if passed && first == "" {
				first = e.Node.ID
			}
		}
	})
	if first == "" {
		return found[0]
	}
	return first
}

// nextMatch goes to the next match in the bytes that have the focus, where there is a search in them, else in the tree.
func (a App) nextMatch(step int) App {
	switch place := a.hunting(); {
	case a.query(place) == "":
	case place == searchPayload:
		a.detail.payload = a.detail.payload.next(step)
		return a
	case place == searchRaw:
		a.detail.raw = a.detail.raw.next(step)
		return a
	}
	return a.nextNode(step)
}

// nextNode goes to the match before or after the selected node, and round the ends.
func (a App) nextNode(step int) App {
	if a.search.query == "" {
		a.note = note{text: noteNoSearch}
		return a
	}
	a.search.found = matches(a.tree, a.search.query)
	n := len(a.search.found)
	if n == 0 {
		return a
	}
	at := slices.Index(a.search.found, a.nodes.selected)
	switch {
	case at >= 0:
		at = (at + step + n) % n
	case step < 0:
		at = n - 1
	default:
		at = 0
	}
	a.nodes = a.nodes.reveal(a.tree, a.search.found[at])
	a.focus = paneTree
	return a
}
