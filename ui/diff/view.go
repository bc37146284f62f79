package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

var headings = [2][]widget.Column{
	changes: {
		changeArea:   {Name: safe.Const("Area"), Least: 13, Most: 13, Keep: true},
		changeWhat:   {Name: safe.Const("What"), Least: 18, Most: 36, Keep: true},
		changeWay:    {Name: safe.Const("How"), Least: 7, Most: 7},
		changeBefore: {Name: safe.Const("Before"), Least: 14},
		changeAfter:  {Name: safe.Const("After"), Least: 14},
	},
	diffPackages: {
		packageWay:    {Name: safe.Const("How"), Least: 12, Most: 12, Keep: true},
		packageWhich:  {Name: safe.Const("Package"), Least: 14, Most: 44, Keep: true},
		packageBefore: {Name: safe.Const("Before"), Least: 10, Most: 32},
		packageAfter:  {Name: safe.Const("After"), Least: 10, Most: 32},
		packageKind:   {Name: safe.Const("Type"), Least: 6, Most: 10},
	},
}

// headings are the columns of the list that is shown. Before and after share what the others leave.
func (s View) headings(on scene.Stage) []widget.Column {
	columns := slices.Clone(headings[s.tab])
	if s.tab == changes {
		left := on.Room.W - widget.TableMargin - 2*widget.TableGap
		for _, c := range columns[:changeBefore] {
			left -= c.Most + widget.TableGap
		}
		columns[changeBefore].Most = max(left/2, columns[changeBefore].Least)
	}
	return columns
}

// tall is the height of the frame from which on both sides have a line, and what limits the comparison has some.
const tall = 16

// head says what is compared, and how far that is. With a report its last line is that of the two lists.
func (s View) head(on scene.Stage) []widget.Line {
	st := on.Look.Styles
	switch {
	case s.run.failed != "":
		page := widget.Sheet{Width: max(on.Room.W-widget.TableMargin-1, 1), Styles: st}
		page.Sentence(s.run.failed, st.Text, 0)
		page.Gap()
		page.Sentence(fmt.Sprintf("Press %s to ask again.", keymap.FirstKey(on.Keys.Enter)), st.Quiet, 0)
		l := on.Look.Lead(true)
		l.Add(st.Bad, safe.Format("%s could not be compared", st.Glyphs.Error))
		return append([]widget.Line{l}, widget.Indented(page.Lines)...)
	case s.report == nil:
		l := on.Look.Lead(true)
		l.Add(st.Quiet, safe.Format("%s %s", on.Look.Spin, s.underWay()))
		return []widget.Line{l}
	}
	r := s.report
	var out []widget.Line
	if on.Room.H >= tall {
		out = append(out, s.sideLine(on, safe.Const("before"), r.Before), s.sideLine(on, safe.Const("after"), r.After))
		out = append(out, remarks(on, r.Notes)...)
	}
	if s.run.version != on.Version {
		out = append(out, widget.Notice(st, model.SeverityWarning, fmt.Sprintf("This image was judged anew since: %s compares again.", keymap.FirstKey(on.Keys.Verify)), on.Room.W))
	}
	return append(out, s.tabLine(on))
}

// remarks are what limits the comparison, each as a whole where a sixth of the frame has room for it.
func remarks(on scene.Stage, notes []string) []widget.Line {
	most, st := on.Room.H/6, on.Look.Styles
	var out []widget.Line
	for i, n := range notes {
		room, left := most-len(out), len(notes)-i-1
		if left > 0 {
			room-- // for how many are left
		}
		page := widget.Sheet{Width: max(on.Room.W-widget.TableMargin-1, 1), Styles: st}
		page.Remarks([]model.Finding{{Severity: model.SeverityWarning, Message: n}})
		switch {
		case len(page.Lines) <= room:
			out = append(out, widget.Indented(page.Lines)...)
		case room > 0:
			out = append(out, widget.Notice(st, model.SeverityWarning, n, on.Room.W))
		default:
			return append(out, widget.Notice(st, model.SeverityWarning, fmt.Sprintf("and %d more remarks", left+1), on.Room.W))
		}
	}
	return out
}

