package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// treePane shows the nodes. What is selected is a node and not a row, so it stays selected whatever is found, moved,
// closed or resized around it.
type treePane struct {
	keys     keymap.Map
	list     nodeList
	selected string
	marks    map[string]bool // IDs of what is marked; never changed in place
	query    string          // to highlight
	window   rows.Window
	all      survey.Outline
	sieve    sieve
	lifted   bool // the filter ended by itself, which is to be said
	drawn    int  // version of the tree when it was flattened
	came     bool // that came from the background, and is not shown yet
	notes    int  // on the source as a whole, counted at the root
}

// given takes the tree as it was flattened in the background.
func (p treePane) given(all survey.Outline, version, notes int) treePane {
	p.all, p.drawn, p.notes, p.came = all, version, notes, true
	return p
}

// prepare flattens the tree again if it was judged in another version, and keeps the selection in sight. Under a filter
// the rows stay until that has been asked again.
func (p treePane) prepare(tree *model.Tree, version int, room widget.Area) treePane {
	if p.drawn != version || p.came {
		if !p.came {
			p.all, p.drawn, p.notes = survey.NewOutline(tree), version, serious(tree.Notes)
		}
		p.came = false
		if !p.sieve.on() {
			p = p.refresh(tree)
		}
	}
	p.window = p.window.Resize(room.H)
	return p
}

// refresh makes the rows again.
func (p treePane) refresh(tree *model.Tree) treePane {
	if p.sieve.on() {
		p.list.rows = p.sieve.answer.rows(p.sieve.closed)
	} else {
		p.list.rows = p.all.Open(p.list.closed)
	}
	p.window = p.window.SetCount(len(p.list.rows))
	return p.at(survey.Nearest(p.list.rows, tree, p.selected))
}

// closed are the branches that are closed, as the tree is shown now.
func (p treePane) closed() map[string]bool {
	if p.sieve.on() {
		return p.sieve.closed
	}
	return p.list.closed
}

// fold opens or closes branches, as the tree is shown now.
func (p treePane) fold(open bool, ids ...string) treePane {
	next := opened(p.closed(), open, ids...)
	if p.sieve.on() {
		p.sieve.closed = next
	} else {
		p.list.closed = next
	}
	return p
}

// at selects a row.
func (p treePane) at(row int) treePane {
	p.window = p.window.To(row)
	if i := p.window.Cursor(); i >= 0 && i < len(p.list.rows) {
		p.selected = p.list.rows[i].Entry.Node.ID
	}
	return p
}

func (p treePane) current() *model.Entry {
	if i := p.window.Cursor(); i >= 0 && i < len(p.list.rows) {
		return p.list.rows[i].Entry
	}
	return nil
}

// enters is what enter does with the selected row, in a word.
func (p treePane) enters() safe.Text {
	i := p.window.Cursor()
	switch {
	case i < 0 || i >= len(p.list.rows) || !p.list.rows[i].Branch:
		return safe.Const("read")
	case p.closed()[p.list.rows[i].Entry.Node.ID]:
		return safe.Const("open")
	}
	return safe.Const("close")
}

// reveal selects a node, opening what it is under. A filter that hides it ends.
func (p treePane) reveal(tree *model.Tree, id string) treePane {
	e := tree.Entry(id)
	if e == nil {
		return p
	}
	if p.sieve.hides(e) {
		p.sieve, p.query, p.lifted = sieve{asked: p.sieve.asked}, "", true
	}
	var above []string
	for _, up := range survey.Lineage(tree, id) {
		if up != e {
			above = append(above, up.Node.ID)
		}
	}
	p = p.fold(true, above...)
	p.selected = id
	return p.refresh(tree)
}

func (p treePane) key(tree *model.Tree, k tea.KeyPressMsg) (treePane, scene.Intent) {
	e := p.current()
	if e == nil {
		return p, nil
	}
	if key.Matches(k, p.keys.Mark) {
		return p.mark(e), nil
	}
	if w, moved := p.keys.Move(p.window, k); moved {
		p.window = w
		return p.at(w.Cursor()), nil
	}
	at := p.window.Cursor()
	id, branch, closed := e.Node.ID, p.list.rows[at].Branch, p.closed()[e.Node.ID]
	switch {
	case key.Matches(k, p.keys.Enter) && branch:
		return p.set(tree, closed, id), nil
	case key.Matches(k, p.keys.Enter):
		return p, scene.ShowNode{}
	case key.Matches(k, p.keys.Left) && branch && !closed:
		return p.set(tree, false, id), nil
	case key.Matches(k, p.keys.Left):
		return p.at(survey.Nearest(p.list.rows, tree, e.Node.Parent)), nil
	case key.Matches(k, p.keys.Right) && branch && closed:
		return p.set(tree, true, id), nil
	case key.Matches(k, p.keys.Right) && branch:
		return p.at(at + 1), nil
	case key.Matches(k, p.keys.Right):
		return p, scene.ShowNode{}
	case key.Matches(k, p.keys.CloseAll):
		return p.set(tree, false, p.all.Branches(survey.Find(p.all, e))...), nil
	case key.Matches(k, p.keys.OpenAll):
		return p.set(tree, true, p.all.Branches(survey.Find(p.all, e))...), nil
	case key.Matches(k, p.keys.Collapse):
		return p.set(tree, false, p.all.Branches(0)...), nil
	case key.Matches(k, p.keys.Expand):
		return p.set(tree, true, p.all.Branches(0)...), nil
	case key.Matches(k, p.keys.Copy):
		return p, p.copied(tree, e)
	}
	return p, nil
}

