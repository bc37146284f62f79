package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// auditLayout is where everything of the audit stands, in cells of the frame's inside.
type auditLayout struct {
	filter int // the line of the head that the filter is typed in
	table  area
	page   area // the line above it included
}

// Heights at which the audit changes its shape: with less, the table and the detail take turns.
const (
	auditBoth = 12 // rows below the head for table and detail together
	auditTall = 18 // rows of the frame for the whole head
)

func (s auditScene) layout(on stage) auditLayout {
	head := len(s.head(on))
	body := area{0, head, on.room.w, max(on.room.h-head, 0)}
	l := auditLayout{filter: head - 1}
	switch {
	case !s.ready || s.problem != "":
	case body.h >= auditBoth:
		l.table, l.page = body, body
		l.table.h = min(len(s.order)+1, max(5, body.h*2/5))
		l.page.y, l.page.h = body.y+l.table.h, body.h-l.table.h
	case s.reading:
		l.page = body
	default:
		l.table = body
	}
	return l
}

// head says what was audited and what is flagged about it as a whole. Its last line is the filter's.
func (s auditScene) head(on stage) []line {
	st := on.look.styles
	switch {
	case s.problem != "":
		page := sheet{width: on.room.w - tableMargin, styles: st}
		page.put(st.Bad, safe.Format("%s could not be audited", st.Glyphs.Error))
		page.sentence(s.problem, st.Text, 0)
		return append(under(page.lines), on.look.lead(true))
	case !s.ready:
		l := on.look.lead(true)
		l.add(st.Quiet, safe.Format("%s auditing", on.look.spin))
		return []line{l}
	}
	lines := []line{s.scanLine(on)}
	if on.room.h >= auditTall {
		lines = append(lines, s.evidenceLine(on), s.wholeLine(on))
		for _, n := range s.answer.Notes[:min(len(s.answer.Notes), 2)] {
			lines = append(lines, noticed(st, model.SeverityWarning, n, on.room.w))
		}
		if on.tree.Complete && !s.answer.Complete {
			lines = append(lines, noticed(st, model.SeverityWarning, notAllSeen, on.room.w))
		}
	}
	if !s.said.Empty() {
		var l line
		l.add(st.Strong, safe.Concat(safe.Spaces(tableMargin), s.said))
		lines = append(lines, l)
	}
	return append(lines, s.filterLine(on))
}

// notAllSeen is why an audit of a finished tree is incomplete.
const notAllSeen = "Not everything that may be attached could be looked at: there may be more scans than these."

// scanLine is the scan that counts, and what to believe of it.
func (s auditScene) scanLine(on stage) line {
	st, current := on.look.styles, s.answer.Report.Current
	if current == nil {
		return noticed(st, model.SeverityError, "No scan counts for this digest.", on.room.w)
	}
	mark := st.Standing(current.Standing)
	var l line
	l.add(mark.Style, safe.Format("%s%s  ", safe.Spaces(tableMargin), mark.Text()))
	l.add(st.Strong, safe.LineMax(current.Claim.Name(), on.room.w))
	if at := moment(current.SignedAt); at != "" {
		l.add(st.Quiet, safe.Format(" %s signed %s", st.Glyphs.Bullet, safe.Line(at)))
	}
	if g := current.Signer; g != nil && g.Name != "" {
		l.add(st.Quiet, safe.Format(" %s by %s", st.Glyphs.Bullet, safe.LineMax(g.Name, on.room.w)))
	}
	return l
}

// evidenceLine says whether the reasons can be had and are those that were signed.
func (s auditScene) evidenceLine(on stage) line {
	st, current := on.look.styles, s.answer.Report.Current
	var l line
	switch {
	case current == nil:
		return l
	case current.Binding.Summary == nil:
		return noticed(st, model.SeverityError, "Evidence: "+current.Binding.Problem, on.room.w)
	case !current.Trusted():
		return noticed(st, model.SeverityWarning, "Evidence: "+current.Binding.From+", "+current.ReasonTrust(), on.room.w)
	}
	l.add(st.Good, safe.Format("%s%s ", safe.Spaces(tableMargin), st.Glyphs.Check))
	l.add(st.Text, safe.LineMax("Evidence: "+current.Binding.From+", with the digest that was signed", on.room.w))
	return l
}

// wholeLine is what is flagged about the image, its scan and its specification as a whole.
func (s auditScene) wholeLine(on stage) line {
	var l line
	l.add(theme.Style{}, safe.Spaces(tableMargin))
	if len(s.whole) == 0 {
		l.add(on.look.styles.Quiet, safe.Const("Nothing is flagged about the scan as a whole."))
		return l
	}
	for _, f := range s.whole {
		m := on.look.styles.Severity(f.Severity)
		l.add(m.Style, safe.Format("%s %s  ", m.Glyph, safe.LineMax(string(f.ID), on.room.w)))
	}
	return l
}

