package diff

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

type sifted struct {
	by    widget.ListedBy
	order []int32
}

// sift finds and sorts the rows of the list that is shown, as soon as anything that they depend on has changed.
func (s View) sift(on scene.Stage) (View, tea.Cmd) {
	l := &s.lists[s.tab]
	by := l.By(s.number, s.tab)
	if s.report == nil || by == l.Asked {
		return s, nil
	}
	l.Asked = by
	report := s.report
	return s, on.Report(func(context.Context) any { return sifted{by, siftDiff(report, by)} })
}

// sifted takes rows, unless others are wanted by now.
func (s View) sifted(r sifted) View {
	if l := &s.lists[r.by.Tab]; r.by == l.Asked && r.by.Number == s.number {
		*l = l.Sifted(r.order)
	}
	return s
}

// fields are what words of a filter may look in.
var fields = []string{"is", "area", "way", "type", "name"}

// siftDiff is which rows of a list match what was typed, sorted.
func siftDiff(r *diff.Report, by widget.ListedBy) []int32 {
	if by.Tab == diffPackages {
		all := r.Packages.Changes
		return widget.ListRows(len(all), by, fields, func(i int, t widget.Term) bool { return packageMatches(all[i], t) },
			func(a, b, column int) int { return comparePackageChanges(all[a], all[b], column) })
	}
	return widget.ListRows(len(r.Changes), by, fields, func(i int, t widget.Term) bool { return changeMatches(r.Changes[i], t) },
		func(a, b, column int) int { return compareChanges(r.Changes[a], r.Changes[b], column) })
}

func changeMatches(c diff.Change, t widget.Term) bool {
	switch t.Field {
	case "is":
		return t.In(string(c.Weight), string(c.Way))
	case "way":
		return t.In(string(c.Way))
	case "area":
		return t.In(string(c.Area), areaName(c.Area))
	case "name":
		return t.In(c.What)
	case "type":
		return t.In(c.Detail)
	}
	return t.In(changeName(c), c.Before, c.After, areaName(c.Area), string(c.Way))
}

func packageMatches(c diff.PackageChange, t widget.Term) bool {
	switch t.Field {
	case "is", "way", "area":
		return t.In(string(c.Way))
	case "name":
		return t.In(c.Name)
	case "type":
		return t.In(c.Type)
	}
	return t.In(c.Name, c.Before, c.After, string(c.Way))
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
