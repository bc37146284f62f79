package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// diffScene compares the image with another one: what to compare it with is asked first, then the differences are a
// table with details below, and those of the packages another. What comes back too late is dropped.
type diffScene struct {
	backend Comparer
	from    string // the node that it was opened on
	ask     diffAsk
	run     diffRun
	report  *diff.Report // nil as long as there is none; never changed in place
	number  int          // of the report
	worse   int          // how much in it is worse
	turned  bool         // before and after are swapped
	lists   [2]listing   // of changes, and of packages
	tab     int          // which of them is shown
	detail  details
}

// The lists.
const diffChanges, diffPackages = 0, 1

// newDiff is the comparison from a node on, or that of two marked ones.
func newDiff(b Comparer, from string, marked []string) diffScene {
	s := diffScene{backend: b, from: from}
	if len(marked) == 2 {
		s.run.wanted = diffWanted{kind: diffMarked, name: "the two marked nodes", before: marked[0], after: marked[1]}
	}
	return s
}

func (s diffScene) asking() bool { return s.run.wanted.kind == diffNothing }

func (s diffScene) title(on stage) safe.Text {
	if s.asking() {
		return safe.Const("Compare")
	}
	name := safe.LineMax(s.run.wanted.name, on.room.w)
	if s.run.wanted.kind == diffSource {
		return safe.Format("Compare with %s", name)
	}
	return safe.Format("Compare %s", name)
}

func (s diffScene) hints(on stage) []hint {
	k := on.keys
	switch {
	case s.asking():
		return []hint{hintFor(k.Enter, safe.Const("compare")), {safe.Const("e.g."), safe.Const("a tag, repo@sha256:…, a folder, report.json")}}
	case s.report == nil:
		return nil
	case s.lists[s.tab].typing && s.tab == diffPackages:
		return []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("way:upgraded type:npm ssl")}}
	case s.lists[s.tab].typing:
		return []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("is:worse area:signer")}}
	}
	hints := []hint{hintsFor(safe.Const("packages"), k.PrevTab, k.NextTab), hintFor(k.Filter, safe.Const("filter")), hintFor(k.Sort, safe.Const("sort")),
		hintFor(k.Swap, safe.Const("swap sides")), hintFor(k.NextPane, safe.Const("read on")), hintFor(k.Compare, safe.Const("another"))}
	if s.tab == diffChanges {
		hints = append([]hint{hintFor(k.Enter, safe.Const("go there"))}, hints...)
	} else {
		hints[0].does = safe.Const("changes")
	}
	return hints
}

func (s diffScene) prepare(on stage) (scene, tea.Cmd) {
	var cmds [3]tea.Cmd
	s.ask, cmds[0] = s.ask.prepare(s, on)
	s, cmds[1] = s.start(on)
	s, cmds[2] = s.sift(on)
	return s.settle(on), tea.Batch(cmds[:]...)
}

// settle lays out what will be drawn.
func (s diffScene) settle(on stage) diffScene {
	if s.asking() || s.report == nil {
		return s
	}
	l := &s.lists[s.tab]
	head := len(s.head(on))
	s.detail = s.detail.place(area{0, head, on.room.w, max(on.room.h-head, 0)}, len(l.order))
	l.table = l.table.prepare(s.headings(on), len(l.order), s.detail.table)
	at, any := l.selected()
	if !any {
		s.detail = s.detail.none(safe.Const("Nothing to show"))
		return s
	}
	of := detailsOf{at, s.number*2 + s.tab, on.room.w, on.look.styles}
	if s.tab == diffPackages {
		c := s.report.Packages.Changes[at]
		s.detail = s.detail.write(of, safe.LineMax(c.Name, mostCell), func(p *sheet) { p.diffPackage(c) })
		return s
	}
	c := s.report.Changes[at]
	s.detail = s.detail.write(of, safe.LineMax(changeName(c), mostCell), func(p *sheet) { p.diffChange(c, s.where(on.tree, c)) })
	return s
}

func (s diffScene) receive(on stage, result any) (scene, tea.Cmd) {
	switch r := result.(type) {
	case diffOthers:
		s.ask = s.ask.found(r)
	case diffStep:
		return s.stepped(on, r)
	case diffSifted:
		s = s.sifted(r)
	}
	return s, nil
}

