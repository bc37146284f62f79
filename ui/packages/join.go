package packages

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/model/packages/exposure"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// join is what is known of vulnerabilities.
type join struct {
	busy    bool
	version int // of the tree that was joined; 0 before
	joined  *exposure.Joined
	scans   int                      // documents that look for vulnerabilities
	vex     int                      // documents that excuse some
	unread  int                      // documents that are or may be such, and say nothing that can be read
	cut     bool                     // not all that they say was read
	doubts  map[string]int           // scans that prove little by finding nothing, by why
	open    int                      // packages with a vulnerability that is not excused
	outside []exposure.Vulnerability // of what no SBOM here lists
}

type joined struct {
	number  int // of the load that the table is of
	join    join
	table   *packages.Table
	stopped bool
}

// joinAll joins the table with vulnerabilities as soon as it is complete, and again when the tree has changed: whether
// an excuse counts hangs on who signed it.
func (s View) joinAll(on scene.Stage) (View, tea.Cmd) {
	if !s.load.done || s.join.busy || s.sift.table == nil || s.asking {
		return s, nil
	}
	if version := s.join.version; version == s.looked || version != 0 && !on.Tree.Complete {
		return s, nil
	}
	s.join.busy, s.join.version = true, s.looked
	tree, id, table := s.tree, s.from, s.sift.table
	if s.at >= 0 && s.at < len(s.sboms) {
		id = s.sboms[s.at]
	}
	number, version := s.load.number, s.looked
	return s, on.Report(func(ctx context.Context) any {
		j, table := joinPackages(ctx, tree, id, table)
		j.version = version
		return joined{number, j, table, ctx.Err() != nil}
	})
}

// joinPackages finds what a table's packages have.
func joinPackages(ctx context.Context, tree *model.Tree, id string, table *packages.Table) (join, *packages.Table) {
	j := join{doubts: map[string]int{}}
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
		if doubt := r.Doubt(); doubt != "" {
			j.doubts[doubt]++
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
func (s View) hasJoined(r joined) View {
	if r.number != s.load.number || r.stopped {
		return s
	}
	s.join = r.join
	s.sift = s.sift.given(r.table)
	return s
}

// looked reports whether anybody has looked for vulnerabilities, as far as that can be read.
func (j join) looked() bool { return j.scans > 0 || j.open > 0 || len(j.outside) > 0 }

// unsure says what keeps a list of vulnerabilities from being all that is attached, "" if nothing does.
func (j join) unsure() string {
	var said []string
	if j.unread > 0 {
		said = append(said, phrase.Counted(j.unread, "document that is or may be a scan or VEX", "documents that are or may be scans or VEX")+" could not be read")
	}
	for _, doubt := range slices.Sorted(maps.Keys(j.doubts)) {
		said = append(said, phrase.Counted(j.doubts[doubt], "scan", "scans")+" "+doubt)
	}
	if j.cut {
		said = append(said, "there is more in a document than was read")
	}
	return strings.Join(said, "; ")
}

// silence says that nobody looked for vulnerabilities, or that what somebody found cannot be read.
func (j join) silence() (model.Severity, string) {
	if j.unread > 0 {
		return model.SeverityWarning, "Whether there are vulnerabilities is not known here: " + j.unsure() + "."
	}
	return model.SeverityInfo, "No scan is attached: whether there are vulnerabilities is not known here."
}

// vulnsLine is what is known of vulnerabilities. That nobody looked is not that there are none.
func (s View) vulnsLine(on scene.Stage) widget.Line {
	st, j := on.Look.Styles, s.join
	switch {
	case j.busy || j.joined == nil && s.load.done && len(s.problems) == 0:
		return s.quiet(on, safe.Format("%s looking for vulnerabilities in what is attached", on.Look.Spin))
	case j.joined == nil:
		return widget.Line{}
	case !j.looked():
		severity, said := j.silence()
		if severity == model.SeverityInfo {
			return s.quiet(on, safe.Line(said))
		}
		return widget.Notice(st, severity, said, on.Room.W)
	}
	said := []string{phrase.Counted(j.scans, "scan", "scans") + ", " + phrase.Counted(j.vex, "VEX document", "VEX documents")}
	style := st.Text
	if more := j.unsure(); more != "" {
		style, said = st.Warning, append(said, more)
	}
	switch {
	case j.open > 0:
		style = st.Warning
		said = append(said, phrase.Counted(j.open, "package has", "packages have")+" vulnerabilities that nobody trusted excuses")
	case j.unsure() != "":
		said = append(said, "what was read finds none that is not excused")
	default:
		said = append(said, "no package of this list has one that is not excused")
	}
	if n := len(j.outside); n > 0 {
		said = append(said, strconv.Itoa(n)+" in what is not listed")
	}
	var l widget.Line
	l.Add(style, safe.Concat(safe.Spaces(widget.TableMargin), safe.LineMax(strings.Join(said, "; "), on.Room.W)))
	return l
}

// remarks are what was found in no package of an SBOM, and what is odd about the lists.
func (s View) remarks(on scene.Stage) (lines []widget.Line) {
	if list := s.join.outside; len(list) > 0 {
		said := phrase.Counted(len(list), "vulnerability", "vulnerabilities") + " of what no SBOM here lists (" + on.Keys.Verify.Keys()[0] + " shows them):"
		for _, v := range list[:min(len(list), 5)] {
			said += " " + v.ID + " (" + cmp.Or(v.Target, "the image") + ", " + v.Severity.String() + ")"
		}
		lines = append(lines, widget.Notice(on.Look.Styles, model.SeverityWarning, said, on.Room.W))
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
		first = phrase.Counted(n, "remark", "remarks") + " on the lists, the first: " + first
	}
	if n > 0 {
		lines = append(lines, widget.Notice(on.Look.Styles, model.SeverityWarning, first, on.Room.W))
	}
	return lines
}
