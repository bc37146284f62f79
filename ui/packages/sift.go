package packages

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/scene"
)

// sift is which rows are shown, and in what order. Rows stay on screen until the next ones are found.
type sift struct {
	table   *packages.Table // the newest, of which rows are to be found
	asked   siftedBy        // what was asked for last
	cancel  context.CancelFunc
	problem string // why the filter cannot be understood
}

// siftedBy is what rows are found and sorted by.
type siftedBy struct {
	table  *packages.Table
	filter string
	sorted int
}

type sifted struct {
	by   siftedBy
	view []int32
	err  error // of the filter
}

// given is the sift of another table.
func (f sift) given(t *packages.Table) sift {
	f.table = t
	return f
}

// siftRows finds and sorts rows, as soon as anything that they depend on has changed. What was under way ends.
func (s View) siftRows(on scene.Stage) (View, tea.Cmd) {
	by := siftedBy{s.sift.table, s.Filter.Text, s.table.Sorted}
	if by.table == nil || by == s.sift.asked {
		return s, nil
	}
	if s.sift.cancel != nil {
		s.sift.cancel()
	}
	ctx, cancel := context.WithCancel(on.Ctx)
	s.sift.asked, s.sift.cancel = by, cancel
	return s, on.Report(func(context.Context) any {
		defer cancel()
		return siftPackages(ctx, by)
	})
}

// siftPackages is the rows of a table that a filter asks for, in order; all of them where it cannot be understood.
func siftPackages(ctx context.Context, by siftedBy) sifted {
	q, problem := packages.ParseQuery(by.filter)
	view, err := by.table.Filter(ctx, q)
	if err != nil {
		return sifted{by: siftedBy{}} // given up
	}
	column, descending := sortedBy(by.sorted)
	if column == packages.ByDocument && !descending {
		return sifted{by: by, view: view, err: problem}
	}
	if view, err = by.table.Sort(ctx, view, column, descending); err != nil {
		return sifted{by: siftedBy{}}
	}
	return sifted{by: by, view: view, err: problem}
}

// sortedBy is what a column of the screen is sorted by. Of vulnerabilities the gravest come first.
func sortedBy(sorted int) (column packages.Column, descending bool) {
	if sorted == 0 {
		return packages.ByDocument, false
	}
	switch max(sorted, -sorted) - 1 {
	case packageName:
		return packages.ByName, sorted < 0
	case packageVersion:
		return packages.ByVersion, sorted < 0
	case packageLicence:
		return packages.ByLicence, sorted < 0
	case packageType:
		return packages.ByType, sorted < 0
	case packageVulns:
		return packages.BySeverity, sorted > 0
	}
	return packages.ByDocument, sorted < 0
}

// hasSifted takes rows, unless others are wanted by now. The cursor stays on its package where that is still there.
func (s View) hasSifted(r sifted) View {
	if r.by != s.sift.asked {
		return s
	}
	s.sift.problem = ""
	if r.err != nil {
		s.sift.problem = r.err.Error()
	}
	row, any := s.row()
	top := s.table.Window.Cursor() == 0 // whoever stays at the top sees what comes first
	s.shown = shown{r.by.table, r.view}
	w := s.table.Window.SetCount(len(r.view))
	if at := slices.Index(r.view, int32(row)); any && !top && at >= 0 {
		w = w.To(at)
	}
	s.table.Window = w
	return s
}