// set opens or closes branches.
func (p treePane) set(tree *model.Tree, open bool, ids ...string) treePane {
	return p.fold(open, ids...).refresh(tree)
}

// click selects the row under the mouse.
func (p treePane) click(y int) treePane {
	w, _ := p.window.Click(y)
	p.window = w
	return p.at(w.Cursor())
}

func (p treePane) wheel(step int) treePane {
	p.window = p.window.Wheel(step)
	return p.at(p.window.Cursor())
}

// view draws the visible rows.
func (p treePane) view(room widget.Area, look widget.Look) []string {
	out := make([]string, 0, room.H)
	b := widget.Drawer(room.W, look.Styles)
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		selected := i == p.window.Cursor()
		row := theme.Style{}
		if selected {
			row = look.Selection()
		}
		out = append(out, p.row(i, room.W, look, selected).Draw(b, row))
	}
	return out
}

// row is the marker, the guides, the glyph and the title; at the right the number of warnings and, where the title
// leaves room for it, the verdict in a word.
func (p treePane) row(i, cells int, look widget.Look, selected bool) widget.Line {
	r, s := p.list.rows[i], look.Styles
	e, branch := r.Entry, r.Branch
	mark := s.Standing(e.Standing)
	if e.Verifying {
		mark = theme.Mark{Glyph: look.Spin, Word: safe.Const("checking"), Style: s.Quiet}
	}
	var l widget.Line
	if selected {
		l.Add(s.Marker, s.Glyphs.Cursor)
	}
	l.Add(theme.Style{}, safe.Spaces(1-len(l.Left)))
	switch {
	case p.marks[e.Node.ID]:
		l.Add(s.Marker, s.Glyphs.Marked)
	case len(p.marks) > 0:
		l.Add(theme.Style{}, safe.Spaces(1))
	}
	l.Add(s.Faint, guides(s.Glyphs, r))
	if branch {
		l.Add(s.Quiet, p.foldSign(s.Glyphs, e.Node.ID))
	} else {
		l.Add(mark.Style, mark.Glyph)
	}
	l.Add(theme.Style{}, safe.Spaces(1))
	plain := s.Text
	if r.Quiet {
		plain = s.Quiet
	}
	l.Left = append(l.Left, widget.Highlight(safe.LineMax(model.EntryTitle(e), cells), p.query, plain, look.Match(selected))...)
	n := warnings(e)
	if r.Root {
		n += p.notes
	}
	if n > 0 {
		l.End(s.Warning, safe.Concat(safe.Spaces(1), s.Glyphs.Warning, safe.Int(n)))
	}
	said := mark.Word
	if branch { // its glyph's place is taken
		said = mark.Text()
	}
	switch {
	case cells >= widget.Width(l.Left)+widget.Width(l.Right)+said.Width()+3:
		l.End(mark.Style, safe.Format("  %s ", said))
	case branch:
		l.End(mark.Style, safe.Format(" %s ", mark.Glyph))
	default:
		l.End(mark.Style, safe.Spaces(1))
	}
	return l
}

// foldSign is the sign of a branch that is open or closed.
func (p treePane) foldSign(g theme.Glyphs, id string) safe.Text {
	if p.closed()[id] {
		return g.Collapsed
	}
	return g.Expanded
}

// guides are the lines from the ancestors to a row. The root has none, and its children stand directly below it.
func guides(g theme.Glyphs, r survey.Row) safe.Text {
	if r.Root {
		return safe.Text{}
	}
	parts := make([]safe.Text, 0, len(r.Guide)+1)
	for _, c := range []byte(r.Guide) {
		part := g.Gap
		if c == survey.GuideLine {
			part = g.Pipe
		}
		parts = append(parts, safe.Concat(part, safe.Spaces(1)))
	}
	end := g.Tee
	if r.Last {
		end = g.Last
	}
	return safe.Concat(append(parts, end)...)
}

// warnings counts the findings that are more than a remark.
func warnings(e *model.Entry) int { return serious(model.EntryFindings(e)) }

// serious counts the findings that are more than a remark.
func serious(findings []model.Finding) int {
	n := 0
	for _, f := range findings {
		if f.Severity != model.SeverityInfo {
			n++
		}
	}
	return n
}
