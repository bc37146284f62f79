package ui

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/widget"
)

// searchPlace is what is searched: the tree, or the bytes that the detail shows.
type searchPlace int

const (
	searchTree searchPlace = iota
	searchBytes
	searchQuery  // a question to the payload
	searchFilter // which nodes are shown
)

// searchBox is a search that is typed, and what the last one in the tree was.
type searchBox struct {
	place  searchPlace // of what is being typed
	query  string      // in the tree
	before string      // the node that was selected when the search began, to return to
	hits   nodeHits
}

// beginSearch searches what has the focus: bytes, where there are some, else the tree.
func (a App) beginSearch() App {
	a.overlay = overlaySearch
	a.detail = a.detail.EndQuery()
	if a.hunting() == searchBytes {
		a.search.place, a.detail = searchBytes, a.detail.BeginSearch()
		return a
	}
	a.search = searchBox{before: a.nodes.selected, hits: nodeHits{number: a.search.hits.number}}
	a.nodes.query = ""
	return a
}

// hunting is where a search would look now.
func (a App) hunting() searchPlace {
	if a.focus == paneDetail && a.detail.Searchable() {
		return searchBytes
	}
	return searchTree
}

// query is what is looked for in a place.
func (a App) query(place searchPlace) string {
	switch place {
	case searchBytes:
		return a.detail.Searched()
	case searchQuery:
		return a.detail.Asked()
	case searchFilter:
		return a.nodes.sieve.text
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
		if a.search.place == searchFilter && a.nodes.sieve.query.Empty() {
			a = a.endFilter()
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
	case searchBytes:
		a.detail = a.detail.LeaveSearch()
	case searchTree:
		a.nodes = a.nodes.reveal(a.tree, a.search.before)
	case searchFilter:
		before := a.nodes.sieve.before
		a = a.endFilter()
		a.nodes = a.nodes.reveal(a.tree, before)
	case searchQuery:
	}
	return a.endSearch(a.search.place)
}

// endSearch forgets what was looked for in a place.
func (a App) endSearch(place searchPlace) App {
	switch place {
	case searchBytes:
		a.detail = a.detail.EndSearch()
	case searchTree:
		a.nodes.query, a.search = "", searchBox{hits: nodeHits{number: a.search.hits.number}}
	case searchFilter:
		a = a.endFilter()
	case searchQuery:
		a.detail = a.detail.ForgetQuery()
	}
	return a
}

// onPaste adds pasted text to the query, where one is being typed. Nothing else takes pasted text.
func (a App) onPaste(msg tea.PasteMsg) (App, tea.Cmd) {
	if a.overlay == overlayPalette {
		a.palette.edit = a.palette.edit.Insert(msg.Content)
		return a, nil
	}
	if a.overlay == overlayExport && a.export.Typing() {
		a.export = a.export.Paste(msg.Content)
		return a, nil
	}
	if a.overlay != overlaySearch {
		if s, open := a.top(); open {
			a = a.withScene(s.number, s.scene.Paste(msg.Content))
		}
		return a, nil
	}
	return a.searchFor(a.query(a.search.place) + msg.Content)
}

// searchFor looks for another text in the place where one is being typed.
func (a App) searchFor(query string) (next App, cmd tea.Cmd) {
	query = widget.Typable(query)
	switch a.search.place {
	case searchBytes:
		a.detail, cmd = a.detail.Search(query)
	case searchTree:
		a.search.query, a.nodes.query = query, query
		if query == "" {
			a.nodes = a.nodes.reveal(a.tree, a.search.before)
		}
	case searchFilter:
		a = a.filterFor(query)
	case searchQuery:
		a.detail, cmd = a.detail.Ask(query)
	}
	return a, cmd
}

// nextMatch goes to the next match in the bytes that have the focus, where there is a search in them, else in the tree.
func (a App) nextMatch(step int) App {
	if a.hunting() == searchBytes && a.detail.Searched() != "" {
		a.detail = a.detail.NextMatch(step)
		return a
	}
	return a.nextNode(step)
}
