package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/diff"
)

// diffList is the rows of one list that are on screen, and how they were found.
type diffList struct {
	table  table
	filter edit
	typing bool
	order  []int32
	asked  diffBy
}

// diffBy is what rows are found and sorted by.
type diffBy struct {
	number, tab int
	filter      string
	sorted      int
}

type diffSifted struct {
	by    diffBy
	order []int32
}

// afresh is the list of another report, filtered and sorted as it was.
func (l diffList) afresh() diffList {
	l.order, l.typing = nil, false
	l.table.window = l.table.window.SetCount(0)
	return l
}

// selected is the row under the cursor, as a place in the report.
func (l diffList) selected() (at int, any bool) {
	if c := l.table.window.Cursor(); c < len(l.order) {
		return int(l.order[c]), true
	}
	return 0, false
}

// sift finds and sorts the rows of the list that is shown, as soon as anything that they depend on has changed.
func (s diffScene) sift(on stage) (diffScene, tea.Cmd) {
	l := &s.lists[s.tab]
	by := diffBy{s.number, s.tab, l.filter.text, l.table.sorted}
	if s.report == nil || by == l.asked {
		return s, nil
	}
	l.asked = by
	report := s.report
	return s, on.report(func(context.Context, Backend) any { return diffSifted{by, siftDiff(report, by)} })
}

// sifted takes rows, unless others are wanted by now. The cursor stays on its row where that is still there.
func (s diffScene) sifted(r diffSifted) diffScene {
	l := &s.lists[r.by.tab]
	if r.by != l.asked || r.by.number != s.number {
		return s
	}
	at, any := l.selected()
	top := l.table.window.Cursor() == 0
	l.order = r.order
	l.table.window = l.table.window.SetCount(len(r.order))
	if to := slices.Index(r.order, int32(at)); any && !top && to >= 0 {
		l.table.window = l.table.window.To(to)
	}
	return s
}

// siftDiff is which rows of a list match what was typed, sorted.
func siftDiff(r *diff.Report, by diffBy) []int32 {
	if by.tab == diffPackages {
		all := r.Packages.Changes
		return siftRows(len(all), by, func(i int, t term) bool { return packageMatches(all[i], t) },
			func(a, b, column int) int { return comparePackageChanges(all[a], all[b], column) })
	}
	return siftRows(len(r.Changes), by, func(i int, t term) bool { return changeMatches(r.Changes[i], t) },
		func(a, b, column int) int { return compareChanges(r.Changes[a], r.Changes[b], column) })
}

func siftRows(n int, by diffBy, matches func(i int, t term) bool, compare func(a, b, column int) int) []int32 {
	terms := termsOf(by.filter, "is", "area", "way", "type", "name")
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
func termsOf(filter string, fields ...string) (terms []term) {
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

func changeMatches(c diff.Change, t term) bool {
	switch t.field {
	case "is":
		return t.in(string(c.Weight), string(c.Way))
	case "way":
		return t.in(string(c.Way))
	case "area":
		return t.in(string(c.Area), areaName(c.Area))
	case "name":
		return t.in(c.What)
	case "type":
		return t.in(c.Detail)
	}
	return t.in(changeName(c), c.Before, c.After, areaName(c.Area), string(c.Way))
}

func packageMatches(c diff.PackageChange, t term) bool {
	switch t.field {
	case "is", "way", "area":
		return t.in(string(c.Way))
	case "name":
		return t.in(c.Name)
	case "type":
		return t.in(c.Type)
	}
	return t.in(c.Name, c.Before, c.After, string(c.Way))
}

// Columns of the changes, and of the packages.
const (
	changeArea = iota
	changeWhat
	changeWay
	changeBefore
	changeAfter
)

const (
	packageWay = iota
	packageWhich
	packageBefore
	packageAfter
	packageKind
)

func compareChanges(a, b diff.Change, column int) int {
	switch column {
	case changeWhat: // what asks for attention first
		return cmp.Or(cmp.Compare(weightOrder(a.Weight), weightOrder(b.Weight)), cmp.Compare(changeName(a), changeName(b)))
	case changeWay:
		return cmp.Compare(a.Way, b.Way)
	case changeBefore:
		return cmp.Compare(a.Before, b.Before)
	case changeAfter:
		return cmp.Compare(a.After, b.After)
	}
	return cmp.Compare(slices.Index(diff.Areas, a.Area), slices.Index(diff.Areas, b.Area))
}

func comparePackageChanges(a, b diff.PackageChange, column int) int {
	switch column {
	case packageWhich:
		return cmp.Compare(a.Name, b.Name)
	case packageBefore:
		return cmp.Compare(a.Before, b.Before)
	case packageAfter:
		return cmp.Compare(a.After, b.After)
	case packageKind:
		return cmp.Compare(a.Type, b.Type)
	}
	return cmp.Compare(slices.Index(diff.PackageWays, a.Way), slices.Index(diff.PackageWays, b.Way))
}

// weightOrder is how early a weight is read.
func weightOrder(w diff.Weight) int {
	return slices.Index([]diff.Weight{diff.Worse, diff.Look, diff.Better, diff.Neutral}, w)
}
