package ui

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/diff"
)

type diffSifted struct {
	by    listedBy
	order []int32
}

// sift finds and sorts the rows of the list that is shown, as soon as anything that they depend on has changed.
func (s diffScene) sift(on stage) (diffScene, tea.Cmd) {
	l := &s.lists[s.tab]
	by := l.by(s.number, s.tab)
	if s.report == nil || by == l.asked {
		return s, nil
	}
	l.asked = by
	report := s.report
	return s, on.report(func(context.Context) any { return diffSifted{by, siftDiff(report, by)} })
}

// sifted takes rows, unless others are wanted by now.
func (s diffScene) sifted(r diffSifted) diffScene {
	if l := &s.lists[r.by.tab]; r.by == l.asked && r.by.number == s.number {
		*l = l.sifted(r.order)
	}
	return s
}

// diffFields are what words of a filter may look in.
var diffFields = []string{"is", "area", "way", "type", "name"}

// siftDiff is which rows of a list match what was typed, sorted.
func siftDiff(r *diff.Report, by listedBy) []int32 {
	if by.tab == diffPackages {
		all := r.Packages.Changes
		return listRows(len(all), by, diffFields, func(i int, t term) bool { return packageMatches(all[i], t) },
			func(a, b, column int) int { return comparePackageChanges(all[a], all[b], column) })
	}
	return listRows(len(r.Changes), by, diffFields, func(i int, t term) bool { return changeMatches(r.Changes[i], t) },
		func(a, b, column int) int { return compareChanges(r.Changes[a], r.Changes[b], column) })
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
