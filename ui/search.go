package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

// searchBox is the search in the tree.
type searchBox struct {
	query  string
	before string // the node that was selected when the search began, to return to
	found  []string
}

// mostQuery bounds what is typed or pasted, in characters.
const mostQuery = 200

// onSearchKey edits the query; every change goes to the nearest match at once.
func (a App) onSearchKey(k tea.KeyPressMsg) App {
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
		a.nodes.query = ""
		a.nodes = a.nodes.reveal(a.tree, a.search.before)
		a.search = searchBox{}
	case key.Matches(k, a.keys.Enter):
		a.overlay = overlayNone
		a.focus = paneTree
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(a.search.query)
		a = a.searchFor(a.search.query[:len(a.search.query)-size])
	case k.String() == "ctrl+u":
		a = a.searchFor("")
	case k.Text != "":
		a = a.searchFor(a.search.query + k.Text)
	}
	return a
}

// onPaste adds pasted text to the query, where one is being typed. Nothing else takes pasted text.
func (a App) onPaste(msg tea.PasteMsg) App {
	if a.overlay != overlaySearch {
		return a
	}
	return a.searchFor(a.search.query + msg.Content)
}

func (a App) searchFor(query string) App {
	query = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, query)
	if r := []rune(query); len(r) > mostQuery {
		query = string(r[:mostQuery])
	}
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

// nextMatch goes to the match before or after the selected node, and round the ends.
func (a App) nextMatch(step int) App {
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
