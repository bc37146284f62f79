package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// listing is a table of which some rows are shown, as a filter that is typed and the order want it. Which those are is
// found in the background; until then the rows that were found before stay.
type listing struct {
	table  table
	filter edit
	typing bool // the filter has the keys
	order  []int32
	asked  listedBy
}

// listedBy is what rows are found and sorted by.
type listedBy struct {
	number, tab int // of what they are rows of
	filter      string
	sorted      int
}

// by is what rows are to be found by.
func (l listing) by(number, tab int) listedBy {
	return listedBy{number, tab, l.filter.text, l.table.sorted}
}

// afresh is the listing of other rows, filtered and sorted as it was.
func (l listing) afresh() listing {
	l.order, l.typing = nil, false
	l.table.window = l.table.window.SetCount(0)
	return l
}

// selected is the row under the cursor.
func (l listing) selected() (at int, any bool) {
	if c := l.table.window.Cursor(); c < len(l.order) {
		return int(l.order[c]), true
	}
	return 0, false
}

// sifted takes rows that were found. The cursor stays on its row where that is still there; whoever is at the top sees what
// comes first.
func (l listing) sifted(order []int32) listing {
	at, any := l.selected()
	top := l.table.window.Cursor() == 0
	l.order = order
	l.table.window = l.table.window.SetCount(len(order))
	if to := slices.Index(order, int32(at)); any && !top && to >= 0 {
		l.table.window = l.table.window.To(to)
	}
	return l
}

// key moves and sorts, and types the filter. It reports whether the key was for that.
func (l listing) key(keys keyMap, k tea.KeyPressMsg) (listing, bool) {
	if l.typing {
		return l.typingKey(keys, k)
	}
	var used bool
	if l.table, used = l.table.key(keys, k); used {
		return l, true
	}
	if l.table, used = l.table.sort(keys, k); used {
		return l, true
	}
	switch {
	case key.Matches(k, keys.Filter):
		l.typing = true
	case key.Matches(k, keys.Back) && l.filter.text != "":
		l.filter = edit{}
	default:
		return l, false
	}
	return l, true
}

// typingKey types the filter. Keys that move work meanwhile.
func (l listing) typingKey(keys keyMap, k tea.KeyPressMsg) (listing, bool) {
	switch {
	case key.Matches(k, keys.Enter):
		l.typing = false
	case key.Matches(k, keys.Back):
		l.typing, l.filter = false, edit{}
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		l.table, _ = l.table.key(keys, k)
	default:
		var taken bool
		l.filter, taken = l.filter.key(k)
		return l, taken
	}
	return l, true
}

// click selects a row, or sorts by a column.
func (l listing) click(x, y int) listing {
	var head int
	if l.table, head = l.table.click(x, y); head >= 0 {
		l.table = l.table.by(head)
	}
	return l
}

// listRows is which of n rows have every word of a filter, sorted. Fields are what a word such as "is:worse" may look in.
func listRows(n int, by listedBy, fields []string, matches func(i int, t term) bool, compare func(a, b, column int) int) []int32 {
	terms := termsOf(by.filter, fields)
	out := make([]int32, 0, n)
	for i := range n {
		if !slices.ContainsFunc(terms, func(t term) bool { return !matches(i, t) }) {
			out = append(out, int32(i))
		}
	}
	if by.sorted == 0 {
		return out
	}
	column, sign := max(by.sorted, -by.sorted)-1, 1
	if by.sorted < 0 {
		sign = -1
	}
	slices.SortStableFunc(out, func(a, b int32) int { return sign * compare(int(a), int(b), column) })
	return out
}

// term is one word of a filter: a field with what it should contain, or any text.
type term struct{ field, text string }

// termsOf reads a filter: words, all of which must be found; a word such as "is:worse" looks in one of the fields.
func termsOf(filter string, fields []string) (terms []term) {
	for word := range strings.FieldsSeq(strings.ToLower(filter)) {
		if name, text, found := strings.Cut(word, ":"); found && slices.Contains(fields, name) {
			terms = append(terms, term{name, text})
			continue
		}
		terms = append(terms, term{"", word})
	}
	return terms
}

// in reports whether one of the texts has the word.
func (t term) in(texts ...string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), t.text) })
}
