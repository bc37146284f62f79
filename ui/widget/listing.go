package widget

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
)

// Listing is a table of which some rows are shown, as a filter that is typed and the order want it. Which those are is
// found in the background; until then the rows that were found before stay.
type Listing struct {
	Filtering
	Table Table
	Order []int32
	Asked ListedBy
}

// ListedBy is what rows are found and sorted by.
type ListedBy struct {
	Number, Tab int // of what they are rows of
	Filter      string
	Sorted      int
}

// By is what rows are to be found by.
func (l Listing) By(number, tab int) ListedBy {
	return ListedBy{number, tab, l.Filter.Text, l.Table.Sorted}
}

// Afresh is the listing of other rows, filtered and sorted as it was.
func (l Listing) Afresh() Listing {
	l.Order, l.Typing = nil, false
	l.Table.Window = l.Table.Window.SetCount(0)
	return l
}

// Selected is the row under the cursor.
func (l Listing) Selected() (at int, any bool) {
	if c := l.Table.Window.Cursor(); c < len(l.Order) {
		return int(l.Order[c]), true
	}
	return 0, false
}

// Sifted takes rows that were found. The cursor stays on its row where that is still there; whoever is at the top sees what
// comes first.
func (l Listing) Sifted(order []int32) Listing {
	at, any := l.Selected()
	top := l.Table.Window.Cursor() == 0
	l.Order = order
	l.Table.Window = l.Table.Window.SetCount(len(order))
	if to := slices.Index(order, int32(at)); any && !top && to >= 0 {
		l.Table.Window = l.Table.Window.To(to)
	}
	return l
}

// Key moves and sorts, and types the filter. It reports whether the key was for that.
func (l Listing) Key(keys keymap.Map, k tea.KeyPressMsg) (next Listing, used bool) {
	if l.Typing {
		l.Filtering, l.Table, used = l.TypeOver(l.Table, keys, k)
		return l, used
	}
	if l.Table, used = l.Table.Key(keys, k); used {
		return l, true
	}
	if l.Table, used = l.Table.Sort(keys, k); used {
		return l, true
	}
	switch {
	case key.Matches(k, keys.Filter):
		l.Typing = true
	case key.Matches(k, keys.Back) && l.Filter.Text != "":
		l.Filter = Edit{}
	default:
		return l, false
	}
	return l, true
}

// Click selects a row, or sorts by a column.
func (l Listing) Click(x, y int) Listing {
	var head int
	if l.Table, head = l.Table.Click(x, y); head >= 0 {
		l.Table = l.Table.By(head)
	}
	return l
}

// ListRows is which of n rows have every word of a filter, sorted. Fields are what a word such as "is:worse" may look in.
func ListRows(n int, by ListedBy, fields []string, matches func(i int, t Term) bool, compare func(a, b, column int) int) []int32 {
	terms := termsOf(by.Filter, fields)
	out := make([]int32, 0, n)
	for i := range n {
		if !slices.ContainsFunc(terms, func(t Term) bool { return !matches(i, t) }) {
			out = append(out, int32(i))
		}
	}
	if by.Sorted == 0 {
		return out
	}
	column, sign := max(by.Sorted, -by.Sorted)-1, 1
	if by.Sorted < 0 {
		sign = -1
	}
	slices.SortStableFunc(out, func(a, b int32) int { return sign * compare(int(a), int(b), column) })
	return out
}

// Term is one word of a filter: a field with what it should contain, or any text.
type Term struct{ Field, Text string }

// termsOf reads a filter: words, all of which must be found; a word such as "is:worse" looks in one of the fields.
func termsOf(filter string, fields []string) (terms []Term) {
	for word := range strings.FieldsSeq(strings.ToLower(filter)) {
		if name, text, found := strings.Cut(word, ":"); found && slices.Contains(fields, name) {
			terms = append(terms, Term{name, text})
			continue
		}
		terms = append(terms, Term{"", word})
	}
	return terms
}

// In reports whether one of the texts has the word.
func (t Term) In(texts ...string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), t.Text) })
}
