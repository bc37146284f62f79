package packages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// tall is the height of the frame from which on the whole head is shown.
const tall = 14

// taller is the height from which on there is room for remarks.
const taller = 20

// head says which SBOM is shown and what to believe of it, how far it has been read, and what is known of
// vulnerabilities. Its last line is the filter's.
func (s View) head(on scene.Stage) []widget.Line {
	switch {
	case s.tree == nil:
		return []widget.Line{s.quiet(on, safe.Format("%s looking for SBOMs", on.Look.Spin))}
	case len(s.sboms) == 0:
		return s.none(on)
	}
	lines := []widget.Line{s.sbomLine(on)}
	if on.Room.H >= tall {
		lines = append(lines, s.stateLine(on), s.vulnsLine(on))
		if on.Room.H >= taller {
			lines = append(lines, s.remarks(on)...)
		}
		for _, id := range s.load.wanted {
			if p := s.problems[id]; p != "" && len(lines) < 6 {
				lines = append(lines, widget.Notice(on.Look.Styles, model.SeverityError, p, on.Room.W))
			}
		}
	}
	return append(lines, s.filterLine(on))
}

func (s View) quiet(on scene.Stage, text safe.Text) widget.Line {
	l := on.Look.Lead(s.tree == nil)
	l.Add(on.Look.Styles.Quiet, text)
	return l
}

// none says that there is no SBOM, and how sure that is.
func (s View) none(on scene.Stage) []widget.Line {
	said := widget.Notice(on.Look.Styles, model.SeverityWarning, "No SBOM is attached: nothing says which packages are in it.", on.Room.W)
	switch {
	case !on.Tree.Complete:
		said = s.quiet(on, safe.Format("%s No SBOM so far: still looking.", on.Look.Spin))
	case phrase.MissedIn(on.Tree).Any(), on.Tree.Err != nil:
		said = widget.Notice(on.Look.Styles, model.SeverityWarning, "No SBOM was found, and not everything could be looked at: there may be one.", on.Room.W)
	}
	return []widget.Line{said, on.Look.Lead(true)}
}

// sbomLine is which SBOM is shown, of how many, and what to believe of it.
func (s View) sbomLine(on scene.Stage) widget.Line {
	st := on.Look.Styles
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(widget.TableMargin))
	if s.at < 0 || s.at >= len(s.sboms) {
		l.Add(st.Strong, safe.Format("%s SBOMs together ", safe.Int(len(s.sboms))))
		return s.standings(l, st)
	}
	if len(s.sboms) > 1 {
		l.Add(st.Quiet, safe.Format("%s of %s  ", safe.Int(s.at+1), safe.Int(len(s.sboms))))
	}
	e := s.tree.Entry(s.sboms[s.at])
	mark := st.Standing(e.Standing)
	l.Add(mark.Style, safe.Format("%s  ", mark.Text()))
	if x := s.indexes[e.Node.ID]; x != nil {
		l.Add(st.Strong, safe.Format("%s  ", safe.LineMax(packages.SourceOf(s.tree, e.Node.ID, x).Scope.Label(), on.Room.W)))
	}
	l.Add(st.Text, safe.LineMax(model.EntryTitle(e), on.Room.W))
	return l
}

// standings adds how many of the SBOMs are to be believed how far.
func (s View) standings(l widget.Line, st *theme.Styles) widget.Line {
	for _, v := range phrase.Verdicts {
		n, mark := 0, st.Verdict(v, model.Trusted)
		for _, id := range s.sboms {
			if s.standing(id).Verdict == v {
				n++
			}
		}
		if n > 0 {
			l.Add(mark.Style, safe.Format(" %s %s %s ", mark.Glyph, safe.Int(n), mark.Word))
		}
	}
	return l
}

// stateLine is how far reading has come, else how much there is and what is odd about it.
func (s View) stateLine(on scene.Stage) widget.Line {
	st := on.Look.Styles
	switch {
	case !s.load.done && s.load.builder != nil:
		return s.quiet(on, safe.Format("%s reading: %s of %s", on.Look.Spin, safe.Line(phrase.Bytes(int64(s.load.read))), safe.Line(phrase.Bytes(int64(s.load.size)))))
	case !s.load.done:
		return s.quiet(on, safe.Format("%s reading", on.Look.Spin))
	}
	n, dropped, files, services := 0, 0, 0, 0
	for _, id := range s.load.wanted {
		if x := s.indexes[id]; x != nil {
			c := x.Counts()
			n, dropped, files, services = n+x.Len(), dropped+c.Dropped, files+c.Files, services+c.Services
		}
	}
	var l widget.Line
	l.Add(st.Text, safe.Concat(safe.Spaces(widget.TableMargin), many(n-files-services, "package")))
	if files > 0 {
		l.Add(st.Text, safe.Format(", %s", many(files, "file")))
	}
	if services > 0 {
		l.Add(st.Text, safe.Format(", %s", many(services, "service")))
	}
	if t := s.shown.table; t != nil && t.Len() != n {
		l.Add(st.Quiet, safe.Format(" in %s rows: the same package is one row", phrase.Thousands(t.Len())))
	}
	if dropped > 0 {
		l.Add(st.Warning, safe.Format("  %s %s more were not read", st.Glyphs.Warning, phrase.Thousands(dropped)))
	}
	return l
}

