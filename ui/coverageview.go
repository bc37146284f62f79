package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// columnName is what stands above a column.
func columnName(e *model.Entry) string {
	if e.Node.Platform != "" {
		return e.Node.Platform
	}
	return kindName(e.Node.Kind)
}

// view draws the names of the columns, the visible rows, and below them what is in the selected cell.
func (s coverageScene) view(on stage) []string {
	b := drawer(on.room.w, on.look.styles)
	if s.of == nil {
		return explain(b, on.room, on.look.styles, "Reading what there is.")
	}
	out := []string{s.head(on).draw(b, theme.Style{})}
	from, to := s.rows.Visible()
	for i := from; i < to; i++ {
		out = append(out, s.row(on, i).draw(b, theme.Style{}))
	}
	return append(out, s.foot(on, on.room.h-len(out))...)
}

func (s coverageScene) head(on stage) line {
	st, w := on.look.styles, columnWidth(on.room)
	var l line
	before := safe.Spaces(tableMargin)
	if s.columns.Offset() > 0 {
		before = safe.Concat(st.Glyphs.Left, safe.Spaces(1))
	}
	l.add(st.Key, before)
	l.add(st.Label, safe.Spaces(gridNames))
	from, to := s.columns.Visible()
	for c := from; c < to; c++ {
		style := st.Label
		if c == s.columns.Cursor() {
			style = st.Strong
		}
		l.add(style, safe.LineMax(columnName(s.grid.columns[c].entry), w-2).Fit(w))
	}
	if more := s.columns.Count() - to; more > 0 {
		l.end(st.Key, safe.Format("%s %s ", safe.Int(more), st.Glyphs.Right))
	}
	return l
}

func (s coverageScene) row(on stage, i int) line {
	st, w, r := on.look.styles, columnWidth(on.room), s.grid.rows[i]
	here := i == s.rows.Cursor()
	name := st.Text
	if here {
		name = st.Strong
	}
	var l line
	l.add(st.Marker, safe.Concat(on.look.marker(here), safe.Spaces(1)))
	l.add(name, safe.Line(familyName(r.family)).Fit(gridNames))
	from, to := s.columns.Visible()
	for c := from; c < to; c++ {
		parts := s.content(on, r.cells[c], s.grid.columns[c])
		if here && c == s.columns.Cursor() {
			l.add(on.look.selection(), safe.Concat(safe.Const("["), plainly(parts).Truncate(w-4), safe.Const("]")).PadRight(w-1))
			l.add(theme.Style{}, safe.Spaces(1))
			continue
		}
		l.add(theme.Style{}, safe.Spaces(1))
		left := w - 2
		for _, p := range parts {
			text := p.Text.Truncate(left)
			left -= text.Width()
			l.add(p.Style, text)
		}
		l.add(theme.Style{}, safe.Spaces(left+1))
	}
	return l
}

// plainly is the text of parts.
func plainly(parts []rows.Part) safe.Text {
	var texts []safe.Text
	for _, p := range parts {
		texts = append(texts, p.Text)
	}
	return safe.Concat(texts...)
}

// content is what a cell says: one verdict in a word, several as signs with how many have each, or why it is empty.
func (s coverageScene) content(on stage, cell gridCell, column gridColumn) []rows.Part {
	st := on.look.styles
	var parts []rows.Part
	for i, n := range cell.counts {
		if n > 0 {
			mark := st.Verdict(verdictOrder[i], model.Trusted)
			parts = append(parts, rows.Part{Style: mark.Style, Text: safe.Format("%s%s ", mark.Glyph, safe.Int(n))})
		}
	}
	switch {
	case len(parts) > 1:
		return parts
	case len(parts) == 1:
		return s.one(on, cell, parts[0])
	}
	switch column.gap(on.tree) {
	case gapLooking:
		return []rows.Part{{Style: st.Quiet, Text: safe.Format("%s looking", on.look.spin)}}
	case gapUnseen:
		return []rows.Part{{Style: st.Warning, Text: safe.Const("! unknown")}}
	case gapNotLooked:
		return []rows.Part{{Style: st.Warning, Text: safe.Const("? not looked")}}
	case gapNone:
	}
	return []rows.Part{{Style: st.Quiet, Text: safe.Format("%s none", st.Glyphs.Dash)}}
}

// one is a cell whose nodes all have the same verdict: its word too, where there is room for that.
func (s coverageScene) one(on stage, cell gridCell, counted rows.Part) []rows.Part {
	mark := on.look.styles.Standing(s.entries(cell, 1)[0].Standing)
	said := mark.Text()
	if len(cell.rows) > 1 {
		said = safe.Concat(counted.Text, mark.Word)
	}
	if said.Width() > columnWidth(on.room)-4 {
		said = counted.Text
	}
	return []rows.Part{{Style: mark.Style, Text: said}}
}

// foot says in words what is in the selected cell, in as many rows as there are.
func (s coverageScene) foot(on stage, height int) []string {
	row, cell := s.cell()
	if height < 3 || len(row.cells) == 0 {
		return nil
	}
	column := s.grid.columns[s.columns.Cursor()]
	page := sheet{width: on.room.w - tableMargin - 1, styles: on.look.styles}
	page.add(line{})
	page.put(on.look.styles.Heading, safe.Format("%s of %s", safe.Line(familyName(row.family)), safe.LineMax(columnName(column.entry), page.width)))
	for _, e := range s.entries(cell, height) {
		page.add(nodeLine(e, &page))
	}
	if len(cell.rows) == 0 {
		page.sentence(gapSaid(column.gap(on.tree)), on.look.styles.Text, 0)
	}
	b := drawer(on.room.w, on.look.styles)
	var out []string
	for _, l := range page.lines[:min(len(page.lines), height)] {
		l.left = append([]rows.Part{{Text: safe.Spaces(tableMargin)}}, l.left...)
		out = append(out, l.draw(b, theme.Style{}))
	}
	return out
}

// nodeLine is a node as one row of a text.
func nodeLine(e *model.Entry, page *sheet) line {
	mark := page.styles.Standing(e.Standing)
	var l line
	l.add(mark.Style, mark.Text().PadRight(labelWidth+3))
	l.add(page.styles.Text, safe.LineMax(model.EntryTitle(e), page.width))
	return l
}

// gapSaid is why a cell is empty, in a sentence.
func gapSaid(g gap) string {
	switch g {
	case gapLooking:
		return "Nothing yet: still looking."
	case gapUnseen:
		return "None was seen, but a look-up was denied, cut off or failed: one may be there."
	case gapNotLooked:
		return "None was seen, but nothing was looked up for this digest: one may be there."
	case gapNone:
	}
	return "There is none: every place was looked at, and has none."
}
