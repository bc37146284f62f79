package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

var diffHeadings = [2][]heading{
	diffChanges: {
		changeArea:   {name: safe.Const("Area"), least: 13, most: 13, keep: true},
		changeWhat:   {name: safe.Const("What"), least: 18, most: 36, keep: true},
		changeWay:    {name: safe.Const("How"), least: 7, most: 7},
		changeBefore: {name: safe.Const("Before"), least: 14},
		changeAfter:  {name: safe.Const("After"), least: 14},
	},
	diffPackages: {
		packageWay:    {name: safe.Const("How"), least: 12, most: 12, keep: true},
		packageWhich:  {name: safe.Const("Package"), least: 14, most: 44, keep: true},
		packageBefore: {name: safe.Const("Before"), least: 10, most: 32},
		packageAfter:  {name: safe.Const("After"), least: 10, most: 32},
		packageKind:   {name: safe.Const("Type"), least: 6, most: 10},
	},
}

// headings are the columns of the list that is shown. Before and after share what the others leave.
func (s diffScene) headings(on stage) []heading {
	columns := slices.Clone(diffHeadings[s.tab])
	if s.tab == diffChanges {
		left := on.room.w - tableMargin - 2*tableGap
		for _, c := range columns[:changeBefore] {
			left -= c.most + tableGap
		}
		columns[changeBefore].most = max(left/2, columns[changeBefore].least)
	}
	return columns
}

// diffTall is the height of the frame from which on both sides have a line, and what limits the comparison has some.
const diffTall = 16

// head says what is compared, and how far that is. With a report its last line is that of the two lists.
func (s diffScene) head(on stage) []line {
	st := on.look.styles
	switch {
	case s.run.failed != "":
		page := sheet{width: max(on.room.w-tableMargin-1, 1), styles: st}
		page.sentence(s.run.failed, st.Text, 0)
		page.gap()
		page.sentence("Enter asks again.", st.Quiet, 0)
		l := on.look.lead(true)
		l.add(st.Bad, safe.Format("%s could not be compared", st.Glyphs.Error))
		return append([]line{l}, under(page.lines)...)
	case s.report == nil:
		l := on.look.lead(true)
		l.add(st.Quiet, safe.Format("%s %s", on.look.spin, s.underWay()))
		return []line{l}
	}
	r := s.report
	var out []line
	if on.room.h >= diffTall {
		out = append(out, s.sideLine(on, safe.Const("before"), r.Before), s.sideLine(on, safe.Const("after"), r.After))
		most := on.room.h / 8
		for i, n := range r.Notes[:min(len(r.Notes), most)] {
			if i == most-1 && len(r.Notes) > most {
				n = fmt.Sprintf("and %d more remarks", len(r.Notes)-i)
			}
			out = append(out, noticed(st, model.SeverityWarning, n, on.room.w))
		}
	}
	if s.run.version != on.version {
		out = append(out, noticed(st, model.SeverityWarning, "This image was judged anew since: v compares again.", on.room.w))
	}
	return append(out, s.tabLine(on))
}

// underWay says what is waited for.
func (s diffScene) underWay() safe.Text {
	switch p := s.run.progress; {
	case !s.run.started:
		return safe.Const("waiting until everything attached here has been looked at")
	case s.run.wanted.kind != diffSource, p.Found == 0:
		return safe.Const("reading the other side")
	default:
		return safe.Format("reading the other side: %s found, %s judged", safe.Int(p.Found), safe.Int(p.Judged))
	}
}

// sideLine is which image a side is, and how it stood.
func (s diffScene) sideLine(on stage, label safe.Text, side diff.Side) line {
	st := on.look.styles
	var l line
	l.add(st.Label, safe.Concat(safe.Spaces(tableMargin), label.PadRight(8)))
	var more []rows.Part
	if side.Judged {
		mark := markOf(st, side.Verdict)
		more = append(more, rows.Part{Style: mark.Style, Text: safe.Format("  %s", mark.Text())})
	}
	if side.Digest != "" {
		more = append(more, rows.Part{Style: st.Quiet, Text: safe.Format("  %s", safe.LineMax(side.Digest.Short(), 24))})
	}
	if side.Saved {
		more = append(more, rows.Part{Style: st.Quiet, Text: safe.Format("  saved %s", safe.Line(moment(side.JudgedAt)))})
	}
	room := on.room.w - width(l.left) - width(more) - 1
	l.add(st.Strong, safe.LineMax(side.Name, on.room.w).TruncateMiddle(max(room, 12)))
	l.left = append(l.left, more...)
	return l
}

// markOf is how the verdict of a side is shown, which is a word.
func markOf(st *theme.Styles, word string) theme.Mark {
	verdict, coverage := model.Unchecked, model.Unchecked
	word, inner, covered := strings.Cut(strings.TrimSuffix(word, ")"), " (")
	for _, v := range model.Verdicts {
		if v.String() == word {
			verdict = v
		}
		if covered && v.String() == inner {
			coverage = v
		}
	}
	return st.Verdict(verdict, coverage)
}

// listsEnd is where the names of the lists end.
func listsEnd(r *diff.Report) int {
	a, b := listNames(r)
	return tableMargin + a.Width() + b.Width() + 6
}

func listNames(r *diff.Report) (changes, packages safe.Text) {
	changes, packages = safe.Format("Changes %s", safe.Int(len(r.Changes))), safe.Const("Packages not known")
	if r.Packages != nil {
		packages = safe.Format("Packages %s", safe.Int(len(r.Packages.Changes)))
	}
	return changes, packages
}

