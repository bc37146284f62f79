package coverage

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/coverage"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// columnName is what stands above a column.
func columnName(e *model.Entry) string {
	if e.Node.Platform != "" {
		return e.Node.Platform
	}
	return phrase.Kind(e.Node.Kind)
}

// shownNames are the names of columns in so many cells each. Where not all of them fit, platforms are called without their
// system, or else begin with …: what tells them apart is at their ends. No two look the same where one of these ways helps.
func shownNames(columns []gridColumn, cells int) []safe.Text {
	ways := []func(e *model.Entry) safe.Text{
		func(e *model.Entry) safe.Text { return safe.LineMax(columnName(e), phrase.MostName) },
		func(e *model.Entry) safe.Text {
			if _, machine, found := strings.Cut(e.Node.Platform, "/"); found {
				return safe.LineMax(machine, phrase.MostName)
			}
			return safe.LineMax(columnName(e), phrase.MostName)
		},
		func(e *model.Entry) safe.Text {
			return safe.LineMax(columnName(e), phrase.MostName).TruncateLeft(cells)
		},
		func(e *model.Entry) safe.Text {
			return safe.LineMax(columnName(e), phrase.MostName).TruncateMiddle(cells)
		},
	}
	var names []safe.Text
	for _, way := range ways {
		names = names[:0]
		seen, good := map[string]bool{}, true
		for _, c := range columns {
			name := way(c.entry)
			good = good && name.Width() <= cells && !seen[name.String()]
			seen[name.String()] = true
			names = append(names, name)
		}
		if good {
			break
		}
	}
	return names
}

// View draws the names of the columns, the visible rows, and below them what is in the selected cell.
func (s View) View(on scene.Stage) []string {
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	if s.of == nil {
		return widget.Explain(b, on.Room, on.Look.Styles, "Reading what there is.")
	}
	out := []string{s.head(on).Draw(b, theme.Style{})}
	from, to := s.rows.Visible()
	for i := from; i < to; i++ {
		out = append(out, s.row(on, i).Draw(b, theme.Style{}))
	}
	return append(out, s.foot(on, on.Room.H-len(out))...)
}

func (s View) head(on scene.Stage) widget.Line {
	st, w := on.Look.Styles, columnWidth(on.Room)
	var l widget.Line
	before := safe.Spaces(widget.TableMargin)
	if s.columns.Offset() > 0 {
		before = safe.Concat(st.Glyphs.Left, safe.Spaces(1))
	}
	l.Add(st.Key, before)
	l.Add(st.Label, safe.Spaces(gridNames))
	from, to := s.columns.Visible()
	names := shownNames(s.grid.columns[from:to], w-2)
	for c := from; c < to; c++ {
		style := st.Label
		if c == s.columns.Cursor() {
			style = st.Strong
		}
		name := names[c-from].Truncate(w)
		if c < to-1 {
			name = name.PadRight(w) // the last leaves room for how many are out of sight
		}
		l.Add(style, name)
	}
	if more := s.columns.Count() - to; more > 0 {
		l.End(st.Key, safe.Format("%s %s ", safe.Int(more), st.Glyphs.Right))
	}
	return l
}