func (s diffScene) key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	switch {
	case s.asking():
		return s.askKey(on, k)
	case s.report == nil:
		if s.run.failed != "" && key.Matches(k, on.keys.Enter, on.keys.Compare, on.keys.Back) || key.Matches(k, on.keys.Back) {
			return s.askAgain(), nil, true
		}
		return s, nil, false
	}
	if d, used := s.detail.key(on.keys, k); used && !s.lists[s.tab].typing {
		s.detail = d
		return s, nil, true
	}
	if l, used := s.lists[s.tab].key(on.keys, k); used {
		s.lists[s.tab] = l
		return s, nil, true
	}
	return s.commandKey(on, k)
}

func (s diffScene) commandKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	keys, l := on.keys, s.lists[s.tab]
	switch {
	case key.Matches(k, keys.NextTab, keys.PrevTab, keys.Left, keys.Right):
		s = s.turnTo(1 - s.tab)
	case key.Matches(k, keys.Swap):
		s = s.swap()
	case key.Matches(k, keys.Verify):
		s = s.again()
	case key.Matches(k, keys.Compare):
		s = s.askAgain()
	case key.Matches(k, keys.Copy):
		i = s.copied()
	case key.Matches(k, keys.Enter):
		if at, any := l.selected(); any && s.tab == diffChanges {
			if id := s.where(on.tree, s.report.Changes[at]); id != "" {
				i = visitNode{id: id, detail: true, tab: tabSummary}
			}
		}
	default:
		return s, nil, false
	}
	return s, i, true
}

// turnTo shows one of the lists, where there is such a one.
func (s diffScene) turnTo(tab int) diffScene {
	if tab == diffPackages && s.report.Packages == nil {
		return s
	}
	s.tab, s.detail.reading = tab, false
	return s
}

// where is the node of the open image that a change is about, "" where only the other image has it.
func (s diffScene) where(t *model.Tree, c diff.Change) string {
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

func (s diffScene) copied() intent {
	at, any := s.lists[s.tab].selected()
	switch {
	case !any:
		return nil
	case s.tab == diffPackages:
		c := s.report.Packages.Changes[at]
		return copyText{"change", string(c.Way) + " " + c.Name + ": " + c.Before + " -> " + c.After}
	}
	c := s.report.Changes[at]
	return copyText{"change", changeName(c) + ": " + c.Before + " -> " + c.After}
}

func (s diffScene) paste(text string) scene {
	switch l := &s.lists[s.tab]; {
	case s.asking():
		s.ask = s.ask.typed(s.ask.line.insert(text))
	case l.typing:
		l.filter = l.filter.insert(text)
	}
	return s
}

func (s diffScene) bar() thumb {
	switch {
	case s.asking():
		return thumbOf(s.ask.table.window, s.ask.top+1)
	case s.report == nil:
		return thumb{}
	}
	return s.detail.bar(s.lists[s.tab].table)
}

func (s diffScene) cursor(on stage) (x, y int, typing bool) {
	switch {
	case s.asking():
		return s.ask.cursor(on)
	case s.report == nil:
		return 0, 0, false
	case s.lists[s.tab].typing:
		l := s.tabLine(on)
		return min(width(l.left), on.room.w-1), len(s.head(on)) - 1, true
	}
	return 0, s.detail.cursor(s.lists[s.tab].table), false
}

func (s diffScene) view(on stage) []string {
	if s.asking() {
		return s.ask.view(on)
	}
	b := drawer(on.room.w, on.look.styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	if s.report == nil {
		return out
	}
	l := s.lists[s.tab]
	if !s.detail.table.empty() {
		out = append(out, l.table.view(s.headings(on), on.room.w, s.detail.look(on.look), func(row, column int) rows.Part {
			return s.cell(int(l.order[row]), row, column, on.look.styles)
		})...)
	}
	for len(out) < s.detail.room.y {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	return append(out, s.detail.view(on.room.w, on.look)...)
}

func (s diffScene) points(on stage) string {
	if s.asking() || s.report == nil || s.tab != diffChanges {
		return ""
	}
	if at, any := s.lists[s.tab].selected(); any {
		return s.where(on.tree, s.report.Changes[at])
	}
	return ""
}
