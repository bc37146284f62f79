package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// screen is every row of the screen.
func (a App) screen() []string {
	if a.regions.tooSmall {
		return a.tooSmallRows(a.keys.Quit)
	}
	out := a.header()
	if s, open := a.top(); open {
		return append(append(out, a.sceneRows(s)...), a.status())
	}
	if !a.regions.crumbs.empty() {
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

// tooSmall is what stands where nothing else fits, in as many cells as there are.
func (s skin) tooSmallRows(quit key.Binding) []string {
	text := safe.Format("attestree needs 40 columns and 10 rows. Make the window larger, or press %s to quit.", firstKey(quit))
	lines := rows.Wrap(text, s.width, s.height)
	out := make([]string, len(lines))
	for i, t := range lines {
		out[i] = t.String()
	}
	return out
}

// column draws a frame and the panes in it.
func (a App) column(c column) []string {
	s := a.styles
	out := make([]string, 0, c.area.h)
	side := s.Border.Render(s.Glyphs.Vertical)
	blank := strings.Repeat(" ", max(c.area.w-2, 0))
	for i, p := range c.panes {
		out = append(out, a.edge(c, i))
		room := a.regions.panes[p]
		content := a.pane(p, room)
		bar := a.bar(p)
		for y := range room.h {
			row, end := blank, side
			if y < len(content) {
				row = content[y]
			}
			if bar.covers(y) {
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
	s, g := a.styles, a.styles.Glyphs
	left, right := g.TeeLeft, g.TeeRight
	switch i {
	case 0:
		left, right = g.TopLeft, g.TopRight
	case len(c.panes):
		left, right = g.BottomLeft, g.BottomRight
	}
	if i == len(c.panes) {
		return s.Border.Render(safe.Concat(left, repeat(g.Horizontal, c.area.w-2), right))
	}
	open, shut, style := safe.Concat(g.Horizontal, safe.Spaces(1)), safe.Concat(safe.Spaces(1), g.Horizontal), s.Title
	border := s.Border
	if c.panes[i] == a.focus {
		open, shut, style, border = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), s.TitleFocused, s.BorderFocused
	}
	title := a.title(c.panes[i]).Truncate(c.area.w - 6)
	rest := c.area.w - 6 - title.Width()
	return s.Border.Render(left) + border.Render(open) + marked(style, title, s) + border.Render(shut) +
		s.Border.Render(safe.Concat(repeat(g.Horizontal, rest), right))
}

// bar is the thumb of a pane.
func (a App) bar(p pane) thumb {
	switch p {
	case paneTree:
		return thumbOf(a.nodes.window, 0)
	case paneDetail:
		return a.detail.bar(a.regions.panes[p].h)
	case paneLedger:
	}
	return thumb{}
}

func (a App) title(p pane) safe.Text {
	switch p {
	case paneTree:
		if a.tree.Root() == nil {
			return safe.Const("Source")
		}
		if f := a.nodes.sieve; f.on() {
			return safe.Format("Filter %s %s %s", safe.LineMax(f.text, 30), a.styles.Glyphs.Bullet, f.said())
		}
		if n := a.tree.Len(); n > 1 {
			return safe.Format("Attached (%s)", safe.Int(n-1))
		}
		return safe.Const("Attached")
	case paneLedger:
		return a.ledger.title()
	case paneDetail:
		if e := a.nodes.current(); e != nil {
			return safe.Format("%s · %s", safe.LineMax(model.EntryTitle(e), a.width), a.styles.Standing(e.Standing).Word)
		}
	}
	return safe.Const("Details")
}

func (a App) pane(p pane, room area) []string {
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
		return a.detail.view(room, look)
	}
	return nil
}

func (a App) look(p pane) paneLook {
	_, covered := a.board()
	look := paneLook{styles: a.styles, focused: p == a.focus && !covered, spin: a.styles.Glyphs.Bullet, known: a.atlas()}
	if !a.options.NoAnimation {
		look.spin = a.styles.Glyphs.Spin(a.frame)
	}
	return look
}

// empty is what the tree pane says as long as there is no tree, or when there will be none.
func (a App) empty(room area) []string {
	s := a.styles
	page := sheet{width: room.w - 2, styles: s}
	switch {
	case a.tree.Err != nil:
		page.put(s.Bad, safe.Format("%s could not open the source", s.Glyphs.Error))
		page.gap()
		page.sentence(a.tree.Err.Error(), s.Text, 0)
		page.gap()
		page.sentence("Check the name and that you may read it (docker login), or try a digest. "+a.waysOn(), s.Quiet, 0)
	case a.tree.Found:
		page.put(s.Text, safe.Const("no image found"))
		page.gap()
		page.sentence("Nothing came back for this source. "+a.waysOn(), s.Quiet, 0)
	default:
		page.put(s.Quiet, safe.Format("%s looking for it", a.look(paneTree).spin))
	}
	b := drawer(room.w, a.styles)
	var out []string
	for _, l := range page.lines[:min(len(page.lines), room.h)] {
		l.left = append([]rows.Part{{Text: safe.Spaces(1)}}, l.left...)
		out = append(out, l.draw(b, theme.Style{}))
	}
	return out
}

// waysOn says what can be done where there is nothing to see.
func (a App) waysOn() string {
	return safe.Format("%s opens another source, %s quits.", firstKey(a.keys.Start), firstKey(a.keys.Quit)).String()
}
