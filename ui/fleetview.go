package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

func (f Fleet) tooSmall() bool { return f.width < leastWidth || f.height < leastHeight }

// room is the inside of the frame.
func (f Fleet) room() area { return area{1, 2, f.width - 2, f.height - 4} }

func (f Fleet) look() paneLook {
	return paneLook{styles: f.styles, focused: !f.helping, spin: f.styles.Glyphs.Bullet}
}

// headings are the columns. Images take what they can use of what the kinds of evidence leave.
func (f Fleet) headings() []heading {
	out := []heading{
		fleetOutcome: {name: safe.Const("Policy"), least: 15, most: 15, keep: true},
		fleetImage:   {name: safe.Const("Image"), least: 16, most: max(f.width/3, 16), keep: true},
	}
	for _, c := range f.about.Columns {
		out = append(out, heading{name: evidenceName(c), least: 6, most: 15})
	}
	return append(out, heading{name: safe.Const("What to know"), least: 16})
}

// evidenceName is the head of a column, short enough for a narrow one.
func evidenceName(c fleet.Column) safe.Text {
	switch c.ID {
	case fleet.ColumnSignature:
		return safe.Const("Signed")
	case fleet.ColumnProvenance:
		return safe.Const("SLSA")
	case fleet.ColumnScan:
		return safe.Const("Scan")
	case fleet.ColumnSBOM, fleet.ColumnVEX:
	}
	return safe.LineMax(c.Title, 24)
}

// head says how far it is, and what came out. Its last line is the one that is typed in.
func (f Fleet) head() []line {
	st, look := f.styles, f.look()
	var out []line
	if f.room().h >= detailsBoth {
		for _, p := range f.about.Problems[:min(len(f.about.Problems), 2)] {
			out = append(out, noticed(st, model.SeverityWarning, "part of the list could not be read: "+p, f.width))
		}
		if n := len(f.about.Removed); n > 0 {
			out = append(out, noticed(st, model.SeverityInfo, counted(n, "image", "images")+" of the earlier report not in this list: "+strings.Join(f.about.Removed[:min(n, 5)], ", "), f.width))
		}
	}
	if f.failed != "" {
		out = append(out, noticed(st, model.SeverityError, f.failed, f.width))
	}
	if !f.refused.Empty() {
		var l line
		l.add(st.Bad, safe.Format("%s%s ", safe.Spaces(tableMargin), st.Glyphs.Error))
		l.add(st.Text, f.refused)
		out = append(out, l)
	}
	if f.room().h >= detailsBoth || !f.list.typing && f.list.filter.text == "" {
		out = append(out, f.totals()...)
	}
	if f.list.typing || f.list.filter.text != "" {
		l := look.lead(false)
		l.add(st.Prompt, safe.Const("filter: "))
		p := f.list.filter.shown(look, safe.Text{}, f.filterRoom())
		l.add(p.Style, p.Text)
		l.spread(f.room().w, rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s ", safe.Int(len(f.list.order)), safe.Int(len(f.rows)))})
		out = append(out, l)
	}
	return out
}

// filterRoom is how many cells of what is typed are shown.
func (f Fleet) filterRoom() int { return max(f.room().w-30, 4) }

// totals are how far it is, and how the images count.
func (f Fleet) totals() []line {
	st, room := f.styles, f.room()
	l := f.look().lead(len(f.list.order) == 0)
	var counts []rows.Part
	add := func(n int, glyph safe.Text, style theme.Style, word safe.Text) {
		if n > 0 {
			counts = append(counts, rows.Part{Style: style, Text: safe.Format("%s %s %s  ", glyph, safe.Int(n), word)})
		}
	}
	add(f.counts.satisfied, st.Glyphs.Check, st.Good, safe.Const("satisfied"))
	add(f.counts.not, st.Glyphs.Error, st.Bad, safe.Const("not satisfied"))
	add(f.counts.incomplete, safe.Const("!"), st.Warning, safe.Const("incomplete"))
	add(f.counts.changed, st.Glyphs.Info, st.Text, safe.Const("changed"))
	progress := f.progressSaid()
	switch {
	case width(l.left)+progress.Width()+width(counts) < room.w:
		l.add(st.Quiet, progress)
		l.spread(room.w, counts...)
		return []line{l}
	case room.h >= detailsBoth:
		l.add(st.Quiet, progress)
		return []line{l, {left: append([]rows.Part{{Text: safe.Spaces(tableMargin)}}, counts...)}}
	}
	l.left = append(l.left, counts...)
	return []line{l}
}

// progressSaid is how far it is.
func (f Fleet) progressSaid() safe.Text {
	switch {
	case f.ended && len(f.rows) != f.about.Images:
		return safe.Format("stopped after %s of %s", safe.Int(len(f.rows)), safe.Line(counted(f.about.Images, "image", "images")))
	case f.ended:
		return safe.Format("done, %s", safe.Line(counted(len(f.rows), "image", "images")))
	case f.progress == "":
		return safe.Const("beginning")
	}
	return safe.LineMax(f.progress, f.width)
}

// cell is what stands in a column of a row of the matrix.
func (f Fleet) cell(row, column int) rows.Part {
	r, st := f.rows[f.list.order[row]], f.styles
	switch {
	case column == fleetOutcome:
		glyph, style := outcomeMark(st, r)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.Line(outcomeWord(r)))}
	case column == fleetImage:
		return rows.Part{Style: st.Text, Text: safe.LineMax(r.Reference, mostCell).TruncateLeft(f.list.table.widths[column])}
	case column-fleetCells < len(f.about.Columns):
		cell := r.Cell(f.about.Columns[column-fleetCells].ID)
		glyph, style, words := evidence(st, cell)
		text := safe.Format("%s %s", glyph, safe.LineMax(words, mostCell))
		if text.Width() > f.list.table.widths[column] && cell.Value == "" && cell.State != fleet.StatePartial {
			text = glyph // a sign that is whole says more than half a word
		}
		return rows.Part{Style: style, Text: text}
	}
	style := st.Quiet
	if r.Problem != "" || worsened(r) {
		style = st.Warning
	}
	return rows.Part{Style: style, Text: safe.LineMax(fleetRemark(r), mostCell)}
}

