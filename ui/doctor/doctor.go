package doctor

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View holds policy files against the image: a row for each rule, and below it what it read and what is wrong with
// it. It is examined anew whenever something is judged anew, or somebody else is trusted.
type View struct {
	backend Backend
	files   []string // as the person gave them; never changed in place
	naming  bool     // another file is being named
	name    widget.Edit

	wanted int // changes with the files, and when they are to be examined again
	asked  asked
	cancel context.CancelFunc
	busy   bool
	ready  bool
	number int         // of the answer
	tree   *model.Tree // that the answer is about; nobody changes it
	rules  []diagnosis.Rule
	ok     bool // every rule is met
	unseen bool // something may be attached that was not seen, and break a rule
	counts map[string]int
	list   widget.Listing
	detail widget.Details
}

// asked is what was asked last.
type asked struct{ wanted, tree, trust int }

// What comes back from the background.
type (
	answered struct {
		asked  asked
		tree   *model.Tree
		answer diagnosis.Examination
		unseen bool
	}
	sifted struct {
		by    widget.ListedBy
		order []int32
	}
)

// New begins with the files that are known, or asks for one.
func New(b Backend) View {
	files := slices.Clone(b.PolicyFiles())
	return View{backend: b, files: files, naming: len(files) == 0}
}

// Title implements scene.Scene.
func (s View) Title(scene.Stage) safe.Text { return safe.Const("Policy doctor") }

// Hints implements scene.Scene.
func (s View) Hints(on scene.Stage) []keymap.Hint {
	k := on.Keys
	switch {
	case s.naming:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("examine it")), {Keys: safe.Const("e.g."), Does: safe.Const("policy.rego, kyverno.yaml")}}
	case s.list.Typing:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("is:undefined file:rego")}}
	}
	return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("go there")), keymap.HintFor(k.AddFile, safe.Const("another file")),
		keymap.HintFor(k.NextPane, safe.Const("read on")), keymap.HintFor(k.Copy, safe.Const("copy correction")), keymap.HintFor(k.Filter, safe.Const("filter")),
		keymap.HintFor(k.DropFile, safe.Const("leave file out")), keymap.HintFor(k.Verify, safe.Const("examine again"))}
}

// Prepare implements scene.Scene.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	s, ask := s.examine(on)
	var sift tea.Cmd
	if by := s.list.By(s.number, 0); s.ready && by != s.list.Asked {
		s.list.Asked = by
		rules := s.rules
		sift = on.Report(func(context.Context) any { return sifted{by, siftRules(rules, by)} })
	}
	return s.settle(on), tea.Batch(ask, sift)
}

// examine asks for an answer, as soon as everything was looked at, and again whenever that or the trust is another.
func (s View) examine(on scene.Stage) (View, tea.Cmd) {
	asked := asked{s.wanted, on.Version, on.Trusted}
	if len(s.files) == 0 || !on.Tree.Complete || !on.Judged || asked == s.asked && (s.ready || s.busy) {
		return s, nil
	}
	if s.cancel != nil {
		s.cancel()
	}
	ctx, cancel := context.WithCancel(on.Ctx)
	s.asked, s.cancel, s.busy = asked, cancel, true
	b, files := s.backend, s.files
	return s, on.ReportOn(func(_ context.Context, tree *model.Tree) any {
		defer cancel()
		unseen := phrase.MissedIn(tree).Any() || tree.Err != nil
		return answered{asked, tree, b.Examine(ctx, tree, files), unseen}
	})
}

// settle lays out what will be drawn.
func (s View) settle(on scene.Stage) View {
	head := len(s.head(on))
	s.detail = s.detail.Place(widget.Area{X: 0, Y: head, W: on.Room.W, H: max(on.Room.H-head, 0)}, len(s.list.Order))
	if !s.ready {
		s.detail.Table, s.detail.Room = widget.Area{}, widget.Area{}
		return s
	}
	s.list.Table = s.list.Table.Prepare(headings, len(s.list.Order), s.detail.Table)
	at, any := s.list.Selected()
	if !any {
		s.detail = s.detail.None(safe.Const("Nothing matches"))
		return s
	}
	r := s.rules[at]
	s.detail = s.detail.Write(widget.DetailsOf{Row: at, Version: s.number, Width: on.Room.W, Styles: on.Look.Styles}, safe.LineMax(r.Rule, widget.MostCell), func(p *widget.Sheet) { writer{p}.rule(r, s.tree) })
	return s
}

// Receive implements scene.Scene.
func (s View) Receive(_ scene.Stage, result any) (scene.Scene, tea.Cmd) {
	switch r := result.(type) {
	case answered:
		if r.asked != s.asked {
			return s, nil
		}
		s.busy, s.ready, s.number = false, true, s.number+1
		s.tree, s.rules, s.ok, s.unseen = r.tree, r.answer.Rules, r.answer.Satisfied(), r.unseen
		s.counts = map[string]int{}
		for _, rule := range s.rules {
			s.counts[resultWord(rule)]++
		}
		if len(s.list.Order) > len(s.rules) {
			s.list.Order = nil
		}
		s.list.Order = slices.DeleteFunc(slices.Clone(s.list.Order), func(i int32) bool { return int(i) >= len(s.rules) })
	case sifted:
		if r.by == s.list.Asked && r.by.Number == s.number {
			s.list = s.list.Sifted(r.order)
		}
	}
	return s, nil
}

