package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// packagesTall is the height of the frame from which on the whole head is shown.
const packagesTall = 14

// packagesTaller is the height from which on there is room for remarks.
const packagesTaller = 20

// head says which SBOM is shown and what to believe of it, how far it has been read, and what is known of
// vulnerabilities. Its last line is the filter's.
func (s packagesScene) head(on stage) []line {
	switch {
	case s.tree == nil:
		return []line{s.quiet(on, safe.Format("%s looking for SBOMs", on.look.spin))}
	case len(s.sboms) == 0:
		return s.none(on)
	}
	lines := []line{s.sbomLine(on)}
	if on.room.h >= packagesTall {
		lines = append(lines, s.stateLine(on), s.vulnsLine(on))
		if on.room.h >= packagesTaller {
			lines = append(lines, s.remarks(on)...)
		}
		for _, id := range s.load.wanted {
			if p := s.problems[id]; p != "" && len(lines) < 6 {
				lines = append(lines, noticed(on.look.styles, model.SeverityError, p, on.room.w))
			}
		}
	}
	return append(lines, s.filterLine(on))
}

func (s packagesScene) quiet(on stage, text safe.Text) line {
	l := on.look.lead(s.tree == nil)
	l.add(on.look.styles.Quiet, text)
	return l
}

// none says that there is no SBOM, and how sure that is.
func (s packagesScene) none(on stage) []line {
	said := noticed(on.look.styles, model.SeverityWarning, "No SBOM is attached: nothing says which packages are in it.", on.room.w)
	switch {
	case !on.tree.Complete:
		said = s.quiet(on, safe.Format("%s No SBOM so far: still looking.", on.look.spin))
	case missedIn(on.tree).any(), on.tree.Err != nil:
		said = noticed(on.look.styles, model.SeverityWarning, "No SBOM was found, and not everything could be looked at: there may be one.", on.room.w)
	}
	return []line{said, on.look.lead(true)}
}

// sbomLine is which SBOM is shown, of how many, and what to believe of it.
func (s packagesScene) sbomLine(on stage) line {
	st := on.look.styles
	var l line
	l.add(theme.Style{}, safe.Spaces(tableMargin))
	if s.at < 0 || s.at >= len(s.sboms) {
		l.add(st.Strong, safe.Format("%s SBOMs together ", safe.Int(len(s.sboms))))
		return s.standings(l, st)
	}
	if len(s.sboms) > 1 {
		l.add(st.Quiet, safe.Format("%s of %s  ", safe.Int(s.at+1), safe.Int(len(s.sboms))))
	}
	e := s.tree.Entry(s.sboms[s.at])
	mark := st.Standing(e.Standing)
	l.add(mark.Style, safe.Format("%s  ", mark.Text()))
	if x := s.indexes[e.Node.ID]; x != nil {
		l.add(st.Strong, safe.Format("%s  ", safe.LineMax(packages.SourceOf(s.tree, e.Node.ID, x).Scope.Label(), on.room.w)))
	}
	l.add(st.Text, safe.LineMax(model.EntryTitle(e), on.room.w))
	return l
}

// standings adds how many of the SBOMs are to be believed how far.
func (s packagesScene) standings(l line, st *theme.Styles) line {
	for _, v := range verdictOrder {
		n, mark := 0, st.Verdict(v, model.Trusted)
		for _, id := range s.sboms {
			if s.standing(id).Verdict == v {
				n++
			}
		}
		if n > 0 {
			l.add(mark.Style, safe.Format(" %s %s %s ", mark.Glyph, safe.Int(n), mark.Word))
		}
	}
	return l
}