func worsened(r fleet.Row) bool {
	for _, c := range r.Changes {
		if c.Worse {
			return true
		}
	}
	return false
}

func outcomeMark(st *theme.Styles, r fleet.Row) (safe.Text, theme.Style) {
	switch {
	case r.Problem != "":
		return safe.Const("!"), st.Warning
	case r.Outcome() == fleet.OutcomeSatisfied:
		return st.Glyphs.Check, st.Good
	case r.Outcome() == fleet.OutcomeNotSatisfied:
		return st.Glyphs.Error, st.Bad
	}
	return safe.Const("!"), st.Warning
}

// evidence is how a cell is shown: its sign, and its most important word. What is not known is never shown as absent.
func evidence(st *theme.Styles, c fleet.Cell) (glyph safe.Text, style theme.Style, words string) {
	switch c.State {
	case fleet.StateNone:
		return st.Glyphs.Dash, st.Quiet, "none"
	case fleet.StateUnknown, "":
		return safe.Const("!"), st.Warning, "unknown" // as what is unavailable
	case fleet.StatePartial:
		return st.Glyphs.Warning, st.Warning, c.On
	}
	mark := st.Verdict(stateVerdict(c))
	if c.Value != "" {
		return mark.Glyph, mark.Style, c.Value
	}
	return mark.Glyph, mark.Style, string(c.State)
}

// View draws what Update prepared.
func (f Fleet) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "attestree"}
	if f.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case f.width <= 0 || f.height <= 0:
		return v
	case f.tooSmall():
		v.Content = f.content(strings.Join(f.tooSmallRows(f.keys.Quit), "\n"))
		return v
	}
	title := safe.Format("Fleet %s %s", f.styles.Glyphs.Bullet, safe.Line(counted(f.about.Images, "image", "images")))
	screen := append([]string{f.header()}, frame{f.styles.BorderFocused, f.styles.TitleFocused}.around(f.room(), title, f.body(), f.detail.bar(f.list.table), f.styles)...)
	screen = append(screen, f.status())
	v.Cursor = f.cursor()
	if f.helping {
		screen = f.help.board.over(screen, f.styles)
		v.Cursor = calm(f.help.board.room.x+1, f.help.board.selectedRow())
	}
	v.Content = f.content(strings.Join(screen, "\n"))
	return v
}

func (f Fleet) header() string {
	var l line
	l.add(f.styles.Brand, safe.Const(" attestree  "))
	l.add(f.styles.Strong, safe.LineMax(f.about.Source, f.width).TruncateMiddle(max(f.width-24, 8)))
	if f.about.Offline {
		l.spread(f.width, rows.Part{Style: f.styles.Brand, Text: safe.Const("offline ")})
	}
	return l.draw(drawer(f.width, f.styles), f.styles.Bar)
}

// body is the head, the matrix, and what is known of the selected image.
func (f Fleet) body() []string {
	room := f.room()
	b := drawer(room.w, f.styles)
	var out []string
	for _, l := range f.head() {
		out = append(out, l.draw(b, theme.Style{}))
	}
	if !f.detail.table.empty() {
		out = append(out, f.list.table.view(f.headings(), room.w, f.detail.look(f.look()), f.cell)...)
	}
	for len(out) < f.detail.room.y {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	return append(out, f.detail.view(room.w, f.look())...)
}

func (f Fleet) cursor() *tea.Cursor {
	room, head := f.room(), len(f.head())
	if f.list.typing {
		typed := f.list.filter.shown(f.look(), safe.Text{}, f.filterRoom()).Text.Width()
		return tea.NewCursor(room.x+min(tableMargin+len("filter: ")+typed, room.w-1), room.y+head-1)
	}
	row := f.detail.cursor(f.list.table)
	if row < 0 || row >= room.h {
		return nil
	}
	return calm(room.x, room.y+row)
}

// status says what is being waited for, or which keys help.
func (f Fleet) status() string {
	b, k := drawer(f.width, f.styles), f.keys
	var l line
	if f.opening != "" {
		l.add(f.styles.Strong, safe.Format(" opening %s  ", safe.LineMax(f.opening, max(f.width-34, 8))))
		l.add(f.styles.Key, firstKey(k.Back))
		l.add(f.styles.KeyHelp, safe.Const(" stops waiting"))
		return l.draw(b, f.styles.Bar)
	}
	hints := []hint{hintFor(k.Enter, safe.Const("open")), hintFor(k.Filter, safe.Const("filter")), hintFor(k.Sort, safe.Const("sort")),
		hintFor(k.NextPane, safe.Const("read on")), hintFor(k.Help, safe.Const("help")), hintFor(k.Quit, safe.Const("quit"))}
	if f.list.typing {
		hints = []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("is:not sbom:none signature:trusted")}}
	}
	l.add(theme.Style{}, safe.Spaces(1))
	for _, h := range hints {
		parts := []rows.Part{{Style: f.styles.Key, Text: safe.Concat(h.keys, safe.Spaces(1))}, {Style: f.styles.KeyHelp, Text: safe.Concat(h.does, safe.Spaces(2))}}
		if width(l.left)+width(parts) > f.width {
			break
		}
		l.left = append(l.left, parts...)
	}
	return l.draw(b, f.styles.Bar)
}
