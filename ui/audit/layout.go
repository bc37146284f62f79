package audit

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// layout is where everything of the audit stands, in cells of the frame's inside.
type layout struct {
	filter int // the line of the head that the filter is typed in
	table  widget.Area
	page   widget.Area // the line above it included
}

// Heights at which the audit changes its shape: with less, the table and the detail take turns.
const (
	both = 12 // rows below the head for table and detail together
	tall = 18 // rows of the frame for the whole head
)

func (s View) layout(on scene.Stage) layout {
	head := len(s.head(on))
	body := widget.Area{X: 0, Y: head, W: on.Room.W, H: max(on.Room.H-head, 0)}
	l := layout{filter: head - 1}
	switch {
	case !s.ready || s.problem != "":
	case body.H >= both:
		l.table, l.page = body, body
		l.table.H = min(len(s.order)+1, max(5, body.H*2/5))
		l.page.Y, l.page.H = body.Y+l.table.H, body.H-l.table.H
	case s.reading:
		l.page = body
	default:
		l.table = body
	}
	return l
}

// head says what was audited and what is flagged about it as a whole. Its last line is the filter's.
func (s View) head(on scene.Stage) []widget.Line {
	st := on.Look.Styles
	switch {
	case s.problem != "":
		page := widget.Sheet{Width: on.Room.W - widget.TableMargin, Styles: st}
		page.Put(st.Bad, safe.Format("%s could not be audited", st.Glyphs.Error))
		page.Sentence(s.problem, st.Text, 0)
		return append(widget.Indented(page.Lines), on.Look.Lead(true))
	case !s.ready:
		l := on.Look.Lead(true)
		l.Add(st.Quiet, safe.Format("%s auditing", on.Look.Spin))
		return []widget.Line{l}
	}
	lines := []widget.Line{s.scanLine(on)}
	if on.Room.H >= tall {
		lines = append(lines, s.evidenceLine(on), s.wholeLine(on))
		for _, n := range s.answer.Notes[:min(len(s.answer.Notes), 2)] {
			lines = append(lines, widget.Notice(st, model.SeverityWarning, n, on.Room.W))
		}
		if on.Tree.Complete && !s.answer.Complete {
			lines = append(lines, widget.Notice(st, model.SeverityWarning, notAllSeen, on.Room.W))
		}
	}
	if !s.said.Empty() {
		var l widget.Line
		l.Add(st.Strong, safe.Concat(safe.Spaces(widget.TableMargin), s.said))
		lines = append(lines, l)
	}
	return append(lines, s.filterLine(on))
}

// notAllSeen is why an audit of a finished tree is incomplete.
const notAllSeen = "Not everything that may be attached could be looked at: there may be more scans than these."

// scanLine is the scan that counts, and what to believe of it.
func (s View) scanLine(on scene.Stage) widget.Line {
	st, current := on.Look.Styles, s.answer.Report.Current
	if current == nil {
		return widget.Notice(st, model.SeverityError, "No scan counts for this digest.", on.Room.W)
	}
	mark := st.Standing(current.Standing)
	var l widget.Line
	l.Add(mark.Style, safe.Format("%s%s  ", safe.Spaces(widget.TableMargin), mark.Text()))
	l.Add(st.Strong, safe.LineMax(current.Claim.Name(), on.Room.W))
	if at := phrase.Moment(current.SignedAt); at != "" {
		l.Add(st.Quiet, safe.Format(" %s signed %s", st.Glyphs.Bullet, safe.Line(at)))
	}
	if g := current.Signer; g != nil && g.Name != "" {
		l.Add(st.Quiet, safe.Format(" %s by %s", st.Glyphs.Bullet, safe.LineMax(g.Name, on.Room.W)))
	}
	return l
}

