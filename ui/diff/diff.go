package diff

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View compares the image with another one: what to compare it with is asked first, then the differences are a
// table with details below, and those of the packages another. What comes back too late is dropped.
type View struct {
	backend Backend
	from    string // the node that it was opened on
	ask     ask
	run     run
	report  *diff.Report      // nil as long as there is none; never changed in place
	number  int               // of the report
	worse   int               // how much in it is worse
	turned  bool              // before and after are swapped
	lists   [2]widget.Listing // of changes, and of packages
	tab     int               // which of them is shown
	detail  widget.Details
}

// The lists.
const changes, diffPackages = 0, 1

// New is the comparison from a node on, or that of two marked ones.
func New(b Backend, from string, marked []string) View {
	s := View{backend: b, from: from}
	if len(marked) == 2 {
		s.run.wanted = wanted{kind: diffMarked, name: "the two marked nodes", before: marked[0], after: marked[1]}
	}
	return s
}

func (s View) asking() bool { return s.run.wanted.kind == nothing }

// Title implements scene.Scene.
func (s View) Title(on scene.Stage) safe.Text {
	if s.asking() {
		return safe.Const("Compare")
	}
	name := safe.LineMax(s.run.wanted.name, on.Room.W)
	if s.run.wanted.kind == diffSource {
		return safe.Format("Compare with %s", name)
	}
	return safe.Format("Compare %s", name)
}

// Hints implements scene.Scene.
func (s View) Hints(on scene.Stage) []keymap.Hint {
	k := on.Keys
	switch {
	case s.asking():
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("compare")), {Keys: safe.Const("e.g."), Does: safe.Const("a tag, repo@sha256:…, a folder, report.json")}}
	case s.run.failed != "":
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("ask again"))}
	case s.report == nil:
		return nil
	case s.lists[s.tab].Typing && s.tab == diffPackages:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("way:upgraded type:npm ssl")}}
	case s.lists[s.tab].Typing:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("is:worse area:signer")}}
	}
	var hints []keymap.Hint
	if s.target(on.Tree) != "" {
		hints = append(hints, keymap.HintFor(k.Enter, safe.Const("go there")))
	}
	if other := [2]safe.Text{changes: safe.Const("packages"), diffPackages: safe.Const("changes")}[s.tab]; s.report.Packages != nil {
		hints = append(hints, keymap.HintsFor(other, k.PrevTab, k.NextTab))
	}
	return append(hints, keymap.HintFor(k.Filter, safe.Const("filter")), keymap.HintFor(k.Sort, safe.Const("sort")), keymap.HintFor(k.Swap, safe.Const("swap sides")),
		keymap.HintFor(k.NextPane, safe.Const("read on")), keymap.HintFor(k.Compare, safe.Const("another")))
}

// Prepare implements scene.Scene.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	var cmds [3]tea.Cmd
	s.ask, cmds[0] = s.ask.prepare(s, on)
	s, cmds[1] = s.start(on)
	s, cmds[2] = s.sift(on)
	return s.settle(on), tea.Batch(cmds[:]...)
}

// settle lays out what will be drawn.
func (s View) settle(on scene.Stage) View {
	if s.asking() || s.report == nil {
		return s
	}
	l := &s.lists[s.tab]
	head := len(s.head(on))
	s.detail = s.detail.Place(widget.Area{X: 0, Y: head, W: on.Room.W, H: max(on.Room.H-head, 0)}, len(l.Order))
	l.Table = l.Table.Prepare(s.headings(on), len(l.Order), s.detail.Table)
	at, any := l.Selected()
	if !any {
		s.detail = s.detail.None(s.nothing())
		return s
	}
	of := widget.DetailsOf{Row: at, Version: s.number*2 + s.tab, Width: on.Room.W, Styles: on.Look.Styles}
	if s.tab == diffPackages {
		c := s.report.Packages.Changes[at]
		s.detail = s.detail.Write(of, safe.LineMax(c.Name, widget.MostCell), func(p *widget.Sheet) { writer{p}.diffPackage(c) })
		return s
	}
	c := s.report.Changes[at]
	s.detail = s.detail.Write(of, safe.LineMax(changeName(c), widget.MostCell), func(p *widget.Sheet) { writer{p}.diffChange(c, s.where(on.Tree, c), keymap.Leading(on.Keys.Enter)) })
	return s
}

// nothing says why a list has no row.
func (s View) nothing() safe.Text {
	switch l := s.lists[s.tab]; {
	case l.Filter.Text != "":
		return safe.Const("Nothing matches the filter")
	case s.tab == diffPackages:
		return safe.Const("No package was added, removed or changed")
	}
	return safe.Const("Nothing is different")
}

// Receive implements scene.Scene.
func (s View) Receive(on scene.Stage, result any) (scene.Scene, tea.Cmd) {
	switch r := result.(type) {
	case others:
		s.ask = s.ask.found(r)
	case step:
		return s.stepped(on, r)
	case sifted:
		s = s.sifted(r)
	}
	return s, nil
}

