package fleet

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

func (f Screen) tooSmall() bool { return f.Width < widget.LeastWidth || f.Height < widget.LeastHeight }

// room is the inside of the frame.
func (f Screen) room() widget.Area { return widget.Area{X: 1, Y: 2, W: f.Width - 2, H: f.Height - 4} }

func (f Screen) look() widget.Look {
	return widget.Look{Styles: f.Styles, Focused: !f.helping, Spin: f.Styles.Glyphs.Bullet}
}

// headings are the columns. Images take what they can use of what the kinds of evidence leave.
func (f Screen) headings() []widget.Column {
	out := []widget.Column{
		outcome:    {Name: safe.Const("Policy"), Least: 15, Most: 15, Keep: true},
		fleetImage: {Name: safe.Const("Image"), Least: 16, Most: max(f.Width/3, 16), Keep: true},
	}
	for _, c := range f.about.Columns {
		out = append(out, widget.Column{Name: evidenceName(c), Least: 6, Most: 15})
	}
	return append(out, widget.Column{Name: safe.Const("What to know"), Least: 16})
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
func (f Screen) head() []widget.Line {
	st, look := f.Styles, f.look()
	var out []widget.Line
	if f.room().H >= widget.DetailsBoth {
		out = append(out, f.notices()...)
	}
	if f.failed != "" {
		out = append(out, widget.Notice(st, model.SeverityError, f.failed, f.Width))
	}
	if !f.refused.Empty() {
		var l widget.Line
		l.Add(st.Bad, safe.Format("%s%s ", safe.Spaces(widget.TableMargin), st.Glyphs.Error))
		l.Add(st.Text, f.refused)
		out = append(out, l)
	}
	if f.room().H >= widget.DetailsBoth || !f.list.Typing && f.list.Filter.Text == "" {
		out = append(out, f.totals()...)
	}
	if f.list.Typing || f.list.Filter.Text != "" {
		l := look.Lead(false)
		l.Add(st.Prompt, safe.Const("filter: "))
		p := f.list.Filter.Shown(look, safe.Text{}, f.filterRoom())
		l.Add(p.Style, p.Text)
		l.Spread(f.room().W, rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s ", safe.Int(len(f.list.Order)), safe.Int(len(f.rows)))})
		out = append(out, l)
	}
	return out
}

// filterRoom is how many cells of what is typed are shown.
func (f Screen) filterRoom() int { return max(f.room().W-30, 4) }

// totals are how far it is, and how the images count.
func (f Screen) totals() []widget.Line {
	st, room := f.Styles, f.room()
	l := f.look().Lead(len(f.list.Order) == 0)
	var counts []rows.Part
	add := func(n int, glyph safe.Text, style theme.Style, word safe.Text) {
		if n > 0 {
			counts = append(counts, rows.Part{Style: style, Text: safe.Format("%s %s %s  ", glyph, safe.Int(n), word)})
		}
	}
	add(f.counts.satisfied, st.Glyphs.Check, st.Good, safe.Const("satisfied"))
	add(f.counts.not, st.Glyphs.Error, st.Bad, safe.Const("not satisfied"))
	add(f.counts.incomplete, safe.Const("!"), st.Warning, safe.Const("incomplete"))
	if room.H < widget.DetailsBoth {
		add(len(f.about.Problems), safe.Const("!"), st.Warning, safe.Const("not in the rows"))
	}
	add(f.counts.changed, st.Glyphs.Info, st.Text, safe.Const("changed"))
	progress := f.progressSaid()
	switch {
	case widget.Width(l.Left)+progress.Width()+widget.Width(counts) < room.W:
		l.Add(st.Quiet, progress)
		l.Spread(room.W, counts...)
		return []widget.Line{l}
	case room.H >= widget.DetailsBoth:
		l.Add(st.Quiet, progress)
		return []widget.Line{l, {Left: append([]rows.Part{{Text: safe.Spaces(widget.TableMargin)}}, counts...)}}
	}
	l.Left = append(l.Left, counts...)
	return []widget.Line{l}
}

// progressSaid is how far it is.
func (f Screen) progressSaid() safe.Text {
	switch {
	case f.ended && len(f.rows) != f.about.Images:
		return safe.Format("stopped after %s of %s", safe.Int(len(f.rows)), safe.Line(phrase.Counted(f.about.Images, "image", "images")))
	case f.ended:
		return safe.Format("done, %s", safe.Line(phrase.Counted(len(f.rows), "image", "images")))
	case f.progress == "":
		return safe.Const("beginning")
	}
	return safe.LineMax(f.progress, f.Width)
}

// cell is what stands in a column of a row of the matrix.
func (f Screen) cell(row, column int) rows.Part {
	r, st := f.rows[f.list.Order[row]], f.Styles
	switch {
	case column == outcome:
		glyph, style := outcomeMark(st, r)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.Line(outcomeWord(r)))}
	case column == fleetImage:
		return f.name(r, f.list.Table.Widths[column])
	case column-fleetCells < len(f.about.Columns):
		cell := r.Cell(f.about.Columns[column-fleetCells].ID)
		glyph, style, words := evidence(st, cell)
		text := safe.Format("%s %s", glyph, safe.LineMax(words, widget.MostCell))
		if text.Width() > f.list.Table.Widths[column] && cell.Value == "" && cell.State != fleet.StatePartial {
			text = glyph // a sign that is whole says more than half a word
		}
		return rows.Part{Style: style, Text: text}
	}
	style := st.Quiet
	if r.Problem != "" || worsened(r) || len(r.Lookalikes)+len(r.SignedAs) > 0 {
		style = st.Warning
	}
	return rows.Part{Style: style, Text: safe.LineMax(remark(r), widget.MostCell)}
}