// Key implements scene.Scene.
func (s View) Key(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	if s.naming {
		return s.namingKey(on, k)
	}
	if !s.list.Typing {
		if d, used := s.detail.Key(on.Keys, k); used {
			s.detail = d
			return s, nil, true
		}
	}
	if l, used := s.list.Key(on.Keys, k); used {
		s.list = l
		return s, nil, true
	}
	keys := on.Keys
	switch {
	case s.list.Typing:
		return s, nil, false
	case key.Matches(k, keys.AddFile):
		s.naming, s.name = true, widget.Edit{}
	case key.Matches(k, keys.DropFile):
		s = s.drop()
	case key.Matches(k, keys.Verify):
		s = s.with(s.files)
	case key.Matches(k, keys.Copy):
		i = s.copied()
	case key.Matches(k, keys.Doctor):
		i = scene.CloseScene{}
	case key.Matches(k, keys.Enter):
		if at, any := s.list.Selected(); any && on.Tree.Entry(s.rules[at].Node) != nil {
			i = scene.VisitNode{ID: s.rules[at].Node, Detail: true, Tab: scene.TabPayload}
		}
	default:
		return s, nil, false
	}
	return s, i, true
}

// namingKey names another file.
func (s View) namingKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	switch {
	case key.Matches(k, on.Keys.Back) && len(s.files) == 0:
		return s, scene.CloseScene{}, true
	case key.Matches(k, on.Keys.Back):
		s.naming = false
	case key.Matches(k, on.Keys.Enter):
		name := strings.TrimSpace(s.name.Text)
		if name == "" {
			return s, nil, true
		}
		s.naming = false
		if !slices.Contains(s.files, name) {
			s = s.with(append(slices.Clip(s.files), name))
		}
	default:
		s.name, taken = s.name.Key(k)
		return s, nil, taken
	}
	return s, nil, true
}

// with is the scene for other files, or for the same ones once more.
func (s View) with(files []string) View {
	s.files = files
	s.wanted++
	s.busy = false
	if len(files) == 0 {
		s.ready, s.naming, s.rules, s.list = false, true, nil, widget.Listing{}
	}
	return s
}

// drop leaves out the file of the selected rule.
func (s View) drop() View {
	at, any := s.list.Selected()
	if !any {
		return s
	}
	file := s.rules[at].File
	return s.with(slices.DeleteFunc(slices.Clone(s.files), func(f string) bool { return f == file }))
}

// copied is the corrected file where there is one, else what is said of the rule.
func (s View) copied() scene.Intent {
	at, any := s.list.Selected()
	if !any {
		return nil
	}
	for _, d := range s.rules[at].Diagnosis {
		if d.Correction != nil {
			return scene.CopyText{What: "corrected " + s.rules[at].File, Text: d.Correction.Text}
		}
	}
	return scene.CopyText{What: "answer", Text: s.rules[at].Rule + ": " + s.rules[at].Message}
}

// Paste implements scene.Scene.
func (s View) Paste(text string) scene.Scene {
	switch {
	case s.naming:
		s.name = s.name.Insert(text)
	case s.list.Typing:
		s.list.Filter = s.list.Filter.Insert(text)
	}
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb { return s.detail.Bar(s.list.Table) }

// Cursor implements scene.Scene.
func (s View) Cursor(on scene.Stage) (x, y int, typing bool) {
	head := s.head(on)
	switch {
	case s.naming:
		typed := s.name.Shown(on.Look, safe.Text{}, max(on.Room.W-18, 4)).Text.Width()
		return min(widget.TableMargin+len("policy file: ")+typed, on.Room.W-1), len(head) - 1, true
	case s.list.Typing:
		typed := s.list.Filter.Shown(on.Look, safe.Text{}, max(on.Room.W-48, 4)).Text.Width()
		return min(widget.TableMargin+len("filter: ")+typed, on.Room.W-1), len(head) - 1, true
	case !s.ready:
		return 0, 0, false
	}
	return 0, s.detail.Cursor(s.list.Table), false
}

// View implements scene.Scene.
func (s View) View(on scene.Stage) []string {
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	if !s.ready {
		return out
	}
	if !s.detail.Table.Empty() {
		out = append(out, s.list.Table.View(headings, on.Room.W, s.detail.Look(on.Look), func(row, column int) rows.Part {
			return s.cell(row, column, on.Look.Styles)
		})...)
	}
	for len(out) < s.detail.Room.Y {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	return append(out, s.detail.View(on.Room.W, on.Look)...)
}

// Points implements scene.Pointing.
func (s View) Points(scene.Stage) string {
	if at, any := s.list.Selected(); any {
		return s.rules[at].Node
	}
	return ""
}
