package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/model/packages/exposure"
)

// packagesSift is which rows are shown, and in what order. Rows stay on screen until the next ones are found.
type packagesSift struct {
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

type packagesSifted struct {
	by   siftedBy
	view []int32
	err  error // of the filter
}

// given is the sift of another table.
func (f packagesSift) given(t *packages.Table) packagesSift {
	f.table = t
	return f
}

// siftRows finds and sorts rows, as soon as anything that they depend on has changed. What was under way ends.
func (s packagesScene) siftRows(on stage) (packagesScene, tea.Cmd) {
	by := siftedBy{s.sift.table, s.filter.text, s.table.sorted}
	if by.table == nil || by == s.sift.asked {
		return s, nil
	}
	if s.sift.cancel != nil {
		s.sift.cancel()
	}
	ctx, cancel := context.WithCancel(on.ctx)
	s.sift.asked, s.sift.cancel = by, cancel
	return s, on.report(func(context.Context, Backend) any {
		defer cancel()
		return siftPackages(ctx, by)
	})
}

// siftPackages is the rows of a table that a filter asks for, in order.
func siftPackages(ctx context.Context, by siftedBy) packagesSifted {
	q, err := packages.ParseQuery(by.filter)
	if err != nil {
		return packagesSifted{by: by, err: err}
	}
	view, err := by.table.Filter(ctx, q)
	if err != nil {
		return packagesSifted{by: siftedBy{}} // given up
	}
	column, descending := sortedBy(by.sorted)
	if column == packages.ByDocument && !descending {
		return packagesSifted{by: by, view: view}
	}
	if view, err = by.table.Sort(ctx, view, column, descending); err != nil {
		return packagesSifted{by: siftedBy{}}
	}
	return packagesSifted{by: by, view: view}
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
func (s packagesScene) hasSifted(r packagesSifted) packagesScene {
	if r.by != s.sift.asked {
		return s
	}
	s.sift.problem = ""
	if r.err != nil {
		s.sift.problem = r.err.Error()
		return s
	}
	row, any := s.row()
	top := s.table.window.Cursor() == 0 // whoever stays at the top sees what comes first
	s.shown = packagesShown{r.by.table, r.view}
	w := s.table.window.SetCount(len(r.view))
	if at := slices.Index(r.view, int32(row)); any && !top && at >= 0 {
		w = w.To(at)
	}
	s.table.window = w
	return s
}

// packagesJoin is what is known of vulnerabilities.
type packagesJoin struct {
	busy    bool
	version int // of the tree that was joined; 0 before
	joined  *exposure.Joined
	scans   int                      // documents that look for vulnerabilities
	vex     int                      // documents that excuse some
	open    int                      // packages with a vulnerability that is not excused
	outside []exposure.Vulnerability // of what no SBOM here lists
}

type packagesJoined struct {
	number  int // of the load that the table is of
	join    packagesJoin
	table   *packages.Table
	stopped bool
}

// joinAll joins the table with vulnerabilities as soon as it is complete, and again when the tree has changed: whether
// an excuse counts hangs on who signed it.
func (s packagesScene) joinAll(on stage) (packagesScene, tea.Cmd) {
	if !s.load.done || s.join.busy || s.sift.table == nil || s.asking {
		return s, nil
	}
	if version := s.join.version; version == s.looked || version != 0 && !on.tree.Complete {
		return s, nil
	}
	s.join.busy, s.join.version = true, s.looked
	tree, id, table := s.tree, s.from, s.sift.table
	if s.at >= 0 && s.at < len(s.sboms) {
		id = s.sboms[s.at]
	}
	number, version := s.load.number, s.looked
	return s, on.report(func(ctx context.Context, _ Backend) any {
		j, table := joinPackages(ctx, tree, id, table)
		j.version = version
		return packagesJoined{number, j, table, ctx.Err() != nil}
	})
}

// joinPackages finds what a table's packages have.
func joinPackages(ctx context.Context, tree *model.Tree, id string, table *packages.Table) (packagesJoin, *packages.Table) {
	var j packagesJoin
	image, evidence := exposure.Gather(tree, id)
	var reports []*exposure.Report
	for _, e := range evidence {
		r, ok := exposure.Read(e)
		if !ok {
			continue
		}
		reports = append(reports, r)
		if r.Claims() > 0 {
			j.vex++
		}
		if r.Found() > 0 || r.Claims() == 0 {
			j.scans++
		}
	}
	joined, err := exposure.Join(ctx, table, image, reports)
	if err != nil {
		return j, table
	}
	exposures := joined.Exposures()
	for _, e := range exposures {
		if e.Open > 0 {
			j.open++
		}
	}
	j.joined, j.outside = joined, joined.Outside()
	return j, table.WithExposures(exposures)
}

// hasJoined takes what was found, unless other packages are shown by now.
func (s packagesScene) hasJoined(r packagesJoined) packagesScene {
	if r.number != s.load.number || r.stopped {
		return s
	}
	s.join = r.join
	s.sift = s.sift.given(r.table)
	return s
}