// evidenceLine says whether the reasons can be had and are those that were signed.
func (s View) evidenceLine(on scene.Stage) widget.Line {
	st, current := on.Look.Styles, s.answer.Report.Current
	var l widget.Line
	switch {
	case current == nil:
		return l
	case current.Binding.Summary == nil:
		return widget.Notice(st, model.SeverityError, "Evidence: "+current.Binding.Problem, on.Room.W)
	case !current.Trusted():
		return widget.Notice(st, model.SeverityWarning, "Evidence: "+current.Binding.From+", "+current.ReasonTrust(), on.Room.W)
	}
	l.Add(st.Good, safe.Format("%s%s ", safe.Spaces(widget.TableMargin), st.Glyphs.Check))
	l.Add(st.Text, safe.LineMax("Evidence: "+current.Binding.From+", with the digest that was signed", on.Room.W))
	return l
}

// wholeLine is what is flagged about the image, its scan and its specification as a whole.
func (s View) wholeLine(on scene.Stage) widget.Line {
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(widget.TableMargin))
	if len(s.whole) == 0 {
		l.Add(on.Look.Styles.Quiet, safe.Const("Nothing is flagged about the scan as a whole."))
		return l
	}
	for _, f := range s.whole {
		m := on.Look.Styles.Severity(f.Severity)
		l.Add(m.Style, safe.Format("%s %s  ", m.Glyph, safe.LineMax(string(f.ID), on.Room.W)))
	}
	return l
}

// filterLine is what is typed, how much of all that shows, and whether anything is left to look at.
func (s View) filterLine(on scene.Stage) widget.Line {
	st, l := on.Look.Styles, on.Look.Lead(len(s.order) == 0)
	var count safe.Text
	if s.Typing || s.Filter.Text != "" {
		count = safe.Format("%s of %s", safe.Int(len(s.order)), safe.Int(len(s.rows)))
		l.Add(st.Prompt, safe.Const("filter: "))
		p := s.Filter.Shown(on.Look, safe.Text{}, max(on.Room.W-34, 4))
		l.Add(p.Style, p.Text)
	} else {
		l.Add(st.Quiet, s.counted())
	}
	answer, style := safe.Const("audit: not satisfied"), st.Warning
	switch {
	case !on.Tree.Complete:
		answer, style = safe.Const("still looking"), st.Quiet
	case !s.answer.Complete:
		answer = safe.Const("audit: incomplete")
	case s.answer.Satisfied:
		answer, style = safe.Const("audit: satisfied"), st.Good
	}
	right := []rows.Part{{Style: st.Quiet, Text: safe.Concat(count, safe.Spaces(2))}, {Style: style, Text: safe.Format("%s ", answer)}}
	if !l.Spread(on.Room.W, right...) {
		l.Spread(on.Room.W, right[1])
	}
	return l
}

// summed is what is flagged as a whole, and how many rows there are of each kind.
func (s View) summed() View {
	s.whole, s.counts = nil, [kinds]int{}
	for _, row := range s.rows {
		s.counts[row.kind]++
		if row.kind == scan || row.kind == auditSpec {
			s.whole = append(s.whole, row.flags...)
		}
	}
	s.whole = bySeverity(s.whole)
	return s
}

// letThrough is how many findings were let through: as many as the evidence lists, else as many as the attestation says.
func (s View) letThrough() safe.Text {
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
func (s View) counted() safe.Text {
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
func (s View) cell(row row, column int, st *theme.Styles) rows.Part {
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, widget.MostCell)}
	}
	switch column {
	case code:
		style := st.Text
		if row.kind != auditIssue {
			style = st.Quiet
		}
		return text(style, row.code+" "+row.name)
	case severity:
		if audit.SeverityRank(row.severity) >= audit.SeverityRank("HIGH") {
			return text(st.Warning, row.severity)
		}
		return text(st.Text, row.severity)
	case where:
		return text(st.Text, row.where)
	case flags:
		if r := s.answer.Report; row.kind == auditSpec && len(row.flags) == 0 && (!r.SpecFile.Vouched || r.SpecOfAnotherCommit()) {
			return text(st.Quiet, "none shown, none ruled out")
		}
		return flagsCell(row.flags, st)
	case review:
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
		said = append(said, safe.LineMax(string(f.ID), widget.MostCell))
	}
	return rows.Part{Style: m.Style, Text: safe.Join(safe.Spaces(1), said...)}
}