// name is an image's reference. Its end tells images apart; one that only looks like another is marked, since the letter that
// tells may be cut off.
func (f Screen) name(r fleet.Row, width int) rows.Part {
	text := safe.LineMax(r.Reference, widget.MostCell)
	if model.MixedScript(r.Reference) {
		mark := safe.Format("%s ", f.Styles.Glyphs.Warning)
		return rows.Part{Style: f.Styles.Warning, Text: safe.Concat(mark, text.TruncateLeft(max(width-mark.Width(), 1)))}
	}
	return rows.Part{Style: f.Styles.Text, Text: text.TruncateLeft(width)}
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
func (f Screen) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "attestree"}
	if f.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case f.Width <= 0 || f.Height <= 0:
		return v
	case f.tooSmall():
		v.Content = f.Content(strings.Join(f.TooSmallRows(f.keys.Quit), "\n"))
		return v
	}
	title := safe.Format("Fleet %s %s", f.Styles.Glyphs.Bullet, safe.Line(phrase.Counted(f.about.Images, "image", "images")))
	screen := append([]string{f.header()}, widget.Frame{Edge: f.Styles.BorderFocused, Name: f.Styles.TitleFocused}.Around(f.room(), title, f.body(), f.detail.Bar(f.list.Table), f.Styles)...)
	screen = append(screen, f.status())
	v.Cursor = f.cursor()
	if f.helping {
		screen = f.help.Board.Over(screen, f.Styles)
		v.Cursor = widget.CalmCursor(f.help.Board.Room.X+1, f.help.Board.SelectedRow())
	}
	v.Content = f.Content(strings.Join(screen, "\n"))
	return v
}

func (f Screen) header() string {
	var l widget.Line
	l.Add(f.Styles.Brand, safe.Const(" attestree  "))
	l.Add(f.Styles.Strong, safe.LineMax(f.about.Source, f.Width).TruncateMiddle(max(f.Width-24, 8)))
	if f.about.Offline {
		l.Spread(f.Width, rows.Part{Style: f.Styles.Brand, Text: safe.Const("offline ")})
	}
	return l.Draw(widget.Drawer(f.Width, f.Styles), f.Styles.Bar)
}

// body is the head, the matrix, and what is known of the selected image.
func (f Screen) body() []string {
	room := f.room()
	b := widget.Drawer(room.W, f.Styles)
	var out []string
	for _, l := range f.head() {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	if !f.detail.Table.Empty() {
		out = append(out, f.list.Table.View(f.headings(), room.W, f.detail.Look(f.look()), f.cell)...)
	}
	for len(out) < f.detail.Room.Y {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	return append(out, f.detail.View(room.W, f.look())...)
}

func (f Screen) cursor() *tea.Cursor {
	room, head := f.room(), len(f.head())
	if f.list.Typing {
		typed := f.list.Filter.Shown(f.look(), safe.Text{}, f.filterRoom()).Text.Width()
		return tea.NewCursor(room.X+min(widget.TableMargin+len("filter: ")+typed, room.W-1), room.Y+head-1)
	}
	row := f.detail.Cursor(f.list.Table)
	if row < 0 || row >= room.H {
		return nil
	}
	return widget.CalmCursor(room.X, room.Y+row)
}

// status says what is being waited for, or which keys help.
func (f Screen) status() string {
	b, k := widget.Drawer(f.Width, f.Styles), f.keys
	var l widget.Line
	if f.opening != "" {
		l.Add(f.Styles.Strong, safe.Format(" opening %s  ", safe.LineMax(f.opening, max(f.Width-34, 8))))
		l.Add(f.Styles.Key, keymap.FirstKey(k.Back))
		l.Add(f.Styles.KeyHelp, safe.Const(" stops waiting"))
		return l.Draw(b, f.Styles.Bar)
	}
	hints := []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("open")), keymap.HintFor(k.Filter, safe.Const("filter")), keymap.HintFor(k.Sort, safe.Const("sort")),
		keymap.HintFor(k.NextPane, safe.Const("read on")), keymap.HintFor(k.Help, safe.Const("help")), keymap.HintFor(k.Quit, safe.Const("quit"))}
	if f.list.Typing {
		hints = []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("is:not sbom:none signature:trusted")}}
	}
	l.Add(theme.Style{}, safe.Spaces(1))
	for _, h := range hints {
		parts := []rows.Part{{Style: f.Styles.Key, Text: safe.Concat(h.Keys, safe.Spaces(1))}, {Style: f.Styles.KeyHelp, Text: safe.Concat(h.Does, safe.Spaces(2))}}
		if widget.Width(l.Left)+widget.Width(parts) > f.Width {
			break
		}
		l.Left = append(l.Left, parts...)
	}
	return l.Draw(b, f.Styles.Bar)
}