// underWay says what is waited for.
func (s View) underWay() safe.Text {
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
func (s View) sideLine(on scene.Stage, label safe.Text, side diff.Side) widget.Line {
	st := on.Look.Styles
	var l widget.Line
	l.Add(st.Label, safe.Concat(safe.Spaces(widget.TableMargin), label.PadRight(8)))
	var more []rows.Part
	if side.Judged {
		mark := markOf(st, side.Verdict)
		more = append(more, rows.Part{Style: mark.Style, Text: safe.Format("  %s", mark.Text())})
	}
	if side.Digest != "" {
		more = append(more, rows.Part{Style: st.Quiet, Text: safe.Format("  %s", safe.LineMax(side.Digest.Short(), 24))})
	}
	if side.Saved {
		more = append(more, rows.Part{Style: st.Quiet, Text: safe.Format("  saved %s", safe.Line(phrase.Moment(side.JudgedAt)))})
	}
	room := on.Room.W - widget.Width(l.Left) - widget.Width(more) - 1
	l.Add(st.Strong, safe.LineMax(side.Name, on.Room.W).TruncateMiddle(max(room, 12)))
	l.Left = append(l.Left, more...)
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
	return widget.TableMargin + a.Width() + b.Width() + 6
}

func listNames(r *diff.Report) (changes, packages safe.Text) {
	changes, packages = safe.Format("Changes %s", safe.Int(len(r.Changes))), safe.Const("Packages not known")
	if r.Packages != nil {
		packages = safe.Format("Packages %s", safe.Int(len(r.Packages.Changes)))
	}
	return changes, packages
}

// tabLine is the lists, what is typed, and what came out.
func (s View) tabLine(on scene.Stage) widget.Line {
	st, r, list := on.Look.Styles, s.report, s.lists[s.tab]
	l := on.Look.Lead(len(list.Order) == 0)
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
	if list.Typing || list.Filter.Text != "" {
		l.Add(st.Prompt, safe.Const("filter: "))
		p := list.Filter.Shown(on.Look, safe.Text{}, max(on.Room.W-widget.Width(l.Left)-widget.Width(right)-18, 4))
		l.Add(p.Style, p.Text)
		total := len(r.Changes)
		if s.tab == diffPackages {
			total = len(r.Packages.Changes)
		}
		count := rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s", safe.Int(len(list.Order)), safe.Int(total))}
		if !l.Spread(on.Room.W, count, right[0]) {
			l.Spread(on.Room.W, right...)
		}
		return l
	}
	changes, packages := listNames(r)
	for i, name := range []safe.Text{changes, packages} {
		if i == s.tab {
			l.Add(st.TabActive, safe.Format("[%s]", name))
		} else {
			l.Add(st.Tab, safe.Format(" %s ", name))
		}
		l.Add(theme.Style{}, safe.Spaces(1))
	}
	l.Spread(on.Room.W, right...)
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
func (s View) cell(at, row, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, widget.MostCell)}
	}
	if s.tab == diffPackages {
		return packageChangeCell(s.report.Packages.Changes[at], column, st)
	}
	c, list := s.report.Changes[at], s.lists[changes]
	switch column {
	case changeArea: // once for all that follow
		if list.Table.Sorted == 0 && row > list.Table.Window.Offset() && s.report.Changes[list.Order[row-1]].Area == c.Area {
			return text(st.Quiet, "")
		}
		return text(st.Heading, areaName(c.Area))
	case changeWhat:
		glyph, style := weightMark(st, c.Weight)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.LineMax(changeName(c), widget.MostCell))}
	case changeWay:
		return text(st.Quiet, string(c.Way))
	}
	value := c.After
	if column == changeBefore {
		value = c.Before
	}
	// Names of signers differ in the middle or at the end.
	return rows.Part{Style: st.Text, Text: safe.LineMax(value, widget.MostCell).TruncateMiddle(list.Table.Widths[column])}
}

func packageChangeCell(c diff.PackageChange, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, widget.MostCell)}
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