// Key implements scene.Scene.
func (s View) Key(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	switch {
	case s.asking():
		return s.askKey(on, k)
	case s.report == nil:
		if s.run.failed != "" && key.Matches(k, on.Keys.Enter, on.Keys.Compare, on.Keys.Back) || key.Matches(k, on.Keys.Back) {
			return s.askAgain(), nil, true
		}
		return s, nil, false
	}
	if d, used := s.detail.Key(on.Keys, k); used && !s.lists[s.tab].Typing {
		s.detail = d
		return s, nil, true
	}
	if l, used := s.lists[s.tab].Key(on.Keys, k); used {
		s.lists[s.tab] = l
		return s, nil, true
	}
	return s.commandKey(on, k)
}

func (s View) commandKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	keys := on.Keys
	switch {
	case key.Matches(k, keys.NextTab, keys.PrevTab, keys.Left, keys.Right) && s.report.Packages != nil:
		s = s.turnTo(1 - s.tab)
	case key.Matches(k, keys.Swap):
		s = s.swap()
	case key.Matches(k, keys.Verify):
		s = s.again()
	case key.Matches(k, keys.Compare):
		s = s.askAgain()
	case key.Matches(k, keys.Copy):
		i = s.copied()
	case key.Matches(k, keys.Enter) && s.target(on.Tree) != "":
		i = scene.VisitNode{ID: s.target(on.Tree), Detail: true, Tab: scene.TabSummary}
	default:
		return s, nil, false
	}
	return s, i, true
}

// turnTo shows one of the lists, where there is such a one.
func (s View) turnTo(tab int) View {
	if tab == diffPackages && s.report.Packages == nil {
		return s
	}
	s.tab, s.detail.Reading = tab, false
	return s
}

// target is the node that the selected row leads to, "" for none.
func (s View) target(t *model.Tree) string {
	if at, any := s.lists[changes].Selected(); any && s.tab == changes {
		return s.where(t, s.report.Changes[at])
	}
	return ""
}

// where is the node of the open image that a change is about, "" where only the other image has it.
func (s View) where(t *model.Tree, c diff.Change) string {
	mine := []string{c.AfterID, c.BeforeID}
	if s.turned {
		mine = []string{c.BeforeID, c.AfterID}
	}
	if s.run.wanted.kind == diffSource {
		mine = mine[:1]
	}
	for _, id := range mine {
		if id != "" && t.Entry(id) != nil {
			return id
		}
	}
	return ""
}

func (s View) copied() scene.Intent {
	at, any := s.lists[s.tab].Selected()
	switch {
	case !any:
		return nil
	case s.tab == diffPackages:
		c := s.report.Packages.Changes[at]
		return scene.CopyText{What: "change", Text: string(c.Way) + " " + c.Name + ": " + c.Before + " -> " + c.After}
	}
	c := s.report.Changes[at]
	return scene.CopyText{What: "change", Text: changeName(c) + ": " + c.Before + " -> " + c.After}
}

// Paste implements scene.Scene.
func (s View) Paste(text string) scene.Scene {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask = s.ask.typed(s.ask.line.Insert(text))
	case l.Typing:
		l.Filter = l.Filter.Insert(text)
	}
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb {
	switch {
	case s.asking():
		return widget.ThumbOf(s.ask.table.Window, s.ask.top+1)
	case s.report == nil:
		return widget.Thumb{}
	}
	return s.detail.Bar(s.lists[s.tab].Table)
}

// Cursor implements scene.Scene.
func (s View) Cursor(on scene.Stage) (x, y int, typing bool) {
	switch {
	case s.asking():
		return s.ask.cursor(on)
	case s.report == nil:
		return 0, 0, false
	case s.lists[s.tab].Typing:
		l := s.tabLine(on)
		return min(widget.Width(l.Left), on.Room.W-1), len(s.head(on)) - 1, true
	}
	return 0, s.detail.Cursor(s.lists[s.tab].Table), false
}

// View implements scene.Scene.
func (s View) View(on scene.Stage) []string {
	if s.asking() {
		return s.ask.view(on)
	}
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	if s.report == nil {
		return out
	}
	l := s.lists[s.tab]
	if !s.detail.Table.Empty() {
		out = append(out, l.Table.View(s.headings(on), on.Room.W, s.detail.Look(on.Look), func(row, column int) rows.Part {
			return s.cell(int(l.Order[row]), row, column, on.Look.Styles)
		})...)
	}
	for len(out) < s.detail.Room.Y {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	return append(out, s.detail.View(on.Room.W, on.Look)...)
}

// Points implements scene.Pointing.
func (s View) Points(on scene.Stage) string {
	if s.asking() || s.report == nil || s.tab != changes {
		return ""
	}
	if at, any := s.lists[s.tab].Selected(); any {
		return s.where(on.Tree, s.report.Changes[at])
	}
	return ""
}