func (s View) row(on scene.Stage, i int) widget.Line {
	st, w, r := on.Look.Styles, columnWidth(on.Room), s.grid.rows[i]
	here := i == s.rows.Cursor()
	name := st.Text
	if here {
		name = st.Strong
	}
	var l widget.Line
	l.Add(st.Marker, safe.Concat(on.Look.Marker(here), safe.Spaces(1)))
	l.Add(name, safe.Line(familyName(r.family)).Fit(gridNames))
	from, to := s.columns.Visible()
	for c := from; c < to; c++ {
		parts := s.content(on, r.cells[c], s.grid.columns[c])
		if here && c == s.columns.Cursor() {
			l.Add(on.Look.Selection(), safe.Concat(safe.Const("["), plainly(parts).Truncate(w-4), safe.Const("]")).PadRight(w-1))
			l.Add(theme.Style{}, safe.Spaces(1))
			continue
		}
		l.Add(theme.Style{}, safe.Spaces(1))
		left := w - 2
		for _, p := range parts {
			text := p.Text.Truncate(left)
			left -= text.Width()
			l.Add(p.Style, text)
		}
		l.Add(theme.Style{}, safe.Spaces(left+1))
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
func (s View) content(on scene.Stage, cell gridCell, column gridColumn) []rows.Part {
	st := on.Look.Styles
	var parts []rows.Part
	for i, n := range cell.counts {
		if n > 0 {
			mark := st.Verdict(phrase.Verdicts[i], model.Trusted)
			if len(parts) > 0 {
				parts = append(parts, rows.Part{Text: safe.Spaces(1)})
			}
			parts = append(parts, rows.Part{Style: mark.Style, Text: safe.Format("%s%s", mark.Glyph, safe.Int(n))})
		}
	}
	switch {
	case len(parts) > 1:
		return parts
	case len(parts) == 1:
		return s.one(on, cell, parts[0])
	}
	switch column.gap(on.Tree) {
	case coverage.Looking:
		return []rows.Part{{Style: st.Quiet, Text: safe.Format("%s looking", on.Look.Spin)}}
	case coverage.Unseen:
		return []rows.Part{{Style: st.Warning, Text: safe.Const("! unknown")}}
	case coverage.NotLooked:
		return []rows.Part{{Style: st.Warning, Text: safe.Const("? not looked")}}
	case coverage.Absent:
	}
	return []rows.Part{{Style: st.Quiet, Text: safe.Format("%s none", st.Glyphs.Dash)}}
}

// one is a cell whose nodes all have the same verdict: its word too, where there is room for that.
func (s View) one(on scene.Stage, cell gridCell, counted rows.Part) []rows.Part {
	mark := on.Look.Styles.Standing(s.entries(cell, 1)[0].Standing)
	said := mark.Text()
	if len(cell.rows) > 1 {
		said = safe.Concat(counted.Text, safe.Spaces(1), mark.Word)
	}
	if said.Width() > columnWidth(on.Room)-4 {
		said = counted.Text
	}
	return []rows.Part{{Style: mark.Style, Text: said}}
}

// foot says in words what is in the selected cell, in as many rows as there are.
func (s View) foot(on scene.Stage, height int) []string {
	row, cell := s.cell()
	if height < 3 || len(row.cells) == 0 {
		return nil
	}
	column := s.grid.columns[s.columns.Cursor()]
	page := widget.Sheet{Width: on.Room.W - widget.TableMargin - 1, Styles: on.Look.Styles}
	page.Add(widget.Line{})
	page.Put(on.Look.Styles.Heading, safe.Format("%s of %s", safe.Line(familyName(row.family)), safe.LineMax(columnName(column.entry), page.Width)))
	for _, e := range s.entries(cell, height) {
		page.Add(nodeLine(e, &page))
	}
	if len(cell.rows) == 0 {
		page.Sentence(gapSaid(column.gap(on.Tree)), on.Look.Styles.Text, 0)
	}
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	for _, l := range page.Lines[:min(len(page.Lines), height)] {
		l.Left = append([]rows.Part{{Text: safe.Spaces(widget.TableMargin)}}, l.Left...)
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}

// nodeLine is a node as one row of a text.
func nodeLine(e *model.Entry, page *widget.Sheet) widget.Line {
	mark := page.Styles.Standing(e.Standing)
	var l widget.Line
	l.Add(mark.Style, mark.Text().PadRight(widget.LabelWidth+3))
	l.Add(page.Styles.Text, safe.LineMax(model.EntryTitle(e), page.Width))
	return l
}

// gapSaid is why a cell is empty, in a sentence.
func gapSaid(g coverage.Gap) string {
	switch g {
	case coverage.Looking:
		return "Nothing yet: still looking."
	case coverage.Unseen:
		return "None was seen, but a look-up was denied, cut off or failed: one may be there."
	case coverage.NotLooked:
		return "None was seen, but nothing was looked up for this digest: one may be there."
	case coverage.Absent:
	}
	return "There is none: every place was looked at, and has none."
}
