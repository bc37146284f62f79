package ui

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/model/packages/exposure"
	"github.com/attestree/attestree/ui/safe"
)

// packagesJoin is what is known of vulnerabilities.
type packagesJoin struct {
	busy    bool
	version int // of the tree that was joined; 0 before
	joined  *exposure.Joined
	scans   int                      // documents that look for vulnerabilities
	vex     int                      // documents that excuse some
	unread  int                      // documents that are or may be such, and say nothing that can be read
	cut     bool                     // not all that they say was read
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
	return s, on.report(func(ctx context.Context) any {
		j, table := joinPackages(ctx, tree, id, table)
		j.version = version
		return packagesJoined{number, j, table, ctx.Err() != nil}
	})
}

// joinPackages finds what a table's packages have.
func joinPackages(ctx context.Context, tree *model.Tree, id string, table *packages.Table) (packagesJoin, *packages.Table) {
	var j packagesJoin
	image, evidence := exposure.Gather(tree, id)
	j.unread = len(exposure.Unread(tree, id))
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
		if r.Scan() {
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
	j.joined, j.outside, j.cut = joined, joined.Outside(), joined.Truncated
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

// looked reports whether anybody has looked for vulnerabilities, as far as that can be read.
func (j packagesJoin) looked() bool { return j.scans > 0 || j.open > 0 || len(j.outside) > 0 }

// unsure says what keeps a list of vulnerabilities from being all that is attached, "" if nothing does.
func (j packagesJoin) unsure() string {
	var said []string
	if j.unread > 0 {
		said = append(said, counted(j.unread, "document that is or may be a scan or VEX", "documents that are or may be scans or VEX")+" could not be read")
	}
	if j.cut {
		said = append(said, "there is more in a document than was read")
	}
	return strings.Join(said, "; ")
}

// silence says that nobody looked for vulnerabilities, or that what somebody found cannot be read.
func (j packagesJoin) silence() (model.Severity, string) {
	if j.unread > 0 {
		return model.SeverityWarning, "Whether there are vulnerabilities is not known here: " + j.unsure() + "."
	}
	return model.SeverityInfo, "No scan is attached: whether there are vulnerabilities is not known here."
}

// vulnsLine is what is known of vulnerabilities. That nobody looked is not that there are none.
func (s packagesScene) vulnsLine(on stage) line {
	st, j := on.look.styles, s.join
	switch {
	case j.busy || j.joined == nil && s.load.done && len(s.problems) == 0:
		return s.quiet(on, safe.Format("%s looking for vulnerabilities in what is attached", on.look.spin))
	case j.joined == nil:
		return line{}
	case !j.looked():
		severity, said := j.silence()
		if severity == model.SeverityInfo {
			return s.quiet(on, safe.Line(said))
		}
		return noticed(st, severity, said, on.room.w)
	}
	said := []string{counted(j.scans, "scan", "scans") + ", " + counted(j.vex, "VEX document", "VEX documents")}
	style := st.Text
	if more := j.unsure(); more != "" {
		style, said = st.Warning, append(said, more)
	}
	switch {
	case j.open > 0:
		style = st.Warning
		said = append(said, counted(j.open, "package has", "packages have")+" vulnerabilities that nobody trusted excuses")
	case j.unsure() != "":
		said = append(said, "what was read finds none that is not excused")
	default:
		said = append(said, "no package of this list has one that is not excused")
	}
	if n := len(j.outside); n > 0 {
		said = append(said, strconv.Itoa(n)+" in what is not listed")
	}
	var l line
	l.add(style, safe.Concat(safe.Spaces(tableMargin), safe.LineMax(strings.Join(said, "; "), on.room.w)))
	return l
}

// remarks are what was found in no package of an SBOM, and what is odd about the lists.
func (s packagesScene) remarks(on stage) (lines []line) {
	if list := s.join.outside; len(list) > 0 {
		said := counted(len(list), "vulnerability", "vulnerabilities") + " of what no SBOM here lists (" + on.keys.Verify.Help().Key + " shows them):"
		for _, v := range list[:min(len(list), 5)] {
			said += " " + v.ID + " (" + cmp.Or(v.Target, "the image") + ", " + v.Severity.String() + ")"
		}
		lines = append(lines, noticed(on.look.styles, model.SeverityWarning, said, on.room.w))
	}
	n, first := 0, ""
	for _, id := range s.load.wanted {
		for _, f := range s.odd[id] {
			if f.Severity != model.SeverityInfo {
				n, first = n+1, cmp.Or(first, f.Message)
			}
		}
	}
	if n > 1 {
		first = counted(n, "remark", "remarks") + " on the lists, the first: " + first
	}
	if n > 0 {
		lines = append(lines, noticed(on.look.styles, model.SeverityWarning, first, on.room.w))
	}
	return lines
}