// tabLine is the lists, what is typed, and what came out.
func (s diffScene) tabLine(on stage) line {
	st, r, list := on.look.styles, s.report, s.lists[s.tab]
	l := on.look.lead(len(list.order) == 0)
	answer, style := safe.Const("nothing is worse"), st.Good
	switch {
	case r.Same():
		answer = safe.Const("nothing is different")
	case s.worse > 0:
		answer, style = safe.Format("%s worse", safe.Int(s.worse)), st.Bad
	case len(r.Before.Unseen)+len(r.After.Unseen) > 0:
		answer, style = safe.Const("not everything was seen"), st.Warning
	}
	right := []rows.Part{{Style: style, Text: safe.Format("  %s ", answer)}}
	if list.typing || list.filter.text != "" {
		l.add(st.Prompt, safe.Const("filter: "))
		p := list.filter.shown(on.look, safe.Text{}, max(on.room.w-width(l.left)-width(right)-18, 4))
		l.add(p.Style, p.Text)
		total := len(r.Changes)
		if s.tab == diffPackages {
			total = len(r.Packages.Changes)
		}
		count := rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s", safe.Int(len(list.order)), safe.Int(total))}
		if !l.spread(on.room.w, count, right[0]) {
			l.spread(on.room.w, right...)
		}
		return l
	}
	changes, packages := listNames(r)
	for i, name := range []safe.Text{changes, packages} {
		if i == s.tab {
			l.add(st.TabActive, safe.Format("[%s]", name))
		} else {
			l.add(st.Tab, safe.Format(" %s ", name))
		}
		l.add(theme.Style{}, safe.Spaces(1))
	}
	l.spread(on.room.w, right...)
	return l
}

func countWorse(r *diff.Report) (n int) {
	for _, c := range r.Changes {
		if c.Weight == diff.Worse {
			n++
		}
	}
	return n
}

// changeName is what changed, on one line.
func changeName(c diff.Change) string {
	if c.Detail == "" {
		return c.What
	}
	return c.What + " · " + c.Detail
}

// areaName is what changes of an area are about.
func areaName(a diff.Area) string {
	switch a {
	case diff.AreaVerdict:
		return "Verdict"
	case diff.AreaSigner:
		return "Signer"
	case diff.AreaAttachment:
		return "Attached"
	case diff.AreaBuilder:
		return "Built by"
	case diff.AreaSource:
		return "Built from"
	case diff.AreaLevel:
		return "SLSA level"
	case diff.AreaAllowance:
		return "Let through"
	case diff.AreaVulnerability:
		return "Vulnerability"
	case diff.AreaPackage:
		return "Packages"
	case diff.AreaLicence:
		return "Licence"
	case diff.AreaFinding:
		return "Finding"
	case diff.AreaImage:
		return "Image"
	case diff.AreaOther:
	}
	return "Also said"
}

// weightMark is how much a change asks for a look, in a sign.
func weightMark(st *theme.Styles, w diff.Weight) (safe.Text, theme.Style) {
	switch w {
	case diff.Worse:
		return st.Glyphs.Error, st.Bad
	case diff.Look:
		return st.Glyphs.Warning, st.Warning
	case diff.Better:
		return st.Glyphs.Check, st.Good
	case diff.Neutral:
	}
	return st.Glyphs.Bullet, st.Quiet
}

// cell is what stands in a column of a row. at is the row's place in the report.
func (s diffScene) cell(at, row, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, mostCell)}
	}
	if s.tab == diffPackages {
		return packageChangeCell(s.report.Packages.Changes[at], column, st)
	}
	c, list := s.report.Changes[at], s.lists[diffChanges]
	switch column {
	case changeArea: // once for all that follow
		if list.table.sorted == 0 && row > list.table.window.Offset() && s.report.Changes[list.order[row-1]].Area == c.Area {
			return text(st.Quiet, "")
		}
		return text(st.Heading, areaName(c.Area))
	case changeWhat:
		glyph, style := weightMark(st, c.Weight)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.LineMax(changeName(c), mostCell))}
	case changeWay:
		return text(st.Quiet, string(c.Way))
	}
	value := c.After
	if column == changeBefore {
		value = c.Before
	}
	// Names of signers differ in the middle or at the end.
	return rows.Part{Style: st.Text, Text: safe.LineMax(value, mostCell).TruncateMiddle(list.table.widths[column])}
}

func packageChangeCell(c diff.PackageChange, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, mostCell)}
	}
	switch column {
	case packageWay:
		glyph, style := packageWayMark(st, c.Way)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.Line(string(c.Way)))}
	case packageWhich:
		return text(st.Text, c.Name)
	case packageBefore:
		return text(st.Text, c.Before)
	case packageAfter:
		return text(st.Text, c.After)
	}
	return text(st.Quiet, c.Type)
}

func packageWayMark(st *theme.Styles, w diff.PackageWay) (safe.Text, theme.Style) {
	switch w {
	case diff.Downgraded:
		return st.Glyphs.Down, st.Warning
	case diff.Upgraded:
		return st.Glyphs.Up, st.Good
	case diff.Removed:
		return safe.Const("-"), st.Text
	case diff.Added:
		return safe.Const("+"), st.Text
	case diff.Relicensed:
		return st.Glyphs.Warning, st.Warning
	case diff.Reversed:
	}
	return st.Glyphs.Bullet, st.Text
}
