package ui

import (
	"errors"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// screen is every row of the screen.
func (a App) screen() []string {
	if a.regions.tooSmall {
		return a.TooSmallRows(a.keys.Quit)
	}
	out := a.header()
	if s, open := a.top(); open {
		return append(append(out, a.sceneRows(s)...), a.status())
	}
	if !a.regions.crumbs.Empty() {
		out = append(out, a.crumbs())
	}
	var body []string
	for i, c := range a.regions.columns {
		for y, row := range a.column(c) {
			if i == 0 {
				body = append(body, row)
			} else {
				body[y] += row
			}
		}
	}
	out = append(out, body...)
	return append(out, a.status())
}

// column draws a frame and the panes in it.
func (a App) column(c column) []string {
	s := a.Styles
	out := make([]string, 0, c.area.H)
	side := s.Border.Render(s.Glyphs.Vertical)
	blank := strings.Repeat(" ", max(c.area.W-2, 0))
	for i, p := range c.panes {
		out = append(out, a.edge(c, i))
		room := a.regions.panes[p]
		content := a.pane(p, room)
		bar := a.bar(p)
		for y := range room.H {
			row, end := blank, side
			if y < len(content) {
				row = content[y]
			}
			if bar.Covers(y) {
				end = s.ScrollThumb.Render(s.Glyphs.Thumb)
			}
			out = append(out, side+row+end)
		}
	}
	return append(out, a.edge(c, len(c.panes)))
}

// edge is the line above pane i of a frame with its title, or the one below the last. The title of the pane with the
// focus stands in brackets: colour alone does not tell.
func (a App) edge(c column, i int) string {
	s, g := a.Styles, a.Styles.Glyphs
	left, right := g.TeeLeft, g.TeeRight
	switch i {
	case 0:
		left, right = g.TopLeft, g.TopRight
	case len(c.panes):
		left, right = g.BottomLeft, g.BottomRight
	}
	if i == len(c.panes) {
		return s.Border.Render(safe.Concat(left, widget.Repeat(g.Horizontal, c.area.W-2), right))
	}
	open, shut, style := safe.Concat(g.Horizontal, safe.Spaces(1)), safe.Concat(safe.Spaces(1), g.Horizontal), s.Title
	border := s.Border
	if c.panes[i] == a.focus {
		open, shut, style, border = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), s.TitleFocused, s.BorderFocused
	}
	title := a.title(c.panes[i]).Truncate(c.area.W - 6)
	rest := c.area.W - 6 - title.Width()
	return s.Border.Render(left) + border.Render(open) + widget.Marked(style, title, s) + border.Render(shut) +
		s.Border.Render(safe.Concat(widget.Repeat(g.Horizontal, rest), right))
}

// bar is the thumb of a pane.
func (a App) bar(p pane) widget.Thumb {
	switch p {
	case paneTree:
		return widget.ThumbOf(a.nodes.window, 0)
	case paneDetail:
		return a.detail.Bar(a.regions.panes[p].H)
	case paneLedger:
	}
	return widget.Thumb{}
}

func (a App) title(p pane) safe.Text {
	switch p {
	case paneTree:
		if a.tree.Root() == nil {
			return safe.Const("Source")
		}
		if f := a.nodes.sieve; f.on() {
			return safe.Format("Filter %s %s %s", safe.LineMax(f.text, 30), a.Styles.Glyphs.Bullet, f.said())
		}
		if n := a.tree.Len(); n > 1 {
			return safe.Format("Attached (%s)", safe.Int(n-1))
		}
		return safe.Const("Attached")
	case paneLedger:
		return a.ledger.title()
	case paneDetail:
		if e := a.nodes.current(); e != nil {
			return safe.Format("%s · %s", safe.LineMax(model.EntryTitle(e), a.Width), a.Styles.Standing(e.Standing).Word)
		}
	}
	return safe.Const("Details")
}

func (a App) pane(p pane, room widget.Area) []string {
	look := a.look(p)
	if e := a.tree.Root(); e == nil && p == paneTree {
		return a.empty(room)
	}
	switch p {
	case paneTree:
		return a.nodes.view(room, look)
	case paneLedger:
		return a.ledger.view(room, look)
	case paneDetail:
		return a.detail.View(room, look)
	}
	return nil
}

func (a App) look(p pane) widget.Look {
	_, covered := a.board()
	look := widget.Look{Styles: a.Styles, Focused: p == a.focus && !covered, Spin: a.Styles.Glyphs.Bullet, Known: a.atlas()}
	if !a.options.NoAnimation {
		look.Spin = a.Styles.Glyphs.Spin(a.frame)
	}
	return look
}

// advice is what the person can do about an error, as whatever failed knows, else in general.
func advice(err error) string {
	var advised interface{ Advice() string }
	if !errors.As(err, &advised) || advised.Advice() == "" {
		return "Check the name and that you may read it (docker login), or try a digest."
	}
	return "Hint: " + advised.Advice()
}

// empty is what the tree pane says as long as there is no tree, or when there will be none.
func (a App) empty(room widget.Area) []string {
	s := a.Styles
	page := widget.Sheet{Width: room.W - 2, Styles: s}
	switch {
	case a.tree.Err != nil:
		page.Put(s.Bad, safe.Format("%s could not open the source", s.Glyphs.Error))
		page.Gap()
		page.Sentence(a.tree.Err.Error(), s.Text, 0)
		page.Gap()
		page.Sentence(advice(a.tree.Err), s.Text, 0)
		page.Gap()
		page.Sentence(a.waysOn(), s.Quiet, 0)
	case a.tree.Found:
		page.Put(s.Text, safe.Const("no image found"))
		page.Gap()
		page.Sentence("Nothing came back for this source. "+a.waysOn(), s.Quiet, 0)
	default:
		page.Put(s.Quiet, safe.Format("%s looking for it", a.look(paneTree).Spin))
	}
	b := widget.Drawer(room.W, a.Styles)
	var out []string
	for _, l := range page.Lines[:min(len(page.Lines), room.H)] {
		l.Left = append([]rows.Part{{Text: safe.Spaces(1)}}, l.Left...)
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}

// waysOn says what can be done where there is nothing to see.
func (a App) waysOn() string {
	return safe.Format("%s opens another source, %s quits.", keymap.FirstKey(a.keys.Start), keymap.FirstKey(a.keys.Quit)).String()
}