// stateLine is how far reading has come, else how much there is and what is odd about it.
func (s packagesScene) stateLine(on stage) line {
	st := on.look.styles
	switch {
	case !s.load.done && s.load.builder != nil:
		return s.quiet(on, safe.Format("%s reading: %s of %s", on.look.spin, safe.Line(byteCount(int64(s.load.read))), safe.Line(byteCount(int64(s.load.size)))))
	case !s.load.done:
		return s.quiet(on, safe.Format("%s reading", on.look.spin))
	}
	n, dropped := 0, 0
	for _, id := range s.load.wanted {
		if x := s.indexes[id]; x != nil {
			n, dropped = n+x.Len(), dropped+x.Counts().Dropped
		}
	}
	var l line
	l.add(st.Text, safe.Format("%s%s packages", safe.Spaces(tableMargin), thousands(n)))
	if t := s.shown.table; t != nil && t.Len() != n {
		l.add(st.Quiet, safe.Format(" in %s rows: the same package is one row", thousands(t.Len())))
	}
	if dropped > 0 {
		l.add(st.Warning, safe.Format("  %s %s more were not read", st.Glyphs.Warning, thousands(dropped)))
	}
	return l
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// thousands is a number with its digits in groups.
func thousands(n int) safe.Text {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return safe.Line(digits)
}

// filterLine is what is typed, and how many rows answer to it.
func (s packagesScene) filterLine(on stage) line {
	st, l := on.look.styles, on.look.lead(len(s.shown.view) == 0)
	count := safe.Text{}
	if t := s.shown.table; t != nil {
		count = safe.Format("%s of %s ", thousands(len(s.shown.view)), thousands(t.Len()))
	}
	switch {
	case s.sift.problem != "":
		l.add(st.Prompt, safe.Const("filter: "))
		l.add(st.Text, safe.Line(s.filter.text).TruncateLeft(max(on.room.w/3, 4)))
		count = safe.Format("%s ", safe.LineMax(s.sift.problem, on.room.w/2))
		l.spread(on.room.w, rows.Part{Style: st.Warning, Text: count})
		return l
	case s.typing || s.filter.text != "":
		l.add(st.Prompt, safe.Const("filter: "))
		p := s.filter.shown(on.look, safe.Text{}, max(on.room.w-12-count.Width(), 4))
		l.add(p.Style, p.Text)
	default:
		l.add(st.Quiet, safe.Const("f filters: name: version: licence: type: vuln: scope:").Truncate(max(on.room.w-tableMargin-1-count.Width(), 1)))
	}
	l.spread(on.room.w, rows.Part{Style: st.Quiet, Text: count})
	return l
}

// cell is what stands in a column of a row of the table.
func (s packagesScene) cell(row, column int, st *theme.Styles) rows.Part {
	t := s.shown.table
	p := t.Row(row)
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, mostCell)}
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

// scopeCell is what the SBOMs are about that list a package, with the best standing of one of them.
func (s packagesScene) scopeCell(places []packages.Place, st *theme.Styles) rows.Part {
	sources := s.shown.table.Sources()
	label := sources[places[0].Source].Scope.Label()
	if len(places) > 1 {
		label = strconv.Itoa(len(places)) + " SBOMs: " + label
	}
	for _, p := range places[1:min(len(places), 4)] {
		if next := sources[p.Source].Scope.Label(); !strings.HasSuffix(label, next) {
			label += ", " + next
		}
	}
	best := s.standing(sources[places[0].Source].Node)
	for _, p := range places[1:] {
		if other := s.standing(sources[p.Source].Node); standingRank(other) < standingRank(best) {
			best = other
		}
	}
	mark := st.Standing(best)
	return rows.Part{Style: mark.Style, Text: safe.Format("%s %s", mark.Glyph, safe.LineMax(label, mostCell))}
}

// standing is what to believe of an SBOM.
func (s packagesScene) standing(id string) model.Standing {
	if e := s.tree.Entry(id); e != nil {
		return e.Standing
	}
	return model.Standing{}
}

// standingRank orders standings, the best first.
func standingRank(s model.Standing) int {
	v := s.Verdict
	if v == model.Covered {
		v = s.Coverage // only as good as what covers it
	}
	rank := 2 * slices.Index(verdictOrder[:], v)
	if s.Verdict == model.Covered {
		rank++
	}
	return rank
}

// vulnsCell is how a package is affected.
func (s packagesScene) vulnsCell(row int, st *theme.Styles) rows.Part {
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
	return rows.Part{Style: style, Text: safe.Concat(glyph, safe.Spaces(1), safe.LineMax(strings.Join(said, ", "), mostCell))}
}