// filterLine is what is typed, and how many rows answer to it.
func (s View) filterLine(on scene.Stage) widget.Line {
	st, l := on.Look.Styles, on.Look.Lead(len(s.shown.view) == 0)
	count := safe.Text{}
	if t := s.shown.table; t != nil {
		count = safe.Format("%s of %s ", phrase.Thousands(len(s.shown.view)), phrase.Thousands(t.Len()))
	}
	switch {
	case s.sift.problem != "":
		l.Add(st.Prompt, safe.Const("filter: "))
		l.Add(st.Text, safe.Line(s.Filter.Text).TruncateLeft(max(on.Room.W/3, 4)))
		count = safe.Format("%s ", safe.LineMax(s.sift.problem, on.Room.W/2))
		l.Spread(on.Room.W, rows.Part{Style: st.Warning, Text: count})
		return l
	case s.Typing || s.Filter.Text != "":
		l.Add(st.Prompt, safe.Const("filter: "))
		p := s.Filter.Shown(on.Look, safe.Text{}, max(on.Room.W-12-count.Width(), 4))
		l.Add(p.Style, p.Text)
	default:
		filters := safe.Format("%s filters: name: version: licence: type: vuln: scope:", keymap.FirstKey(on.Keys.Filter))
		l.Add(st.Quiet, filters.Truncate(max(on.Room.W-widget.TableMargin-1-count.Width(), 1)))
	}
	l.Spread(on.Room.W, rows.Part{Style: st.Quiet, Text: count})
	return l
}

// cell is what stands in a column of a row of the table.
func (s View) cell(row, column int, st *theme.Styles) rows.Part {
	t := s.shown.table
	p := t.Row(row)
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, widget.MostCell)}
	}
	switch column {
	case packageName:
		if p.Name == "" {
			return text(st.Warning, "(no name)")
		}
		return text(st.Text, p.Name)
	case packageVersion:
		return text(st.Text, p.Version)
	case packageLicence:
		return text(st.Text, p.Licence)
	case packageType:
		return text(st.Quiet, p.Type)
	case packageVulns:
		return s.vulnsCell(row, st)
	}
	return s.scopeCell(t.Places(row), st)
}

// scopeCell is what the SBOMs are about that list a package, and what to believe of them: how many how far where they
// differ.
func (s View) scopeCell(places []packages.Place, st *theme.Styles) rows.Part {
	sources := s.shown.table.Sources()
	label := sources[places[0].Source].Scope.Label()
	for _, p := range places[1:min(len(places), 4)] {
		if next := sources[p.Source].Scope.Label(); !strings.HasSuffix(label, next) {
			label += ", " + next
		}
	}
	standings := make([]model.Standing, 0, len(places))
	for _, p := range places {
		standings = append(standings, s.standing(sources[p.Source].Node))
	}
	style, marks, alike := believed(standings, st)
	if len(places) > 1 && alike {
		label = strconv.Itoa(len(places)) + " SBOMs: " + label
	}
	return rows.Part{Style: style, Text: safe.Format("%s %s", marks, safe.LineMax(label, widget.MostCell))}
}

// believed are the marks of several standings, the best first, each with how many have it where they differ, in the style
// of the worst. alike says that they do not differ.
func believed(standings []model.Standing, st *theme.Styles) (style theme.Style, marks safe.Text, alike bool) {
	slices.SortStableFunc(standings, func(a, b model.Standing) int { return cmp.Compare(phrase.StandingRank(a), phrase.StandingRank(b)) })
	style = st.Standing(standings[len(standings)-1]).Style
	first := st.Standing(standings[0]).Glyph
	if first.String() == st.Standing(standings[len(standings)-1]).Glyph.String() {
		return style, first, true
	}
	var said []safe.Text
	for from := 0; from < len(standings); {
		glyph, to := st.Standing(standings[from]).Glyph, from
		for to < len(standings) && st.Standing(standings[to]).Glyph.String() == glyph.String() {
			to++
		}
		said, from = append(said, safe.Format("%s%s", glyph, safe.Int(to-from))), to
	}
	return style, safe.Join(safe.Spaces(1), said...), false
}

// standing is what to believe of an SBOM.
func (s View) standing(id string) model.Standing {
	if e := s.tree.Entry(id); e != nil {
		return e.Standing
	}
	return model.Standing{}
}

// vulnsCell is how a package is affected.
func (s View) vulnsCell(row int, st *theme.Styles) rows.Part {
	t := s.shown.table
	if !t.Exposed() || !s.join.looked() {
		return rows.Part{Style: st.Quiet, Text: safe.Const("?")}
	}
	e := t.Exposure(row)
	var said []string
	glyph, style := st.Glyphs.Dash, st.Quiet
	if e.Excused > 0 {
		glyph = st.Glyphs.Check
		said = append(said, strconv.Itoa(e.Excused)+" excused")
	}
	if e.Open > 0 {
		glyph, style = st.Glyphs.Warning, st.Warning
		if e.Worst >= packages.SeverityHigh {
			glyph, style = st.Glyphs.Error, st.Bad
		}
		said = append([]string{strconv.Itoa(e.Open) + " " + e.Worst.String()}, said...)
	}
	if e.Claimed > 0 {
		said = append(said, strconv.Itoa(e.Claimed)+" only claimed to be")
	}
	return rows.Part{Style: style, Text: safe.Concat(glyph, safe.Spaces(1), safe.LineMax(strings.Join(said, ", "), widget.MostCell))}
}

// many is a number, in groups of digits, with its noun.
func many(n int, noun string) safe.Text {
	if n != 1 {
		noun += "s"
	}
	return safe.Format("%s %s", phrase.Thousands(n), safe.Line(noun))
}