// filterLine is what is typed, how much of all that shows, and whether anything is left to look at.
func (s auditScene) filterLine(on stage) line {
	st, l := on.look.styles, on.look.lead(len(s.order) == 0)
	var count safe.Text
	if s.typing || s.filter.text != "" {
		count = safe.Format("%s of %s", safe.Int(len(s.order)), safe.Int(len(s.rows)))
		l.add(st.Prompt, safe.Const("filter: "))
		p := s.filter.shown(on.look, safe.Text{}, max(on.room.w-34, 4))
		l.add(p.Style, p.Text)
	} else {
		l.add(st.Quiet, s.counted())
	}
	answer, style := safe.Const("audit: not satisfied"), st.Warning
	switch {
	case !on.tree.Complete:
		answer, style = safe.Const("still looking"), st.Quiet
	case !s.answer.Complete:
		answer = safe.Const("audit: incomplete")
	case s.answer.Satisfied:
		answer, style = safe.Const("audit: satisfied"), st.Good
	}
	right := []rows.Part{{Style: st.Quiet, Text: safe.Concat(count, safe.Spaces(2))}, {Style: style, Text: safe.Format("%s ", answer)}}
	if !l.spread(on.room.w, right...) {
		l.spread(on.room.w, right[1])
	}
	return l
}

// summed is what is flagged as a whole, and how many rows there are of each kind.
func (s auditScene) summed() auditScene {
	s.whole, s.counts = nil, [auditKinds]int{}
	for _, row := range s.rows {
		s.counts[row.kind]++
		if row.kind == auditScan || row.kind == auditSpec {
			s.whole = append(s.whole, row.flags...)
		}
	}
	s.whole = bySeverity(s.whole)
	return s
}

// letThrough is how many findings were let through: as many as the evidence lists, else as many as the attestation says.
func (s auditScene) letThrough() safe.Text {
	switch c := s.answer.Report.Current; {
	case c == nil:
		return safe.Const("no scan")
	case c.Binding.Summary != nil:
		return safe.Format("%s let through", safe.Int(s.counts[auditIssue]))
	case c.Claim.Allowed >= 0:
		return safe.Format("%s let through, not known which", safe.Int(c.Claim.Allowed))
	}
	return safe.Const("what was let through is not known")
}

// counted is how many of what there is.
func (s auditScene) counted() safe.Text {
	said := []safe.Text{s.letThrough()}
	if n := s.counts[auditEntry]; n > 0 {
		said = append(said, safe.Format("%s more allowed", safe.Int(n)))
	}
	switch n := s.counts[auditOther]; {
	case n == 1:
		said = append(said, safe.Const("1 other scan"))
	case n > 1:
		said = append(said, safe.Format("%s other scans", safe.Int(n)))
	}
	return safe.Join(safe.Const(", "), said...)
}

// cell is what stands in a column of a row.
func (s auditScene) cell(row auditRow, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, mostCell)}
	}
	switch column {
	case auditCode:
		style := st.Text
		if row.kind != auditIssue {
			style = st.Quiet
		}
		return text(style, row.code+" "+row.name)
	case auditSeverity:
		if audit.SeverityRank(row.severity) >= audit.SeverityRank("HIGH") {
			return text(st.Warning, row.severity)
		}
		return text(st.Text, row.severity)
	case auditWhere:
		return text(st.Text, row.where)
	case auditFlags:
		return flagsCell(row.flags, st)
	case auditReview:
		if row.review == "" && row.kind == auditIssue {
			return rows.Part{Style: st.Quiet, Text: safe.Const("none")}
		}
		return text(st.Text, row.review)
	}
	return text(st.Quiet, row.analyzer)
}

// flagsCell is how many flags there are and which, the most severe first.
func flagsCell(flags audit.Flags, st *theme.Styles) rows.Part {
	if len(flags) == 0 {
		return rows.Part{Style: st.Quiet, Text: safe.Const("none")}
	}
	m := st.Severity(worst(flags))
	said := []safe.Text{safe.Format("%s%s", m.Glyph, safe.Int(len(flags)))}
	for _, f := range bySeverity(flags) {
		said = append(said, safe.LineMax(string(f.ID), mostCell))
	}
	return rows.Part{Style: m.Style, Text: safe.Join(safe.Spaces(1), said...)}
}
